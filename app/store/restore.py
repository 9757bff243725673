"""A backup takes the place of the database, once it is known to be whole. The server must not be running.

What was purged since stays purged: its key is gone, and its rows are taken out again. The audit goes on where it was.
"""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.models import AuditHeadRow, AuditRow
from app.store.audit import Act, first_audit_break, note_alone
from app.store.database import Database
from app.store.keys import KeyGone, Keys
from app.store.log import EventLog
from app.store.sqlite import flush_folder


class NotRestored(Exception):
    """One plain sentence saying why nothing was changed."""


@dataclass(frozen=True)
class Restored:
    conferences: int
    purged_again: int


async def restore(path: Path, backup: Path, keys: Keys, by: str, now: datetime, *, replace: bool) -> Restored:
    """Raises `NotRestored`, or `StoreUnavailable` if the backup is no database or the keys are not those."""
    before = await asyncio.to_thread(audit_before, path, backup, replace=replace)
    part = path.with_name(path.name + ".restoring")
    try:
        await asyncio.to_thread(copy_alone, backup, part)
        restored = await checked(part, keys, before, by, now)
        await asyncio.to_thread(take_place, part, path)
    finally:
        for each in beside(part):
            each.unlink(missing_ok=True)
    return restored


async def checked(part: Path, keys: Keys, before: Sequence[dict[str, Any]], by: str, now: datetime) -> Restored:
    database = await Database.open(f"sqlite:///{part}", keys)
    try:
        return await settle(database, by, now, before)
    finally:
        await database.close()


async def settle(database: Database, by: str, now: datetime, before: Sequence[dict[str, Any]] = ()) -> Restored:
    """What came out of a backup is held against its chains, and what was purged since is taken out again. `before` is
    the audit of the database that goes. Raises `NotRestored`, and has changed nothing then.
    """
    log, purged = EventLog(database), []
    if await first_audit_break(database) is not None:
        raise NotRestored("The audit in the backup is not what was written, so nothing was restored.")
    for conference_id in (conferences := await log.conferences()):
        try:
            first = await log.verify(conference_id)
        except KeyGone as gone:
            if gone.args[0] not in database.keys.destroyed():  # not purged: somebody brought only some of the keys
                sentence = f"The key of {conference_id} is not in {database.keys.folder}, so nothing was restored."
                raise NotRestored(f"{sentence} Bring all the keys.") from None
            purged.append(conference_id)
            continue
        if first is not None:
            raise NotRestored(f"In the backup {conference_id} is not what was written, from row {first}.")
    for conference_id in purged:
        await log.delete(conference_id)
    carried = await database.write(lambda connection: carry_on(connection, before))
    detail = {"conferences": len(conferences) - len(purged), "purged_again": len(purged), "audit_carried": carried}
    await note_alone(database, now, Act("restored", by, detail=detail))
    return Restored(len(conferences) - len(purged), len(purged))


def audit_before(path: Path, backup: Path, *, replace: bool) -> list[dict[str, Any]]:
    """The audit of the database that goes. While a server has it open nothing is touched."""
    if not backup.is_file():
        raise NotRestored(f"There is no backup at {backup}.")
    if not path.exists():
        return []
    if not replace:
        raise NotRestored(f"{path} is there already. Say --replace to put the backup in its place.")
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # which nobody may do while another has it open
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("SELECT * FROM audit ORDER BY seq")]
    except sqlite3.OperationalError as cause:
        if cause.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise NotRestored(f"{path} is in use. Stop the server first; screens come back by themselves.") from None
        return []
    except sqlite3.DatabaseError:
        return []  # damaged, which may be why there is a restore


def carry_on(connection: Connection, before: Sequence[dict[str, Any]]) -> int:
    """What was noted since the backup, if the backup's audit is the beginning of that one. How many rows."""
    head = connection.execute(select(AuditHeadRow)).one()
    hashes = {row["seq"]: row["hash"] for row in before}
    if head.seq and hashes.get(head.seq) != head.hash:
        return 0
    since = [row for row in before if row["seq"] > head.seq]
    if since:
        connection.execute(insert(AuditRow), since)
        last = since[-1]
        connection.execute(
            update(AuditHeadRow).where(col(AuditHeadRow.id) == 1).values(seq=last["seq"], hash=last["hash"])
        )
    return len(since)


def copy_alone(backup: Path, part: Path) -> None:
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    shutil.copyfile(backup, part)


def take_place(part: Path, path: Path) -> None:
    for each in beside(path)[1:]:
        each.unlink(missing_ok=True)
    part.replace(path)
    flush_folder(path.parent)


def beside(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
