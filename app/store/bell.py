"""What goes between servers that share a database: which conference has moved, and how far. Never what happened there.

Whoever hears it reads on from the log. Losing every bell costs a moment and no data: each server also looks by itself.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Protocol

import structlog

from app.store.measures import BELL_BROKEN, RUNG

logger = structlog.get_logger()

SOMEBODY_MOVED = 0  # in place of a number of a row: somebody came or went
MOST_IN_ONE = 100  # conferences in one message; PostgreSQL takes no more than 8,000 bytes
SEND_SECONDS = 5.0
ASK_SECONDS = 10.0  # a line over which nothing was sent for so long is tried
BACK_SECONDS = 1.0  # about how long to wait before a line that broke is made anew

Heard = Mapping[str, int]
Hear = Callable[[Heard], None]  # empty: something moved, and it is not known what


class Bell(Protocol):
    def ring(self, conference_id: str, seq: int) -> None:
        """Never waits and never fails."""

    async def run(self, hear: Hear) -> None:
        """Until it is cancelled."""


class Silent:
    """For a server that shares its database with nobody."""

    def ring(self, conference_id: str, seq: int) -> None:
        pass

    async def run(self, hear: Hear) -> None:
        pass


class Line(Protocol):
    """An open line to all the other servers."""

    @property
    def is_broken(self) -> bool: ...

    async def send(self, messages: list[str]) -> None: ...

    async def ask(self) -> None:
        """Whether anybody is still there. Raises if not."""


class Call(Protocol):
    def __call__(self, hear: Hear, broken: Callable[[], None]) -> AbstractAsyncContextManager[Line, bool | None]: ...


class BellOverLine:
    """One line, over which what moved since the last message goes together. It comes back by itself."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._to_ring: dict[str, int] = {}
        self._something = asyncio.Event()

    def ring(self, conference_id: str, seq: int) -> None:
        self._to_ring[conference_id] = max(seq, self._to_ring.get(conference_id, seq))
        self._something.set()

    async def run(self, hear: Hear) -> None:
        while True:
            try:
                async with self._call(hear, self._something.set) as line:
                    BELL_BROKEN.set(0)
                    hear({})  # whatever was rung meanwhile
                    while not line.is_broken:
                        await self._send_next(line)
            except Exception as broken:
                logger.warning("bell broken", cause=type(broken).__name__)
            BELL_BROKEN.set(1)
            await asyncio.sleep(BACK_SECONDS * random.uniform(0.5, 1.5))  # noqa: S311  not all servers at once

    async def _send_next(self, line: Line) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(ASK_SECONDS):
                await self._something.wait()
        self._something.clear()
        rung, self._to_ring = self._to_ring, {}
        async with asyncio.timeout(SEND_SECONDS):
            await (line.send(messages_of(rung)) if rung else line.ask())
        RUNG.inc(len(rung))


def messages_of(rung: Heard) -> list[str]:
    lines = [f"{conference_id} {seq}" for conference_id, seq in rung.items()]
    return ["\n".join(lines[first : first + MOST_IN_ONE]) for first in range(0, len(lines), MOST_IN_ONE)]


def heard_in(message: str) -> Heard:
    """What cannot be read is nothing: whoever rings wrongly is looked into, and no more."""
    heard = {}
    for line in message.splitlines():
        conference_id, _, seq = line.partition(" ")
        if seq.isascii() and seq.isdigit() and len(seq) < 16:
            heard[conference_id] = int(seq)
    return heard
