"""What happened anywhere reaches this server well within a second: a session that was ended, a conference that was
purged, a log that is longer. The bell of the servers only makes it sooner.

Where that cannot be looked up for some seconds, and there are other servers, nobody here knows any more what they
save: then whoever is here is sent to them, because a screen must not look newer than it is (docs/decisions/0044).
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import structlog
from sqlalchemy import Connection

from app.access.sessions import Session, renewed_since, revoked_since
from app.board.terms import Id
from app.logs import place_of
from app.store.bell import SOMEBODY_MOVED, Heard
from app.store.database import Database
from app.store.looked import look_at_once
from app.store.postgres import PostgresServer
from app.store.there import heads_there

from .elsewhere import NOBODY, Elsewhere
from .rooms import Rooms

logger = structlog.get_logger()

LOOK_SECONDS = 0.4
CUT_OFF_SECONDS = 4.0
OVERLAP = timedelta(seconds=5)  # clocks of several servers, and commits that took a moment


@dataclass(frozen=True)
class Found:
    """What happened anywhere; the last two only where there are other servers."""

    ended: set[bytes]
    heads: dict[Id, int]
    renewed: dict[bytes, Session]
    people: dict[Id, frozenset[Id]]


class Watch:
    def __init__(
        self, rooms: Rooms, database: Database, clock: Callable[[], datetime], elsewhere: Elsewhere | None = None
    ) -> None:
        self._rooms = rooms
        self._elsewhere = elsewhere
        if elsewhere:
            elsewhere.look = self.look
        self._database = database
        self._clock = clock
        self._looked_at = clock()
        self._succeeded_at = monotonic()
        self._sooner = asyncio.Event()

    def hear(self, heard: Heard) -> None:
        """The bell rang, on whichever server."""
        for conference_id, seq in heard.items():
            self._rooms.hear(conference_id, seq)
        if not heard or SOMEBODY_MOVED in heard.values():
            self._sooner.set()

    @property
    def is_cut_off(self) -> bool:
        """Whether it is long ago that anything could be learned of the other servers."""
        return self._elsewhere is not None and monotonic() - self._succeeded_at > CUT_OFF_SECONDS

    async def run(self) -> None:
        """Until it is cancelled."""
        self._succeeded_at = monotonic()
        await asyncio.gather(self._look_again_and_again(), self._send_away_if_cut_off())

    async def _look_again_and_again(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._sooner.wait()
            self._sooner.clear()
            try:
                await self.look()
                await self._rooms.close_idle()
            except Exception as broken:
                logger.error("sessions not watched", cause=type(broken).__name__, at=place_of(broken))

    async def _send_away_if_cut_off(self) -> None:
        """A look may wait for long, so not behind one. Again and again, for whoever was just coming in."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if self.is_cut_off:
                for room in self._rooms.open_ones:
                    room.send_away()

    async def look(self) -> None:
        """Whoever has just ended a session asks for this, so that nobody waits for the next look."""
        now = self._clock()
        ids = {room.id for room in self._rooms.open_ones}
        found = await self._find(ids, self._looked_at - OVERLAP)
        self._looked_at, self._succeeded_at = now, monotonic()
        for old, session in found.renewed.items():
            self._rooms.renew(old, session)
        for room in self._rooms.open_ones:
            room.end_sessions(found.ended, now)
        self._rooms.answers.cut(lambda session: session.id in found.ended or session.ends_at <= now)
        for id in ids - found.heads.keys():
            await self._rooms.forget(id)
        for id, seq in found.heads.items():
            self._rooms.hear(id, seq)
            self._rooms.hear_people(id, found.people.get(id, NOBODY))

    async def _find(self, ids: Collection[Id], since: datetime) -> Found:
        kind = self._database.kind
        if self._elsewhere is None or not isinstance(kind, PostgresServer):
            return await self._database.read(partial(self._read, ids=ids, since=since))
        looked = await look_at_once(kind.straight, self._elsewhere.id, ids, since)
        renewed = {}
        if looked.is_renewed:
            renewed = await self._database.read(lambda connection: renewed_since(connection, since))
        people = {id: frozenset(them) for id, them in looked.people.items()}
        return Found(looked.ended, looked.heads, renewed, people)

    def _read(self, connection: Connection, ids: Collection[Id], since: datetime) -> Found:
        ended, heads = revoked_since(connection, since), heads_there(connection, ids)
        if self._elsewhere is None:
            return Found(ended, heads, {}, {})
        return Found(ended, heads, renewed_since(connection, since), self._elsewhere.people(connection, ids))
