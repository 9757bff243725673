"""Readers that stop, peers that vanish without a word, a crowd that returns at once, and senders who are too fast."""

import asyncio
import ctypes
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from tests.cast import CALLUM, CHAIR, DANA, NURSE, PROJECTOR, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.faults.disk import Disk
from tests.faults.proxy import Proxy, Quality
from tests.faults.test_disk import measure
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting, serving
from tests.realtime.test_turns import tablet, write_a_lot

MOST_WAITING = 50  # where a test makes it so


def setting(*each: str) -> list[str]:
    return [part for one in each for part in ("--set", one)]


@pytest.fixture
async def pinging(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    """Looks whether its screens are there many times a second, and gives them two seconds to say so."""
    sooner = setting("app.serving:PING_SECONDS=0.2", "app.serving:PONG_SECONDS=2")
    async with serving(tmp_path, *sooner, nursery=nursery) as server:
        yield server


# ---- peers that vanish


@pytest.mark.parametrize("way", ["both", "up", "down"])
async def test_a_screen_that_vanished_without_a_word_is_let_go(pinging: Server, way: str) -> None:
    """Its line carries nothing any more, or one way only; nobody was told that it ended."""
    sitting = await pinging.sitting()
    chair, dana = await sitting.begin(CHAIR, DANA)
    proxy = await Proxy(pinging.base_url, Quality(), random.Random(0)).start()
    vanished = await Screen.open(proxy.address(sitting.url), await sitting.join(NURSE), pinging.base_url)
    for screen in (chair, dana):
        await screen.until(lambda screen=screen: screen.shared[f"person/{NURSE}"]["present"])  # type: ignore[misc]
    proxy.stall(up=way != "down", down=way != "up")
    for screen in (chair, dana):
        await screen.until(lambda screen=screen: not screen.shared[f"person/{NURSE}"]["present"])  # type: ignore[misc]
    proxy.flow()
    await vanished.until_closed()
    again = await sitting.open(NURSE)
    await again.does("add_item", **point("Back again."))
    await proxy.close()
    await sitting.close()


NEAR, FAR, CABLE = "10.213.0.1", "10.213.0.2", "near"
NETWORK = 0x40000000  # CLONE_NEWNET


@pytest.fixture
def other_machine() -> Iterator[list[str]]:
    """What to put before a command to run it on a machine of its own, whose cable can be cut.

    This test is on a network of its own too, and has its cable there. Otherwise every browser of this machine would see
    an address come and go, and break off whatever it is asking for.
    """
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip("Only root with iproute2 can make a machine of its own; the line that is stalled stands for it.")
    here, there = f"kinh{os.getpid()}", f"kint{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", here], capture_output=True).returncode:
        pytest.skip("This machine may make no network of its own; the line that is stalled stands for it.")
    try:
        for command in (
            f"ip netns add {there}",
            f"ip -n {here} link set lo up",
            f"ip -n {here} link add {CABLE} type veth peer name far netns {there}",
            f"ip -n {here} addr add {NEAR}/30 dev {CABLE}",
            f"ip -n {here} link set {CABLE} up",
            f"ip -n {there} addr add {FAR}/30 dev far",
            f"ip -n {there} link set far up",
        ):
            subprocess.run(command.split(), check=True, capture_output=True)
        with on_network(here):
            yield ["ip", "netns", "exec", there]
    finally:
        for name in (here, there):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


@contextmanager
def on_network(name: str) -> Iterator[None]:
    """This thread, and whatever it starts meanwhile. (Python has `os.setns` from 3.12 on.)"""
    enter = ctypes.CDLL(None, use_errno=True).setns
    with Path("/proc/thread-self/ns/net").open() as home, Path("/run/netns", name).open() as there:
        assert enter(there.fileno(), NETWORK) == 0
        try:
            yield
        finally:
            assert enter(home.fileno(), NETWORK) == 0


VISITOR = """
import asyncio, sys, websockets
async def main():
    url, cookie, origin = sys.argv[1:]
    async with websockets.connect(url, origin=origin, additional_headers={"Cookie": cookie}) as socket:
        while True:
            await socket.recv()
asyncio.run(main())
"""


