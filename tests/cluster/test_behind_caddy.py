"""The proxy that we recommend, as we recommend it, in front of two real servers: one is upgraded after the other."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import AsyncIterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect
from sqlalchemy import text

from app.pages.front_end import load_front_end
from tests.cast import CHAIR, DANA, PROJECTOR, SOCIAL_WORKER
from tests.cluster.caddy import Behind, InFront, answers, caddy, free_ports
from tests.cluster.versions import earlier_version, later_version, nursery_of
from tests.faults.meeting import Meeting
from tests.postgres import Postgres
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server
from tests.realtime.streams import stream_screen
from tests.surfaces.chair import writes
from tests.surfaces.conftest import browser_type_launch_args as browser_type_launch_args
from tests.surfaces.meeting import HESTER, SCREEN, NewContext, meeting_at

pytestmark = [pytest.mark.soak, pytest.mark.timeout(600)]

MEETINGS = 10
PEOPLE = (CHAIR, SOCIAL_WORKER, DANA, PROJECTOR)


class County:
    def __init__(self, servers: list[Behind], front: InFront) -> None:
        self.servers = servers
        self.front = front

    async def upgrade(self, to: Nursery | None = None) -> None:
        """One after the other, as a technician or a cluster does it."""
        for server in self.servers:
            await server.end(signal.SIGTERM)
            server.nursery = to or server.nursery
            await server.start()
            async with asyncio.timeout(20):
                while not await answers(server):
                    pass


@pytest.fixture
async def county(
    postgres: Postgres, nursery: Nursery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[County]:
    url = await postgres.new_database()
    https, http, *ports = free_ports(4)
    settings = {"KINBOARD_DATABASE_URL": url, "KINBOARD_BASE_URL": f"https://localhost:{https}"}
    servers = [Behind(tmp_path, nursery=nursery, settings=settings) for _ in ports]
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    async with contextlib.AsyncExitStack() as stack:
        for server, port in zip(servers, ports, strict=True):
            server.base_url = f"http://127.0.0.1:{port}"
            server.database = servers[0].database
            stack.push_async_callback(server.close)
            await server.start()
        front = await stack.enter_async_context(caddy(tmp_path, list(servers), https, http))
        yield County(servers, front)


async def go_on_meanwhile(county: County, *upgrades: Nursery | None) -> None:
    """Ten meetings, in which nobody does anything but what people do."""
    meetings = [Meeting(await county.front.sitting(), seed, PEOPLE) for seed in range(MEETINGS)]
    await asyncio.gather(*[meeting.begin() for meeting in meetings])
    screens = [await server.screens() for server in county.servers]
    assert sum(screens) == MEETINGS * len(PEOPLE)
    assert all(screens), "one server has all of them"
    assert {each % len(PEOPLE) for each in screens} == {0}, "a conference is on two servers, though both are well"
    upgrading = asyncio.create_task(one_after_another(county, upgrades))

    async def goes_on(meeting: Meeting) -> None:
        while not upgrading.done():
            await meeting.act()
            await meeting.devices[0].until_fewer_wait(20)
            await asyncio.sleep(0.02)  # people do not type faster
        for _ in range(20):
            await meeting.act()

    await asyncio.gather(*[goes_on(meeting) for meeting in meetings])
    await upgrading
    for meeting in meetings:
        await meeting.end()
        await meeting.require_one_history()
        await meeting.close()
    print(f"\n{sum(meeting.history.saved for meeting in meetings)} saved in {MEETINGS} meetings")


async def one_after_another(county: County, upgrades: tuple[Nursery | None, ...]) -> None:
    for to in upgrades:
        await county.upgrade(to)


async def test_ten_live_meetings_go_on_while_both_servers_are_upgraded(county: County) -> None:
    await go_on_meanwhile(county, None)


async def test_ten_live_meetings_go_on_from_an_earlier_version_to_a_later_one_and_back(
    county: County, tmp_path: Path
) -> None:
    """Each with code and tables of its own; back to the earlier one, and from there to the later one again."""
    old, version = earlier_version(tmp_path / "earlier")
    new, migration = later_version(tmp_path / "later")
    earlier, later = await nursery_of(old), await nursery_of(new)
    try:
        await county.upgrade(earlier)
        await go_on_meanwhile(county, later, earlier, later)
        database = county.servers[0].database
        assert database
        found = await database.read(lambda tool: tool.execute(text("SELECT version_num FROM alembic_version")).scalar())
        assert found == migration
        print(f"from {version[:12]} to here with {migration}, back, and there again")
    finally:
        for server in county.servers:
            await server.end(signal.SIGKILL)
        await earlier.close()
        await later.close()


async def test_what_is_typed_in_a_browser_during_the_upgrade_arrives_and_nobody_presses_anything(
    county: County, new_context: NewContext
) -> None:
    async def untrusting(**how: Any) -> BrowserContext:
        return await new_context(ignore_https_errors=True, **how)

    meeting = await meeting_at(county.front, "mapping", untrusting)
    chair, room = await meeting.sits_down(HESTER), await meeting.sits_down(SCREEN)
    upgrading = asyncio.create_task(county.upgrade())
    said: list[str] = []
    while not upgrading.done() or len(said) < 3:
        said.append(f"Said while it was upgraded, {len(said)}.")
        await writes(chair, "1", said[-1])
    await upgrading
    for each in said:
        await expect(room.page.get_by_text(each)).to_have_count(1, timeout=20_000)
    await meeting.close()


async def test_where_websockets_are_blocked_answers_come_through_piece_by_piece(county: County) -> None:
    sitting = await county.front.sitting()
    (chair,) = await sitting.begin(CHAIR)
    dana = await stream_screen(sitting, DANA)
    added = await chair.does("add_item", **point("Dana fitted a chain to the door."))
    await dana.until(lambda: f"item/{added}" in dana.shared, 3)
    await dana.does("raise_hand", on=True)
    await sitting.close()


async def test_a_file_of_the_other_version_is_found_and_strangers_see_no_measures(
    county: County, tmp_path: Path
) -> None:
    newer = tmp_path / "newer"
    for name, content in (("health/ready", "{}"), ("static/assets/board-Newer.js", "newer"), ("metrics", "1")):
        (newer / name).parent.mkdir(parents=True, exist_ok=True)
        (newer / name).write_text(content)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=newer)) as other:
        threading.Thread(target=other.serve_forever).start()
        beside = Server(tmp_path)
        beside.base_url = f"http://127.0.0.1:{other.server_port}"
        older = load_front_end().assets("join")["script"]
        for servers in ([county.servers[0], beside], [beside, county.servers[0]]):
            async with caddy(tmp_path, servers, *free_ports(2)) as front, front.client() as browser:
                found = await browser.get("/static/assets/board-Newer.js")
                assert (found.status_code, found.text) == (200, "newer")
                # the server itself knows itself by the other Caddy's name
                name = county.front.base_url.removeprefix("https://")
                assert (await browser.get(older, headers={"Host": name})).status_code == 200
                assert (await browser.get("/static/assets/never.js")).status_code == 404
                assert (await browser.get("/metrics")).status_code == 404
        other.shutdown()
