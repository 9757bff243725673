"""What was ended anywhere ends here, well within a second: a session, or a whole conference that was purged."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.access.sessions import revoked_since
from app.logs import place_of
from app.store.database import Database
from app.store.there import conferences_there

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

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
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
        await self._look_for_purged()

    async def _look_for_purged(self) -> None:
        ids = {room.id for room in self._rooms.open_ones}
        gone = ids - await conferences_there(self._database, ids) if ids else ids
        for id in gone:
            await self._rooms.forget(id)
