"""Servers for bad days, each in a process of its own; some on a disk that a test controls."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import KeptIn
from tests.faults.disk import Disk, compiled
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, environment, serving


@pytest.fixture(scope="session")
async def shimmed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Nursery]:
    """What it forks has the shim under it, asleep until a server is given a disk."""
    shim = compiled(tmp_path_factory.mktemp("shim"))
    nursery = await Nursery().open(environment(LD_PRELOAD=str(shim)))
    yield nursery
    await nursery.close()


@pytest.fixture
async def own_server(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery, settings=await kept_in()) as server:
        yield server


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "disk", tmp_path / "data")


@pytest.fixture
async def on_disk(tmp_path: Path, disk: Disk, shimmed: Nursery) -> AsyncIterator[Server]:
    """A server on that disk."""
    async with serving(tmp_path, nursery=shimmed, settings=disk.settings) as server:
        yield server
