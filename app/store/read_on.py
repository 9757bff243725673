"""What a log holds behind a row that is known, from a PostgreSQL server in one statement: so it is of one moment."""

from collections import namedtuple
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.store.chain import Head
from app.store.straight import Straight

Kept = namedtuple("Kept", "seq command_id person_id at body_hash body commitment previous_hash hash")
READ_ON = (
    f"SELECT key_id, head_seq, head_hash, {', '.join(f'log.{name}' for name in Kept._fields)} "  # noqa: S608  names of ours
    "FROM conference LEFT JOIN log ON log.conference_id = conference.id AND log.seq > $2 "
    "WHERE conference.id = $1 ORDER BY log.seq"
)


@dataclass(frozen=True)
class ReadOn:
    key_id: str
    head: Head
    rows: Sequence[Any]


async def read_on(straight: Straight, conference_id: str, after: int) -> ReadOn | None:
    """None if there is no such conference."""
    found = await straight.fetch(READ_ON, conference_id, after)
    if not found:
        return None
    rows = [Kept(*row[3:]) for row in map(tuple, found) if row[3] is not None]
    return ReadOn(found[0][0], Head(found[0][1], found[0][2]), rows)
