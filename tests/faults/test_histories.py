"""Random meetings on bad days: one order explains what everybody was told, and each screen shows what it comes to."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cast import CHAIR, DANA, NURSE, TEACHER
from tests.conftest import KeptIn
from tests.faults.meeting import PEOPLE, Meeting
from tests.faults.proxy import Proxy, Quality
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

STEPS = 200
UNLIMITED = ("--set", "app.realtime.allowance:BURST=1000000000")


@pytest.fixture
async def unlimited(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    """As fast as anybody can."""
    async with serving(tmp_path, *UNLIMITED, nursery=nursery, settings=await kept_in()) as server:
        yield server


async def random_meeting(server: Server, seed: int, steps: int = STEPS) -> None:
    """Tablets vanish and stop reading, the server is killed and restarted, and people go on."""
    meeting = Meeting(await server.sitting(), seed)
    try:
        await meeting.begin()
        for _ in range(steps):
            device, what = meeting.chance.choice(meeting.devices), meeting.chance.random()
            if what < 0.04:
                device.pull_the_plug()
            elif what < 0.06:
                device.stop_reading()
            elif what < 0.10:
                device.read_again()
            elif what < 0.11:
                await server.end(meeting.chance.choice([signal.SIGKILL, signal.SIGTERM]))
                await server.start()
            elif what < 0.15:
                meeting.devices[0].read_again()
                await meeting.devices[0].empty.wait()
            else:
                await meeting.act()
        await meeting.end()
        await meeting.require_one_history()
    finally:
        await meeting.close()


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_all_screens_show_the_one_log(unlimited: Server, seed: int) -> None:
    await random_meeting(unlimited, seed)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 150))
async def test_fifty_random_meetings_all_show_the_one_log(unlimited: Server, seed: int) -> None:
    await random_meeting(unlimited, seed)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("batch", range(10))
async def test_a_hundred_thousand_commands_under_faults_have_one_history(unlimited: Server, batch: int) -> None:
    """Ten thousand in each of ten: four meetings, each by a line that is cut, on a server that is killed."""
    chance = random.Random(batch)
    meetings, proxies = [], []
    for n in range(4):
        sitting = await unlimited.sitting()
        for person in PEOPLE:
            await sitting.join(person)
        proxies.append(await Proxy(unlimited.base_url, Quality(), chance).start())
        meetings.append(Meeting(sitting, 1000 * batch + n, address=proxies[-1].address(sitting.url)))
    await asyncio.gather(*[meeting.begin() for meeting in meetings])
    async with asyncio.TaskGroup() as going_on:
        busy_ones = [going_on.create_task(busy(meeting, commands=2500)) for meeting in meetings]
        while not all(task.done() for task in busy_ones):
            await asyncio.sleep(chance.uniform(1, 4))
            chance.choice(proxies).reset()
            await unlimited.end(chance.choice([signal.SIGKILL, signal.SIGTERM]))
            await unlimited.start()
    for meeting in meetings:
        await meeting.end(seconds=120)
        await meeting.require_one_history()
        assert len(meeting.history.sent) >= 2500
        await meeting.close()
    for proxy in proxies:
        await proxy.close()


async def busy(meeting: Meeting, commands: int) -> None:
    """Mostly what leaves the board as long as it was."""
    while len(meeting.history.sent) < commands:
        device = meeting.chance.choice(meeting.devices[:-1])
        await device.until_fewer_wait(20)
        if device.person == CHAIR or meeting.chance.random() < 0.1:
            await meeting.act()
        else:
            await device.act("raise_hand", on=meeting.chance.random() < 0.5)


COMPRESSED = 30  # two hours in four minutes: all times of line, people and server alike


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_hours_on_bad_wifi_lose_nothing(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> None:
    """150 ms give or take 100, 256 kbit/s, each minute a stall of five seconds, now and then a reset."""
    sooner = [f"app.realtime.connection:STILL_SECONDS={5 / COMPRESSED}"]
    sooner += [f"app.realtime.connection:SLOW_SECONDS={15 / COMPRESSED}"]
    sooner += [f"app.serving:{name}_SECONDS={20 / COMPRESSED}" for name in ("PING", "PONG")]
    arguments = [part for each in sooner for part in ("--set", each)]
    quality = Quality(0.150 / COMPRESSED, 0.100 / COMPRESSED, 256_000 / 8 * COMPRESSED)
    async with serving(tmp_path, *UNLIMITED, *arguments, nursery=nursery, settings=await kept_in()) as server:
        sitting = await server.sitting()
        for person in PEOPLE:
            await sitting.join(person)
        proxy = await Proxy(server.base_url, quality, random.Random(7)).start()
        meeting = Meeting(sitting, 7, address=proxy.address(sitting.url))
        for device in meeting.devices:
            device.may_skip = True
        await meeting.begin()
        for minute in range(120):
            await scripted_minute(meeting, minute)
            proxy.stall()
            await asyncio.sleep(5 / COMPRESSED)
            proxy.flow()
            if minute % 7 == 3:
                proxy.reset()
        await meeting.end()
        await meeting.require_one_history()
        assert len(meeting.history.sent) > 1000
        await meeting.close()
        await proxy.close()


SCRIPT = ("mapping", "danger_statements", "safety_goals", "next_steps", "scaling", "agency_views")


async def scripted_minute(meeting: Meeting, minute: int) -> None:
    """The chair leads through the meeting, somebody does something every five seconds, and a few always speak."""
    chair = meeting.devices[0]
    if minute % 20 == 0:
        await chair.act("set_phase", phase=SCRIPT[minute // 20])
    for speaker in (TEACHER, NURSE, DANA):
        device = next(each for each in meeting.devices if each.person == speaker)
        await device.act("raise_hand", on=minute % 2 == 0)
    for _ in range(11):
        await asyncio.sleep(5 / COMPRESSED)
        await meeting.act()
