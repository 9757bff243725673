"""Every state of every component, mounted from the product (`web/src/gallery/`), in a page that no server serves."""

from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Route

from app.main import POLICY
from tests.surfaces.seat import Seat
from tools.words import categories, read
from tools.words_served import words_in

BUILT = Path(__file__).resolve().parent.parent.parent / "build" / "gallery"
AFTER = "2025-06-24T11:30:00Z"  # all that is told in the gallery
HOME = "http://localhost:1"  # nobody listens there: whatever is asked for is answered from the folder

# The windows that each surface is looked at in; the first is the one that it is made for.
Size = tuple[int, int]
DESK: list[Size] = [(1440, 900), (1024, 768), (720, 900)]
TABLET: list[Size] = [(1024, 768), (768, 1024), (320, 640)]
WALL: list[Size] = [(1920, 1080), (1280, 720), (1024, 768)]
PHONE: list[Size] = [(1024, 768), (390, 844), (320, 640)]
SIZES = {"family": TABLET, "room": WALL, "join": PHONE, "lobby": PHONE, "late": PHONE, "pairing": WALL}
DOCUMENTS = ("join", "lobby", "late", "door")  # pages that are read from top to bottom

# Many pieces of boards stand on one page, so the same column is on it many times, and headings come in no order. Each
# state that fills a window is judged whole.
PIECES = {"landmark-unique": {"enabled": False}, "heading-order": {"enabled": False}}


def sizes_of(group: str) -> list[Size]:
    return SIZES.get(group, DESK)


class Gallery:
    def __init__(self, seat: Seat) -> None:
        self.page = seat.page
        self.troubles = seat.troubles

    @classmethod
    async def opened(cls, context: BrowserContext) -> "Gallery":
        if not (BUILT / "index.html").exists():
            pytest.fail("The gallery is not built. Run `make gallery`.", pytrace=False)
        await context.route(f"{HOME}/**", _answer)
        await context.clock.set_fixed_time(AFTER)
        gallery = cls(await Seat.at(context, HOME))
        await gallery.page.goto(f"{HOME}/?only=nothing")
        await gallery.page.wait_for_selector("html[data-ready]", state="attached")
        return gallery

    async def show(self, only: str) -> None:
        """One state, or one group; what fills a window is in a group by its name only."""
        await self.page.evaluate("only => show(only)", only)

    async def speaks(self, language: str) -> None:
        """From now on: one that there is, or nobody's."""
        await self.page.evaluate("language => speakAs(language)", language)

    async def groups(self) -> dict[str, list[str]]:
        """Each group by its name, and those of its states that are only shown by themselves."""
        found: dict[str, list[str]] = await self.page.evaluate("groups()")
        return found

    async def unspoken(self) -> list[str]:
        """What is seen or read out in no language but English, though nobody wrote it; and what has too little room."""
        words: list[str] = await self.page.evaluate("() => [...unspoken(), ...cutOff().map((one) => `cut: ${one}`)]")
        return words

    async def states(self) -> dict[str, bool]:
        """The id of each state on the page, and whether it is only shown by itself."""
        found: dict[str, bool] = await self.page.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('[data-state]')]
              .map((one) => [one.dataset.state, 'alone' in one.dataset]))"""
        )
        return found


@cache
def words_of(language: str) -> dict[str, str | list[str]]:
    """The whole catalogue, as pages are sent their part of it, and what the server says besides."""
    catalog = read(language)
    return {"": categories(catalog), **words_in(catalog)}


async def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(f"{HOME}/").partition("?")[0]
    if path.endswith("/waiting"):  # what a surface asks for by itself: nobody is at the door
        return await route.fulfill(json={"waiting": 0})
    if path.endswith("/code"):  # and the door is shut
        return await route.fulfill(json={})
    if path.startswith("api/"):  # a page that goes on asking how it stands
        return await route.fulfill(json={})
    if path.startswith("words/"):
        return await route.fulfill(json=words_of(path.removeprefix("words/").removesuffix(".json")))
    file = BUILT / (path or "index.html")
    await route.fulfill(path=file, headers={"Content-Security-Policy": POLICY.header_value})
