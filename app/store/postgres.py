"""A PostgreSQL server: the same tables for several of our server processes."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import asyncpg
from sqlalchemy import URL, Connection, NullPool
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.models import Row
from app.store.migrate import migrate
from app.store.postgres_line import lines_named
from app.store.straight import Straight
from app.store.unavailable import StoreUnavailable

T = TypeVar("T")

OLDEST = 14  # the oldest version that its makers still mend
SETTINGS = (
    "server_version_num",
    "server_encoding",
    "default_transaction_read_only",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "synchronous_standby_names",
)
NAME = "kinboard"  # as whoever looks after the database sees the connections
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
CONNECT_SECONDS = 5.0
MOST_MORE = 4  # connections than the five that stay; with the straight ones and the bell's there are 16
STATEMENT_SECONDS = 10.0  # also bounds the wait for another server's lock on the same conference


class PostgresServer:
    commits_at_once = 4

    def __init__(self, url: URL) -> None:
        self.url = url
        waits = {"timeout": CONNECT_SECONDS, "command_timeout": STATEMENT_SECONDS, **lines_named(NAME)}
        # hide_parameters: an error's text would otherwise quote what people wrote
        self.engine = create_async_engine(
            url,
            hide_parameters=True,
            connect_args=waits,
            pool_timeout=CONNECT_SECONDS,
            pool_recycle=1800,
            max_overflow=MOST_MORE,
        )
        self.straight = Straight(url, **waits)
        # otherwise two queries of one read would see two different moments
        self.snapshot = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def open(self) -> None:
        try:
            # in a thread with a loop of its own: alembic is not async, and only one may migrate in a process at a time
            await asyncio.to_thread(asyncio.run, migrate_server(self.url))
        except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
            raise StoreUnavailable(why_not(self.url, cause)) from cause

    async def write(self, fn: Callable[[Connection], T]) -> T:
        async with self.engine.begin() as connection:
            return await connection.run_sync(fn)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        try:
            return await run_in(self.snapshot, fn)
        except DBAPIError as cause:
            if not cause.connection_invalidated:
                raise
        return await run_in(self.snapshot, fn)  # once more: a server that was restarted leaves dead connections

    async def scrub(self) -> None:
        """Its write-ahead log, its archive and its backups are kept by whoever runs the server, not by us."""
        async with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            tables = "log, joining_link, session, door, knock, device_key, assignment, conference"
            await connection.exec_driver_sql(f"VACUUM {tables}")

    def blame(self, cause: Exception) -> tuple[str, str]:
        """A word for the measures and a sentence. A server whose disk fails stops by itself, so we only ask again."""
        name = name_of(cause)
        return name, f"Nothing can be saved: the database server does not take it ({name})."

    def is_damage(self, cause: Exception) -> bool:
        return name_of(cause) in ("DataCorruptedError", "IndexCorruptedError")

    async def close(self) -> None:
        await self.straight.close()
        await self.engine.dispose()


async def run_in(engine: AsyncEngine, fn: Callable[[Connection], T]) -> T:
    async with engine.connect() as connection:
        return await connection.run_sync(fn)


async def migrate_server(url: URL) -> None:
    engine = create_async_engine(
        url, hide_parameters=True, poolclass=NullPool, connect_args={"timeout": CONNECT_SECONDS}
    )
    try:
        async with engine.begin() as connection:
            await connection.run_sync(require_promises, server_of(url))
            await connection.run_sync(migrate)
            await connection.run_sync(require_rights, server_of(url))
    finally:
        await engine.dispose()


def name_of(cause: Exception) -> str:
    origin = cause.orig if isinstance(cause, DBAPIError) else cause
    return type(getattr(origin, "__cause__", None) or origin).__name__


def require_promises(connection: Connection, server: str) -> None:
    """What it has said is saved must be on its disk. Raises `StoreUnavailable`."""
    asked = [f"current_setting('{name}')" for name in SETTINGS]
    found = connection.exec_driver_sql(f"SELECT pg_is_in_recovery(), {', '.join(asked)}").one()
    is_standby, settings = found[0], dict(zip(SETTINGS, found[1:], strict=True))
    if int(settings["server_version_num"]) < OLDEST * 10_000:
        raise StoreUnavailable(f"The PostgreSQL server at {server} is older than version {OLDEST}.")
    if is_standby:
        raise StoreUnavailable(f"The PostgreSQL server at {server} is a standby; the address must be the primary's.")
    if settings["server_encoding"] != "UTF8":
        raise StoreUnavailable(f"The database on the PostgreSQL server at {server} must have the encoding UTF8.")
    if settings["default_transaction_read_only"] == "on":
        raise StoreUnavailable(f"The PostgreSQL server at {server} lets this user only read.")
    for name in ("fsync", "full_page_writes"):
        if settings[name] != "on":
            raise StoreUnavailable(f"The PostgreSQL server at {server} could lose what it saved: {name} must be on.")
    waits_for = settings["synchronous_commit"]
    alone = not settings["synchronous_standby_names"]
    if waits_for == "off" or (waits_for == "local" and not alone):
        raise StoreUnavailable(
            f"The PostgreSQL server at {server} could lose what it saved: synchronous_commit must be on, "
            f"but is {waits_for} for this user."
        )


def require_rights(connection: Connection, server: str) -> None:
    """In every table of ours. Raises `StoreUnavailable`."""
    tables = sorted(Row.metadata.tables)
    rights = " AND ".join(f"has_table_privilege(name, '{right}')" for right in RIGHTS)
    asked = f"SELECT name FROM unnest($1::text[]) AS name WHERE NOT ({rights})"  # noqa: S608  words of ours
    lacking = connection.exec_driver_sql(asked, (tables,)).scalars().all()
    if lacking:
        raise StoreUnavailable(
            f"The PostgreSQL server at {server} does not let this user read and change the table {lacking[0]}."
        )


def server_of(url: URL) -> str:
    return f"{url.host or url.query.get('host', 'localhost')}:{url.port or 5432}"


def why_not(url: URL, cause: Exception) -> str:
    """Names the server, never the user's password, and not the server's own words, which may quote a row."""
    server = server_of(url)
    if isinstance(cause, OSError):
        return f"The PostgreSQL server at {server} cannot be reached ({type(cause).__name__})."
    return f"The PostgreSQL server at {server} does not let us use the database {url.database!r} ({name_of(cause)})."
