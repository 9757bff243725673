"""Passwords: Argon2id in a thread, at most two at a time, and the same work for a name that nobody has."""

import asyncio
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
LONGEST = 200
MEMORY_KIB = 65_536  # RFC 9106, 4: the second recommended choice
PASSES = 3
_PRESS = asyncio.Semaphore(2)  # one takes 64 megabytes and a tenth of a second, which a meeting needs too


async def hashed(password: str) -> str:
    async with _PRESS:
        return await asyncio.to_thread(_hasher().hash, password)


async def is_right(password: str, hash: str | None) -> bool:
    """Where there is no hash it is worked out all the same, and wrong."""
    async with _PRESS:
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
