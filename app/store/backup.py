"""A copy of the whole SQLite file, made while the board is in use."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from app.store.database import Database
from app.store.sqlite import ConnectSqlite, SqliteFile, flush_folder


class NoBackup(Exception):
    """One plain sentence saying why there is none."""


async def backup(database: Database, target: Path) -> None:
    """Copy what is saved at one moment to `target`, which is there whole or not at all. Raises `NoBackup`."""
    if not isinstance(database.kind, SqliteFile):
        raise NoBackup("A PostgreSQL database is backed up with pg_dump, by whoever runs the server.")
    await asyncio.to_thread(copy, database.kind.path, database.kind.connect, target)


def copy(path: Path, connect: ConnectSqlite, target: Path) -> None:
    if target.exists():
        raise NoBackup(f"{target} is there already, and a backup never overwrites.")
    part = target.with_name(target.name + ".part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with closing(connect(path)) as source, closing(sqlite3.connect(part)) as destination:
            source.backup(destination)  # in one step: a read of one moment, for which WAL lets writers go on
            if destination.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise NoBackup(f"The copy at {part} is damaged, so it was not kept as {target}.")
        os.replace(part, target)
        flush_folder(target.parent)
    except OSError as cause:
        raise NoBackup(f"{target} cannot be written ({cause.strerror}).") from cause
    except sqlite3.Error as cause:
        raise NoBackup(f"{target} could not be made ({cause.sqlite_errorname}).") from cause
