"""A line without a websocket: ready frames go down as server-sent events, in one long answer or in many short ones.

It offers what `Wire` offers, so the room and the connection know no difference, and nothing is built or encoded twice.
"""

import asyncio
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

from app.access.sessions import Seat, Session

from .connection import Connection
from .room import Room
from .wire import CLOSING_SECONDS, HIGH_WATER_BYTES, unframed

RESTARTING = 1012
PADDING = b":" + b" " * 2048 + b"\n\n"  # some of what stands between holds back the first bytes of an answer
PICKED_UP_WITHIN = 15.0  # seconds: a line of short answers that nobody asks for any more is over


class Stream:
    """What waits to go down, until an answer takes it along."""

    def __init__(self, where: str) -> None:
        self.id = where + token_urlsafe(16)
        self.on_writable: Callable[[], None] | None = None
        self.on_closed: Callable[[], None] = _nothing
        self.on_shutdown: Callable[[], None] | None = None
        self.closed = False
        self._down = bytearray(PADDING + event(b"line", self.id.encode()))
        self._news = asyncio.Event()
        self._news.set()
        self._answering: asyncio.Task[Any] | None = None
        self._over: asyncio.TimerHandle | None = None

    @property
    def lagging(self) -> bool:
        return len(self._down) > HIGH_WATER_BYTES

    @property
    def is_read(self) -> bool:
        return self._answering is not None

    @property
    def is_over(self) -> bool:
        """Everything was said, down to why it ends."""
        return self.closed and not self._down

    def write(self, frames: bytes) -> None:
        if not self.closed:
            self._down += b"".join(b"data: %b\n\n" % frame for frame in unframed(frames))
            self._news.set()

    def close(self, code: int) -> None:
        """Say why, and hang up soon, whether or not the other side reads it."""
        if self.closed:
            return
        self.closed = True
        self._down += event(b"close", str(code).encode())
        self._news.set()
        asyncio.get_running_loop().call_soon(self.on_closed)  # not while the room goes through its lines
        if self._answering:
            self._over = asyncio.get_running_loop().call_later(CLOSING_SECONDS, self._answering.cancel)

    def hang_up(self) -> None:
        self.close(RESTARTING)

    async def take(self) -> bytes:
        """What has gathered, as soon as there is something; empty once everything was said."""
        if not self.is_over:
            await self._news.wait()
        self._news.clear()
        taken, was_lagging = bytes(self._down), self.lagging
        self._down.clear()
        if was_lagging:
            asyncio.get_running_loop().call_soon(self._say_writable)
        return taken

    def _say_writable(self) -> None:
        if self.on_writable:
            self.on_writable()

    def picked_up(self, answering: asyncio.Task[Any]) -> None:
        """An answer takes along what gathers from now on."""
        self._answering = answering
        if self._over:
            self._over.cancel()

    def put_down(self, given_up: Callable[[], None]) -> None:
        """It has ended, and the next has a while to come."""
        self._answering = None
        if self._over:
            self._over.cancel()
        self._over = asyncio.get_running_loop().call_later(PICKED_UP_WITHIN, given_up)


class Streams:
    """The streams of this process, by the ids that only their own screens know. `where` begins them, and says which
    process that is.
    """

    def __init__(self, where: str = "") -> None:
        self._where = where
        self._open: dict[str, tuple[Seat, Connection, Stream]] = {}

    def begin(self, room: Room, session: Session, epoch: str | None, version: int | None) -> Stream:
        stream = Stream(self._where)
        connection = Connection(stream, room, session, epoch, version)
        stream.on_closed = connection.end
        self._open[stream.id] = session.seat, connection, stream
        connection.begin()
        return stream

    def of(self, stream_id: str, seat: Seat) -> tuple[Connection, Stream] | None:
        """None for a stream that is over, or another's."""
        found = self._open.get(stream_id)
        return found[1:] if found and found[0] == seat else None

    def end(self, stream: Stream) -> None:
        if self._open.pop(stream.id, None) and not stream.closed:
            stream.closed = True
            stream.on_closed()

    def stop(self) -> None:
        """The server stops: each ends when the turn in hand is over."""
        for *_, stream in list(self._open.values()):
            (stream.on_shutdown or stream.hang_up)()


def event(kind: bytes, data: bytes) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (kind, data)


def _nothing() -> None:
    pass
