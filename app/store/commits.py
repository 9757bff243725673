"""One commit for all who wait: appends gather while the one before is under way, and each log has one order."""

import asyncio
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any

import asyncpg
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from app.models import ConferenceRow, LogRow
from app.models.instant import instant_text
from app.store.at_once import Move, moved_at_once
from app.store.audit import Act, note_all
from app.store.chain import Head, chained_hash, commitment_to
from app.store.database import Database
from app.store.postgres import PostgresServer
from app.store.rows import is_sqlite, save_rows, sqlite_heads
from app.store.seal import SALT_BYTES, Seal, place_of

MOST_APART = 4  # commits that wait for another server, each for one conference
LONG_SECONDS = 0.1  # a commit that takes so long is held up
MOST_PER_COMMIT = 500  # appends; keeps one commit short, and its statements under SQLite's limit of parameters


class AppendedElsewhere(Exception):
    """The log does not end where the caller thinks, or already holds one of the ids: read on and decide again."""


class NotSaved(Exception):
    """The commit failed; its cause says why. It may or may not be on disk, so read on before deciding again."""


class HeldElsewhere(Exception):
    """Of several conferences in one commit, one that another server is just writing to, or that is not there."""


class UnknownConference(LookupError):
    """There is no such conference, or no longer."""


@dataclass(frozen=True)
class NewRow:
    """One command to be saved. `id` is the command's, `body_hash` the sha256 of what the command said.

    `acts` go into the audit with it; of which conference, the log says.
    """

    id: str
    person_id: str
    at: datetime
    body_hash: bytes
    body: bytes
    acts: tuple[Act, ...] = ()

    def __post_init__(self) -> None:
        # here, because one wrong row would otherwise fail the commit of all who share it
        if self.at.tzinfo is None or len(self.body_hash) != 32:
            raise ValueError("a row needs an instant with a time zone and a hash of 32 bytes")


@dataclass(frozen=True)
class SavedRow:
    seq: int
    id: str
    person_id: str
    at: datetime
    body_hash: bytes
    body: bytes
    hash: bytes  # in the chain


@dataclass(frozen=True)
class ClosedRow:
    """A new row, sealed for its place in the log."""

    new: NewRow
    said: bytes  # a commitment to what the command said, as the chain has it
    body: bytes
    commitment: bytes


@dataclass(frozen=True, eq=False)
class Append:
    """What one caller waits for: their rows as they were saved."""

    conference_id: str
    key_id: str
    rows: Sequence[ClosedRow]
    after: int
    answer: asyncio.Future[tuple[SavedRow, ...]]


Outcome = tuple[SavedRow, ...] | Exception


