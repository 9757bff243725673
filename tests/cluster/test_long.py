"""Three servers on one PostgreSQL, killed, cut off and deaf: nothing saved is lost, twice or out of order."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic

import pytest

from app.board.state import Board
from app.store.log import EventLog
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
    NURSE,
    OBSERVER,
    POLICE_OFFICER,
    PROJECTOR,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TEACHER,
)
from tests.cluster.cluster import Cluster, clustered
from tests.cluster.wanderer import Hurried, Onlooker, Wanderer
from tests.faults.device import Device
from tests.faults.history import History, check, check_screen
from tests.faults.test_kills import until_saved
from tests.postgres import Postgres
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Sitting

WRITERS = (CHAIR, SOCIAL_WORKER, NURSE)
OTHERS = (SCRIBE, TEACHER, POLICE_OFFICER, DANA, CALLUM, ADVOCATE, PROJECTOR, GRANDMOTHER, INTERPRETER, SUPPORTER)
EVERYBODY = (*WRITERS, *OTHERS)
LOOKED_AT = (*WRITERS, SCRIBE, DANA, PROJECTOR)
ONLOOKERS = tuple(person for person in (*EVERYBODY, BROTHER, OBSERVER) if person not in LOOKED_AT)
IN_FLIGHT = 3
KILLS = 25  # each of four times


@dataclass
class Meeting:
    sittings: list[Sitting]
    history: History
    devices: list[Wanderer]  # of whom all is looked at
    onlookers: list[Wanderer]
    writing: list[asyncio.Task[None]]

    @classmethod
    async def begin(
        cls,
        cluster: Cluster,
        chance: random.Random,
        people: tuple[str, ...],
        *,
        onlookers: tuple[str, ...] = (),
        strays: bool = True,
        pause: float = 0.4,
    ) -> "Meeting":
        """Its writers do something once in `pause` seconds, and in half of them on the average."""
        sittings, history = await cluster.meeting(), History()
        (chair,) = await sittings[0].begin(CHAIR)
        await chair.close()
        sittings[0].screens.clear()
        for person in (*people, *onlookers):
            await sittings[0].join(person)
        chance.shuffle(sittings)  # the first is where the proxy sends them
        of_whom = Hurried if onlookers else Wanderer
        devices: list[Wanderer] = [of_whom(sittings, person, history, chance, stray=strays) for person in people]
        others: list[Wanderer] = [Onlooker(sittings, person, history, chance, stray=strays) for person in onlookers]
        for device in (*devices, *others):
            device.switch_on()
        writing = [asyncio.create_task(write(device, pause)) for device in devices if device.person in WRITERS]
        return cls(sittings, history, devices, others, writing)

    @property
    def everybody(self) -> list[Wanderer]:
        return [*self.devices, *self.onlookers]

    async def end(self) -> None:
        """Everything is answered, everybody is here, one order explains it, and each screen shows what it comes to."""
        for task in self.writing:
            task.cancel()
        async with asyncio.timeout(60):
            await asyncio.gather(*[device.empty.wait() for device in self.devices])
            await asyncio.gather(*[device.live.wait() for device in self.everybody])
        assert self.sittings[0].server.database
        log = EventLog(self.sittings[0].server.database)
        rows = await log.read(self.sittings[0].id)
        board = check(self.history, rows)
        assert await log.verify(self.sittings[0].id) is None
        assert not self.history.unanswered
        present = frozenset(device.person for device in self.everybody)
        async with asyncio.timeout(30):
            for device in self.devices:
                screen = device.screen
                assert screen
                await screen.until(partial(shows, device, board, present), 30)

    async def close(self) -> None:
        for task in self.writing:
            task.cancel()
        for device in self.everybody:
            await device.switch_off()


def shows(device: Device, board: Board, present: frozenset[str]) -> bool:
    """What the log comes to has come to this screen."""
    try:
        check_screen(board, present, device.person, device.shared, device.own)
    except AssertionError:
        return False
    return True


async def write(device: Device, pause: float) -> None:
    """A few at a time, and not for ever longer boards: most of it leaves them as they were."""
    while True:
        if device.chance.random() < 0.1:
            await device.act("add_item", **point(f"{device.person} {len(device.history.sent)}"))
        else:
            await device.act("raise_hand", on=device.chance.random() < 0.5)
        await device.until_fewer_wait(IN_FLIGHT)
        await asyncio.sleep(device.chance.uniform(0.0, pause))


@pytest.fixture
async def three(postgres: Postgres, nursery: Nursery, tmp_path: Path) -> AsyncIterator[Cluster]:
    unlimited = ("--set", "app.realtime.allowance:BURST=1000000000")
    async with clustered(tmp_path, postgres, 3, *unlimited, nursery=nursery) as three:
        yield three


@dataclass
class Outcome:
    saved: int
    waits: list[float]

    def __str__(self) -> str:
        waits = sorted(self.waits)
        middle, most = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
        return f"{self.saved} saved; {len(waits)} waits: p50 {middle:.2f}, p99 {most:.2f}, at most {waits[-1]:.2f} s"


async def kill_again_and_again(cluster: Cluster, meetings: list[Meeting], kills: int, chance: random.Random) -> Outcome:
    waits: list[float] = []
    devices = [device for meeting in meetings for device in meeting.everybody]
    try:
        await all_live(devices)
        for _ in range(kills):
            await asyncio.sleep(chance.uniform(0.5, 2.0))
            victim = chance.choice(cluster.servers)
            theirs = [device for device in devices if device.sitting.server is victim and device.live.is_set()]
            killed_at = monotonic()
            await victim.end(signal.SIGKILL)
            waits += await asyncio.gather(*[live_again(device, killed_at) for device in theirs])
            await all_live(devices)
            await victim.start()
        for meeting in meetings:
            await meeting.end()
    finally:
        for meeting in meetings:
            await meeting.close()
    return Outcome(sum(meeting.history.saved for meeting in meetings), waits)


async def live_again(device: Wanderer, since: float) -> float:
    await device.gone.wait()
    async with asyncio.timeout(60):
        await device.live.wait()
    return monotonic() - since


async def all_live(devices: list[Wanderer], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        await asyncio.gather(*[device.live.wait() for device in devices])


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_a_server_is_killed_again_and_again_and_its_people_live_elsewhere(three: Cluster) -> None:
    """People of one meeting at all servers, and as much as they can do."""
    chance = random.Random(0)
    meetings = [await Meeting.begin(three, chance, EVERYBODY[:8]) for _ in range(6)]
    print(f"\n48 people: {await kill_again_and_again(three, meetings, 10, chance)}")


@pytest.mark.soak
@pytest.mark.timeout(2100)
@pytest.mark.parametrize("seed", range(4))
async def test_six_hundred_people_of_forty_conferences_live_elsewhere_in_five_seconds(
    three: Cluster, seed: int
) -> None:
    """As behind the proxy, but for eight conferences that are scattered; each second sixty of them act."""
    chance = random.Random(seed)
    meetings = [
        await Meeting.begin(three, chance, LOOKED_AT, onlookers=ONLOOKERS, strays=number < 8, pause=4.0)
        for number in range(40)
    ]
    outcome = await kill_again_and_again(three, meetings, KILLS, chance)
    print(f"\n600 people: {outcome}")
    assert max(outcome.waits) <= 5.0


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(("conferences", "restarts"), [(4, 4), (10, 20)])
async def test_postgresql_is_restarted_again_and_again(
    three: Cluster, postgres: Postgres, conferences: int, restarts: int
) -> None:
    """In turn orderly and as by a crash."""
    chance, waits = random.Random(1), []
    meetings = [await Meeting.begin(three, chance, EVERYBODY[:8]) for _ in range(conferences)]
    try:
        await all_live([device for meeting in meetings for device in meeting.devices])
        for n in range(restarts):
            await asyncio.sleep(chance.uniform(1.0, 3.0))
            began = monotonic()
            await asyncio.to_thread(postgres.restart, "fast" if n % 2 else "immediate")
            before = [meeting.history.saved for meeting in meetings]
            for meeting, was in zip(meetings, before, strict=True):
                await until_saved(meeting.history, was + 1)
            waits.append(monotonic() - began)
            assert waits[-1] < 10.0, "writes resume"
        for meeting in meetings:
            await meeting.end()
    finally:
        for meeting in meetings:
            await meeting.close()
    print(f"\n{Outcome(sum(meeting.history.saved for meeting in meetings), waits)}")
