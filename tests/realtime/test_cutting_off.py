"""When somebody's place or session ends, everything that hangs on it ends within a second."""

import asyncio
import json
import re
import select
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

import pytest
import websockets

from app.access.knocks import ask_to_come_in, let_in, waiting_at
from app.access.sessions import Seat, begin_session, revoke_sessions
from tests.cast import CHAIR, NURSE, SCRIBE, TEACHER
from tests.realtime.acts import decides_and_closes, point
from tests.realtime.screen import Screen
from tests.realtime.server import Sitting

WITHIN_SECONDS = 1.0


async def is_closed_in_time(since: float, *screens: Screen) -> None:
    """And nothing was heard between."""
    for screen in screens:
        await screen.until_closed()
    assert monotonic() - since < WITHIN_SECONDS


async def opens_nothing(sitting: Sitting, cookie: str) -> None:
    with pytest.raises(websockets.InvalidStatus):
        await Screen.open(sitting.url, cookie, sitting.server.base_url)
    async with sitting.server.client(Cookie=cookie) as browser:
        for path in ("", "/dates.ics"):
            assert (await browser.get(f"/c/{sitting.id}{path}")).status_code == 404


async def test_whoever_is_removed_loses_two_tabs_a_second_device_a_link_and_a_place_in_the_lobby(
    sitting: Sitting,
) -> None:
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    other_tab, cookie = await sitting.open(TEACHER), await sitting.join(TEACHER)
    sitting.cookies.pop(TEACHER)
    other_device, other_cookie = await sitting.open(TEACHER), await sitting.join(TEACHER)
    link, database, now = await sitting.link(TEACHER), sitting.server.database, datetime.now(UTC)
    assert database
    lobby = await ask_to_come_in(database, sitting.id, now, name="Leila", why="work")
    (waiting,) = await waiting_at(database, sitting.id)
    assert await let_in(database, sitting.id, waiting.id, TEACHER, now)
    since = monotonic()
    await chair.post("remove_person", person_id=TEACHER)
    said = await chair.post("add_item", **point("After it."))
    await is_closed_in_time(since, teacher, other_tab, other_device)
    await nurse.until(lambda: f"item/{said}" in nurse.shared)
    for screen in (teacher, other_tab, other_device):
        assert screen.code == 4003
        assert not any("After it." in raw for raw in screen.raw)
    for each in (cookie, other_cookie):
        await opens_nothing(sitting, each)
    await chair.does("admit", person_id=TEACHER)
    for each in (cookie, other_cookie):
        await opens_nothing(sitting, each)  # a device that was taken away does not come back by itself
    headers = {"Origin": sitting.server.base_url, "Cookie": f"kinboard_lobby={lobby}"}
    async with sitting.server.client(**headers) as browser:
        assert (await browser.post("/api/join", json={"secret": link})).status_code == 404
        assert (await browser.post("/api/lobby/in", json={})).status_code == 404


class HalfWay:
    """An answer that is half way down to a slow reader: the rest of it waits at the server."""

    def __init__(self, line: socket.socket, got: bytes) -> None:
        self.line = line
        self.got = got

    @classmethod
    async def down(cls, sitting: Sitting, cookie: str, request: str, body: str = "") -> Self:
        address = urlsplit(sitting.server.base_url)
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
        line.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(line, (address.hostname, address.port))
        head = f"{request} HTTP/1.1\r\nHost: {address.netloc}\r\nOrigin: {sitting.server.base_url}\r\nCookie: {cookie}"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}"
        await loop.sock_sendall(line, f"{head}\r\n{kind}\r\n\r\n{body}".encode())
        begun = await loop.sock_recv(line, 200)
        assert begun.startswith(b"HTTP/1.1 200")
        return cls(line, begun)

    async def is_cut_off(self, since: float) -> None:
        """The line is broken off by the server in time, and what had not arrived never does."""
        broken = select.poll()
        broken.register(self.line, select.POLLERR | select.POLLHUP)
        while not broken.poll(0):
            assert monotonic() - since < WITHIN_SECONDS, "it still comes down"
            await asyncio.sleep(0.01)
        with suppress(ConnectionResetError):
            while more := self.line.recv(65536):
                self.got += more
        self.line.close()
        length = re.search(rb"content-length: (\d+)", self.got)
        assert length
        assert len(self.got) < int(length[1])


