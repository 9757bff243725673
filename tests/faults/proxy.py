"""A bad line between tablets and server: late, narrow, stalled, cut, or carrying one way only."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

CHUNK = 16 * 1024


@dataclass
class Quality:
    """Seconds and bytes per second, each way of each connection."""

    delay: float = 0.0
    give_or_take: float = 0.0
    bytes_per_second: float = float("inf")


class Line:
    """One connection through it, both ways."""

    def __init__(self, proxy: "Proxy", reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.proxy = proxy
        self.near = (reader, writer)
        self.writers = [writer]

    async def carry(self) -> None:
        reader, writer = await self.proxy.reach()
        self.writers.append(writer)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._one_way(self.near[0], writer, up=True))
                both.create_task(self._one_way(reader, self.near[1], up=False))
        except* (OSError, EOFError):
            pass
        finally:
            self.cut()

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        """In order, as TCP delivers; what is late holds up what comes behind it."""
        due = 0.0
        while content := await reader.read(CHUNK):
            quality = self.proxy.quality
            takes = len(content) / quality.bytes_per_second
            jitter = self.proxy.chance.uniform(-quality.give_or_take, quality.give_or_take)
            due = max(due, monotonic() + quality.delay + jitter) + takes
            if (wait := due - monotonic()) > 0:
                await asyncio.sleep(wait)
            await (self.proxy.open_up if up else self.proxy.open_down).wait()
            writer.write(content)
            await writer.drain()
        raise EOFError

    def cut(self) -> None:
        """No farewell: a reset where the kernel still has something to say."""
        for writer in self.writers:
            with suppress(RuntimeError):
                writer.transport.abort()


class Proxy:
    def __init__(self, base_url: str, quality: Quality, chance: random.Random) -> None:
        where = urlsplit(base_url)
        self.host, self.port = where.hostname or "", where.port or 0
        self.quality = quality
        self.chance = chance
        self.lines: set[Line] = set()
        self.open_up, self.open_down = asyncio.Event(), asyncio.Event()
        self.flow()
        self.base_url = ""

    async def start(self) -> Self:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=CHUNK)
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.host, self.port, limit=CHUNK)

    def address(self, url: str) -> str:
        """The same door, by this line."""
        return url.replace(urlsplit(url).netloc, urlsplit(self.base_url).netloc)

    def stall(self, *, up: bool = True, down: bool = True) -> None:
        """Nothing arrives any more, and nobody is told; what was sent comes later, if it flows again."""
        if up:
            self.open_up.clear()
        if down:
            self.open_down.clear()

    def flow(self) -> None:
        self.open_up.set()
        self.open_down.set()

    def reset(self) -> None:
        for line in list(self.lines):
            line.cut()

    async def close(self) -> None:
        self._server.close()
        self.reset()
        await self._server.wait_closed()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(self, reader, writer)
        self.lines.add(line)
        try:
            await line.carry()
        except OSError:
            line.cut()  # the server is away
        finally:
            self.lines.discard(line)
