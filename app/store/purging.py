"""A conference is purged: its key is destroyed, its rows are deleted and overwritten, and the audit says so for good.

The certificate is the audit's row, spelled out: it can be made again, and held against the audit, at any time.
"""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlmodel import col

from app.models import JoiningLinkRow, LogRow, SessionRow
from app.store.audit import Act, Noted, lock_audit, note, noted, spelled
from app.store.chain import Head
from app.store.commits import UnknownConference
from app.store.holding import OnHold, held_in
from app.store.log import EventLog, delete_all, head_of, key_of

FORMAT = "kinboard-purge-certificate/1"
COUNTED: dict[str, type[LogRow] | type[JoiningLinkRow] | type[SessionRow]] = {
    "acts": LogRow,
    "links": JoiningLinkRow,
    "sessions": SessionRow,
}


async def purge(log: EventLog, conference_id: str, by: str, now: datetime, why: str, *, scrub: bool = True) -> Noted:
    """What the audit says of it. Raises `UnknownConference` or `OnHold`; `StoreUnavailable` if it is gone but its bytes
    still stand on disk, as they may without `scrub`. After a crash it is done again: the key is destroyed first.
    """
    database = log.database

    def begin(connection: Connection) -> tuple[Head, str]:
        """Said before the key is destroyed, so that whoever sets a hold was either first or finds it too late."""
        lock_audit(connection)
        held = held_in(connection, conference_id)
        if held is not None:
            raise OnHold(conference_id, held)
        head, key_id = head_of(connection, conference_id), key_of(connection, conference_id)
        if head is None or key_id is None:
            raise UnknownConference
        note(connection, now, Act("purge_begun", by, conference_id, about=key_id, detail={"why": why}))
        return head, key_id

    head, key_id = await database.write(begin)
    await asyncio.to_thread(database.keys.destroy, key_id)

    def delete(connection: Connection) -> None:
        act = Act(
            "purged", by, conference_id, about=key_id, detail={"why": why, **_counts(connection, conference_id, head)}
        )
        delete_all(connection, conference_id)
        note(connection, now, act)

    await database.write(delete)
    log.seals.pop(conference_id, None)
    if scrub:
        await database.scrub()
    return (await noted(database, conference_id=conference_id, what="purged"))[-1]


def _counts(connection: Connection, conference_id: str, head: Head) -> dict[str, str | int]:
    """What is destroyed, in numbers, and the fingerprint of its end, which says nothing."""
    counts: dict[str, str | int] = {
        name: connection.execute(
            select(func.count()).select_from(table).where(col(table.conference_id) == conference_id)
        ).scalar_one()
        for name, table in COUNTED.items()
    }
    return {**counts, "end": head.hash.hex()}


def certificate(purged: Noted) -> bytes:
    """For a file: who destroyed what, when, by which rule, and where that stands in the audit."""
    return json.dumps({"format": FORMAT, **spelled(purged)}, indent=1, sort_keys=True).encode() + b"\n"


def certificate_in_words(purged: Noted) -> str:
    act, detail = purged.act, purged.act.detail
    return (
        f"Certificate of destruction\n\n"
        f"Conference {act.conference_id} was purged on {purged.at:%Y-%m-%d at %H:%M UTC}\n"
        f"by {act.by} ({detail['why']}).\n"
        f"Its key ({act.about}) was destroyed, so that no copy or backup of it can be read.\n"
        f"Deleted and overwritten: {detail['acts']} acts, {detail['links']} links, {detail['sessions']} sessions.\n"
        f"The hash of its last act was {detail['end']}.\n"
        f"This is row {purged.seq} of the audit, with the hash {purged.hash.hex()}.\n"
    )


def read_certificate(file: bytes) -> Mapping[str, Any] | None:
    """None for any other file."""
    try:
        read = json.loads(file)
    except ValueError:
        return None
    return read if isinstance(read, dict) and read.get("format") == FORMAT else None
