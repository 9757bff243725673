"""The snapshots of one room: the latest as it opens, a new one now and then, and a look at all that lies before it."""

import asyncio
from collections.abc import Callable

import structlog

from app.board.terms import Id
from app.logs import place_of
from app.store.commits import UnknownConference
from app.store.log import EventLog
from app.store.snapshots import forget_snapshot, keep_snapshot, kept_snapshot, seqs_until

from .remembered import CODE, NOTHING, Remembered, from_bytes, to_bytes

logger = structlog.get_logger()

SNAPSHOT_EVERY = 500  # rows: folding so many takes some 20 ms
LOOK_BACK_SECONDS = 2.0  # after opening, when whoever came at once is served


class Remembering:
    def __init__(self, log: EventLog, conference_id: Id) -> None:
        self._log = log
        self._id = conference_id
        self._kept_seq = 0
        self._keeping: asyncio.Task[None] | None = None

    async def latest(self) -> tuple[Remembered, dict[Id, int]]:
        """With the rows of the commands before it. Whatever is wrong with it, the log has all of it."""
        try:
            kept = await kept_snapshot(self._log, self._id, CODE)
            if kept is None:
                return NOTHING, {}
            remembered = from_bytes(*kept)
            seqs = await seqs_until(self._log, self._id, kept[0].seq)
        except Exception as broken:
            logger.warning("snapshot not read", conference=self._id, cause=type(broken).__name__, at=place_of(broken))
            return NOTHING, {}
        self._kept_seq = kept[0].seq
        return remembered, seqs

    def nothing(self) -> Remembered:
        """As if nothing had been kept: a new one is due."""
        self._kept_seq = 0
        return NOTHING

    def keep_if_due(self, seq: int, remember: Callable[[], Remembered]) -> None:
        if seq - self._kept_seq >= SNAPSHOT_EVERY and (self._keeping is None or self._keeping.done()):
            self._kept_seq = seq
            self._keeping = asyncio.create_task(self._keep(remember()))

    async def _keep(self, remembered: Remembered) -> None:
        try:
            if remembered.head:
                await keep_snapshot(self._log, self._id, CODE, remembered.head, to_bytes(remembered))
        except Exception as broken:
            logger.warning("snapshot not kept", conference=self._id, cause=type(broken).__name__, at=place_of(broken))

    async def is_sound(self) -> bool:
        """Of all that lies before, which nobody read to open the board. If it is not, the next opening reads it."""
        await asyncio.sleep(LOOK_BACK_SECONDS)
        try:
            first = await self._log.verify(self._id)
        except UnknownConference:
            return True  # it was purged, and that is told another way
        if first is None:
            return True
        logger.error("log broken", conference=self._id, row=first)
        await forget_snapshot(self._log, self._id)
        return False

    def stop(self) -> None:
        if self._keeping:
            self._keeping.cancel()
