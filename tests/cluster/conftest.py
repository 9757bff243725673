"""Two servers on one PostgreSQL for all who only use them; each test gets a conference of its own on them."""

from collections.abc import AsyncIterator

import pytest

from tests.cluster.cluster import Cluster, clustered
from tests.postgres import Postgres
from tests.realtime.nursery import Nursery
from tests.realtime.server import Sitting


@pytest.fixture(scope="session")
async def two(postgres: Postgres, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    async with clustered(tmp_path_factory.mktemp("two"), postgres, 2, nursery=nursery) as two:
        yield two


@pytest.fixture
async def here_and_there(two: Cluster) -> AsyncIterator[list[Sitting]]:
    """One conference with nobody in it yet, at each of two servers."""
    sittings = await two.meeting()
    yield sittings
    await sittings[0].close()
