"""What stands between a browser and the server: a cable that can be out, and a proxy that holds some things back."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.realtime.server import Server, serving

REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PIECE = 64 * 1024


class Middlebox:
    def __init__(self, port_behind: int) -> None:
        self.port_behind = port_behind
        self.refuses_sockets = False
        self.swallows_sockets = False
        self.keeps_answers_until_whole = False
        self.sockets = 0  # that were let through
        self.cable = asyncio.Event()  # set while it is in
        self.cable.set()
        self._server: asyncio.Server | None = None
        self._ways: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._between, "127.0.0.1", 0)

    async def close(self) -> None:
        assert self._server
        self._server.close()
        while self._ways:
            for way in self._ways:
                way.cancel()
            await asyncio.sleep(0)

    async def _between(self, browser: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        writers = [to_browser]
        ways: set[asyncio.Task[None]] = set()
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self.port_behind)
            writers.append(to_server)
            line = Line(self)
            up = asyncio.create_task(line.up(browser, to_server, to_browser))
            ways = {up, asyncio.create_task(line.down(server, to_browser))}
            self._ways |= ways
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        except OSError:
            pass  # the server is away
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        self._ways -= ways
        for writer in writers:
            writer.close()


class Line:
    """One connection. What the proxy does with an answer is decided by what was asked last."""

    def __init__(self, box: Middlebox) -> None:
        self.box = box
        self.keeps = False

    async def up(
        self, browser: asyncio.StreamReader, to_server: asyncio.StreamWriter, to_browser: asyncio.StreamWriter
    ) -> None:
        while piece := await browser.read(PIECE):
            asked = piece.split(b"\r\n", 1)[0]
            if b"upgrade: websocket" in piece.lower():
                if self.box.swallows_sockets:
                    continue
                if self.box.refuses_sockets:
                    to_browser.write(REFUSED)
                    break
                self.box.sockets += 1
            if asked.startswith(b"POST "):
                self.keeps = (
                    self.box.keeps_answers_until_whole
                    and b"/stream" in asked
                    and b"short" not in asked
                    and b"/stream/" not in asked
                )
            await self.box.cable.wait()
            to_server.write(piece)
            await to_server.drain()

    async def down(self, server: asyncio.StreamReader, to_browser: asyncio.StreamWriter) -> None:
        kept = b""
        while piece := await server.read(PIECE):
            await self.box.cable.wait()
            kept += piece
            if not self.keeps or kept.endswith(b"\r\n0\r\n\r\n"):
                to_browser.write(kept)
                kept = b""
                await to_browser.drain()
        to_browser.write(kept)


@asynccontextmanager
async def serving_behind_middlebox(folder: Path) -> AsyncIterator[tuple[Server, Middlebox]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: Any = free.getsockname()[1]
    box = Middlebox(port)
    await box.open()
    try:
        async with serving(folder, "--port", str(port), settings={"KINBOARD_BASE_URL": box.url}) as server:
            yield server, box
    finally:
        await box.close()
