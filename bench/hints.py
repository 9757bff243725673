"""How long after the pause a writer's hint is painted, on a laptop made four and six times slower: the hundred inputs
of the front end's own tests, written in the chair's line with a full board around it.
"""

import asyncio
import re
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Page, async_playwright

from .screens import CHROMIUM, Door, the_chair
from .servers import Shape, product
from .targets import Target, at_most

INPUTS = Path(__file__).resolve().parent.parent / "web" / "src" / "lib" / "jargon.inputs.ts"
LINE = "textarea[placeholder='Write what was said']"
SLOWER = (4, 6)
WANTED_MS = 50
PAUSE_MS = 400  # the writer's, in web/src/board/PlainHint.svelte

# From the end of the pause to a frame with the hint in it. What a frame posts runs after it is painted.
TIMED = """
  window.hinted = (patience) => new Promise((done) => {
    const field = document.activeElement
    const after = new MessageChannel()
    let typed = 0
    const note = (event) => (typed = event.timeStamp)
    const stop = (took) => (watch.disconnect(), field.removeEventListener('input', note), done(took))
    after.port1.onmessage = () => stop(performance.now() - typed - %d)
    const watch = new MutationObserver(() => {
      if (typed && document.querySelector('.suggestion')) requestAnimationFrame(() => after.port2.postMessage(0))
    })
    watch.observe(document.body, { childList: true, subtree: true, characterData: true })
    field.addEventListener('input', note)
    setTimeout(() => stop(null), patience)
  })
"""


def inputs() -> list[str]:
    """The first text of each line of the fixture."""
    found = re.findall(r"^  \[\s*'((?:[^'\\]|\\.)*)'", INPUTS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(found) == 100, len(found)
    return [each.replace("\\'", "'") for each in found]


def hints() -> tuple[list[Target], dict[str, object]]:
    if CHROMIUM is None:
        print("  no chromium: hints are not measured")
        return [], {}
    with product(Shape(boards=1, people=30)) as (port, (board,)):
        times = asyncio.run(_measured(Door(f"http://127.0.0.1:{port}", board["conference"], tuple(board["tokens"]))))
    figures: dict[str, Any] = {}
    targets = []
    for slower, taken in times.items():
        p50, p95 = median(taken), quantiles(taken, n=20)[-1]
        figures[f"{slower} times slower"] = {"hints": len(taken), "p50_ms": p50, "p95_ms": p95, "most_ms": max(taken)}
        print(f"  {slower} times slower: {len(taken)} hints, p50 {p50:.0f} ms, p95 {p95:.0f}, most {max(taken):.0f}")
        targets.append(at_most(f"hint after the pause, {slower} times slower, p95", p95, WANTED_MS, "ms"))
    return targets, figures


async def _measured(door: Door) -> dict[int, list[float]]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await the_chair(browser, door, TIMED % PAUSE_MS)
        await page.keyboard.press("1")
        field = page.locator(LINE)
        await field.wait_for()
        line = await page.context.new_cdp_session(page)
        times = {}
        for slower in SLOWER:
            await line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            times[slower] = [took for text in inputs() if (took := await _hint_on(page, text)) is not None]
        await browser.close()
    return times


async def _hint_on(page: Page, text: str) -> float | None:
    """Without the last letter it waits for its pause; None where there is nothing to hint at."""
    field = page.locator(LINE)
    await field.fill("")
    await page.wait_for_selector(".suggestion", state="detached")
    await field.fill(text[:-1])
    looking = asyncio.ensure_future(page.evaluate("hinted(900)"))
    await page.evaluate("1")
    await page.keyboard.insert_text(text[-1])
    took: float | None = await looking
    return took
