"""An SQLite file: one thread writes, one thread reads, each on a connection of its own."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from app.store.migrate import migrate
from app.store.unavailable import StoreUnavailable

T = TypeVar("T")
ConnectSqlite: TypeAlias = Callable[[Path], sqlite3.Connection]

PAUSE_SECONDS = 5.0  # after the disk failed, before anything is tried again
BUSY_SECONDS = 5.0  # how long to wait for another process (a backup, `kinboard purge`) that is writing


def connect_sqlite(path: Path) -> sqlite3.Connection:
    """The one factory of connections.

    `synchronous=FULL`: in WAL mode only FULL flushes at each commit, and "saved" is a promise about power cuts too.
    """
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        switch_to_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA temp_store=MEMORY")  # or most commits would make and remove a file of their own
    except BaseException:
        connection.close()
        raise
    return connection


def switch_to_wal(connection: sqlite3.Connection) -> None:
    """Only a new file is really switched, and then, unlike all else, SQLite does not wait for another program that
    switches it too; so we do.
    """
    give_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as cause:
            if not cause.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)


class SqliteFile:
    commits_at_once = 1

    def __init__(self, path: str | Path, connect: ConnectSqlite) -> None:
        self.path = Path(path)
        self.connect = connect
        self.writer = Lane("kinboard-writer", "BEGIN IMMEDIATE", lambda: connect(self.path))
        self.reader = Lane("kinboard-reader", "BEGIN", self.connect_to_read)
        self.failed_at: float | None = None  # when the disk failed; known to the writer's thread alone

    async def open(self) -> None:
        await asyncio.to_thread(prepare_file, self.path)
        try:
            await self.writer.run(migrate)
            await self.writer.run(self.flush_anew)  # whoever was here before us may have met a failing disk
            await self.reader.run(lambda _: None)
        except (DBAPIError, sqlite3.Error, OSError) as cause:
            raise StoreUnavailable(why_not(self.path, cause)) from cause

    async def write(self, fn: Callable[[Connection], T]) -> T:
        return await self.writer.aside(lambda: self.write_or_stop(fn))

    def write_or_stop(self, fn: Callable[[Connection], T]) -> T:
        """After a failed flush nobody knows what is on the disk, and the next flush would not tell: nothing is written
        for a while, and then only once all that the WAL holds was written and flushed again (docs/decisions/0024).
        """
        try:
            if self.failed_at is not None:
                self.begin_again(self.failed_at)
            return self.writer.in_transaction(fn)
        except DBAPIError as cause:
            if is_untrusted(name_of(cause)):
                self.failed_at = time.monotonic()
            raise

    def begin_again(self, failed_at: float) -> None:
        if time.monotonic() < failed_at + PAUSE_SECONDS:
            raise StoreUnavailable("The disk failed a moment ago.")
        try:
            self.writer.in_transaction(self.flush_anew)
        except OSError:
            self.failed_at = time.monotonic()
            raise
        self.failed_at = None

    def flush_anew(self, _: Connection) -> None:
        """Write the WAL over itself and flush it. Under the write lock, so nobody adds to it meanwhile."""
        try:
            wal = open(f"{self.path}-wal", "r+b", buffering=0)  # noqa: SIM115
        except FileNotFoundError:
            return
        with wal:
            at = 0
            while part := os.pread(wal.fileno(), 1024 * 1024, at):
                at += os.pwrite(wal.fileno(), part, at)
            os.fsync(wal.fileno())

    def blame(self, cause: Exception) -> tuple[str, str]:
        """A word for the measures and a sentence."""
        name = name_of(cause) if isinstance(cause, DBAPIError) else "SQLITE_IOERR"
        why = next((why for begin, why in BLAME.items() if name.startswith(begin)), name)
        return name, f"Nothing can be saved: {why}."

    def is_damage(self, cause: Exception) -> bool:
        """The file holds what SQLite never wrote there, or the disk does not give it back."""
        return name_of(cause).startswith((*DAMAGE, "SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ"))

    async def read(self, fn: Callable[[Connection], T]) -> T:
        return await self.reader.run(fn)

    async def scrub(self) -> None:
        """VACUUM writes the file anew without what was deleted; the checkpoint after it empties the WAL as well."""
        if await self.writer.aside(lambda: rewrite(self.connect, self.path)):
            raise StoreUnavailable("What was deleted still stands on disk, because another program is reading it.")

    async def close(self) -> None:
        await self.reader.close()
        await self.writer.close()  # the last to leave folds the WAL into the file

    def connect_to_read(self) -> sqlite3.Connection:
        connection = self.connect(self.path)
        connection.execute("PRAGMA query_only=ON")
        return connection


class Lane:
    """One thread with one connection, kept open. What is asked of it runs in order, a transaction each."""

    def __init__(self, name: str, begin: str, connect: Callable[[], sqlite3.Connection]) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        # hide_parameters: an error's text would otherwise quote what people wrote
        self.engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
        self.begin = begin
        self.connection: Connection | None = None
        # Python's sqlite3 would begin only before the first INSERT, and deferred: too late to have read anything safely
        event.listen(self.engine, "begin", self.send_begin)

    async def run(self, fn: Callable[[Connection], T]) -> T:
        return await self.aside(lambda: self.in_transaction(fn))

    async def aside(self, work: Callable[[], T]) -> T:
        """In this thread, so that nothing else of ours runs here meanwhile, but not on its connection."""
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    async def close(self) -> None:
        await self.aside(self.drop)
        self.thread.shutdown(wait=False)

    def send_begin(self, connection: Connection) -> None:
        connection.exec_driver_sql(self.begin)

    def in_transaction(self, fn: Callable[[Connection], T]) -> T:
        try:
            connection = self.connected()
            with connection.begin():
                return fn(connection)
        except BaseException:
            self.drop()  # after a failed write or flush the state of a connection cannot be trusted; a new one is cheap
            raise

    def connected(self) -> Connection:
        if self.connection is None:
            self.connection = self.engine.connect()
        return self.connection

    def drop(self) -> None:
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def prepare_file(path: Path) -> None:
    """Make the folder and an empty file that only we may read: it will hold families' lives."""
    try:
        is_new = not path.exists()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if is_new:
            flush_folder(path.parent)
            flush_folder(path.parent.parent)
    except OSError as cause:
        raise StoreUnavailable(f"{path} cannot be written ({cause.strerror}), so nothing could be saved.") from cause
    if not os.access(path.parent, os.W_OK):
        raise StoreUnavailable(f"The folder {path.parent} cannot be written to, so nothing could be saved.")


