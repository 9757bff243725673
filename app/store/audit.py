"""The audit: who opened, admitted, handed out, purged…, as ids and types. Nothing in it is ever changed or taken out.

It is written in the transaction of what it speaks of, so that neither is there without the other, and it outlives a
purge. Each row fixes the one before it, as in a log.
"""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.models import AuditHeadRow, AuditRow
from app.models.instant import instant_from, instant_text
from app.store.chain import Head, prefixed
from app.store.database import Database

SERVER = "server"  # by itself, on a day that was set
STRANGER = "stranger"  # nobody that we know
FIRST = Head(0, sha256(b"kinboard audit 1\n").digest())
_TOKEN = re.compile(r"[A-Za-z0-9_.:+-]{1,80}")


def seat(person_id: str) -> str:
    """Somebody of a conference, in their seat."""
    return f"seat:{person_id}"


def staff(account_id: str) -> str:
    """Somebody of the office, signed in."""
    return f"staff:{account_id}"


def keyboard(user: int) -> str:
    """Whoever typed a command on the server, by the number of their account there."""
    return f"keyboard:{user}"


@dataclass(frozen=True)
class Act:
    """`what` is a code such as `admitted`, `by` and `about` ids, `detail` codes and counts. A blank cannot stand
    anywhere, so that no name and no sentence slips in.
    """

    what: str
    by: str
    conference_id: str | None = None
    about: str | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words = [self.what, self.by, self.conference_id, self.about, *self.detail, *self.detail.values()]
        if not all(_TOKEN.fullmatch(word) for word in words if isinstance(word, str)):
            raise ValueError("the audit takes ids and codes, nothing that reads like words")


@dataclass(frozen=True)
class Noted:
    """An act, as it stands in the audit."""

    seq: int
    at: datetime
    act: Act
    hash: bytes


def note(connection: Connection, at: datetime, *acts: Act) -> None:
    """In the caller's transaction, as its last step: whoever writes to the audit waits for each other."""
    note_all(connection, [(at, act) for act in acts])


def note_all(connection: Connection, acts: Sequence[tuple[datetime, Act]]) -> None:
    if not acts:
        return
    head = lock_audit(connection)
    rows: list[dict[str, Any]] = []
    for at, act in acts:
        row = _row(head, at, act)
        rows.append(row)
        head = Head(row["seq"], row["hash"])
    connection.execute(insert(AuditRow), rows)
    connection.execute(update(AuditHeadRow).values(seq=head.seq, hash=head.hash))


def lock_audit(connection: Connection) -> Head:
    """Until the caller's transaction is over nobody else notes anything: what it reads here stays so."""
    query = select(col(AuditHeadRow.seq), col(AuditHeadRow.hash)).with_for_update()
    return Head(*connection.execute(query).one())


async def note_alone(database: Database, at: datetime, *acts: Act) -> None:
    """Where nothing else is written: somebody was refused, signed in, looked."""
    await database.write(lambda connection: note(connection, at, *acts))


async def noted(database: Database, **sought: Any) -> list[Noted]:
    """What stands in the audit, as `noted_in` says."""
    return await database.read(lambda connection: noted_in(connection, **sought))


def noted_in(
    connection: Connection,
    *,
    conference_id: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    what: str | None = None,
    after: int = 0,
    before: int | None = None,
    most: int | None = None,
    newest_first: bool = False,
    without: str | None = None,
) -> list[Noted]:
    """What stands in the audit, in order, as far as it is asked for. `until` and `before` are not within it; `without`
    leaves out every conference of which this act is noted.
    """
    place = col(AuditRow.seq)
    query = select(AuditRow).where(place > after).order_by(place.desc() if newest_first else place).limit(most)
    if before is not None:
        query = query.where(place < before)
    if until is not None:
        query = query.where(col(AuditRow.at) < instant_text(until))
    if conference_id is not None:
        query = query.where(col(AuditRow.conference_id) == conference_id)
    if since is not None:
        query = query.where(col(AuditRow.at) >= instant_text(since))
    if what is not None:
        query = query.where(col(AuditRow.what) == what)
    if without is not None:
        such = select(col(AuditRow.conference_id)).where(col(AuditRow.what) == without)
        query = query.where(col(AuditRow.conference_id).is_(None) | col(AuditRow.conference_id).not_in(such))
    return [_noted(row) for row in connection.execute(query)]


async def first_audit_break(database: Database) -> int | None:
    """The first seq at which the audit is not what was written; None if it is sound."""
    return await asyncio.to_thread(_first_break, *await database.read(_whole))


def audit_break_in(connection: Connection) -> int | None:
    return _first_break(*_whole(connection))


def _whole(connection: Connection) -> tuple[Sequence[Any], Head]:
    rows = connection.execute(select(AuditRow).order_by(col(AuditRow.seq))).all()
    head = connection.execute(select(col(AuditHeadRow.seq), col(AuditHeadRow.hash))).first()
    return rows, Head(*head) if head else Head(-1, b"")


def _first_break(rows: Sequence[Any], head: Head) -> int | None:
    last = FIRST
    for row in rows:
        fields = (row.at, row.what, row.conference_id, row.by, row.about, row.detail)
        if (row.seq, row.previous_hash, row.hash) != (last.seq + 1, last.hash, _hash(last, *fields)):
            return last.seq + 1
        last = Head(row.seq, row.hash)
    return None if last == head else max(min(last.seq, head.seq) + (last.seq != head.seq), 1)


def spelled(each: Noted) -> dict[str, Any]:
    """For a file, or a page."""
    act = each.act
    return {
        "seq": each.seq,
        "at": instant_text(each.at),
        "what": act.what,
        "conference": act.conference_id,
        "by": act.by,
        "about": act.about,
        "detail": dict(act.detail),
        "hash": each.hash.hex(),
    }


def _row(last: Head, at: datetime, act: Act) -> dict[str, Any]:
    detail = json.dumps(dict(act.detail), sort_keys=True, separators=(",", ":"))
    fields = (instant_text(at), act.what, act.conference_id, act.by, act.about, detail)
    return {
        "seq": last.seq + 1,
        **dict(zip(("at", "what", "conference_id", "by", "about", "detail"), fields, strict=True)),
        "previous_hash": last.hash,
        "hash": _hash(last, *fields),
    }


def _hash(last: Head, at: str, what: str, conference_id: str | None, by: str, about: str | None, detail: str) -> bytes:
    fields = [str(last.seq + 1), at, what, conference_id or "", by, about or "", detail]
    return sha256(last.hash + prefixed(each.encode() for each in fields)).digest()


def _noted(row: Any) -> Noted:
    act = Act(row.what, row.by, row.conference_id, row.about, json.loads(row.detail))
    return Noted(row.seq, instant_from(row.at), act, row.hash)
