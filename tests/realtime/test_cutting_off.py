"""When somebody's place or session ends, everything that hangs on it ends within a second."""

import asyncio
from datetime import UTC, datetime, timedelta
from time import monotonic

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


async def is_kept_out(sitting: Sitting, cookie: str) -> None:
    """Until the chair lets them in again."""
    again = await Screen.open(sitting.url, cookie, sitting.server.base_url)
    assert await again.until_closed() == 4003
    assert again.frames == []
    async with sitting.server.client(Cookie=cookie) as browser:
        assert (await browser.get(f"/c/{sitting.id}")).status_code == 403
        assert (await browser.get(f"/c/{sitting.id}/dates.ics")).status_code == 404


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
        await is_kept_out(sitting, each)
    headers = {"Origin": sitting.server.base_url, "Cookie": f"kinboard_lobby={lobby}"}
    async with sitting.server.client(**headers) as browser:
        assert (await browser.post("/api/join", json={"secret": link})).status_code == 404
        assert (await browser.post("/api/lobby/in", json={})).status_code == 404


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
