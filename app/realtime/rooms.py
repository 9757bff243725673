"""The rooms that this process holds: at most one for each conference, opened when somebody comes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic

import structlog

from app.access.sessions import Session
from app.board.actor import Actor
from app.board.board import decide
from app.board.conference import PrepareConference
from app.board.state import EMPTY
from app.board.terms import Id
from app.store.commits import UnknownConference
from app.store.log import BrokenLog, EventLog

from .answering import Answers
from .elsewhere import Alone, Elsewhere
from .measures import REFUSED, ROOMS
from .room import Room
from .turn import row_of

logger = structlog.get_logger()

IDLE_SECONDS = 600.0


class Rooms:
    def __init__(
        self,
        log: EventLog,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        confirmed_within: timedelta = timedelta(minutes=15),
        other_servers: Alone | Elsewhere | None = None,
    ) -> None:
        self._log = log
        self._clock = clock
        self._confirmed_within = confirmed_within
        self._other_servers = other_servers or Alone()
        self.answers = Answers()
        self._open: dict[Id, Room] = {}
        self._opening = asyncio.Lock()
        self._refused: set[Id] = set()

    async def room(self, conference_id: Id) -> Room | None:
        """The room of this conference; None if there is no such conference. Raises BrokenLog."""
        async with self._opening:
            room = self._open.get(conference_id)
            if room and room.is_gone:
                await room.close()
                room = None
            if room is None:
                room = Room(conference_id, self._log, self._clock, self._confirmed_within, self._other_servers)
                try:
                    await room.open()
                except UnknownConference:
                    return None
                except BrokenLog as broken:
                    self._refuse(broken)
                    raise
                room.hear_people(await self._other_servers.people_of(conference_id))
                self._refused.discard(conference_id)
                REFUSED.set(len(self._refused))
                self._open[conference_id] = room
                ROOMS.set(len(self._open))
            room.used_at = monotonic()
            return room

    def _refuse(self, broken: BrokenLog) -> None:
        """Looked at again whenever somebody comes, said once."""
        if broken.conference_id not in self._refused:
            self._refused.add(broken.conference_id)
            logger.error("conference refused", conference=broken.conference_id, row=broken.seq)
        REFUSED.set(len(self._refused))

    @property
    def log(self) -> EventLog:
        return self._log

    @property
    def open_ones(self) -> list[Room]:
        return list(self._open.values())

    def hear(self, conference_id: Id, seq: int) -> None:
        """Its log has come so far, on whichever server."""
        if room := self._open.get(conference_id):
            room.hear(seq)

    def hear_people(self, conference_id: Id, elsewhere: frozenset[Id]) -> None:
        """Who of it is at other servers."""
        if room := self._open.get(conference_id):
            room.hear_people(elsewhere)

    async def close_idle(self) -> None:
        """What nobody looks at is not kept in memory: it is all on disk, and is opened again for whoever comes. Whoever
        was handed a room enters it, or is done with it, long before it is idle.
        """
        for id in [room.id for room in self.open_ones if room.is_idle(IDLE_SECONDS)]:
            async with self._opening:
                room = self._open.get(id)
                if room and room.is_idle(IDLE_SECONDS):  # still, after waiting for the lock
                    del self._open[id]
                    await room.close()
                    self._log.let_go_of(id)
                    ROOMS.set(len(self._open))

    async def forget(self, conference_id: Id) -> None:
        """It was purged beside this server: screens and downloads end, and nothing of it stays in memory."""
        self.answers.cut(lambda session: session.seat.conference_id == conference_id)
        async with self._opening:
            room = self._open.pop(conference_id, None)
            if room:
                room.end_for_good()
                await room.close()
            self._log.let_go_of(conference_id)
            ROOMS.set(len(self._open))

    def renew(self, old: bytes, session: Session) -> None:
        """This session has another token from now on: what is open under the old one goes on under it."""
        self.answers.renew(old, session)
        if room := self._open.get(session.seat.conference_id):
            room.renew(old, session)

    async def prepare(self, command: PrepareConference, person_id: Id) -> None:
        """A new conference, with its chair's act as the first row of its log. Raises Refused, and there is none."""
        now = self._clock()
        events = decide(EMPTY, command, Actor(person_id, "chair"), now)
        await self._log.create(command.id, now)
        await self._log.append(command.id, [row_of(command, person_id, events, now)], after=0)

    async def close(self) -> None:
        for room in self._open.values():
            await room.close()
        self._open.clear()
        ROOMS.set(0)
