"""Every state of every component, mounted from the product (`web/src/gallery/`), in a page that no server serves."""

from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Route

from app.main import POLICY
from tests.surfaces.seat import Seat

BUILT = Path(__file__).resolve().parent.parent.parent / "build" / "gallery"
HOME = "http://localhost:1"  # nobody listens there: whatever is asked for is answered from the folder

# Many pieces of boards stand on one page, so the same column is on it many times, and headings come in no order. Each
# state that fills a window is judged whole.
PIECES = {"landmark-unique": {"enabled": False}, "heading-order": {"enabled": False}}


class Gallery:
    def __init__(self, seat: Seat) -> None:
        self.page = seat.page
        self.troubles = seat.troubles

    @classmethod
    async def opened(cls, context: BrowserContext) -> "Gallery":
        if not (BUILT / "index.html").exists():
            pytest.fail("The gallery is not built. Run `make gallery`.", pytrace=False)
        await context.route(f"{HOME}/**", _answer)
        gallery = cls(await Seat.at(context, HOME))
        await gallery.page.goto(f"{HOME}/?only=nothing")
        await gallery.page.wait_for_selector("html[data-ready]", state="attached")
        return gallery

    async def show(self, only: str) -> None:
        """One state, or one group; what fills a window is in a group by its name only."""
        await self.page.evaluate("only => show(only)", only)

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


async def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(f"{HOME}/").partition("?")[0]
    if path.endswith("/waiting"):  # what a surface asks for by itself: nobody is at the door
        return await route.fulfill(json={"waiting": 0})
    if path.endswith("/code"):  # and the door is shut
        return await route.fulfill(json={})
    if path.startswith("api/"):  # a page that goes on asking how it stands
        return await route.fulfill(json={})
    file = BUILT / (path or "index.html")
    await route.fulfill(path=file, headers={"Content-Security-Policy": POLICY.header_value})
