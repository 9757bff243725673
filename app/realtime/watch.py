"""What happened anywhere reaches this server well within a second: a session that was ended, a conference that was
purged, a log that is longer. The bell of the servers only makes it sooner.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from app.access.sessions import revoked_since
from app.logs import place_of
from app.store.bell import Heard
from app.store.database import Database
from app.store.there import heads_there

from .rooms import Rooms

logger = structlog.get_logger()

LOOK_SECONDS = 0.4
OVERLAP = timedelta(seconds=5)  # clocks of several servers, and commits that took a moment


class Watch:
    def __init__(self, rooms: Rooms, database: Database, clock: Callable[[], datetime]) -> None:
        self._rooms = rooms
        self._database = database
        self._clock = clock
        self._looked_at = clock()
        self._sooner = asyncio.Event()

    def hear(self, heard: Heard) -> None:
        """The bell rang, on whichever server."""
        for conference_id, seq in heard.items():
            self._rooms.hear(conference_id, seq)
        if not heard:
            self._sooner.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._sooner.wait()
            self._sooner.clear()
            try:
                await self.look()
            except Exception as broken:
                logger.error("sessions not watched", cause=type(broken).__name__, at=place_of(broken))

    async def look(self) -> None:
        """Whoever has just ended a session asks for this, so that nobody waits for the next look."""
        now = self._clock()
        ended = await revoked_since(self._database, self._looked_at - OVERLAP)
        self._looked_at = now
        for room in self._rooms.open_ones:
            room.end_sessions(ended, now)
        self._rooms.answers.cut(lambda session: session.id in ended or session.ends_at <= now)
        await self._look_at_conferences()

    async def _look_at_conferences(self) -> None:
        ids = {room.id for room in self._rooms.open_ones}
        there = await heads_there(self._database, ids) if ids else {}
        for id in ids - there.keys():
            await self._rooms.forget(id)
        for id, seq in there.items():
            self._rooms.hear(id, seq)