async def test_a_machine_whose_cable_is_out_is_let_go(tmp_path: Path, other_machine: list[str]) -> None:
    """No farewell and no answer from its kernel either: what the server sends stays in its own buffers."""
    arguments = setting("app.serving:PING_SECONDS=0.2", "app.serving:PONG_SECONDS=2")
    async with serving(tmp_path, *arguments, "--host", NEAR) as server:
        sitting = await server.sitting()
        (chair,) = await sitting.begin(CHAIR)
        cookie = await sitting.join(NURSE)
        visitor = await asyncio.create_subprocess_exec(
            *other_machine, sys.executable, "-c", VISITOR, sitting.url, cookie, server.base_url
        )
        await chair.until(lambda: chair.shared[f"person/{NURSE}"]["present"], seconds=30)
        pulled = await asyncio.create_subprocess_exec("ip", "link", "set", CABLE, "down")
        assert await pulled.wait() == 0
        await chair.does("add_item", **point("Said to nobody there."))
        await chair.until(lambda: not chair.shared[f"person/{NURSE}"]["present"], seconds=30)
        visitor.kill()
        await visitor.wait()
        await sitting.close()


# ---- a reader that stops


async def test_readers_that_stop_cost_the_others_of_thirty_nothing(own_server: Server) -> None:
    """No view less, half a megabyte at most for each who stopped, and one view when it reads again.

    Six stop, so that what a server takes and gives back by itself, half a megabyte either way, does not decide.
    """
    sitting = await own_server.sitting()
    chair, *_ = await sitting.begin(CHAIR, SCRIBE, SOCIAL_WORKER, DANA, CALLUM, PROJECTOR)
    teachers = [await sitting.open(TEACHER) for _ in range(18)]
    stopped = [await tablet(sitting, NURSE) for _ in range(6)]
    await asyncio.gather(*[screen.settle() for screen in (*teachers, *stopped)])
    await growth(own_server, chair, teachers)  # what it takes once and keeps
    quiet = max(0, await growth(own_server, chair, teachers))
    for screen in stopped:
        screen.stop_reading()
    seen = [len(screen.views) for screen in stopped]
    loud = await growth(own_server, chair, teachers)
    each = (loud - quiet) // len(stopped)
    assert each < 512 * 1024, f"{loud} bytes with {len(stopped)} stopped readers, {quiet} without"
    for screen in stopped:
        screen.read_again()
    for screen, before in zip(stopped, seen, strict=True):
        await screen.until(lambda: screen.shared == teachers[0].shared)  # noqa: B023
        versions = [view["version"] for view in screen.views[before:]]
        assert versions[-1] - versions[-2] > 5, "one view for all that it missed"
    await sitting.close()


async def growth(server: Server, chair: Screen, others: list[Screen]) -> int:
    """What the server takes more, in its memory and the kernel's, while it says a lot to these people."""
    before, views = taken(server), [len(screen.views) for screen in others]
    await write_a_lot(chair, None, 35)  # in frames so short that nobody who reads lags
    await asyncio.gather(*[screen.settle() for screen in others])
    assert [len(screen.views) - n for screen, n in zip(others, views, strict=True)] == [35] * len(others)
    return taken(server) - before


def taken(server: Server) -> int:
    status = Path(f"/proc/{server.pid}/status").read_text()
    resident = int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]
    port = int(server.base_url.rsplit(":", 1)[1])
    waiting = 0
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        local, queues = line.split()[1], line.split()[4]
        if int(local.split(":")[1], 16) == port:
            waiting += int(queues.split(":")[0], 16)
    return resident + waiting


# ---- a crowd


async def test_a_thousand_screens_that_return_at_once_are_all_soon_live(tmp_path: Path, nursery: Nursery) -> None:
    async with serving(tmp_path, nursery=nursery) as server:
        sittings = [await server.sitting() for _ in range(10)]
        cookies = [(each, await each.join(person)) for each in sittings for person in (CHAIR, TEACHER, DANA, PROJECTOR)]
        crowd = [cookies[n % len(cookies)] for n in range(1000)]
        async with AsyncExitStack() as first:
            for n in range(0, 1000, 200):
                await asyncio.gather(*[come(first, server, *each) for each in crowd[n : n + 200]])
            assert await measure(server, "kinboard_connections") == 1000
            await server.end(signal.SIGKILL)
        await server.start()
        began = monotonic()
        async with AsyncExitStack() as second, asyncio.timeout(60):
            await asyncio.gather(*[come(second, server, *each) for each in crowd])
            took = monotonic() - began
            assert await measure(server, "kinboard_connections") == 1000
        assert took < 30, f"{took:.1f} s"


