"""What a board came to after some row of its log, kept beside it: sealed like the log, and never believed over it."""

from functools import partial

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from app.models import LogRow, SnapshotRow
from app.store.chain import Head, prefixed
from app.store.commits import UnknownConference, lock_heads
from app.store.keys import KeyGone
from app.store.log import EventLog
from app.store.seal import Seal, SealBroken


async def kept_snapshot(log: EventLog, conference_id: str, code: str) -> tuple[Head, bytes] | None:
    """Of which row it is, and what was kept. None where there is none that this code made, or that can be read."""
    query = select(SnapshotRow).where(col(SnapshotRow.conference_id) == conference_id, col(SnapshotRow.code) == code)
    row = await log.database.read(lambda connection: connection.execute(query).first())
    if row is None:
        return None
    head = Head(row.seq, row.hash)
    try:
        return head, (await log.seal_of(conference_id)).open(_place_of(conference_id, code, head), row.body)
    except (SealBroken, KeyGone, UnknownConference):
        return None


async def keep_snapshot(log: EventLog, conference_id: str, code: str, head: Head, content: bytes) -> None:
    """In place of an earlier one; nothing where the conference is gone."""
    seal = await log.seal_of(conference_id)
    body = seal.close(_place_of(conference_id, code, head), content)
    row = {"conference_id": conference_id, "seq": head.seq, "hash": head.hash, "code": code, "body": body}
    await log.database.write(partial(_keep, seal=seal, row=row))


async def forget_snapshot(log: EventLog, conference_id: str) -> None:
    query = delete(SnapshotRow).where(col(SnapshotRow.conference_id) == conference_id)
    await log.database.write(lambda connection: connection.execute(query).rowcount)


async def seqs_until(log: EventLog, conference_id: str, seq: int) -> dict[str, int]:
    """The number of each command's row, up to this one."""
    query = (
        select(col(LogRow.command_id))
        .where(col(LogRow.conference_id) == conference_id, col(LogRow.seq) <= seq)
        .order_by(col(LogRow.seq))
    )
    ids = await log.database.read(lambda connection: connection.execute(query).scalars().all())
    return {id: n for n, id in enumerate(ids, 1)}


def _keep(connection: Connection, seal: Seal, row: dict[str, object]) -> None:
    conference_id = str(row["conference_id"])
    _, keys = lock_heads(connection, [conference_id])  # it may be purged at this moment
    if keys.get(conference_id) == seal.id:
        connection.execute(delete(SnapshotRow).where(col(SnapshotRow.conference_id) == conference_id))
        connection.execute(insert(SnapshotRow), row)


def _place_of(conference_id: str, code: str, head: Head) -> bytes:
    return prefixed([b"kinboard snapshot 1", conference_id.encode(), code.encode(), str(head.seq).encode(), head.hash])
