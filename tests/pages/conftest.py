"""A server for the doors and pages, and conferences on it."""

from collections.abc import AsyncIterator

import pytest

from tests.realtime.server import Server, Sitting, serving


@pytest.fixture(scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("pages")) as server:
        yield server


@pytest.fixture
async def sitting(server: Server) -> AsyncIterator[Sitting]:
    sitting = await server.sitting()
    yield sitting
    await sitting.close()
