"""Several logs moved on by one statement on a PostgreSQL server, where it is known where each of them ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.store.chain import Head
from app.store.database import Database
from app.store.rows import columns_of, unnested


@dataclass(frozen=True)
class Move:
    """From one head to the next, under this key."""

    conference_id: str
    key_id: str
    before: Head
    after: Head


async def moved_at_once(
    database: Database, moves: Sequence[Move], rows: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[bool, int | None]]:
    """Of each conference: whether it moved, and how far it was before. One that did not is held by another server, or
    ends elsewhere than we think, or is gone: nobody waits for one while holding another.
    """
    of_moves = [
        (each.conference_id, each.key_id, each.before.seq, each.before.hash, each.after.seq, each.after.hash)
        for each in moves
    ]
    values = (*columns_of(of_moves), *columns_of([tuple(row.values()) for row in rows]))
    found = await database.write_at_once(_statement(tuple(rows[0])), *values)
    return {id: (moved, seq) for id, moved, seq in found}


@cache
def _statement(names: tuple[str, ...]) -> str:
    """Whoever has just moved a log that we lock is seen to have: the lock looks at the newest row once more."""
    return (
        "WITH move AS (SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::bytea[], $5::integer[], "  # noqa: S608  names of ours
        "$6::bytea[]) AS move (id, key_id, before_seq, before_hash, seq, hash)), "
        "held AS (SELECT conference.id FROM conference JOIN move ON move.id = conference.id "
        "WHERE conference.key_id = move.key_id AND head_seq = before_seq AND head_hash = before_hash "
        "ORDER BY conference.id FOR NO KEY UPDATE OF conference SKIP LOCKED), "
        "moved AS (UPDATE conference SET head_seq = move.seq, head_hash = move.hash FROM move, held "
        "WHERE conference.id = held.id AND move.id = held.id), "
        f"saved AS (INSERT INTO log ({', '.join(names)}) SELECT * FROM unnest({unnested(names, 7)}) "
        f"AS row ({', '.join(names)}) WHERE conference_id IN (SELECT id FROM held)) "
        "SELECT move.id, held.id IS NOT NULL, conference.head_seq FROM move "
        "LEFT JOIN held ON held.id = move.id LEFT JOIN conference ON conference.id = move.id"
    )
