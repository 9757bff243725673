"""The other servers: they are told what moved here and who is here. What they tell, `Watch` reads."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from functools import partial
from secrets import token_hex

import structlog
from sqlalchemy import Connection

from app.board.terms import Id
from app.logs import place_of
from app.store.bell import SOMEBODY_MOVED, Bell
from app.store.database import Database
from app.store.presence import Place, arrive, depart, elsewhere, renew, say

logger = structlog.get_logger()

NOBODY: frozenset[Id] = frozenset()
RENEW_SECONDS = 3.0
AGAIN_SECONDS = 1.0


class Alone:
    """A server that shares its database with nobody: nothing is told, asked or kept."""

    look: Callable[[], Awaitable[None]] | None = None

    def ring(self, conference_id: Id, seq: int) -> None: ...

    def came(self, conference_id: Id, person_id: Id) -> None: ...

    def left(self, conference_id: Id, person_id: Id) -> None: ...

    async def people_of(self, conference_id: Id) -> frozenset[Id]:
        return NOBODY


class Elsewhere:
    """One of several servers on a database. `look` reads now what happened at the others."""

    def __init__(self, database: Database, bell: Bell) -> None:
        self.look: Callable[[], Awaitable[None]] | None = None
        self.ring = bell.ring
        self.id = token_hex(8)
        self._database = database
        self._here: set[Place] = set()
        self._moved: dict[Place, bool] = {}
        self._something = asyncio.Event()

    def came(self, conference_id: Id, person_id: Id) -> None:
        """Somebody's first screen. Never waits."""
        place = conference_id, person_id
        self._here.add(place)
        self._moved[place] = True
        self._something.set()

    def left(self, conference_id: Id, person_id: Id) -> None:
        """Their last one went."""
        place = conference_id, person_id
        self._here.discard(place)
        self._moved[place] = False
        self._something.set()

    def people(self, connection: Connection, conference_ids: Collection[Id]) -> dict[Id, frozenset[Id]]:
        """Who of these conferences is at another server."""
        return elsewhere(connection, self.id, conference_ids)

    async def people_of(self, conference_id: Id) -> frozenset[Id]:
        found = await self._database.read(lambda connection: self.people(connection, [conference_id]))
        return found.get(conference_id, NOBODY)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                await self._tell()
            except Exception as broken:
                logger.error("presence not told", cause=type(broken).__name__, at=place_of(broken))
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            with suppress(TimeoutError):
                async with asyncio.timeout(RENEW_SECONDS):
                    await self._something.wait()

    async def _tell(self) -> None:
        self._something.clear()
        moved, self._moved = self._moved, {}
        try:
            await self._database.write(partial(self._write, moved=moved, here=frozenset(self._here)))
        except Exception:
            self._moved = moved | self._moved
            raise
        for conference_id in {conference_id for conference_id, _ in moved}:
            self.ring(conference_id, SOMEBODY_MOVED)

    def _write(self, connection: Connection, moved: dict[Place, bool], here: frozenset[Place]) -> None:
        if renew(connection, self.id):
            say(connection, self.id, moved)
        else:  # at the start, or because it could not be renewed for long
            arrive(connection, self.id, here)

    async def close(self) -> None:
        """Whoever was here is not any more, and nobody need wait for the lease to lapse."""
        with suppress(Exception):
            await self._database.write(lambda connection: depart(connection, self.id))
