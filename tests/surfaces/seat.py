"""One person's own browser: the page in front of them, all that reached it, and all that went wrong on it."""

import asyncio
import json
import re
from typing import Any, Self

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    WebError,
    WebSocket,
    expect,
)

FIRST_FRAMES = re.compile(r'id="first-frames">(.*?)</script>', re.DOTALL)
PATIENCE = 10_000  # milliseconds, for a busy machine
expect.set_options(timeout=PATIENCE)


class Seat:
    def __init__(self, context: BrowserContext, page: Page, home: str) -> None:
        self.context = context
        self.page = page
        self.home = home
        self.frames: list[str] = []
        self.troubles: list[str] = []
        self.sockets = 0
        self._document: tuple[int, Response] | None = None
        self._forgiven: list[str] = []
        self._news = asyncio.Event()

    @classmethod
    async def at(cls, context: BrowserContext, home: str) -> Self:
        context.set_default_timeout(PATIENCE)
        seat = cls(context, await context.new_page(), home)
        context.on("console", seat._console)
        context.on("weberror", seat._error)
        context.on("request", seat._request)
        seat.page.on("response", seat._response)
        seat.page.on("websocket", seat._socket)
        return seat

    # ---- what went wrong

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(words in message.text for words in self._forgiven):
            where = message.location.get("url", "")
            self.troubles.append(f"console: {message.text} {where}")  # a breach of the page's policy is told here too

    def _error(self, error: WebError) -> None:
        self.troubles.append(f"error: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.home}/"):
            self.troubles.append(f"request to another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request() and "/c/" in response.url:
            self._document = len(self.frames), response

    def _socket(self, socket: WebSocket) -> None:
        if not socket.url.startswith(f"{self.home.replace('http', 'ws')}/"):
            self.troubles.append(f"socket to another origin: {socket.url}")
        self.sockets += 1
        socket.on("framereceived", self._frame)

    def _frame(self, frame: str | bytes) -> None:
        self.frames.append(str(frame))
        self._news.set()

    def forgive(self, *words: str) -> None:
        """What a browser says by itself when a server is away or answers no, and has said already."""
        self._forgiven.extend(words)
        self.troubles = [said for said in self.troubles if not any(each in said for each in words)]

    # ---- what this person does and sees

    async def tabs_to(self, place: Locator) -> None:
        """With the Tab key alone, as often as it takes."""
        for _ in range(60):
            if await place.evaluate("one => one.contains(document.activeElement)"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"The Tab key does not come to {place}.")

    async def has_the_board(self) -> None:
        await self.page.wait_for_url("**/c/*")
        await expect(
            self.page.locator(".chair, .page, .tablet, .room > .top, .room > .rest > .title, .room > .rest > .outside")
        ).to_be_visible()
        await self._keep_what_the_page_brought()

    async def _keep_what_the_page_brought(self) -> None:
        """A page brings the first frames with it; they are kept as if they had come over the socket."""
        assert self._document
        place, response = self._document
        found = FIRST_FRAMES.search(await response.text())
        if found:
            self.frames[place:place] = [json.dumps(frame, ensure_ascii=False) for frame in json.loads(found[1])]

    def card(self, words: str) -> Locator:
        """A card of the map, by what it says."""
        return self.page.locator("li[data-item], li[data-key^='item/']").filter(has_text=words)

    def button(self, name: str, **more: Any) -> Locator:
        return self.page.get_by_role("button", name=name, **more)

    async def sees(self, words: str) -> None:
        await expect(self.page.get_by_text(words).filter(visible=True).first).to_be_visible()

    async def does_not_see(self, words: str) -> None:
        await expect(self.page.get_by_text(words).filter(visible=True)).to_have_count(0)

    async def says(self) -> str:
        """Every word that is in the page, also where nobody looks, and in its fields."""
        words: str = await self.page.evaluate(
            """() => document.documentElement.outerHTML
              + [...document.querySelectorAll('input, textarea')].map((one) => one.value).join(' ')"""
        )
        return words

    async def needs_no_sideways_scrolling(self) -> None:
        assert await self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    async def knows_nothing_of(self, words: str) -> None:
        """Neither on the page nor in anything that ever came over the line."""
        assert words not in await self.says()
        assert not [frame for frame in self.frames if words in frame]

    async def hears_more_than(self, frames: int) -> None:
        """Over its socket, which a screen that came back by another way tries again after half a minute."""
        async with asyncio.timeout(50):
            while len(self.frames) <= frames:
                self._news.clear()
                await self._news.wait()

    def since(self, count: int) -> list[dict[str, Any]]:
        """The frames behind the first so many."""
        return [json.loads(frame) for frame in self.frames[count:]]

    @property
    def shared(self) -> dict[str, Any]:
        """What the server has told this screen, as far as others may see the same."""
        told: dict[str, Any] = {}
        for frame in self.since(0):
            if frame["type"] == "view" and "own" not in frame:
                kept = {} if frame.get("full") else {key: told[key] for key in told if key not in frame["drop"]}
                told = {**kept, **frame["put"]}
        return told
