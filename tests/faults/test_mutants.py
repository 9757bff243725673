"""That these tests can fail: each safeguard is taken away, and what holds it must notice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.cast import CHAIR, TEACHER
from tests.faults.disk import Disk
from tests.faults.meeting import Meeting
from tests.faults.test_disk import require_stopped_after_a_failed_flush
from tests.faults.test_kills import kill
from tests.faults.test_lines import FEW, require_bounded_queue
from tests.faults.test_power_cut import require_power_cuts_lose_nothing
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

NOTICED = (AssertionError, ExceptionGroup)


@asynccontextmanager
async def broken(
    how: str, folder: Path, nursery: Nursery, *arguments: str, disk: Disk | None = None
) -> AsyncIterator[Server]:
    settings = disk.settings if disk else None
    async with serving(folder, "--break", how, *arguments, nursery=nursery, settings=settings) as server:
        yield server


async def test_it_is_noticed_if_saved_is_said_before_the_commit(tmp_path: Path, nursery: Nursery) -> None:
    async with broken("commit", tmp_path, nursery) as server:
        with pytest.raises(NOTICED, match="answered saved and is not there"):
            await kill(server, rounds=1, most_between=20, then=5)


async def test_it_is_noticed_if_saved_is_said_before_the_flush(tmp_path: Path, shimmed: Nursery) -> None:
    disk = Disk(tmp_path / "disk", tmp_path / "cut" / "data")
    with pytest.raises(NOTICED, match=r"nothing was flushed|are lost|breaks at"):
        await require_power_cuts_lose_nothing(
            tmp_path / "cut", shimmed, disk, 40, 60, "--break", "flush", fewest_flushes=0
        )


async def test_it_is_noticed_if_a_failed_flush_is_tried_again(tmp_path: Path, shimmed: Nursery, disk: Disk) -> None:
    async with broken("retry", tmp_path, shimmed, disk=disk) as server:
        with pytest.raises(NOTICED, match="'type': 'saved'"):
            await require_stopped_after_a_failed_flush(server, disk)


async def test_it_is_noticed_if_saved_ids_are_forgotten(tmp_path: Path, nursery: Nursery) -> None:
    async with broken("ids", tmp_path, nursery) as server:
        sitting = await server.sitting()
        (teacher,) = [(await sitting.begin(CHAIR, TEACHER))[1]]
        made = await teacher.does("add_item", **point("Said twice."))
        with pytest.raises(NOTICED, match="not_saved"):
            await teacher.does("add_item", made, **point("Said twice."))
        await sitting.close()


async def test_it_is_noticed_if_everything_is_read_however_much_waits(
    tmp_path: Path, shimmed: Nursery, disk: Disk
) -> None:
    async with broken("queue", tmp_path, shimmed, *FEW, disk=disk) as server:
        with pytest.raises(NOTICED, match="commands waited"):
            await require_bounded_queue(server, disk)


async def test_it_is_noticed_if_the_filter_is_left_to_the_browser(tmp_path: Path, nursery: Nursery) -> None:
    async with broken("filter", tmp_path, nursery) as server:
        meeting = Meeting(await server.sitting(), seed=1)
        await meeting.begin()
        for _ in range(10):
            await meeting.act()
        await meeting.end()
        with pytest.raises(NOTICED, match="the screen of the"):
            await meeting.require_one_history()
        await meeting.close()
