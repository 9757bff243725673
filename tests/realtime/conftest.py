"""One server for all who only use it, started by the first test; each test gets a conference of its own on it."""

from collections.abc import AsyncIterator

import pytest

from tests.realtime.server import Server, Sitting, serving


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
async def impatient(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """Gives up on a slow reader within half a second, and says that it is still there five times a second."""
    waits = ["app.realtime.connection:SLOW_SECONDS=0.5", "app.realtime.connection:STILL_SECONDS=0.2"]
    arguments = [part for wait in waits for part in ("--set", wait)]
    async with serving(tmp_path_factory.mktemp("impatient"), *arguments, "--send-buffer", "8192") as server:
        yield server


@pytest.fixture
async def sitting(server: Server) -> AsyncIterator[Sitting]:
    """A conference with nobody in it yet."""
    sitting = await server.sitting()
    yield sitting
    await sitting.close()
