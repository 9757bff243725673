"""Servers for bad days, each in a process of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, environment, serving


@pytest.fixture(scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    nursery = await Nursery().open(environment())
    yield nursery
    await nursery.close()


@pytest.fixture
async def own_server(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery) as server:
        yield server
