"""What waits for a room's next turn. Where too much does, nothing more is read from whoever sends."""

import asyncio
from collections import deque
from collections.abc import Callable

from .asker import Asker
from .measures import WAITING
from .turn import Asked

MOST_PER_TURN = 500
MOST_WAITING = 1000  # commands of one room


class Inbox:
    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._waiting: deque[tuple[Asked, Asker]] = deque()
        self._to_read_on: list[Callable[[], None]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, asked: Asked, asker: Asker) -> None:
        self._waiting.append((asked, asker))
        WAITING.inc()
        self._ring()

    def take(self) -> list[tuple[Asked, Asker]]:
        waiting = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_PER_TURN))]
        WAITING.dec(len(waiting))
        read_on, self._to_read_on = self._to_read_on, []
        for each in read_on:
            each()
        return waiting

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= MOST_WAITING

    def say_when_not_full(self, read_on: Callable[[], None]) -> None:
        """Whoever sends is read from again when there is room; until then their browser keeps what they wrote."""
        self._to_read_on.append(read_on)

    async def until_not_full(self) -> None:
        while self.is_full:
            taken = asyncio.Event()
            self.say_when_not_full(taken.set)
            await taken.wait()
