"""A server for the doors and pages, and conferences on it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import pytest

from tests.pages.office import QUICK, Worker, first_link
from tests.realtime.nursery import Nursery
from tests.realtime.program import Ended, forked_kinboard
from tests.realtime.server import Server, Sitting, serving

Typed = Callable[..., Awaitable[Ended]]


@pytest.fixture(scope="session")
async def server(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("pages"), nursery=nursery) as server:
        yield server


@pytest.fixture(scope="session")
async def office(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """Where staff sign in quickly; its first administrator is there."""
    async with serving(tmp_path_factory.mktemp("staff"), *QUICK, nursery=nursery) as server:
        first = Worker.at(server, "Ada")
        assert (await first.begins(await first_link(server))).status_code == 200
        yield server


@pytest.fixture
async def sitting(server: Server) -> AsyncIterator[Sitting]:
    sitting = await server.sitting()
    yield sitting
    await sitting.close()


@pytest.fixture
def kinboard(nursery: Nursery) -> Typed:
    """What somebody types, and how it ended."""
    return partial(forked_kinboard, nursery)
