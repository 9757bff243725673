"""The power goes after any write: whatever was answered `saved` before is on the disk, once, in a sound chain."""

import asyncio
import random
import shutil
import signal
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from app.store.chain import first_break
from app.store.keys import Keys, keys_beside
from app.store.log import whole_log
from app.store.sqlite import connect_sqlite
from tests.cast import CALLUM, CHAIR, DANA, NURSE, POLICE_OFFICER, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.faults.crash import Crash, Image, crashes
from tests.faults.device import Device
from tests.faults.disk import FLUSHED, Disk
from tests.faults.history import History
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import serving

WRITERS = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, DANA, CALLUM)
MEMORY = Path("/dev/shm")


async def recorded(
    folder: Path, nursery: Nursery, disk: Disk, commands: int, *arguments: str, failures: int = 0
) -> tuple[Path, History, str]:
    """Eight people write, and the power goes. What was on the disk before, what they were told, and where."""
    async with serving(folder, *arguments, nursery=nursery) as server:
        sitting = await server.sitting()
        (chair,) = await sitting.begin(CHAIR)
        await asyncio.gather(*[sitting.join(person) for person in WRITERS])
        await chair.close()
        await server.end()
        assert server.database
        await server.database.close()  # nobody but the server touches the files from now on
        before = Path(shutil.copytree(server.data, folder / "before"))
        server.settings = disk.settings
        await server.start()
        history, chance = History(), random.Random(commands)
        devices = [Device(sitting, person, history, chance) for person in WRITERS]
        for device in devices:
            device.switch_on()
        await asyncio.gather(*[device.live.wait() for device in devices])
        for n in range(commands // len(devices)):
            if failures and n % (commands // len(devices) // failures) == 1:
                disk.fail_flushes(times=1)
            for device in devices:
                words = point(f"{n} " + "what was said " * chance.randint(0, 15))
                words["family_knows"] = None if device.person in (DANA, CALLUM) else True
                await device.act("add_item", **words)
            await asyncio.gather(*[device.empty.wait() for device in devices])
        await server.end(signal.SIGKILL)
        server.database = None
        for device in devices:
            await device.switch_off()
    return before, history, sitting.id


def what_is_wrong(image: Image, keys: Keys, conference: str, saved: set[str]) -> str | None:
    """With what lies on the disk after a power cut, opened as the server opens it."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        for name, content in image.items():
            (Path(folder) / name).write_bytes(content)
        engine = create_engine(
            "sqlite://", creator=lambda: connect_sqlite(Path(folder) / "kinboard.sqlite3"), poolclass=NullPool
        )
        with engine.connect() as connection:
            if (found := connection.exec_driver_sql("PRAGMA integrity_check").scalar()) != "ok":
                return f"the file is damaged: {found}"
            rows, head = whole_log(connection, keys, conference)
            broken = first_break(conference, rows, head)
        engine.dispose()
    ids = Counter(row.command_id for row in rows)
    if broken is not None:
        return f"the chain breaks at {broken}"
    if lost := saved - set(ids):
        return f"{len(lost)} of {len(saved)} saved commands are lost"
    return "something is there twice" if max(ids.values()) > 1 else None


def cut_everywhere(
    before: Path, history: History, conference: str, disk: Disk, points: int, fewest_flushes: int
) -> list[tuple[Crash, str]]:
    """What is wrong, of so many power cuts."""
    trace = list(disk.done())
    assert sum(done.what == FLUSHED for done in trace) >= fewest_flushes, "nothing was flushed, so nothing was recorded"
    keys = keys_beside(before / "kinboard.sqlite3")
    found, looked_at = [], 0
    for crash in crashes(before, trace, points, random.Random(points)):
        looked_at += 1
        wrong = what_is_wrong(crash.image, keys, conference, history.saved_by(crash.at))
        if wrong:
            found.append((crash, wrong))
    assert looked_at >= points, f"only {len(trace)} things were done to the disk"
    return found


async def require_power_cuts_lose_nothing(
    folder: Path,
    nursery: Nursery,
    disk: Disk,
    commands: int,
    points: int,
    *arguments: str,
    failures: int = 0,
    fewest_flushes: int = 10,
) -> None:
    before, history, conference = await recorded(folder, nursery, disk, commands, *arguments, failures=failures)
    assert history.saved == len(history.sent) >= commands // 2
    found = cut_everywhere(before, history, conference, disk, points, fewest_flushes)
    assert not found, f"{len(found)} of {points}: {[(crash.place, crash.how, wrong) for crash, wrong in found[:5]]}"


@pytest.fixture
def cut_disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path / "disk", tmp_path / "cut" / "data")


async def test_a_power_cut_at_any_of_three_hundred_points_loses_nothing_that_was_saved(
    tmp_path: Path, shimmed: Nursery, cut_disk: Disk
) -> None:
    await require_power_cuts_lose_nothing(tmp_path / "cut", shimmed, cut_disk, commands=160, points=300)


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_a_power_cut_at_any_of_two_thousand_points_loses_nothing_that_was_saved(
    tmp_path: Path, shimmed: Nursery, cut_disk: Disk
) -> None:
    """Long enough for the write-ahead log to be folded into the file several times, and flushes fail on the way."""
    await require_power_cuts_lose_nothing(tmp_path / "cut", shimmed, cut_disk, commands=1600, points=2000, failures=3)
