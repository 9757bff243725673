"""Three servers on machines of their own: the cable to the database, the bell or the people is cut, one way or both.

What cannot be committed is never said to be saved; whoever sits at a server that is cut off is soon at another; one
order explains all of it; and when the cable is whole everything goes on by itself.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import httpx2
import pytest

from tests.cast import CHAIR, DANA, NURSE, SOCIAL_WORKER
from tests.cluster.caddy import InFront, answers, caddy, free_ports
from tests.cluster.machines import BELL, CABLES, DATABASE, NETWORK, Apart, To, machines
from tests.engines import nats_running
from tests.faults.meeting import Meeting, something
from tests.faults.test_kills import until_saved
from tests.postgres import postgres_running
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

MEETINGS = 6
PEOPLE = (CHAIR, SOCIAL_WORKER, NURSE, DANA)
CUT_SECONDS = 20
ELSEWHERE_WITHIN = 15.0  # a browser says within ten that its board is not up to date, and is shown it by then
BACK_WITHIN = 15.0
TOKEN = "a word for whoever watches"
WAYS = {"both ways": (True, True), "nothing gets out": (True, False), "nothing gets in": (False, True)}


@dataclass
class County:
    servers: list[Apart]
    front: InFront

    async def screens(self, server: Apart) -> int:
        async with server.client(Authorization=f"Bearer {TOKEN}") as watcher:
            text = (await watcher.get("/metrics")).text
        return int(float(re.findall(r"^kinboard_connections (\S+)$", text, re.MULTILINE)[0]))


@pytest.fixture
async def county(nursery: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[County]:
    https, http, *ports = free_ports(5)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with contextlib.AsyncExitStack() as stack:
        made = stack.enter_context(machines(len(ports)))
        postgres = stack.enter_context(postgres_running())
        bell = stack.enter_context(nats_running(tmp_path, BELL))
        listening = postgres.listen(DATABASE, f"{NETWORK}.0.0/16")
        name = (await postgres.new_database()).partition("?")[0].rpartition("/")[2]
        settings = {
            "KINBOARD_DATABASE_URL": listening.set(database=name).render_as_string(hide_password=False),
            "KINBOARD_BASE_URL": f"https://localhost:{https}",
            "KINBOARD_BELL": bell.url,
            "KINBOARD_PROXY": f"{NETWORK}.0.0/16",
            "KINBOARD_METRICS_TOKEN": TOKEN,
        }
        servers: list[Apart] = []
        for machine, port in zip(made, ports, strict=True):
            address = machine.cables["people"].far
            server = Apart(tmp_path, "--host", address, nursery=nursery, settings=settings)
            server.machine, server.base_url = machine, f"http://{address}:{port}"
            server.database = servers[0].database if servers else None
            stack.push_async_callback(server.close)
            servers.append(await server.start())
        front = await stack.enter_async_context(caddy(tmp_path, list(servers), https, http))
        yield County(servers, front)


async def go_on(meeting: Meeting) -> None:
    """Nothing that would take from screens what they are asked for."""
    while True:
        device = meeting.chance.choice(meeting.devices)
        act = something(device.person, device.shared, meeting.chance)
        if act and act[0] not in ("blank", "remove_item", "set_phase"):
            await device.act(act[0], **act[1])
        await meeting.devices[0].until_fewer_wait(20)
        await asyncio.sleep(meeting.chance.uniform(0.05, 0.3))  # as people do, not as fast as can be


async def saves_more(meetings: list[Meeting]) -> None:
    """In each of them a few acts more."""
    await asyncio.gather(*[until_saved(meeting.history, meeting.history.saved + 5) for meeting in meetings])


async def until(fact: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await fact():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def shown_to_all(meeting: Meeting) -> None:
    """On each screen that is live, and all of them are."""
    id = await meeting.devices[0].act("add_item", **point("Is everybody there?"))

    async def is_shown() -> bool:
        return all(device.live.is_set() and f"item/{id}" in device.shared for device in meeting.devices)

    await until(is_shown)


@pytest.mark.parametrize("to", CABLES)
@pytest.mark.parametrize("way", WAYS)
async def test_whatever_cable_is_cut_nothing_saved_is_lost_and_everybody_goes_on(
    county: County, to: To, way: str
) -> None:
    up, down = WAYS[way]
    meetings = [Meeting(await county.front.sitting(), seed, PEOPLE) for seed in range(MEETINGS)]
    for device in (device for meeting in meetings for device in meeting.devices):
        device.may_skip = to == "people"  # whose cable it is, reads late what was sent before it was cut
    await asyncio.gather(*[meeting.begin() for meeting in meetings])
    going_on = [asyncio.create_task(go_on(meeting)) for meeting in meetings]
    screens = [await county.screens(server) for server in county.servers]
    server = county.servers[screens.index(max(screens))]
    told = f"{to}, {way}: {max(screens)} of {MEETINGS * len(PEOPLE)} screens there; "
    await saves_more(meetings)
    cut_at = monotonic()
    server.machine.cables[to].cut(up=up, down=down)
    try:
        if to == "database":
            await until(lambda: nobody_is_at(county, server))
            told += f"nobody there after {monotonic() - cut_at:.1f} s; "
        await asyncio.gather(*[shown_to_all(meeting) for meeting in meetings])
        seen_after = monotonic() - cut_at
        told += f"all see what is said after {seen_after:.1f} s; "
        await asyncio.sleep(max(0.0, CUT_SECONDS - seen_after))
    finally:
        server.machine.cables[to].mend()
    mended_at = monotonic()
    await until(lambda: is_well(server))
    well_after = monotonic() - mended_at
    told += f"well {well_after:.1f} s after it was mended"
    await saves_more(meetings)
    await asyncio.gather(*[shown_to_all(meeting) for meeting in meetings])
    for task in going_on:
        task.cancel()
    await asyncio.gather(*going_on, return_exceptions=True)
    for meeting in meetings:
        await meeting.end()
        await meeting.require_one_history()
        await meeting.close()
    print(f"\n{told}; {sum(meeting.history.saved for meeting in meetings)} saved")
    assert seen_after < ELSEWHERE_WITHIN
    assert well_after < BACK_WITHIN


async def nobody_is_at(county: County, server: Apart) -> bool:
    return await county.screens(server) == 0


async def is_well(server: Apart) -> bool:
    with contextlib.suppress(httpx2.HTTPError):
        return await answers(server)
    return False
