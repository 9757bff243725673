"""The pictures of the help, taken anew of our own screens in the worked conference: make help-pictures

Each is a WebP of at most 60 kB in web/templates/help/pictures/, and is looked at before it is committed.
"""

import asyncio
import base64
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page, async_playwright

from app.access.assignments import assign
from app.access.sessions import Seat
from app.pages.helping import PICTURES
from tests.pages.office import QUICK, worker
from tests.realtime.server import Server, serving
from tests.surfaces.conftest import FLAGS
from tests.surfaces.meeting import DANA, HESTER, NAOMI, SCREEN, meeting_at

MOST_BYTES = 60_000
SCALE = 0.625  # of the screen: the help shows it smaller still
QUALITIES = (80, 65, 50, 35)  # the best that is small enough
CALM: dict[str, Any] = {"reduced_motion": "reduce", "color_scheme": "light", "locale": "en-GB"}
# Each with who sits there, at which moment, and how large the screen is.
BOARDS: Mapping[str, tuple[str, str, tuple[int, int]]] = {
    "chair": (HESTER, "mapping", (1280, 800)),
    "scale": (HESTER, "scale_shown", (1280, 800)),
    "work": (NAOMI, "mapping", (1280, 800)),
    "family": (DANA, "mapping", (1024, 768)),
    "room": (SCREEN, "mapping", (1280, 720)),
}


async def take(page: Page, name: str) -> None:
    await page.evaluate("document.fonts.ready")
    await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 300)))")
    devtools = await page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "scale": SCALE, **(page.viewport_size or {})}
    for quality in QUALITIES:
        shot = await devtools.send("Page.captureScreenshot", {"format": "webp", "quality": quality, "clip": clip})
        picture = base64.b64decode(shot["data"])
        if len(picture) <= MOST_BYTES:
            (PICTURES / f"{name}.webp").write_bytes(picture)
            print(f"{name}: {len(picture) / 1000:.0f} kB")
            return
    sys.exit(f"{name} is too large.")


async def boards(server: Server, new_context: Any) -> None:
    for name, (person, moment, (width, height)) in BOARDS.items():
        meeting = await meeting_at(server, moment, new_context)
        seat = await meeting.sits_down(person, **CALM, viewport={"width": width, "height": height})
        if name == "scale":
            await seat.page.keyboard.press("0")
        await take(seat.page, name)
        await meeting.close()


async def papers(server: Server, context: BrowserContext, new_context: Any) -> None:
    """The pages of a chair who has signed in."""
    if (database := server.database) is None:
        return
    chair = await worker(server, "chair", "Hester Vale")
    for moment in ("end", "start"):
        meeting = await meeting_at(server, moment, new_context)
        await assign(database, chair.account, Seat(meeting.id, meeting.id_of(HESTER)))
        await context.add_cookies([{"name": "kinboard_staff", "value": chair.token or "", "url": server.base_url}])
        page = await context.new_page()
        await page.goto(f"{server.base_url}/home/{meeting.id}")
        if moment == "start":
            await take(page, "ready")
        else:
            await page.get_by_role("button", name="Open the room").click()
            await page.wait_for_url("**/c/*")
            await page.goto(f"{server.base_url}/c/{meeting.id}/record")
            await take(page, "records")
        await meeting.close()


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        with tempfile.TemporaryDirectory() as folder:
            async with serving(Path(folder), *QUICK) as server:
                await boards(server, browser.new_context)
                context = await browser.new_context(**CALM, viewport={"width": 1280, "height": 800})
                await papers(server, context, browser.new_context)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
