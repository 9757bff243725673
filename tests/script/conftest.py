"""Both worked conferences, and an empty log to import them into."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.store.database import Database
from app.store.log import EventLog
from tests.script.worked import FILES, Worked, worked


@pytest.fixture(params=FILES)
def conference(request: pytest.FixtureRequest) -> Worked:
    """One of the two, imported."""
    return worked(request.param)


@pytest.fixture
def initial() -> Worked:
    return worked("example-conference")


@pytest.fixture
def review() -> Worked:
    return worked("example-review")


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[EventLog]:
    database = await Database.open(f"sqlite:///{tmp_path / 'kinboard.sqlite3'}")
    yield EventLog(database)
    await database.close()
