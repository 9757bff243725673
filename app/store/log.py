"""The event log: append and read, an order and a head per conference, and one commit for all who wait."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import asyncpg
from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col

from app.models import (
    AssignmentRow,
    ConferenceRow,
    DeviceKeyRow,
    DoorRow,
    JoiningLinkRow,
    KnockRow,
    LogRow,
    SessionRow,
    SnapshotRow,
)
from app.models.instant import instant_from, instant_text
from app.store.chain import Chain, Head, Link, first_break, first_head, spelled
from app.store.commits import Commits, NewRow, SavedRow, UnknownConference, lock_heads
from app.store.database import Database
from app.store.keys import KeyGone, Keys
from app.store.postgres import PostgresServer
from app.store.read_on import read_on
from app.store.seal import SALT_BYTES, Seal, SealBroken, place_of

OF_A_CONFERENCE = (
    SnapshotRow,
    LogRow,
    JoiningLinkRow,
    SessionRow,
    DeviceKeyRow,
    DoorRow,
    KnockRow,
    AssignmentRow,
)  # what goes with it


class BrokenLog(Exception):
    """What is kept of this conference is not what was written, or cannot be read: it is refused, others are not."""

    def __init__(self, conference_id: str, seq: int | None = None) -> None:
        super().__init__(conference_id)
        self.conference_id = conference_id
        self.seq = seq  # the first row that is wrong, if that is known


class ConferenceExists(Exception):
    """A conference of this id is there already; nothing changed."""


class EventLog:
    """One per process and database; it belongs to the event loop it is used in."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.seals = database.seals
        self.commits = Commits(database)

    async def create(self, conference_id: str, created_at: datetime | None = None) -> None:
        """Begin an empty log. Raises `ConferenceExists`."""
        at = instant_text(created_at or datetime.now(UTC))
        seal = await asyncio.to_thread(self.database.keys.make)
        try:
            await self.database.write(lambda connection: begin_log(connection, conference_id, seal.id, at))
        except IntegrityError:
            await asyncio.to_thread(self.database.keys.forget, seal.id)
            raise ConferenceExists from None
        self.seals[conference_id] = seal

    async def seal_of(self, conference_id: str) -> Seal:
        """For whatever else is kept of a conference. Raises `UnknownConference` or `KeyGone`."""
        if conference_id not in self.seals:
            key_id = await self.database.read(lambda connection: key_of(connection, conference_id))
            if key_id is None:
                raise UnknownConference
            self.seals[conference_id] = await asyncio.to_thread(self.database.keys.seal, key_id)
        return self.seals[conference_id]

    async def append(self, conference_id: str, rows: Sequence[NewRow], after: int) -> tuple[SavedRow, ...]:
        """Save all rows, or none, behind row `after`; the same rows, once they are on disk.

        Raises `AppendedElsewhere`, `NotSaved` or `UnknownConference`. Whoever stops waiting may have been saved.
        """
        if not rows:
            return ()
        seal = self.seals.get(conference_id) or await self.seal_of(conference_id)
        try:
            return await self.commits.of(conference_id, seal, rows, after)
        except UnknownConference:
            self.seals.pop(conference_id, None)  # whatever has this id from now on is another one
            raise

    def let_go_of(self, conference_id: str) -> None:
        """What is known of it besides the database: its key, and where its log ends."""
        self.seals.pop(conference_id, None)
        self.commits.heads.pop(conference_id, None)

    async def read(self, conference_id: str, after: int = 0) -> list[SavedRow]:
        """The rows behind row `after`, in order; none if there is no such conference."""
        keys = self.database.keys
        return await self.database.read(lambda connection: rows_after(connection, keys, conference_id, after))

    async def read_sound(self, conference_id: str, after: Head | None = None) -> list[SavedRow]:
        """The same rows, each checked: they follow on `after`, and the head follows on them. Raises `BrokenLog`."""
        kind = self.database.kind
        try:
            if after is not None and isinstance(kind, PostgresServer):
                rows = await self._read_on(kind, conference_id, after)
                self.commits.heads[conference_id] = Head(rows[-1].seq, rows[-1].hash) if rows else after
                return rows
            return await self.database.read(
                lambda connection: sound_rows(connection, self.database.keys, conference_id, after)
            )
        except asyncpg.PostgresError as cause:
            if kind.is_damage(cause):
                raise BrokenLog(conference_id) from cause
            raise
        except DBAPIError as cause:
            if self.database.kind.is_damage(cause):
                raise BrokenLog(conference_id) from cause
            raise
        except (TypeError, ValueError) as cause:  # a column holds what nobody ever wrote there
            raise BrokenLog(conference_id) from cause

    async def _read_on(self, server: PostgresServer, conference_id: str, after: Head) -> list[SavedRow]:
        """At each act of another server, so it is one way there and back."""
        found = await read_on(server.straight, conference_id, after.seq)
        if found is None:
            return []
        try:
            seal = self.database.keys.seal(found.key_id)
        except KeyGone:
            raise BrokenLog(conference_id) from None
        rows = [opened(seal, conference_id, row) for row in found.rows]
        return sound(conference_id, rows, found.head, after)

    async def row(self, conference_id: str, seq: int) -> SavedRow:
        """This one row, as it was saved; its place in the chain is not looked at."""
        keys = self.database.keys
        rows = await self.database.read(lambda connection: rows_after(connection, keys, conference_id, seq - 1, seq))
        return rows[0]

    async def conferences(self) -> list[str]:
        """The ids of all conferences, the oldest first."""
        query = select(col(ConferenceRow.id)).order_by(col(ConferenceRow.created_at), col(ConferenceRow.id))
        return await self.database.read(lambda connection: list(connection.execute(query).scalars()))

    async def verify(self, conference_id: str) -> int | None:
        """The first seq at which the log is not what was written, None if it is sound. Raises `UnknownConference`."""
        rows, head = await self.database.read(partial(whole_log, keys=self.database.keys, conference_id=conference_id))
        return await asyncio.to_thread(first_break, conference_id, rows, head)

    async def chain(self, conference_id: str, to: int) -> Chain:
        """The log up to row `to`, for whoever checks it without us. Raises `UnknownConference`."""
        rows, _ = await self.database.read(partial(whole_log, keys=self.database.keys, conference_id=conference_id))
        return spelled(conference_id, rows[:to])

    async def delete(self, conference_id: str) -> None:
        """Remove a conference for good: its log, links and sessions, on disk as well. Raises `StoreUnavailable`
        if the rows are gone but their bytes still stand on disk; deleting again tries again.
        """
        key_id = await self.database.read(lambda connection: key_of(connection, conference_id))
        if key_id is not None:
            await asyncio.to_thread(self.database.keys.destroy, key_id)
        await self.database.write(lambda connection: delete_all(connection, conference_id))
        self.seals.pop(conference_id, None)
        await self.database.scrub()


