"""Two servers on one PostgreSQL for all who only use them; each test gets a conference of its own on them."""

from collections.abc import AsyncIterator

import pytest

from tests.cluster.cluster import Cluster, clustered
from tests.faults.conftest import disk, shimmed
from tests.pages.office import QUICK
from tests.postgres import Postgres
from tests.realtime.nursery import Nursery
from tests.realtime.server import Sitting

SOONER = [
    *("--set", "app.store.presence:LEASE_SECONDS=2"),
    *("--set", "app.realtime.elsewhere:RENEW_SECONDS=0.5"),
    *("--set", "app.board.chair:LOST_AFTER_SECONDS=0"),
    *QUICK,
]


@pytest.fixture(scope="session")
async def two(postgres: Postgres, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    async with clustered(tmp_path_factory.mktemp("two"), postgres, 2, *SOONER, nursery=nursery) as two:
        yield two


@pytest.fixture
async def here_and_there(two: Cluster) -> AsyncIterator[list[Sitting]]:
    """One conference with nobody in it yet, at each of two servers."""
    sittings = await two.meeting()
    yield sittings
    await sittings[0].close()


__all__ = ["disk", "here_and_there", "shimmed", "two"]
