"""Which conferences have been here as long as their area says."""

import asyncio
from datetime import date

from app.board.retention import purge_due_on
from app.board.terms import Id
from app.store.keys import KeyGone
from app.store.log import BrokenLog, EventLog

from .looking_back import board_after


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