def begin_log(connection: Connection, conference_id: str, key_id: str, created_at: str) -> None:
    head = first_head(conference_id)
    row = {"id": conference_id, "head_seq": head.seq, "head_hash": head.hash, "created_at": created_at}
    connection.execute(insert(ConferenceRow), {**row, "key_id": key_id})


def key_of(connection: Connection, conference_id: str) -> str | None:
    query = select(col(ConferenceRow.key_id)).where(col(ConferenceRow.id) == conference_id)
    return connection.execute(query).scalar()


@dataclass(frozen=True)
class OpenedRow:
    """A row of the log with its seal taken off. One whose seal is broken has no body, and so does not hold."""

    seq: int
    command_id: str
    person_id: str
    at: str
    body_hash: bytes  # in the chain
    said: bytes  # the hash of what the command said
    body: bytes
    salt: bytes
    commitment: bytes
    previous_hash: bytes
    hash: bytes
    is_whole: bool


def opened_rows(
    connection: Connection, keys: Keys, conference_id: str, after: int = 0, to: int | None = None
) -> list[OpenedRow]:
    """Raises `KeyGone`."""
    key_id = key_of(connection, conference_id)
    if key_id is None:
        return []
    seal = keys.seal(key_id)
    query = select(LogRow).where(col(LogRow.conference_id) == conference_id, col(LogRow.seq) > after)
    if to is not None:
        query = query.where(col(LogRow.seq) <= to)
    found = connection.execute(query.order_by(col(LogRow.seq)))
    return [opened(seal, conference_id, row) for row in found]


def opened(seal: Seal, conference_id: str, row: Any) -> OpenedRow:
    try:
        content = seal.open(place_of(conference_id, row.seq), row.body)
    except SealBroken:
        content = None
    salt, said, body = content_of(content or b"")
    return OpenedRow(
        seq=row.seq,
        command_id=row.command_id,
        person_id=row.person_id,
        at=row.at,
        body_hash=row.body_hash,
        said=said,
        body=body,
        salt=salt,
        commitment=row.commitment,
        previous_hash=row.previous_hash,
        hash=row.hash,
        is_whole=content is not None,
    )


def content_of(content: bytes) -> tuple[bytes, bytes, bytes]:
    return content[:SALT_BYTES], content[SALT_BYTES : SALT_BYTES + 32], content[SALT_BYTES + 32 :]


def rows_after(
    connection: Connection, keys: Keys, conference_id: str, after: int, to: int | None = None
) -> list[SavedRow]:
    """Raises `SealBroken`."""
    rows = opened_rows(connection, keys, conference_id, after, to)
    if not all(row.is_whole for row in rows):
        raise SealBroken
    return [saved_row(row) for row in rows]


def saved_row(row: OpenedRow) -> SavedRow:
    return SavedRow(row.seq, row.command_id, row.person_id, instant_from(row.at), row.said, row.body, row.hash)


def sound_rows(connection: Connection, keys: Keys, conference_id: str, after: Head | None) -> list[SavedRow]:
    head = head_of(connection, conference_id)
    if head is None:
        return []
    try:
        rows = opened_rows(connection, keys, conference_id, after.seq if after else 0)
    except KeyGone:
        raise BrokenLog(conference_id) from None
    return sound(conference_id, rows, head, after)


def sound(conference_id: str, rows: list[OpenedRow], head: Head, after: Head | None) -> list[SavedRow]:
    first = first_break(conference_id, rows, head, after)
    if first is not None:
        raise BrokenLog(conference_id, first)
    return [saved_row(row) for row in rows]


def head_of(connection: Connection, conference_id: str) -> Head | None:
    found = connection.execute(
        select(col(ConferenceRow.head_seq), col(ConferenceRow.head_hash)).where(col(ConferenceRow.id) == conference_id)
    ).first()
    return Head(*found) if found else None


def whole_log(connection: Connection, keys: Keys, conference_id: str) -> tuple[Sequence[Link], Head]:
    head = head_of(connection, conference_id)
    if head is None:
        raise UnknownConference
    return opened_rows(connection, keys, conference_id), head


def delete_all(connection: Connection, conference_id: str) -> None:
    lock_heads(connection, [conference_id])  # or a row appended meanwhile would keep the conference from going
    for table in OF_A_CONFERENCE:
        connection.execute(delete(table).where(col(table.conference_id) == conference_id))
    connection.execute(delete(ConferenceRow).where(col(ConferenceRow.id) == conference_id))
