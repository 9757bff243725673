"""A conference has one room in each server process: an actor with an inbox. Save, then show (`showing.py`)."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic, perf_counter

import structlog

from app.access import confirming
from app.access.ending import end_places
from app.access.sessions import Session
from app.board.actor import Audience
from app.board.fingerprint import fingerprinted
from app.board.leaving import places_ended
from app.board.people import actor_or_none
from app.board.refusals import Reason, Refused
from app.board.state import Board
from app.board.terms import Command, Id
from app.logs import kind_of, place_of
from app.store.chain import Head
from app.store.commits import AppendedElsewhere, NotSaved, SavedRow, UnknownConference
from app.store.log import BrokenLog, EventLog

from .allowance import Allowance
from .asker import Asker, keep, reply, settle
from .connection import CLOSED_NOT_ADMITTED, Connection
from .contention import Contention
from .elsewhere import Alone, Elsewhere
from .inbox import Inbox
from .measures import BEHIND_SECONDS, COMMANDS, COMMIT_SECONDS, LAGGING, TURN_SECONDS
from .presence import Presence
from .protocol import OwnFrame, ViewFrame, error_frame, refused_frame
from .remembered import NOTHING, Remembered
from .remembering import Remembering
from .showing import Showing
from .turn import Answer, Asked, Broken, Known, Saved, Turned, folded, take_turn

logger = structlog.get_logger()

CLOSED_DAMAGED = 4005
CLOSED_GONE = 4004
TICK_SECONDS = 0.5
MOST_TRIES = 20  # appends that another server was quicker with


class Room:
    """Holds the board, decides in order, saves in one commit, and shows each audience what it may see."""

    def __init__(
        self,
        conference_id: Id,
        log: EventLog,
        clock: Callable[[], datetime],
        confirmed_within: timedelta,
        other_servers: Alone | Elsewhere,
    ) -> None:
        self.id = conference_id
        self.log = log
        self.clock = clock
        self.confirmed_within = confirmed_within
        self._other_servers = other_servers
        self._contention = Contention()
        self._remembering = Remembering(log, conference_id)
        self._begin_at(NOTHING, {})
        self.presence = Presence(conference_id, clock, other_servers)
        self._bell = asyncio.Event()
        self.inbox = Inbox(self._bell.set)
        self._stopping: list[Connection] = []
        self._behind = False  # what is on disk may be further than what we know
        self._heard = 0  # how far the log is, as another server says
        self._showing = Showing(self.presence, self._bell.set)
        self._allowances: dict[Id, Allowance] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._renewed: dict[bytes, Session] = {}  # by the ids that they had before
        self._to_end: set[Id] = set()  # people whose sessions and links are still to be ended
        self.is_gone = False  # deleted for good: whatever has this id from now on is another conference
        self.used_at = monotonic()  # when somebody last left, or one of our pages asked for it

    async def open(self) -> None:
        """Replay the log and begin. Raises UnknownConference for one that is not there."""
        remembered, seqs = await self._remembering.latest()
        self._begin_at(remembered, seqs)
        try:
            await self._catch_up()
        except BrokenLog:
            if remembered is NOTHING:
                raise
            remembered = self._remembering.nothing()  # the log does not go on from it, and it is the log that counts
            self._begin_at(remembered, {})
            await self._catch_up()
        if not self.board.conference.prepared:
            raise UnknownConference
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._tick())]
        if remembered is not NOTHING:
            self._tasks.append(asyncio.create_task(self._look_back()))
        self._remembering.keep_if_due(self.seq, self._remember)

    def _begin_at(self, remembered: Remembered, seqs: dict[Id, int]) -> None:
        head = remembered.head
        self.board: Board = remembered.board
        self.seq = head.seq if head else 0
        self.hash = head.hash if head else None  # of the last row, to check what comes behind it
        self.last_at = remembered.last_at
        self._acted_at = dict(remembered.acted_at)
        self.known: dict[Id, Known] = {}
        self._seqs = seqs  # of commands that were saved before, and are not known until somebody sends one again

    def _remember(self) -> Remembered:
        head = Head(self.seq, self.hash) if self.hash else None
        return Remembered(head, self.board, self.last_at, dict(self._acted_at))

    async def _look_back(self) -> None:
        try:
            if not await self._remembering.is_sound():
                self._end(CLOSED_DAMAGED)
        except Exception as broken:
            logger.error("log not looked at", conference=self.id, cause=kind_of(broken), at=place_of(broken))

    async def close(self) -> None:
        """Whoever is still here comes back soon, to another process."""
        self._remembering.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.send_away()

    def send_away(self) -> None:
        for connection in list(self.presence.everyone):
            connection.hang_up()

    def ask(self, command: Command, connection: Connection) -> bool:
        """Put this command in the inbox; False if its sender is too fast."""
        if not self._allowances.setdefault(connection.person_id, Allowance()).take():
            return False
        if not self._must_confirm(command, connection.session):
            self.inbox.put(Asked(command, connection.person_id), connection)
        elif self._other_servers.look is None:
            self._say_confirm_first(command, connection)
        else:
            self._asking = asyncio.create_task(self._ask_again(command, connection, self._other_servers.look))
        return True

    async def _ask_again(self, command: Command, connection: Connection, look: Callable[[], Awaitable[None]]) -> None:
        """She may have shown a moment ago, at another server, that it is her."""
        with suppress(Exception):  # then she shows it again
            await look()
        if self._must_confirm(command, connection.session):
            self._say_confirm_first(command, connection)
        else:
            self.inbox.put(Asked(command, connection.person_id), connection)

    def _say_confirm_first(self, command: Command, connection: Connection) -> None:
        COMMANDS["refused"].inc()
        connection.answer(refused_frame(command.id, Refused(Reason.CONFIRM_FIRST)))

    def _must_confirm(self, command: Command, session: Session) -> bool:
        """Whether the chair has to show first that it is her. What was saved before is only answered again."""
        kind: str = command.type  # type: ignore[attr-defined]
        return (
            kind in confirming.COMMANDS
            and self.board.people.chair == session.seat.person_id
            and not (command.id in self.known or command.id in self._seqs)
            and not confirming.is_confirmed(session, self.clock(), self.confirmed_within)
        )

    def renew(self, old: bytes, session: Session) -> None:
        """Its screens go on under the new id, also one that is just coming in with the old one."""
        self._renewed = {id: session if one.id == old else one for id, one in self._renewed.items()} | {old: session}
        for connection in self.presence.everyone:
            if connection.session.id == old:
                connection.session = session

    def stop(self, connection: Connection) -> None:
        """The server is about to end: what this room has in hand is finished, shown and answered first."""
        self._stopping.append(connection)
        self._bell.set()

    async def act(self, command: Command, person_id: Id) -> Answer:
        """The same turns for what one of our own pages does for a person; no socket leads here."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.inbox.put(Asked(command, person_id), answered)
        return await answered

    def enter(self, connection: Connection) -> None:
        connection.session = self._renewed.get(connection.session.id, connection.session)
        if self._other_servers.look and not self.presence.here:
            self._heard = self.seq + 1  # as long as nobody was here, nobody rang for us
        self.presence.enter(connection)
        self._bell.set()

    def hear(self, seq: int) -> None:
        """The log has come so far, by whichever server."""
        if seq > self.seq:
            self._heard = seq
            self._bell.set()

    def hear_people(self, elsewhere: frozenset[Id]) -> None:
        """Nobody is rung for where nobody else is; whoever begins to be elsewhere hears at once how far we are."""
        was_split = self.presence.is_split
        if self.presence.hear(elsewhere):
            self._bell.set()
        if self.presence.is_split and not was_split:
            self._other_servers.ring(self.id, self.seq)

    def leave(self, connection: Connection) -> None:
        self.presence.leave(connection)
        self.used_at = monotonic()
        self._bell.set()

    def is_idle(self, seconds: float) -> bool:
        """Nobody has been here for so long, nor asked for it, and nothing is left to do."""
        left_to_do = self.presence.here or self.inbox or self._to_end
        return not left_to_do and monotonic() - self.used_at > seconds

    def end_sessions(self, ids: Collection[bytes], now: datetime) -> None:
        """Close every socket of these sessions, and of those whose time is over."""
        over = [one for one in self.presence.everyone if one.session.id in ids or one.session.ends_at <= now]
        self._close_all(CLOSED_NOT_ADMITTED, over)

    async def _run(self) -> None:
        while True:
            await self._bell.wait()
            self._bell.clear()
            started = perf_counter()
            waiting = self.inbox.take()
            if self.inbox:
                self._bell.set()
            try:
                if self._heard > self.seq:
                    await self._read_on()
                if waiting:
                    turned = await self._turn([asked for asked, _ in waiting])
                    askers = [asker for _, asker in waiting]
                    if turned:
                        self._answer(turned, askers)
                    else:
                        self._say_gone(askers, UnknownConference())
                self._showing.gather()
                self._showing.show(self.board)
            except BrokenLog as broken:
                logger.error("log broken", conference=self.id, row=broken.seq)
                self._end(CLOSED_DAMAGED)
                self._say_gone([asker for _, asker in waiting], broken)
            except Exception as broken:  # whatever it is, the room goes on and every sender hears of it
                self._say_not_saved(broken, waiting)
            if waiting:
                TURN_SECONDS.observe(perf_counter() - started)
            if self._stopping and not self.inbox:
                for connection in self._stopping:
                    connection.hang_up()
                self._stopping.clear()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            now = monotonic()
            for connection in list(self.presence.everyone):
                if connection.tick(now):
                    LAGGING.inc(TICK_SECONDS)
            self._showing.rest(now)
            if self._to_end:
                await self._end_places(tuple(self._to_end))

    async def _read_on(self) -> None:
        """What another server saved. Where it cannot be read just now, it is said again soon."""
        self._heard = 0
        try:
            rows = await self._catch_up()
            if rows:
                self._contention.others_wrote()
                BEHIND_SECONDS.observe(max(0.0, (self.clock() - rows[-1].at).total_seconds()))
        except BrokenLog:
            raise
        except Exception as broken:
            self._behind = True
            logger.error("not read on", conference=self.id, cause=kind_of(broken), at=place_of(broken))

    async def _turn(self, asked: list[Asked]) -> Turned | None:
        """Decide and save; None if the conference is no longer there."""
        await self._contention.give_way(to_people_elsewhere=self.presence.is_split)
        for losses in range(MOST_TRIES):
            if losses:
                await self._contention.wait_after(losses)
            if self._behind:
                await self._catch_up()
            if self._seqs:
                await self._know_again(asked)
            now = max(self.clock(), self.last_at)  # times never run backwards, whatever the clock does
            turned = take_turn(self.board, asked, self.known, now, self.presence.gone_since(self._acted_at))
            if not turned.rows:
                return turned
            self._behind = True  # until the log says otherwise
            try:
                began = perf_counter()
                saved = await self.log.append(self.id, turned.rows, after=self.seq)
                took = perf_counter() - began
                COMMIT_SECONDS.observe(took)
            except AppendedElsewhere:  # somebody else was first: read what they appended, and decide again
                self._contention.others_wrote()
                continue
            except UnknownConference:
                self._end(CLOSED_GONE)
                return None
            self._behind = False
            self.seq, self.hash = saved[-1].seq, saved[-1].hash
            self._contention.committed(took)
            if self.presence.is_split:
                self._other_servers.ring(self.id, self.seq)
            ended = places_ended(self.board, turned.board)
            self.board = turned.board
            for row in saved:
                self.board = fingerprinted(self.board, row.id, row.hash)
            self.last_at = now
            self._acted_at.update({row.person_id: row.at for row in turned.rows})
            if ended:
                await self._end_places(ended)
            self.known.update({row.id: (row.person_id, row.body_hash) for row in turned.rows})
            self._remembering.keep_if_due(self.seq, self._remember)
            return turned
        raise NotSaved("another server appended first, again and again")

    async def _know_again(self, asked: list[Asked]) -> None:
        """What is sent once more and was saved long ago."""
        for id in {each.command.id for each in asked} & self._seqs.keys():
            row = await self.log.row(self.id, self._seqs[id])
            self.known[id] = (row.person_id, row.body_hash)
            del self._seqs[id]

    async def _end_places(self, people: Collection[Id]) -> None:
        """Their sockets first, then what would let them come back. Where that cannot be saved it is tried again."""
        self._to_end |= set(people)
        self._close_places(people)
        try:
            await end_places(self.log.database, self.id, tuple(self._to_end), self.clock())
            self._to_end.clear()
        except Exception as broken:
            logger.error("places not ended", conference=self.id, cause=kind_of(broken), at=place_of(broken))

    def _close_places(self, people: Collection[Id]) -> None:
        for person_id in people:  # some belong, but the meeting is over
            code = CLOSED_GONE if actor_or_none(self.board, person_id) else CLOSED_NOT_ADMITTED
            self._close_all(code, self.presence.of(person_id))

    async def _catch_up(self) -> list[SavedRow]:
        """Read on from what we know, and believe nothing that does not follow on it."""
        before = self.board
        rows = await self.log.read_sound(self.id, Head(self.seq, self.hash) if self.hash else None)
        for row in rows:
            try:
                self._fold(row)
            except Exception as cause:
                raise BrokenLog(self.id, row.seq) from cause
        self._behind = False
        self._close_places(places_ended(before, self.board))  # what else ends with them, the other server ends
        return rows

    def _fold(self, row: SavedRow) -> None:
        self.board = folded(self.board, row)
        self.seq, self.hash = row.seq, row.hash
        self.last_at = max(self.last_at, row.at)
        self._acted_at[row.person_id] = row.at
        self.known[row.id] = (row.person_id, row.body_hash)

    def glance(self, person_id: Id, sharing: Collection[Id] = ()) -> tuple[ViewFrame, OwnFrame]:
        return self._showing.glance(self.board, person_id, sharing)

    def frames_for(self, connection: Connection, audience: Audience) -> list[bytes]:
        return self._showing.frames_for(connection, audience)

    def _answer(self, turned: Turned, askers: list[Asker]) -> None:
        for answer, asked, asker in zip(turned.answers, turned.asked, askers, strict=True):
            if isinstance(answer, Saved):
                COMMANDS["saved"].inc()
                keep(asker, answer, {"type": "saved", "id": answer.id})
            elif isinstance(answer, Broken):
                self._say_not_saved(answer.cause, [(asked, asker)])
            else:
                COMMANDS["refused"].inc()
                keep(asker, answer, refused_frame(asked.command.id, answer))

    def end_for_good(self) -> None:
        """The conference was purged beside this server."""
        self._end(CLOSED_GONE)

    def _end(self, code: int) -> None:
        self.is_gone = True
        self._close_all(code)

    def _say_gone(self, askers: list[Asker], why: Exception) -> None:
        """Screens are told by how their line is closed; a page of ours has no line."""
        for asker in askers:
            if isinstance(asker, asyncio.Future):
                settle(asker, Broken(why))

    def _say_not_saved(self, broken: Exception, waiting: list[tuple[Asked, Asker]]) -> None:
        reference = token_hex(4)
        self._behind = True
        logger.error(
            "not saved",
            reference=reference,
            conference=self.id,
            commands=len(waiting),
            cause=kind_of(broken),
            at=place_of(broken),
        )
        for asked, asker in waiting:
            COMMANDS["not_saved"].inc()
            reply(asker, Broken(broken), error_frame(asked.command.id, "not_saved", reference=reference))

    def _close_all(self, code: int, connections: Iterable[Connection] | None = None) -> None:
        for connection in list(self.presence.everyone if connections is None else connections):
            connection.close(code)
