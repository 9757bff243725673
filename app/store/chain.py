"""The chain of hashes that shows whether a log was touched behind our back.

Each row commits to its body with a salt and to the row before it, and the conference keeps the hash of the last row.
It finds every change by somebody who does not rebuild the whole chain and its head; against that there is the
fingerprint on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from typing_extensions import TypedDict


class Link(Protocol):
    """The columns of a log row that the chain speaks about."""

    @property
    def seq(self) -> int: ...
    @property
    def command_id(self) -> str: ...
    @property
    def person_id(self) -> str: ...
    @property
    def at(self) -> str: ...
    @property
    def body_hash(self) -> bytes: ...
    @property
    def body(self) -> bytes: ...
    @property
    def salt(self) -> bytes: ...
    @property
    def commitment(self) -> bytes: ...
    @property
    def previous_hash(self) -> bytes: ...
    @property
    def hash(self) -> bytes: ...


@dataclass(frozen=True)
class Head:
    """Where a log ends: the number and the hash of its last row."""

    seq: int
    hash: bytes


def first_head(conference_id: str) -> Head:
    """Before the first row. It differs for each conference, so a log cannot be passed off as another's."""
    return Head(0, sha256(b"kinboard log 1\n" + conference_id.encode()).digest())


def commitment_to(body: bytes, salt: bytes) -> bytes:
    return sha256(b"%b%b%b" % (salt, len(body).to_bytes(8, "big"), body)).digest()


def chained_hash(
    previous: bytes, seq: int, command_id: str, person_id: str, at: str, body_hash: bytes, commitment: bytes
) -> bytes:
    fields = [str(seq).encode(), command_id.encode(), person_id.encode(), at.encode(), body_hash, commitment]
    return sha256(previous + prefixed(fields)).digest()


def first_break(conference_id: str, rows: Sequence[Link], head: Head, after: Head | None = None) -> int | None:
    """The first seq at which the rows, in the order of their seq, are not what was written; None if all are.

    `after` is a row that was sound when it was read, if these are only those behind it.

    Where the rows hold together but the head does not fit them, it is the first row too many or too few, or the last.
    """
    last = after or first_head(conference_id)
    for row in rows:
        if row.seq != last.seq + 1 or row.previous_hash != last.hash or not holds(row):
            return last.seq + 1
        if row.seq > head.seq:
            return row.seq
        last = Head(row.seq, row.hash)
    if last.seq != head.seq:
        return min(last.seq, head.seq) + 1
    return None if last.hash == head.hash else max(last.seq, 1)


def holds(row: Link) -> bool:
    fields = (row.seq, row.command_id, row.person_id, row.at, row.body_hash, row.commitment)
    return row.commitment == commitment_to(row.body, row.salt) and row.hash == chained_hash(row.previous_hash, *fields)


class HeadSpelled(TypedDict):
    seq: int
    hash: str


class RowSpelled(TypedDict):
    seq: int
    id: str
    person_id: str
    at: str
    body_hash: str
    body: str
    salt: str
    commitment: str
    previous_hash: str
    hash: str


class Chain(TypedDict):
    """A log as JSON, for whoever checks it without us (docs/decisions/0014). It holds everything that was said."""

    conference: str
    head: HeadSpelled
    rows: list[RowSpelled]


def spelled(conference_id: str, rows: Sequence[Link]) -> Chain:
    """Of rows there must be one."""
    last = rows[-1]
    return {
        "conference": conference_id,
        "head": {"seq": last.seq, "hash": last.hash.hex()},
        "rows": [_spelled(row) for row in rows],
    }


def _spelled(row: Link) -> RowSpelled:
    return {
        "seq": row.seq,
        "id": row.command_id,
        "person_id": row.person_id,
        "at": row.at,
        "body_hash": row.body_hash.hex(),
        "body": row.body.decode(),
        "salt": row.salt.hex(),
        "commitment": row.commitment.hex(),
        "previous_hash": row.previous_hash.hex(),
        "hash": row.hash.hex(),
    }


def prefixed(fields: Iterable[bytes]) -> bytes:
    """Each field behind its length in eight bytes, so that no two lists of fields give the same bytes."""
    return b"".join([len(field).to_bytes(8, "big") + field for field in fields])