def flush_folder(folder: Path) -> None:
    """SQLite flushes what is in its files; a new name is flushed with the folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rewrite(connect: ConnectSqlite, path: Path) -> bool:
    """True if a reader kept the WAL from being emptied."""
    with closing(connect(path)) as connection:
        connection.execute("VACUUM")
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
BLAME = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "another program is writing to the database",
    "SQLITE_READONLY": "the database file cannot be written",
    "SQLITE_CANTOPEN": "the database file cannot be opened",
    "SQLITE_CORRUPT": "the database file is damaged",
    "SQLITE_NOTADB": "the database file is damaged",
    "SQLITE_IOERR_WRITE": "the database file cannot be written",
    "SQLITE_IOERR": "the disk failed, and what was written is checked before anything more is taken",
}


def is_untrusted(name: str) -> bool:
    """A write that failed before it was flushed left nothing behind that anybody would read."""
    return name.startswith(("SQLITE_IOERR", *DAMAGE)) and name != "SQLITE_IOERR_WRITE"


def name_of(cause: Exception) -> str:
    """As SQLite calls it, such as SQLITE_IOERR_FSYNC."""
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    return str(getattr(origin, "sqlite_errorname", type(origin).__name__))


def why_not(path: Path, cause: Exception) -> str:
    name = name_of(cause)
    if name == "SQLITE_NOTADB":
        return f"{path} is not a Kinboard database, nor any other SQLite database."
    if name.startswith("SQLITE_BUSY"):
        return f"{path} is being written by another program, which did not finish within {BUSY_SECONDS:.0f} seconds."
    if name.startswith("SQLITE_READONLY"):
        return f"{path} cannot be written, so nothing could be saved."
    if name == "SQLITE_FULL":
        return f"{path} cannot be written, because the disk is full."
    return f"{path} cannot be opened as a database ({name})."
