"""The server is killed while eight people write. What was saved is there once, in order, and everybody is soon back."""

import asyncio
import os
import random
import signal
from time import monotonic

import pytest

from app.store.log import EventLog
from tests.cast import CALLUM, CHAIR, DANA, NURSE, POLICE_OFFICER, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.faults.device import Device
from tests.faults.history import History, check
from tests.realtime.acts import point
from tests.realtime.server import Server

WRITERS = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, DANA, CALLUM)
IN_FLIGHT = 4
BACK_WITHIN_SECONDS = 5.0  # on a machine that has little else to do


async def test_no_saved_word_is_lost_or_doubled_in_five_kills(own_server: Server) -> None:
    await kill(own_server, rounds=5)


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(8))
async def test_no_saved_word_is_lost_or_doubled_in_two_hundred_kills(own_server: Server, seed: int) -> None:
    """Twenty-five in each of eight meetings."""
    saved, waits = await kill(own_server, rounds=25, seed=seed)
    print(f"\n{saved} saved; back after {sorted(waits)[len(waits) // 2]:.2f} s, at most {max(waits):.2f} s")
    if os.getloadavg()[0] < 1.5 * (os.cpu_count() or 1):
        assert max(waits) < BACK_WITHIN_SECONDS


async def kill(
    server: Server, rounds: int, seed: int = 0, most_between: int = 150, then: int = 50
) -> tuple[int, list[float]]:
    """How many were saved, and after how many seconds everybody was back each time."""
    chance, history, waits = random.Random(seed), History(), list[float]()
    sitting = await server.sitting()
    (chair,) = await sitting.begin(CHAIR)
    await chair.close()
    devices = [Device(sitting, person, history, chance) for person in WRITERS]
    for device in devices:
        device.switch_on()
    writing = [asyncio.create_task(write(device)) for device in devices]
    try:
        for _ in range(rounds):
            await until_saved(history, history.saved + chance.randint(1, most_between))
            killed_at = monotonic()
            await server.end(signal.SIGKILL)
            await asyncio.gather(*[device.gone.wait() for device in devices])
            await server.start()
            async with asyncio.timeout(30):
                await asyncio.gather(*[device.live.wait() for device in devices])
            waits.append(monotonic() - killed_at)
        await until_saved(history, history.saved + then)
        for task in writing:
            task.cancel()
        async with asyncio.timeout(20):
            await asyncio.gather(*[device.empty.wait() for device in devices])
    finally:
        for task in writing:
            task.cancel()
        for device in devices:
            await device.switch_off()
    assert server.database
    log = EventLog(server.database)
    check(history, await log.read(sitting.id))
    assert await log.verify(sitting.id) is None
    assert not history.unanswered
    chair = await sitting.open(CHAIR)
    on_screen = {key.split("/")[1] for key in chair.shared if key.startswith(("item/", "offered/"))}
    assert on_screen == {id for id, sent in history.sent.items() if sent.saved_at}
    await sitting.close()
    return history.saved, waits


async def write(device: Device) -> None:
    """As fast as it is answered, whatever the line does."""
    while True:
        words = point(f"{device.person} {len(device.history.sent)}")
        words["family_knows"] = None if device.person in (DANA, CALLUM) else True
        await device.act("add_item", **words)
        await device.until_fewer_wait(IN_FLIGHT)


async def until_saved(history: History, wanted: int) -> None:
    async with asyncio.timeout(60):
        while history.saved < wanted:
            history.news.clear()
            await history.news.wait()
