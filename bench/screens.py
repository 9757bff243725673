"""How long until people see it: from the chair's key to the frame that is painted, on her own screen and on others."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from app.pages.house import cookie_name

from .servers import Shape, product

ACTS = 20
CHROMIUM = shutil.which("chromium")
# The first people of a board, in the order in which bench.product seats them.
SEATS: dict[str, dict[str, Any]] = {
    "chair": {"viewport": {"width": 1440, "height": 900}},
    "room screen": {"viewport": {"width": 1920, "height": 1080}},
    "parent": {"viewport": {"width": 1024, "height": 768}},
    "professional": {"viewport": {"width": 1366, "height": 768}},
}
PLACES = {"chair": 0, "room screen": 1, "parent": 2, "professional": 5}

# All times are of one machine's clock, so they compare between pages. What a frame posts runs after it is painted.
NOTE_TIMES = """
  window.pressed = 0
  addEventListener('keydown', (event) => (pressed = performance.timeOrigin + event.timeStamp), true)
  const isOn = {
    card: (words) => [...document.querySelectorAll('.words')].some((one) => one.textContent === words),
    lamp: (words) => [...document.querySelectorAll('li.lit')].some((one) => one.textContent.includes(words)),
    floor: (name) => [...document.querySelectorAll('.speak, .speaking, header.top')]
      .some((one) => one.textContent.includes(name) && one.textContent.includes('is speaking')),
  }
  window.painted = (what, words) => new Promise((done) => {
    const after = new MessageChannel()
    after.port1.onmessage = () => done(performance.timeOrigin + performance.now())
    const look = () => (isOn[what](words) ? after.port2.postMessage(0) : requestAnimationFrame(look))
    requestAnimationFrame(look)
  })
"""

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Door:
    """A board's address, and the token of each person."""

    origin: str
    conference: str
    tokens: tuple[str, ...]


def on_screens() -> Figures:
    """Not as a ratio: these are what people wait, on this machine, with four browsers and the server on it."""
    with product(Shape(boards=1, people=30)) as (port, (board,)):
        seen = asyncio.run(screens(Door(f"http://127.0.0.1:{port}", board["conference"], tuple(board["tokens"]))))
    for name, figure in seen.items():
        print(f"  painted: {name}: p50 {figure['p50_ms']:.0f} ms, p95 {figure['p95_ms']:.0f} ms")
    return seen


@dataclass
class Room:
    chair: Page
    others: dict[str, Page]

    async def measure(self, what: str, words: str, act: Callable[[], Awaitable[None]]) -> dict[str, float]:
        """Milliseconds on each screen from the last key of this act. Every page looks out for it before it is done."""
        pages = {**({"own screen": self.chair} if what == "card" else {}), **self.others}
        looking = [asyncio.ensure_future(page.evaluate(f"painted({what!r}, {words!r})")) for page in pages.values()]
        await asyncio.gather(*(page.evaluate("1") for page in pages.values()))
        await act()
        painted = await asyncio.wait_for(asyncio.gather(*looking), 30)
        pressed = await self.chair.evaluate("pressed")
        return {name: at - pressed for name, at in zip(pages, painted, strict=True)}


async def screens(door: Door) -> Figures:
    """p50 and p95 in milliseconds, for each act and each screen."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))  # four browsers need what there is
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        async with _room(browser, door) as room:
            times = {
                "card": [await _card(room, f"Card {number} of the measurement.") for number in range(ACTS)],
                "lamp": [await _lamp(room, f"Card {number} of the measurement.") for number in range(ACTS)],
                "floor": [await _floor(room, name) for name, _ in zip(_names(), range(ACTS), strict=False)],
            }
        await browser.close()
    return {
        f"{what}, {screen}": _spread([each[screen] for each in measured])
        for what, measured in times.items()
        for screen in measured[0]
    }


async def the_chair(browser: Browser, door: Door, note: str) -> Page:
    """Her page, which runs this script first."""
    page = await _sits_down(browser, door, "chair", note)
    await page.wait_for_selector(".chair li[data-item]")
    return page


async def _sits_down(browser: Browser, door: Door, name: str, note: str) -> Page:
    context = await browser.new_context(**SEATS[name])
    cookie = {"name": cookie_name(door.conference), "value": door.tokens[PLACES[name]], "url": door.origin}
    await context.add_cookies([cookie])  # type: ignore[list-item]
    await context.add_init_script(note)
    page = await context.new_page()
    await page.goto(f"{door.origin}/c/{door.conference}")
    return page


@asynccontextmanager
async def _room(browser: Browser, door: Door) -> Any:
    pages = {name: await _sits_down(browser, door, name, NOTE_TIMES) for name in SEATS}
    await pages["chair"].wait_for_selector(".chair li[data-item]")
    await pages["room screen"].wait_for_selector(".room li[data-item]", state="attached")
    await pages["professional"].wait_for_selector(".page li[data-item]")
    await pages["parent"].click("#tab-strength")
    chair = pages.pop("chair")
    yield Room(chair, pages)


async def _card(room: Room, words: str) -> dict[str, float]:
    keyboard = room.chair.keyboard
    if words.startswith("Card 0 "):
        await keyboard.press("2")
        await room.chair.wait_for_selector("textarea[placeholder='Write what was said']")
    await keyboard.insert_text(words)
    return await room.measure("card", words, lambda: keyboard.press("Enter"))


async def _lamp(room: Room, words: str) -> dict[str, float]:
    if words.startswith("Card 0 "):
        await room.chair.keyboard.press("Escape")
    await room.chair.locator("[data-card]").filter(has_text=words).focus()
    return await room.measure("lamp", words, lambda: room.chair.keyboard.press("s"))


async def _floor(room: Room, name: str) -> dict[str, float]:
    await room.chair.keyboard.press("f")
    await room.chair.fill("#find-words", name)
    return await room.measure("floor", name, lambda: room.chair.keyboard.press("Enter"))


def _names() -> Iterator[str]:
    return cycle(("Ruth", "Parent 1"))


def _spread(times: list[float]) -> dict[str, float]:
    return {"p50_ms": round(median(times), 1), "p95_ms": round(quantiles(times, n=20)[-1], 1)}
