"""A server runs for months and holds in memory only what somebody looks at."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, TEACHER
from tests.conftest import KeptIn
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

IDLE_SOON = ("--set", "app.realtime.rooms:IDLE_SECONDS=0.5")


@pytest.fixture
async def forgetful(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, *IDLE_SOON, nursery=nursery, settings=await kept_in()) as server:
        yield server


async def until_rooms_are(server: Server, wanted: int) -> None:
    async with server.client() as watcher, asyncio.timeout(10):
        while True:
            found = re.findall(r"^kinboard_rooms (\S+)$", (await watcher.get("/metrics")).text, re.MULTILINE)
            if float(found[0]) == wanted:
                return
            await asyncio.sleep(0.05)


async def test_a_board_at_which_nobody_is_left_comes_back_whole(forgetful: Server) -> None:
    sitting = await forgetful.sitting()
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    said = point("Robin came to school without a coat.")
    offered = await teacher.does("add_item", **said)
    assert forgetful.database
    log = EventLog(forgetful.database)
    rows = len(await log.read(sitting.id))
    await chair.close()
    await teacher.close()
    await until_rooms_are(forgetful, 0)
    chair, teacher = await sitting.open(CHAIR), await sitting.open(TEACHER)
    assert chair.shared[f"offered/{offered}"]["text"] == said["text"]
    assert await teacher.does("add_item", offered, **said) == offered
    assert len(await log.read(sitting.id)) == rows, "what was saved before is answered again, and not done again"
    await chair.does("add_item", **point("We meet again."))
    assert len(await log.read(sitting.id)) == rows + 1
    await sitting.close()


async def test_a_board_at_which_one_person_sits_still_is_kept(forgetful: Server) -> None:
    kept, left = await forgetful.sitting(), await forgetful.sitting()
    (chair,) = await kept.begin(CHAIR)
    (other,) = await left.begin(CHAIR)
    epoch = chair.epoch
    for _ in range(3):  # the other is let go of again and again, this one never
        await other.close()
        await until_rooms_are(forgetful, 1)
        other = await left.open(CHAIR)
        await until_rooms_are(forgetful, 2)
    await chair.does("add_item", **point("I sat here all the time."))
    assert (chair.epoch, chair.code) == (epoch, None)
    await kept.close()
    await left.close()
