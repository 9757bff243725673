"""What the store's tests save, and databases that are slow, broken or counted on purpose."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, text

from app.store.commits import NewRow
from app.store.database import Database

T = TypeVar("T")

NOON = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


def row_saying(text: str, *, id: str | None = None, person: str = "priya", minutes: int = 0) -> NewRow:
    body = text.encode()
    at = NOON + timedelta(minutes=minutes)
    return NewRow(id=id or str(uuid4()), person_id=person, at=at, body_hash=sha256(body).digest(), body=body)


async def change(database: Database, statement: str, **values: str) -> int:
    """What somebody with a database tool might do. How many rows it touched."""
    return await database.write(lambda connection: connection.execute(text(statement), values).rowcount)


class CountedDatabase(Database):
    """Counts its commits."""

    commits = 0

    async def write(self, fn: Callable[[Connection], T]) -> T:
        self.commits += 1
        return await super().write(fn)

    async def write_at_once(self, statement: str, *values: Any) -> list[Any]:
        self.commits += 1
        return await super().write_at_once(statement, *values)


class HeldDatabase(CountedDatabase):
    """Begins no commit until it is let go; `begun` says that one waits."""

    def hold(self) -> None:
        self.begun, self.let_go = asyncio.Event(), asyncio.Event()

    async def write(self, fn: Callable[[Connection], T]) -> T:
        self.begun.set()
        await self.let_go.wait()
        return await super().write(fn)

    async def write_at_once(self, statement: str, *values: Any) -> list[Any]:
        self.begun.set()
        await self.let_go.wait()
        return await super().write_at_once(statement, *values)


class Broken(Exception):
    pass


class BreakingDatabase(Database):
    """Its next commit breaks after everything was written, before it is committed."""

    breaks = False

    async def write(self, fn: Callable[[Connection], T]) -> T:
        breaks, self.breaks = self.breaks, False

        def and_break(connection: Connection) -> T:
            done = fn(connection)
            if breaks:
                raise Broken
            return done

        return await super().write(and_break)