class Commits:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.waiting: list[Append] = []
        self.committing: dict[object, float] = {}  # since when each commit is under way
        self.under_way: set[str] = set()  # conferences that are in one
        self.tasks: set[asyncio.Task[None]] = set()
        self.few_apart = asyncio.Semaphore(MOST_APART)
        self.heads: dict[str, Head] = {}  # where logs ended when we last saved or read there

    async def of(self, conference_id: str, seal: Seal, rows: Sequence[NewRow], after: int) -> tuple[SavedRow, ...]:
        """All rows, or none, behind row `after`, once they are on disk. Raises what `EventLog.append` does."""
        closed = [close_row(seal, conference_id, after + n, new) for n, new in enumerate(rows, 1)]
        append = Append(conference_id, seal.id, closed, after, asyncio.get_running_loop().create_future())
        self.waiting.append(append)
        self.begin()
        return await append.answer

    def begin(self) -> None:
        """One at a time, so that what comes meanwhile shares the next. Only where one takes long, because another
        server holds it up, whoever has nothing to do with it need not wait for it.
        """
        at_once, now = self.database.kind.commits_at_once, monotonic()
        if len(self.committing) < at_once and all(now - began >= LONG_SECONDS for began in self.committing.values()):
            turn = object()
            self.committing[turn] = now
            self.tasks.add(task := asyncio.create_task(self.make_waiting(turn)))
            task.add_done_callback(self.tasks.discard)

    async def make_waiting(self, turn: object) -> None:
        """While one commit is under way the next appends gather, so a busy server shares its commits."""
        loop = asyncio.get_running_loop()
        try:
            while batch := self.take_batch():
                self.committing[turn] = monotonic()
                if_long = loop.call_later(LONG_SECONDS * 1.1, self.begin)  # a timer may be a little early
                await self.commit_and_tell(batch)
                if_long.cancel()
        finally:
            del self.committing[turn]

    def take_batch(self) -> list[Append]:
        """Not of a conference that is in another commit: whatever comes behind that one must be decided anew."""
        if self.under_way:
            batch = [append for append in self.waiting if append.conference_id not in self.under_way][:MOST_PER_COMMIT]
            self.waiting = [append for append in self.waiting if append not in batch]
        else:
            batch = self.waiting[:MOST_PER_COMMIT]
            del self.waiting[:MOST_PER_COMMIT]
        return batch

    async def commit_and_tell(self, batch: list[Append]) -> None:
        batch = [append for append in batch if not append.answer.done()]
        conferences = {append.conference_id for append in batch}
        self.under_way |= conferences
        outcomes = await self.commit(batch)
        self.under_way -= conferences
        for append, outcome in zip(batch, outcomes, strict=True):
            self.remember(append, outcome)
            if isinstance(outcome, HeldElsewhere):
                self.tasks.add(task := asyncio.create_task(self.commit_apart(append)))
                task.add_done_callback(self.tasks.discard)
            else:
                give(append, outcome)

    async def commit_apart(self, append: Append) -> None:
        """By itself it waits until the other server is done."""
        async with self.few_apart:
            outcome = (await self.commit_step_by_step([append]))[0]
        self.remember(append, outcome)
        give(append, outcome)

    def remember(self, append: Append, outcome: Outcome) -> None:
        if isinstance(outcome, tuple) and outcome:
            self.heads[append.conference_id] = Head(outcome[-1].seq, outcome[-1].hash)
        else:
            self.heads.pop(append.conference_id, None)

    async def commit(self, batch: Sequence[Append]) -> list[Outcome]:
        if self.is_quick(batch):
            with suppress(asyncpg.IntegrityConstraintViolationError):  # the long way finds out whose it is
                return await self.commit_at_once(batch)
        return await self.commit_step_by_step(batch)

    def is_quick(self, batch: Sequence[Append]) -> bool:
        """A server of which we know where each of these logs ends, if none of them goes into the audit too."""
        return (
            isinstance(self.database.kind, PostgresServer)
            and len({append.conference_id for append in batch}) == len(batch)
            and all(self.ends_at(append) and not any(row.new.acts for row in append.rows) for append in batch)
        )

    def ends_at(self, append: Append) -> Head | None:
        head = self.heads.get(append.conference_id)
        return head if head and head.seq == append.after else None

    async def commit_at_once(self, batch: Sequence[Append]) -> list[Outcome]:
        rows: list[dict[str, Any]] = []
        saved: list[tuple[SavedRow, ...]] = []
        moves: list[Move] = []
        for append in batch:
            before = self.heads[append.conference_id]
            theirs, chain = chained_all(append, before)
            rows += chain
            saved.append(theirs)
            after = Head(theirs[-1].seq, theirs[-1].hash)
            moves.append(Move(append.conference_id, append.key_id, before, after))
        try:
            found = await moved_at_once(self.database, moves, rows)
        except asyncpg.IntegrityConstraintViolationError:
            raise
        except Exception as cause:  # whatever it is, everyone who waits must hear of it
            return [not_saved(cause) for _ in batch]
        outcomes: list[Outcome] = []
        for append, theirs in zip(batch, saved, strict=True):
            has_moved, seq = found[append.conference_id]
            if has_moved:
                outcomes.append(theirs)
            else:
                outcomes.append(AppendedElsewhere() if seq is not None and seq > append.after else HeldElsewhere())
        return outcomes

    async def commit_step_by_step(self, batch: Sequence[Append]) -> list[Outcome]:
        try:
            return await self.database.write(partial(append_batch, batch=batch))
        except IntegrityError as cause:
            if len(batch) == 1:
                return [await self.refusal_of(batch[0], cause)]
            # somebody's id is there already: once more, each in a transaction of its own, so that only theirs fails
            return [(await self.commit_step_by_step([append]))[0] for append in batch]
        except Exception as cause:  # whatever it is, everyone who waits must hear of it
            return [not_saved(cause) for _ in batch]

    async def refusal_of(self, append: Append, cause: IntegrityError) -> Exception:
        try:
            repeated = await self.database.read(lambda connection: holds_an_id_of(connection, append))
        except Exception as unreadable:
            return not_saved(unreadable)
        return AppendedElsewhere() if repeated else not_saved(cause)


def give(append: Append, outcome: Outcome) -> None:
    if append.answer.done():  # whoever asked went away while we committed
        return
    if isinstance(outcome, Exception):
        append.answer.set_exception(outcome)
    else:
        append.answer.set_result(outcome)


