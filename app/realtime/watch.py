"""Sessions that were ended anywhere close their sockets here: well within a second, whoever ended them, and how."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.access.sessions import revoked_since
from app.logs import place_of
from app.store.database import Database

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
