"""People who come back to another server when theirs is gone, and so many of them that few can be looked at closely."""

import asyncio
import random
import re
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

from tests.faults.device import Device, Witness
from tests.faults.history import History
from tests.realtime.server import Sitting

HEAD = re.compile(r'\{"type":"view","epoch":"([^"]+)","version":(\d+),')

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Wanderer(Device):
    """Comes by a proxy that sends all of a conference to one server, and elsewhere while that one is away; a `stray`
    is sent to any.
    """

    def __init__(
        self, sittings: list[Sitting], person: str, history: History, chance: random.Random, *, stray: bool = True
    ) -> None:
        super().__init__(sittings[0], person, history, chance)
        self.sittings = sittings
        self.stray = stray

    async def _connect(self) -> None:
        running = [each for each in self.sittings if each.server.is_running]
        self.sitting = self.chance.choice(running) if self.stray else running[0]
        self.address = self.sitting.url
        await super()._connect()


class PlainSocket:
    """As much of a WebSocket as somebody needs who only looks on; a library's is ten times the work to open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @property
    def transport(self) -> asyncio.WriteTransport:
        return self._writer.transport

    @classmethod
    async def open(cls, url: str, cookie: str, origin: str) -> Self:
        to = urlsplit(url)
        reader, writer = await asyncio.open_connection(to.hostname, to.port)
        path = f"{to.path}?{to.query}"
        lines = [f"GET {path} HTTP/1.1", f"Host: {to.netloc}", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        writer.write("\r\n".join([*lines, f"Origin: {origin}", f"Cookie: {cookie}", "", ""]).encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101"):
                raise ConnectionRefusedError
        except BaseException:
            writer.close()
            raise
        return cls(reader, writer)

    async def recv(self) -> str:
        """The next text; raises `websockets.ConnectionClosed`."""
        try:
            return await self._next()
        except (OSError, EOFError):
            self._writer.close()
            raise ConnectionClosedError(None, None) from None

    async def _next(self) -> str:
        while True:
            first, size = await self._reader.readexactly(2)
            if size >= 126:
                size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
            said, kind = await self._reader.readexactly(size), first & 15
            if kind == TEXT:
                return said.decode()
            if kind == PING:
                self._writer.write(bytes((128 | PONG, 128 | size)) + bytes(4) + said)
            elif kind == CLOSE:
                self._writer.close()
                raise ConnectionClosedError(Close(int.from_bytes(said[:2]), ""), None)

    async def close(self) -> None:
        self._writer.close()


class Trusting(Witness):
    """It believes that each value is as the contract says, which costs more than all else; other tests hold that."""

    @staticmethod
    def require(frame: dict[str, Any]) -> None: ...


class Glimpse(Witness):
    """Of each frame of a board it reads the version alone, so that hundreds fit on half a core."""

    @classmethod
    async def open(cls, url: str, cookie: str, origin: str | None, **more: Any) -> Self:
        async with asyncio.timeout(more["open_timeout"]):
            return cls(await PlainSocket.open(url, cookie, origin or ""))  # type: ignore[arg-type]

    def _take(self, text: str) -> None:
        self.heard_at = monotonic()
        if head := HEAD.match(text):
            self.epoch, self.version = head[1], int(head[2])
            if self.seen:
                self.seen.versions.append((self.epoch, self.version, text.endswith(',"full":true}')))
        elif text.startswith('{"type":"view","own"'):
            self.own = {"came": True}


class Hurried(Wanderer):
    kind = Trusting


class Onlooker(Wanderer):
    kind = Glimpse