def not_saved(cause: Exception) -> NotSaved:
    error = NotSaved(f"the commit failed ({type(cause).__name__})")
    error.__cause__ = cause
    return error


def append_batch(connection: Connection, batch: Sequence[Append]) -> list[Outcome]:
    """Everybody's rows in one transaction; an outcome for each append, in order."""
    conferences = {append.conference_id for append in batch}
    heads, keys = lock_heads(connection, conferences)
    outcomes: list[Outcome] = []
    rows: list[dict[str, Any]] = []
    moved: dict[str, Head] = {}
    acts: list[tuple[datetime, Act]] = []
    for append in batch:
        head = heads.get(append.conference_id)
        if head is None and len(conferences) > 1:
            outcomes.append(HeldElsewhere())
        elif head is None or keys.get(append.conference_id) != append.key_id:
            outcomes.append(UnknownConference())
        elif head.seq != append.after:
            outcomes.append(AppendedElsewhere())
        else:
            saved, chain = chained_all(append, head)
            rows += chain
            news = [closed.new for closed in append.rows]
            acts += [(new.at, replace(act, conference_id=append.conference_id)) for new in news for act in new.acts]
            heads[append.conference_id] = moved[append.conference_id] = Head(saved[-1].seq, saved[-1].hash)
            outcomes.append(saved)
    if rows:
        save_rows(connection, rows, moved)
        note_all(connection, acts)
    return outcomes


def lock_heads(connection: Connection, conference_ids: Collection[str]) -> tuple[dict[str, Head], dict[str, str]]:
    """Heads and keys. Of several conferences those that another server is just writing to are left out: nobody waits
    for one while holding another.
    """
    found: Any
    if is_sqlite(connection):  # the transaction that has begun to write is alone anyway
        found = sqlite_heads(connection, list(conference_ids))
    else:
        lock = LOCK_HEADS if len(conference_ids) == 1 else TAKE_HEADS
        found = connection.execute(lock, {"ids": sorted(conference_ids)}).all()
    return {id: Head(seq, hash) for id, seq, hash, _ in found}, {id: key_id for id, _, _, key_id in found if key_id}


def close_row(seal: Seal, conference_id: str, seq: int, new: NewRow) -> ClosedRow:
    """What the command said and the salt are sealed with the body: whoever has the database alone must not be able to
    try a guess against a hash. So the chain runs over two commitments.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    body = seal.close(place_of(conference_id, seq), salt + new.body_hash + new.body)
    return ClosedRow(new, commitment_to(new.body_hash, salt), body, commitment_to(new.body, salt))


def chained_all(append: Append, head: Head) -> tuple[tuple[SavedRow, ...], list[dict[str, Any]]]:
    """What is saved if the log ends there, and how it is kept."""
    saved: list[SavedRow] = []
    rows: list[dict[str, Any]] = []
    for closed in append.rows:
        new, row = closed.new, chained(append.conference_id, append.key_id, closed, head)
        rows.append(row)
        head = Head(row["seq"], row["hash"])
        saved.append(SavedRow(head.seq, new.id, new.person_id, new.at, new.body_hash, new.body, head.hash))
    return tuple(saved), rows


def chained(conference_id: str, key_id: str, closed: ClosedRow, last: Head) -> dict[str, Any]:
    new = closed.new
    seq, at = last.seq + 1, instant_text(new.at)
    return {
        "conference_id": conference_id,
        "seq": seq,
        "command_id": new.id,
        "person_id": new.person_id,
        "at": at,
        "body_hash": closed.said,
        "body": closed.body,
        "sealed_with": key_id,
        "salt": None,
        "commitment": closed.commitment,
        "previous_hash": last.hash,
        "hash": chained_hash(last.hash, seq, new.id, new.person_id, at, closed.said, closed.commitment),
    }


LOCK_HEADS = (
    select(col(ConferenceRow.id), col(ConferenceRow.head_seq), col(ConferenceRow.head_hash), col(ConferenceRow.key_id))
    .where(col(ConferenceRow.id).in_(bindparam("ids", expanding=True)))
    .order_by(col(ConferenceRow.id))
    .with_for_update(key_share=True)  # joining links may meanwhile be issued for this conference
)
TAKE_HEADS = LOCK_HEADS.with_for_update(key_share=True, skip_locked=True)


def holds_an_id_of(connection: Connection, append: Append) -> bool:
    query = (
        select(col(LogRow.seq))
        .where(col(LogRow.conference_id) == append.conference_id)
        .where(col(LogRow.command_id).in_([row.new.id for row in append.rows]))
    )
    return connection.execute(query).first() is not None
