"""Connections to a PostgreSQL server without SQLAlchemy, for the few statements that are made with every act.

Each is a transaction of its own: one way there and back, where SQLAlchemy makes four, and a fifth of its work here.
"""

import asyncio
from typing import Any

import asyncpg
from sqlalchemy import URL

MOST = 6  # of them; more than there are commits at once, so that none of these keeps anybody from reading


class Straight:
    """One over which something failed is not used again."""

    def __init__(self, url: URL, **how: Any) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._how = how
        self._idle: list[Any] = []
        self._free = asyncio.Semaphore(MOST)

    async def fetch(self, statement: str, *values: Any) -> list[Any]:
        """The rows of one statement, once it is committed. Raises what asyncpg does, and `OSError`."""
        async with self._free:
            connection = self._idle.pop() if self._idle else None
            if connection is None or connection.is_closed():
                connection = await asyncpg.connect(self._address, **self._how)
            try:
                rows: list[Any] = await connection.fetch(statement, *values)
            except BaseException:
                connection.terminate()
                raise
            self._idle.append(connection)
            return rows

    async def close(self) -> None:
        while self._idle:
            self._idle.pop().terminate()
