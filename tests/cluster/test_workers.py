"""One server that is several processes on one port, on an SQLite file: to people it is one."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import httpx2
import pytest
import websockets

from app.store.log import EventLog
from tests.cast import CHAIR, DANA, NURSE, TEACHER
from tests.cluster.test_presence import present
from tests.cluster.test_two_servers import SOON, all_show
from tests.faults.disk import Disk
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting, serving
from tests.realtime.streams import StreamSocket
from tests.realtime.waiting import has_arrived

TWO = ("--workers", "2", "--set", "app.store.sqlite:PAUSE_SECONDS=1")


@pytest.fixture
async def workers(tmp_path: Path, shimmed: Nursery, disk: Disk) -> AsyncIterator[Server]:
    async with serving(tmp_path, *TWO, nursery=shimmed, settings=disk.settings) as server:
        yield server


async def connections(server: Server, worker: int) -> int:
    async with server.client() as browser:
        lines = (await browser.get(f"/metrics?worker={worker}")).text.splitlines()
    return int(float(next(line for line in lines if line.startswith("kinboard_connections ")).split()[1]))


async def at_each(sitting: Sitting, person: str) -> list[Screen]:
    """Two screens of this person: the first is held by the first process, the other by the other."""
    found: dict[int, Screen] = {}
    while len(found) < 2:
        before = await connections(sitting.server, 0)
        screen = await sitting.open(person)
        found.setdefault(0 if await connections(sitting.server, 0) > before else 1, screen)
    return [found[0], found[1]]


def processes_of(server: Server) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


async def is_lost(screen: Screen) -> bool:
    try:
        await has_arrived(screen)
    except websockets.ConnectionClosed:
        return True
    return False


async def test_people_of_two_processes_are_in_one_meeting_and_one_may_die(workers: Server) -> None:
    sitting = await workers.sitting()
    chair, other = await at_each(sitting, CHAIR)
    await chair.does("set_phase", phase="mapping")
    nurse, nurse_too = await at_each(sitting, NURSE)
    for screen in (chair, other):
        await screen.until(partial(present, screen, NURSE), SOON)
    first = await chair.does("add_item", **point("From the one."))
    second = await other.does("add_item", **point("From the other."))
    for key in (f"item/{first}", f"item/{second}"):
        await all_show(key, chair, other, nurse, nurse_too)

    async with workers.client() as browser:
        assert (await browser.get("/metrics?worker=2")).status_code == 404
    processes = processes_of(workers)
    os.kill(processes[0], signal.SIGKILL)
    async with asyncio.timeout(10):
        while processes[0] in processes_of(workers):
            await connections(workers, 1)
    lost = [screen for screen in sitting.screens if await is_lost(screen)]
    assert 0 < len(lost) < len(sitting.screens), "only those of one process"
    for screen in lost:
        sitting.screens.remove(screen)
    dana = await sitting.open(DANA)
    await all_show(f"item/{second}", dana)
    async with asyncio.timeout(10):
        while len(processes_of(workers)) < 2:
            await connections(workers, 0)
    back, back_too = await at_each(sitting, TEACHER)
    offered = await back.does("add_item", **point("After one of them died."))
    await back_too.until(lambda: f"mine/item/{offered}" in back_too.own, SOON)

    remaining = list(sitting.screens)
    await workers.end(signal.SIGTERM)
    assert {await screen.until_closed() for screen in remaining} == {1012}
    assert workers.database
    assert await EventLog(workers.database).verify(sitting.id) is None


async def test_where_websockets_are_blocked_any_process_passes_on_what_is_anothers(workers: Server) -> None:
    sitting = await workers.sitting()
    (chair,) = await sitting.begin(CHAIR)
    socket = await StreamSocket.open(sitting, DANA, short=True)
    dana = Screen(socket)  # type: ignore[arg-type]
    sitting.screens.append(dana)
    await dana.until(lambda: dana.own, SOON)
    kept, socket.client = socket.client, workers.client(**headers_of(socket.client), Connection="close")
    for n in range(12):
        await dana.does("raise_hand", on=n % 2 == 0)
    added = await chair.does("add_item", **point("Down by whichever way."))
    await all_show(f"item/{added}", dana)
    await sitting.close()
    await kept.aclose()


def headers_of(client: httpx2.AsyncClient) -> dict[str, str]:
    return {name: client.headers[name] for name in ("Cookie", "Origin")}


async def test_where_the_disk_fails_one_process_the_other_goes_on_and_nothing_is_lost_or_doubled(
    workers: Server, disk: Disk
) -> None:
    sitting = await workers.sitting()
    chair, other = await at_each(sitting, CHAIR)
    await chair.does("set_phase", phase="mapping")
    disk.fail_flushes(times=1)
    words = point("Said as the disk failed.")
    answer = await chair.send("add_item", **words)
    assert answer.get("code") == "not_saved", answer
    assert (await chair.send("add_item", answer["id"], **words)).get("code") == "not_saved"
    assert f"item/{answer['id']}" not in other.shared
    async with asyncio.timeout(30):
        while (went_on := await other.send("add_item", **point("The other goes on.")))["type"] != "saved":  # noqa: ASYNC110
            await asyncio.sleep(0.25)
        while (await chair.send("add_item", answer["id"], **words))["type"] != "saved":  # noqa: ASYNC110
            await asyncio.sleep(0.25)
    await all_show(f"item/{answer['id']}", chair, other)
    await all_show(f"item/{went_on['id']}", chair, other)
    assert workers.database
    rows = [row.id for row in await EventLog(workers.database).read(sitting.id)]
    assert (rows.count(answer["id"]), rows.count(went_on["id"])) == (1, 1)
    assert await EventLog(workers.database).verify(sitting.id) is None
    await sitting.close()
