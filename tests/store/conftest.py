"""The store's tests run on a real SQLite file and on a real PostgreSQL server; both must keep the same promises."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from app.store import database as database_module
from app.store.database import Database
from app.store.keys import Keys, keys_beside
from app.store.log import EventLog
from app.store.postgres import PostgresServer
from app.store.sqlite import SqliteFile
from tests.store.rows import NOON


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