async def come(stack: AsyncExitStack, server: Server, sitting: Sitting, cookie: str) -> None:
    """A socket and nothing more, until the first view has arrived: a thousand real screens would be slower than it."""
    host, port = server.base_url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    stack.callback(hang_up, reader, writer)
    writer.write(
        f"GET /api/conferences/{sitting.id}/live HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {'a' * 22}==\r\n"
        f"Origin: {server.base_url}\r\nCookie: {cookie}\r\n\r\n".encode()
    )
    assert b" 101 " in await reader.readline()
    await reader.readuntil(b"\r\n\r\n")
    assert b'{"type":"view"' in await reader.readuntil(b'"full":true')


def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


# ---- senders


async def require_bounded_queue(server: Server, disk: Disk) -> None:
    """Four people send far more than the disk takes: what has no place is left in their browsers, and comes later."""
    sitting = await server.sitting()
    _, *screens = await sitting.begin(CHAIR, TEACHER, NURSE, SCRIBE, SOCIAL_WORKER)
    disk.slow_down(0.15)
    posting = [asyncio.create_task(post_many(screen, 100)) for screen in screens]
    most = 0.0
    while not all(task.done() for task in posting) or await measure(server, "kinboard_commands_waiting"):
        most = max(most, await measure(server, "kinboard_commands_waiting"))
    disk.slow_down(0)
    asked = [(screen, id) for screen, task in zip(screens, posting, strict=True) for id in await task]
    for screen, id in asked:
        await screen.until(lambda: screen.answers_to(id), seconds=30)  # noqa: B023
        assert screen.answers_to(id)[0]["type"] == "saved"
    assert 0 < most <= MOST_WAITING + len(screens), f"{most:.0f} commands waited"
    await sitting.close()


async def post_many(screen: Screen, times: int) -> list[str]:
    return [await screen.post("raise_hand", on=n % 2 == 0) for n in range(times)]


FEW = setting(f"app.realtime.inbox:MOST_WAITING={MOST_WAITING}", "app.realtime.inbox:MOST_PER_TURN=20")


async def test_nothing_is_read_from_senders_faster_than_it_can_be_saved(
    tmp_path: Path, shimmed: Nursery, disk: Disk
) -> None:
    async with serving(tmp_path, *FEW, nursery=shimmed, settings=disk.settings) as server:
        await require_bounded_queue(server, disk)


# ---- the server goes


async def test_a_stop_finishes_what_is_in_hand_and_asks_everybody_back(on_disk: Server, disk: Disk) -> None:
    sitting = await on_disk.sitting()
    chair, dana = await sitting.begin(CHAIR, DANA)
    disk.slow_down(0.5)
    made = await chair.post("add_item", **point("In hand as the server was stopped."))
    await (await chair.socket.ping())  # it is there
    began = monotonic()
    await on_disk.end(signal.SIGTERM)
    assert monotonic() - began < 10
    assert [answer["type"] for answer in chair.answers_to(made)] == ["saved"]
    assert f"item/{made}" in dana.shared
    assert [await screen.until_closed() for screen in (chair, dana)] == [1012, 1012]
    disk.slow_down(0)
    await on_disk.start()
    again = await sitting.open(DANA)
    assert f"item/{made}" in again.shared
    await sitting.close()


@pytest.mark.parametrize("build", ["of-an-older-page", "of-a-newer-page"])
async def test_a_page_of_another_version_is_asked_to_load_again(own_server: Server, build: str) -> None:
    """The page older than the server, or the server older than the page: either way its own page fits."""
    sitting = await own_server.sitting()
    screen = await sitting.open_unseen(TEACHER, f"?build={build}")
    assert await screen.until_closed() == 4001
    async with own_server.client(Cookie=sitting.cookies[TEACHER]) as browser:
        page = (await browser.get(f"/c/{sitting.id}")).text
    build = re.search(r'data-build="([^"]+)"', page)[1]  # type: ignore[index]
    await sitting.open(TEACHER, f"?build={build}")
    await sitting.close()
