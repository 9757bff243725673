"""The other way in, where websockets are blocked: to a screen it is a socket that sends and receives."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from socket import SO_RCVBUF, SOL_SOCKET
from typing import Any, Self

import httpx2
import websockets
from websockets.frames import Close

from tests.realtime.screen import Closed, Screen
from tests.realtime.server import Sitting


class NotAccepted(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class StreamSocket:
    """`short`: many short answers in place of a long one."""

    def __init__(self, client: httpx2.AsyncClient, path: str, short: bool) -> None:
        self.client = client
        self.path = path
        self.short = short
        self.line = ""
        self.answer: httpx2.Response | None = None
        self._stack = AsyncExitStack()
        self._events = self._read()

    @classmethod
    async def open(cls, sitting: Sitting, person: str, query: str = "", *, short: bool = False, **headers: str) -> Self:
        own = {"Cookie": await sitting.join(person), "Origin": sitting.server.base_url, **headers}
        # A tablet that has no room for what it does not read.
        little_room = httpx2.AsyncHTTPTransport(socket_options=[(SOL_SOCKET, SO_RCVBUF, 16 * 1024)])
        client = httpx2.AsyncClient(base_url=sitting.server.base_url, headers=own, timeout=20, transport=little_room)
        socket = cls(client, f"/api/conferences/{sitting.id}/stream", short)
        try:
            await socket._ask(socket.path + (query or "?") + ("&short=true" if short else ""))
        except NotAccepted:
            await socket.close()
            raise
        return socket

    async def _ask(self, path: str) -> None:
        await self._stack.aclose()
        self.answer = await self._stack.enter_async_context(self.client.stream("POST", path))
        if self.answer.status_code != 200:
            raise NotAccepted(self.answer.status_code)

    async def _read(self) -> AsyncIterator[tuple[str, str]]:
        while True:
            assert self.answer
            kind = "message"
            async for line in self.answer.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    yield kind, value
                    kind = "message"
            if not self.short:
                raise closed(1006)
            await self._ask(f"{self.path}/{self.line}/next")

    async def recv(self) -> str:
        try:
            while True:
                kind, data = await anext(self._events)
                if kind == "close":
                    raise closed(int(data))
                if kind == "message":
                    return data
                self.line = data
        except (httpx2.HTTPError, NotAccepted, StopAsyncIteration):
            raise closed(1006) from None

    async def send(self, text: str) -> None:
        assert (await self.post(text)).status_code == 204

    async def post(self, text: str | bytes) -> httpx2.Response:
        return await self.client.post(f"{self.path}/{self.line}", content=text)

    async def close(self) -> None:
        await self._stack.aclose()
        await self.client.aclose()


def closed(code: int) -> websockets.ConnectionClosed:
    return websockets.ConnectionClosedError(Close(code, ""), None)


async def stream_screen(
    sitting: Sitting, person: str, query: str = "", *, kept: Screen | None = None, **more: Any
) -> Screen:
    """This person's board by the other way in, with the first view on it, or closed; `kept` is what it had before."""
    if kept:
        query = f"?epoch={kept.epoch}&version={kept.version}"
    screen = Screen(await StreamSocket.open(sitting, person, query, **more))  # type: ignore[arg-type]
    if kept:
        screen.shared, screen.epoch, screen.version = dict(kept.shared), kept.epoch, kept.version
    sitting.screens.append(screen)
    with suppress(Closed):
        await screen.until(lambda: screen.own)
    return screen
