"""The one place everything is kept in: an SQLite file, or a PostgreSQL server shared by several of ours."""

from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from app.store.keys import Keys, keys_beside
from app.store.postgres import PostgresServer
from app.store.seal import Seal
from app.store.sealing import is_in_the_clear, keys_in_use, seal_all
from app.store.sqlite import ConnectSqlite, SqliteFile, connect_sqlite
from app.store.standing import Standing
from app.store.unavailable import StoreUnavailable

T = TypeVar("T")


class Database:
    """Runs functions on a connection, each in a transaction of its own.

    The functions are plain SQLAlchemy Core and the same for both kinds. With SQLite they run in another thread: they
    must touch nothing that the event loop touches.
    """

    def __init__(self, kind: SqliteFile | PostgresServer, keys: Keys) -> None:
        self.kind = kind
        self.standing = Standing()
        self.keys = keys
        self.seals: dict[str, Seal] = {}  # of conferences, as they were asked for

    @classmethod
    async def open(cls, url: str, keys: Keys | None = None, *, connect: ConnectSqlite = connect_sqlite) -> Self:
        """Bring the tables up to date and be ready. Raises `StoreUnavailable`, also if the keys are not those.

        Without `keys` they lie beside an SQLite file; for a server they must be named.
        `connect` makes every SQLite connection there will be; a test hands in one that fails.
        """
        kind = kind_of(url, connect)
        try:
            await kind.open()
            database = cls(kind, keys or keys_for(kind))
            await database.require_keys()
        except BaseException:
            await kind.close()
            raise
        return database

    async def require_keys(self) -> None:
        """What is sealed can be opened, and nothing is left in the clear."""
        self.keys.require(await self.read(keys_in_use))
        if await self.read(is_in_the_clear):
            await self.write(lambda connection: seal_all(connection, self.keys))
            await self.scrub()

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` returns, once it is on disk. If anything raises, nothing was written, unless the connection broke
        during the commit itself: then nobody can know.
        """
        return await self._noting(self.kind.write(fn))

    async def write_at_once(self, statement: str, *values: Any) -> list[Any]:
        """The same for one statement of a PostgreSQL server, which is made and committed in one way there and back."""
        if not isinstance(self.kind, PostgresServer):
            raise TypeError("an SQLite file has another way to write")
        return await self._noting(self.kind.straight.fetch(statement, *values))

    async def _noting(self, writing: Awaitable[T]) -> T:
        """Whether anything can be saved just now."""
        try:
            done = await writing
        except (IntegrityError, asyncpg.IntegrityConstraintViolationError):
            raise  # an answer, and no fault of the disk
        except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, StoreUnavailable) as cause:
            self.standing.fails(*self.kind.blame(cause))
            raise
        self.standing.works()
        return done

    async def try_to_read(self) -> None:
        """Proxies ask for this again and again. Raises what a read raises."""
        if isinstance(self.kind, PostgresServer):
            await self.kind.straight.fetch("SELECT 1")
        else:
            await self.read(lambda connection: connection.execute(text("SELECT 1")).scalar())

    async def try_to_write(self) -> None:
        """Changes nothing, and still has to reach the disk. Raises what a write raises."""
        same = text("UPDATE alembic_version SET version_num = version_num")
        await self.write(lambda connection: connection.execute(same).rowcount)

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """What `fn` returns. All its queries see the same moment, and it does not wait for writers."""
        return await self.kind.read(fn)

    async def scrub(self) -> None:
        """Overwrite on disk what was deleted. Raises `StoreUnavailable` if it still stands there."""
        await self.kind.scrub()

    async def close(self) -> None:
        await self.kind.close()


def kind_of(url: str, connect: ConnectSqlite) -> SqliteFile | PostgresServer:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreUnavailable("The database address cannot be read.") from None  # it may hold a password
    if parsed.drivername == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return SqliteFile(parsed.database, connect)
    if parsed.drivername == "postgresql+asyncpg":
        return PostgresServer(parsed)
    raise StoreUnavailable("The database must be an SQLite file or a PostgreSQL server.")


def keys_for(kind: SqliteFile | PostgresServer) -> Keys:
    if isinstance(kind, SqliteFile):
        return keys_beside(kind.path)
    raise StoreUnavailable("For a PostgreSQL database somebody must name the folder of its keys.")
