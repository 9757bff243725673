"""The way out where uvicorn's insides are not those that `wire.py` leans on: a `send` for each frame and person.

Several times slower, and by nothing that a new version could move. What differs besides: a server that stops ends these
lines at once, and what was in hand is answered when its sender has come back and sends it again.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from starlette.websockets import WebSocket

from .connection import Connection
from .wire import CLOSING_SECONDS, HIGH_WATER_BYTES, unframed

RESTARTING = 1012


class Plain:
    """One socket, as the room writes to it."""

    def __init__(self, websocket: WebSocket) -> None:
        self.on_writable: Callable[[], None] | None = None
        self.on_shutdown: Callable[[], None] | None = None
        self._websocket = websocket
        self._down: deque[bytes] = deque()
        self._waiting_bytes = 0
        self._news = asyncio.Event()
        self._code: int | None = None
        self._sending: asyncio.Task[None] | None = None

    @property
    def lagging(self) -> bool:
        return self._waiting_bytes > HIGH_WATER_BYTES

    def write(self, frames: bytes) -> None:
        if self._code is None:
            self._down.append(frames)
            self._waiting_bytes += len(frames)
            self._news.set()

    def close(self, code: int) -> None:
        """Say why, and hang up soon, whether or not the other side reads it."""
        if self._code is None:
            self._code = code
            self._news.set()
            if self._sending:
                asyncio.get_running_loop().call_later(CLOSING_SECONDS, self._sending.cancel)

    def hang_up(self) -> None:
        self.close(RESTARTING)

    async def serve(self, connection: Connection) -> None:
        """Until either side has had enough."""
        connection.begin()
        self._sending, receiving = asyncio.create_task(self._send()), asyncio.create_task(self._receive(connection))
        try:
            await asyncio.wait((self._sending, receiving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._sending.cancel()
            receiving.cancel()
            connection.end()

    async def _receive(self, connection: Connection) -> None:
        while (message := await self._websocket.receive())["type"] != "websocket.disconnect":
            await connection.take(message.get("text") or "")

    async def _send(self) -> None:
        while self._code is None or self._down:
            await self._news.wait()
            self._news.clear()
            while self._down:
                await self._send_next()
        await self._websocket.close(self._code)

    async def _send_next(self) -> None:
        frames, was_lagging = self._down.popleft(), self.lagging
        for frame in unframed(frames):
            await self._websocket.send_text(frame.decode())
        self._waiting_bytes -= len(frames)
        if was_lagging and not self.lagging and self.on_writable:
            self.on_writable()
