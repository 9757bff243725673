"""Which conferences have been here as long as their area says: asked for by hand, and looked at every night.

Nothing real is purged by itself: whoever runs the server is told, and says so. What was only for practising goes.
"""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import structlog

from app.board.retention import purge_due_on
from app.board.terms import Id
from app.logs import place_of
from app.store.holding import held_for
from app.store.keys import KeyGone
from app.store.log import BrokenLog, EventLog
from app.store.practising import throw_away_old

from .looking_back import board_after
from .measures import PURGE_DUE

logger = structlog.get_logger()

AT_NIGHT = time(3)  # nobody meets, and it reads every log


async def due_for_purge(log: EventLog, today: date) -> dict[Id, date]:
    """Each with the day since when. What cannot be read is nobody's to judge, and not due."""
    due: dict[Id, date] = {}
    for conference_id in await log.conferences():
        try:
            rows = await log.read_sound(conference_id)
            since = purge_due_on(await asyncio.to_thread(board_after, rows))
        except (BrokenLog, KeyGone):
            continue
        if since is not None and since <= today:
            due[conference_id] = since
    return due


class DueReport:
    """What was due last night, in ids and days. None before the first night of this process."""

    def __init__(self, log: EventLog, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock
        self.found: dict[Id, date] | None = None

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(seconds_until_night(self._clock()))
            try:
                await self.look()
            except Exception as broken:
                logger.error("not looked for what is due", cause=type(broken).__name__, at=place_of(broken))

    async def look(self) -> None:
        """What is on hold is not due."""
        await throw_away_old(self._log, self._clock())
        due = await due_for_purge(self._log, self._clock().date())
        self.found = {id: since for id, since in due.items() if not await held_for(self._log.database, id)}
        PURGE_DUE.set(len(self.found))
        if self.found:
            logger.warning("due for purge", conferences=len(self.found))


def seconds_until_night(now: datetime) -> float:
    tonight = datetime.combine(now.date(), AT_NIGHT, now.tzinfo)
    return ((tonight if now < tonight else tonight + timedelta(days=1)) - now).total_seconds()
