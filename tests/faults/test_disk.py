"""A disk that fails, fills up, waits or is locked: nobody is told "saved", it is said why, and nothing is lost."""

import asyncio
import errno
import json
from itertools import pairwise
from pathlib import Path

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, DANA, TEACHER
from tests.faults.disk import Disk
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving
from tests.realtime.waiting import nothing_can_be_saved

PAUSE_SECONDS = 5.0  # as in app/store/sqlite.py


async def readiness(server: Server) -> tuple[int, str]:
    async with server.client() as browser:
        answer = await browser.get("/health/ready")
    return answer.status_code, answer.json().get("why", "")


async def measure(server: Server, name: str) -> float:
    async with server.client() as browser:
        lines = (await browser.get("/metrics")).text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name) and "_created" not in line)


async def require_sound(sitting: Sitting, *ids: str) -> None:
    assert sitting.server.database
    log = EventLog(sitting.server.database)
    there = [row.id for row in await log.read(sitting.id)]
    assert [there.count(id) for id in ids] == [1] * len(ids)
    assert await log.verify(sitting.id) is None


async def require_stopped_after_a_failed_flush(server: Server, disk: Disk) -> None:
    """One flush fails; the disk works again at once, and still nothing is taken until it was checked."""
    sitting, other = await server.sitting(), await server.sitting()
    chair, dana = await sitting.begin(CHAIR, DANA)
    (elsewhere,) = await other.begin(CHAIR)
    words = point("Said as the disk failed.")
    before = dict(dana.shared)
    disk.fail_flushes(times=1)
    answer = await chair.send("add_item", **words)
    assert answer.get("code") == "not_saved", answer
    assert disk.failed == 1
    for _ in range(3):
        again = await chair.send("add_item", answer["id"], **words)
        assert again.get("code") == "not_saved", "taken as if nothing had happened"
    assert (await elsewhere.send("add_item", **words)).get("code") == "not_saved", "the same disk"
    assert dana.shared == before
    status, why = await readiness(server)
    assert (status, why.partition(": ")[0]) == (503, "Nothing can be saved")
    assert await measure(server, "kinboard_saving_stopped") == 1
    assert await measure(server, "kinboard_write_failures") > 0
    async with asyncio.timeout(4 * PAUSE_SECONDS):
        while (await chair.send("add_item", answer["id"], **words))["type"] != "saved":  # noqa: ASYNC110
            await asyncio.sleep(0.25)
    await dana.until(lambda: f"item/{answer['id']}" in dana.shared)
    made = await elsewhere.does("add_item", **point("Life goes on."))
    assert await readiness(server) == (200, "")
    assert await measure(server, "kinboard_saving_stopped") == 0
    await require_sound(sitting, answer["id"])
    await require_sound(other, made)
    said = [json.loads(line)["event"] for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert said.count("nothing can be saved") == 1, "said once"
    for each in (sitting, other):
        await each.close()


async def test_a_failed_flush_stops_saving_until_it_is_known_what_is_on_the_disk(on_disk: Server, disk: Disk) -> None:
    await require_stopped_after_a_failed_flush(on_disk, disk)


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO], ids=["full", "broken"])
async def test_what_cannot_be_written_is_kept_by_its_sender_and_saved_when_there_is_room(
    on_disk: Server, disk: Disk, error: int
) -> None:
    sitting = await on_disk.sitting()
    chair, teacher, _ = await sitting.begin(CHAIR, TEACHER, DANA)
    disk.fail_writes(error=error)
    answer = await teacher.send("add_item", **(words := point("On a disk that takes nothing.")))
    assert answer["code"] == "not_saved"
    status, why = await readiness(on_disk)
    assert (status, why) == (503, f"Nothing can be saved: {WHY[error]}.")
    assert (await teacher.send("add_item", answer["id"], **words))["code"] == "not_saved"
    disk.mend()
    await teacher.does("add_item", answer["id"], **words)
    await chair.does("place_item", item_id=answer["id"], base_version=answer["id"])
    assert await readiness(on_disk) == (200, "")
    await require_sound(sitting, answer["id"])
    await sitting.close()


WHY = {errno.ENOSPC: "the disk is full", errno.EIO: "the database file cannot be written"}


async def test_while_another_program_writes_nobody_is_told_saved(tmp_path: Path, nursery: Nursery) -> None:
    """A backup, a purge: longer than anybody waits for it."""
    async with serving(tmp_path, "--set", "app.store.sqlite:BUSY_SECONDS=0.2", nursery=nursery) as server:
        sitting = await server.sitting()
        chair, dana = await sitting.begin(CHAIR, DANA)
        async with nothing_can_be_saved(server):
            answer = await chair.send("add_item", **(words := point("While another program writes.")))
            assert answer["code"] == "not_saved"
            status, why = await readiness(server)
            assert (status, why) == (503, "Nothing can be saved: another program is writing to the database.")
        await chair.does("add_item", answer["id"], **words)
        await dana.until(lambda: f"item/{answer['id']}" in dana.shared)
        assert await readiness(server) == (200, "")
        await require_sound(sitting, answer["id"])
        await sitting.close()


async def test_when_the_clock_jumps_times_never_run_backwards_and_nobody_is_thrown_out(
    on_disk: Server, disk: Disk
) -> None:
    sitting = await on_disk.sitting()
    chair, dana = await sitting.begin(CHAIR, DANA)
    made = []
    for seconds in (0, 3600, -7200, 5, -30, 0):
        disk.move_clock(seconds)
        made.append(await chair.does("add_item", **point(f"Said {seconds} seconds away.")))
        await dana.settle()
    assert on_disk.database
    rows = await EventLog(on_disk.database).read(sitting.id)
    assert all(row.at <= after.at for row, after in pairwise(rows))
    assert max(row.at for row in rows) > rows[0].at
    assert (rows[-1].at - rows[0].at).total_seconds() > 3500, "the clock did jump"
    await require_sound(sitting, *made)
    await sitting.close()