async def test_a_page_that_is_half_way_down_to_whoever_is_removed_is_cut_off(sitting: Sitting) -> None:
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    for number in range(40):
        await chair.does("add_item", **point(f"{number} {'x' * 200}"))
    half = [await HalfWay.down(sitting, await sitting.join(who), f"GET /c/{sitting.id}") for who in (TEACHER, NURSE)]
    since = monotonic()
    await chair.does("remove_person", person_id=TEACHER)
    await half[0].is_cut_off(since)
    await nurse.does("raise_hand", on=True)
    with pytest.raises(AssertionError, match="still comes down"):
        await half[1].is_cut_off(since)
    half[1].line.close()
    assert await teacher.until_closed() == 4003


async def test_a_paper_that_is_half_way_down_is_cut_off_with_its_session(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    cookie, database = await sitting.join(CHAIR), sitting.server.database
    wanted = {"person_id": CHAIR, "document": "full_record", "format": "html"}
    half = await HalfWay.down(sitting, cookie, f"POST /api/conferences/{sitting.id}/records", json.dumps(wanted))
    assert database
    since = monotonic()
    await revoke_sessions(database, sitting.id, CHAIR, datetime.now(UTC))
    await half.is_cut_off(since)


async def test_a_session_that_is_ended_elsewhere_closes_its_sockets_here(sitting: Sitting) -> None:
    """By another server, or from the command line: nobody tells this one."""
    _, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    assert sitting.server.database
    since = monotonic()
    await revoke_sessions(sitting.server.database, sitting.id, TEACHER, datetime.now(UTC))
    await is_closed_in_time(since, teacher)
    await nurse.does("raise_hand", on=True)


async def test_a_screen_that_is_open_closes_when_its_session_expires(sitting: Sitting) -> None:
    database, now = sitting.server.database, datetime.now(UTC)
    assert database
    await sitting.begin(CHAIR)
    ends_at = now + timedelta(seconds=1.5)
    seat = Seat(sitting.id, SCRIBE)
    token = await database.write(lambda connection: begin_session(connection, seat, now, ends_at))
    cookie = f"kinboard_{sitting.id.replace('-', '')}={token}"
    scribe = await Screen.open(sitting.url, cookie, sitting.server.base_url)
    await scribe.until(lambda: scribe.own)
    assert await scribe.until_closed() == 4003
    late = datetime.now(UTC) - ends_at
    assert timedelta(0) <= late < timedelta(seconds=WITHIN_SECONDS)
    await opens_nothing(sitting, cookie)


async def test_when_the_meeting_is_closed_only_those_with_work_to_do_stay(sitting: Sitting) -> None:
    chair, scribe, teacher, nurse = await sitting.begin(CHAIR, SCRIBE, TEACHER, NURSE)
    link = await sitting.link(NURSE)
    since = monotonic()
    await decides_and_closes(chair)
    await is_closed_in_time(since, teacher, nurse)
    assert (teacher.code, nurse.code) == (4004, 4004)
    for person in (TEACHER, NURSE):
        await opens_nothing(sitting, await sitting.join(person))
    async with sitting.server.client(Origin=sitting.server.base_url) as browser:
        assert (await browser.post("/api/join", json={"secret": link})).status_code == 404
    await chair.until(lambda: chair.shared["conference"]["closed_at"])
    await scribe.until(lambda: scribe.shared["conference"]["closed_at"])


async def test_a_socket_that_is_being_opened_while_its_place_ends_is_closed_too(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    cookie = await sitting.join(TEACHER)

    async def opening() -> Screen | None:
        try:
            return await Screen.open(sitting.url, cookie, sitting.server.base_url)
        except websockets.InvalidStatus:
            return None

    opened, _ = await asyncio.gather(
        asyncio.gather(*[opening() for _ in range(20)]), chair.post("remove_person", person_id=TEACHER)
    )
    since = monotonic()
    await is_closed_in_time(since, *[screen for screen in opened if screen])


async def test_nobodys_session_is_ended_by_mistake(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    elsewhere = await sitting.server.sitting()
    _, same = await elsewhere.begin(CHAIR, TEACHER)
    await chair.does("remove_person", person_id=TEACHER)
    assert await teacher.until_closed() == 4003
    await same.does("raise_hand", on=True)
    await elsewhere.close()
