"""Passwords: Argon2id in a thread, few at a time, and the same work for a name that nobody has."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
LONGEST = 200
MEMORY_KIB = 65_536  # RFC 9106, 4: the second recommended choice
PASSES = 3
MOST_WAITING = 40  # at one press; it takes a few seconds to get through them


class TooBusy(Exception):
    """So many passwords wait to be looked at that one more would only wait."""


class Press:
    """One takes 64 megabytes and a tenth of a second, which a meeting needs too."""

    def __init__(self, at_once: int) -> None:
        self._at_once = asyncio.Semaphore(at_once)
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        if self._waiting >= MOST_WAITING:
            raise TooBusy
        self._waiting += 1
        try:
            async with self._at_once:
                yield
        finally:
            self._waiting -= 1


AT_THE_DOOR = Press(2)
INSIDE = Press(1)  # whoever is signed in already never waits behind strangers


async def hashed(password: str) -> str:
    async with AT_THE_DOOR.turn():
        return await asyncio.to_thread(_hasher().hash, password)


async def is_right(password: str, hash: str | None, press: Press = AT_THE_DOOR) -> bool:
    """Where there is no hash it is worked out all the same, and wrong. Raises TooBusy."""
    async with press.turn():
        right = await asyncio.to_thread(_verify, password[:LONGEST], hash)
    return right and hash is not None


def _verify(password: str, hash: str | None) -> bool:
    return _hasher().verify(password, hash or _nobodys())


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(memory_cost=MEMORY_KIB, time_cost=PASSES),))


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")
