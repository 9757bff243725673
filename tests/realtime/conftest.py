"""One server for all who only use it, started by the first test; each test gets a conference of its own on it."""

from collections.abc import AsyncIterator

import pytest

from tests.conftest import KeptIn
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving


@pytest.fixture(scope="session")
async def server(kept_in: KeptIn, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("server"), nursery=nursery, settings=await kept_in()) as server:
        yield server


@pytest.fixture(scope="session")
async def impatient(
    kept_in: KeptIn, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """Gives up on a stopped reader within half a second, and says that it is still there ten times a second."""
    sooner = [
        "app.realtime.connection:SLOW_SECONDS=0.5",
        "app.realtime.connection:STILL_SECONDS=0.1",
        "app.realtime.room:TICK_SECONDS=0.05",
        "app.realtime.wire:CLOSING_SECONDS=30",
        "app.realtime.stream:PICKED_UP_WITHIN=0.5",
    ]
    arguments = [part for each in sooner for part in ("--set", each)]
    settings = await kept_in()
    async with serving(tmp_path_factory.mktemp("impatient"), *arguments, nursery=nursery, settings=settings) as server:
        yield server


@pytest.fixture
async def sitting(server: Server) -> AsyncIterator[Sitting]:
    """A conference with nobody in it yet."""
    sitting = await server.sitting()
    yield sitting
    await sitting.close()
