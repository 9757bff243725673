"""An installation moves from its SQLite file to an empty PostgreSQL database: whole, or not at all.

It is one transaction there: until every row was read back and compared nobody sees any of it, and a move that was
interrupted has left nothing. The file is only read, and nobody can open it meanwhile.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

import asyncpg
from sqlalchemy import URL, Connection, NullPool, Table, create_engine, delete, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import col

from app.models import AuditHeadRow, ConferenceRow, Row
from app.models.instant import instant_text
from app.store.audit import Act, audit_break_in, note, noted_in
from app.store.chain import first_break
from app.store.keys import KeyGone, Keys
from app.store.log import whole_log
from app.store.migrate import VERSIONS, is_current, migrate
from app.store.postgres import CONNECT_SECONDS, name_of, require_promises, server_of, why_not
from app.store.sealing import is_in_the_clear, keys_in_use
from app.store.sqlite import why_not as why_not_file

AT_ONCE = 500  # rows that are in memory at a time
WAIT_SECONDS = 5  # for whoever else is at work in the target
TABLES: tuple[Table, ...] = tuple(Row.metadata.sorted_tables)  # whatever is pointed at comes first

Tell = Callable[[str, int, int], None]


class NotMoved(Exception):
    """One plain sentence saying why nothing was changed."""


@dataclass(frozen=True)
class Moved:
    rows: int
    conferences: int
    broken: dict[str, int | None]  # conferences that were not what was written before either; None: it has no key


async def move(path: Path, target: URL, keys: Keys, by: str, now: datetime, tell: Tell) -> Moved:
    """`tell` hears of each table how many of its rows are there. Raises `NotMoved` or `StoreUnavailable`."""
    with alone_with(path) as source:
        if not is_current(source) or is_in_the_clear(source):
            raise NotMoved(f"{path} is of an earlier version. Start this version on it once, stop it, and move then.")
        keys.require(keys_in_use(source))
        engine = create_async_engine(
            target, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": CONNECT_SECONDS}
        )
        try:
            async with engine.begin() as connection:
                return await connection.run_sync(partial(fill, source=source, keys=keys, by=by, now=now, tell=tell))
        except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
            raise NotMoved(f"{why(target, cause)} Nothing was moved.") from cause
        finally:
            await engine.dispose()


@contextmanager
def alone_with(path: Path) -> Iterator[Connection]:
    """Reads of one moment. No server has the file open, and none can open it until this is over."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=1, isolation_level=None)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except DBAPIError as cause:
            if getattr(cause.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
                raise NotMoved(f"{path} is in use. Stop the server first; screens come back by themselves.") from None
            raise NotMoved(why_not_file(path, cause)) from cause
        connection.exec_driver_sql("PRAGMA query_only=ON")
        yield connection


def fill(target: Connection, source: Connection, keys: Keys, by: str, now: datetime, tell: Tell) -> Moved:
    target.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
    require_promises(target, server_of(target.engine.url))
    require_nothing_of_others(target)
    migrate(target)  # from here on a server of ours that starts there waits until this is over
    require_empty(target)
    target.execute(delete(AuditHeadRow))
    rows = 0
    for table in TABLES:
        rows += carried(source, target, table, tell)
    conferences = list(target.execute(select(col(ConferenceRow.id))).scalars())
    broken = {id: first for id in conferences if (first := break_of(target, keys, id)) != 0}
    if audit_break_in(target) is not None:
        raise NotMoved("The audit is not what was written, so nothing was moved: see kinboard verify.")
    note(target, now, Act("moved", by, detail={"conferences": len(conferences), "rows": rows}))
    return Moved(rows, len(conferences), broken)


def require_nothing_of_others(target: Connection) -> None:
    there = set(inspect(target).get_table_names())
    if there and VERSIONS not in there:
        raise NotMoved("The target holds tables of another program. Make a database for Kinboard alone.")


def require_empty(target: Connection) -> None:
    target.exec_driver_sql(f"LOCK TABLE {', '.join(table.name for table in TABLES)} IN EXCLUSIVE MODE")
    before = noted_in(target, what="moved")
    if before:
        raise NotMoved(
            f"The target was moved into already, on {instant_text(before[-1].at)}, and that move was whole: "
            "set KINBOARD_DATABASE_URL to it."
        )
    for table in TABLES:
        found = select(table).limit(1)
        if table.name == AuditHeadRow.__tablename__:
            found = found.where(table.c.seq > 0)
        if target.execute(found).first() is not None:
            raise NotMoved(
                f"The target is not empty: its table {table.name} holds rows already. A move begins in an empty "
                "database, and one that was interrupted leaves it empty; so these are of something else."
            )


def carried(source: Connection, target: Connection, table: Table, tell: Tell) -> int:
    """How many rows, once they were read back and are the same."""
    of = source.execute(select(func.count()).select_from(table)).scalar_one()
    sent = Sum()
    for batch in batches(source, table):
        target.execute(insert(table), [row._asdict() for row in batch])
        sent.add(batch)
        tell(table.name, sent.rows, of)
    there = Sum()
    for batch in batches(target, table):
        there.add(batch)
    if (sent.rows, sent.value) != (there.rows, there.value):
        raise NotMoved(f"What was written to {table.name} reads otherwise in the target, so nothing was moved.")
    return sent.rows


def batches(connection: Connection, table: Table) -> Iterator[list]:  # type: ignore[type-arg]
    found = connection.execute(select(table).execution_options(stream_results=True))
    for batch in found.partitions(AT_ONCE):
        yield list(batch)


class Sum:
    """Of rows in any order: the two databases do not sort alike."""

    def __init__(self) -> None:
        self.rows, self.value = 0, 0

    def add(self, batch: list) -> None:  # type: ignore[type-arg]
        self.rows += len(batch)
        for row in batch:
            self.value += int.from_bytes(sha256(repr(tuple(row)).encode()).digest(), "big")


def break_of(connection: Connection, keys: Keys, conference_id: str) -> int | None:
    """0 if it is what was written."""
    try:
        rows, head = whole_log(connection, keys, conference_id)
    except KeyGone:
        return None
    return first_break(conference_id, rows, head) or 0


def why(target: URL, cause: Exception) -> str:
    if isinstance(cause, DBAPIError) and name_of(cause) == "LockNotAvailableError":
        return (
            "Somebody else is at work in the target. If a move into it was interrupted a moment ago, its server may "
            "need some minutes to notice."
        )
    return why_not(target, cause)
