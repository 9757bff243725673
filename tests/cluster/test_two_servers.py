"""Two servers on one database: whoever sits at the one sees what is done at the other, in the same order."""

import asyncio
import json
import signal
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
import websockets

from app.realtime.protocol import encode
from app.realtime.rooms import Rooms
from app.settings import sqlite_url
from app.store.commits import NewRow
from app.store.database import Database
from app.store.log import EventLog
from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.cluster.cluster import Cluster, held_open, until_held
from tests.cluster.way_to_database import WayToDatabase
from tests.faults.meeting import PEOPLE, Meeting
from tests.faults.test_disk import readiness
from tests.realtime.acts import point
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting

SOON = 3.0  # where nothing else runs on this machine it is a few milliseconds
HELD_SECONDS = 3
LISTENING = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kinboard bell'"


def shows(screen: Screen, key: str) -> bool:
    return key in screen.shared


async def all_show(key: str, *screens: Screen) -> None:
    await asyncio.gather(*[screen.until(partial(shows, screen, key), SOON) for screen in screens])


async def test_what_is_added_at_one_server_is_on_every_screen_of_the_other(here_and_there: list[Sitting]) -> None:
    here, there = here_and_there
    chair, nurse = await here.begin(CHAIR, NURSE)
    dana, teacher = await there.open(DANA), await there.open(TEACHER)
    added = await chair.does("add_item", **point("Dana fitted a chain to the door."))
    await all_show(f"item/{added}", nurse, dana, teacher)
    offered = await teacher.does("add_item", **point("Robin came to school tired."))
    await chair.until(lambda: f"offered/{offered}" in chair.shared, SOON)
    assert f"offered/{offered}" not in dana.shared


async def test_two_servers_that_both_write_without_a_pause_share_one_order(
    two: Cluster, here_and_there: list[Sitting]
) -> None:
    here, there = here_and_there
    chair, social_worker = await here.begin(CHAIR, SOCIAL_WORKER)
    nurse, teacher = await there.open(NURSE), await there.open(TEACHER)
    writers = (chair, social_worker, nurse, teacher)

    async def writes(screen: Screen) -> list[str]:
        return [await screen.does("add_item", **point(f"Point {n}")) for n in range(25)]

    said = await asyncio.gather(*map(writes, writers))
    assert two.servers[0].database
    log = EventLog(two.servers[0].database)
    rows = [row.id for row in await log.read(here.id)]
    half = rows[: len(rows) // 2]
    by_here, by_there = (sum(half.count(id) for each in pair for id in each) for pair in (said[:2], said[2:]))
    assert min(by_here, by_there) >= 0.2 * (by_here + by_there), "neither keeps the other out"
    for each in said:
        places = [rows.index(id) for id in each]
        assert places == sorted(places)
    assert await log.verify(here.id) is None
    await chair.until(lambda: sum(key.startswith("offered/") for key in chair.shared) == 75, SOON)
    await asyncio.gather(chair.settle(), teacher.settle())
    assert points_on(nurse) == points_on(teacher) == points_on(await here.open(TEACHER))


def points_on(screen: Screen) -> list[str]:
    return [json.dumps(value) for key, value in sorted(screen.shared.items()) if key.startswith(("item/", "order/"))]


async def test_a_commit_that_is_held_open_is_skipped_by_nobody_and_holds_up_no_other_meeting(
    two: Cluster, here_and_there: list[Sitting]
) -> None:
    here, there = here_and_there
    other_here, other_there = await two.meeting()
    chair, social_worker = await here.begin(CHAIR, SOCIAL_WORKER)
    scribe = await there.open(SCRIBE)
    (other_chair,) = await other_here.begin(CHAIR)
    other_scribe = await other_there.open(SCRIBE)
    async with held_open(two, here.id, CHAIR, HELD_SECONDS):
        began = monotonic()
        first = await chair.post("add_item", **point("The first."))
        await until_held(two)
        second = await scribe.post("add_item", **point("The second."))
        for screen in (other_chair, other_scribe):
            await screen.does("add_item", **point("In another meeting."))
        assert monotonic() - began < HELD_SECONDS, "another meeting waited"
        assert not any(screen.answers_to(id) for screen, id in ((chair, first), (scribe, second)))
        assert not any(f"item/{id}" in screen.shared for id in (first, second) for screen in (social_worker, scribe))
        await scribe.until(lambda: scribe.answers_to(second), 15)
    await all_show(f"item/{second}", chair, scribe, social_worker)
    for screen in (chair, scribe, social_worker):
        came = {id: n for n, view in enumerate(screen.views) for id in (first, second) if f"item/{id}" in view["put"]}
        assert came[first] <= came[second]
        assert screen.shared["order/worry/past_harm"] == [first, second]
    await other_here.close()


async def test_a_server_that_hears_no_bell_looks_by_itself(two: Cluster, here_and_there: list[Sitting]) -> None:
    here = here_and_there[0]
    (chair,) = await here.begin(CHAIR)
    async with two.another("--set", "app.store.bell_postgres:CHANNEL=elsewhere") as deaf:
        dana = await Sitting(deaf, here.id, here.cookies, here.screens).open(DANA)
        added = await chair.does("add_item", **point("Seen a moment later."))
        await dana.until(lambda: f"item/{added}" in dana.shared, SOON)
        await dana.does("raise_hand", on=True)
        await chair.until(lambda: f"help/{DANA}" in chair.shared, SOON)


async def test_a_bell_that_was_cut_off_comes_back_and_nothing_is_missed(
    two: Cluster, here_and_there: list[Sitting]
) -> None:
    here, there = here_and_there
    (chair,) = await here.begin(CHAIR)
    dana = await there.open(DANA)
    async with two.tool() as connection:
        await connection.fetchval(f"SELECT count(pg_terminate_backend(pid)) {LISTENING}")
    added = await chair.does("add_item", **point("While no bell rang."))
    await dana.until(lambda: f"item/{added}" in dana.shared, SOON)
    async with two.tool() as connection, asyncio.timeout(10):
        while await connection.fetchval(f"SELECT count(*) {LISTENING}") < len(two.servers):
            pass


async def test_whoever_sits_at_a_server_that_lost_its_database_is_sent_to_another_and_nobody_is_let_in_meanwhile(
    two: Cluster, here_and_there: list[Sitting], tmp_path: Path
) -> None:
    """A board that cannot follow what others do must not look as if it did."""
    here = here_and_there[0]
    (chair,) = await here.begin(CHAIR)
    way = await WayToDatabase(two.url, tmp_path).start()
    first = two.servers[0]
    given = *first.arguments, "--set", "app.realtime.watch:CUT_OFF_SECONDS=0.5"
    server = Server(first.folder, *given, nursery=first.nursery, settings={"KINBOARD_DATABASE_URL": way.url})
    server.database = first.database
    try:
        there = Sitting(await server.start(), here.id, here.cookies, here.screens)
        dana = await there.open(DANA)
        way.stall()
        assert await dana.until_closed() == 1012
        assert await readiness(server) == (503, "The database cannot be read.")
        with pytest.raises(websockets.InvalidStatus):
            await there.open_unseen(DANA)
        back = await here.back(dana, DANA)
        added = await chair.does("add_item", **point("Seen at another server."))
        await all_show(f"item/{added}", chair, back)
        way.flow()
        async with asyncio.timeout(10):
            while (await readiness(server))[0] != 200:
                pass
        assert f"item/{added}" in (await there.open(DANA)).shared
    finally:
        await server.end(signal.SIGKILL)
        await way.close()


async def test_one_history_is_the_same_bytes_at_each_server_and_on_either_database(
    here_and_there: list[Sitting], tmp_path: Path
) -> None:
    here, there = here_and_there
    meeting = Meeting(here, seed=7)
    await meeting.begin()
    for _ in range(80):
        await meeting.act()
    await meeting.end()
    for person in (CHAIR, SCRIBE, NURSE, DANA, PROJECTOR):
        screens = [await sitting.open(person) for sitting in (here, there)]
        one, other = ([frame[frame.index('"put":') :] for frame in screen.raw[:2]] for screen in screens)
        assert one == other
    await meeting.close()
    assert here.server.database
    on_server, on_file = EventLog(here.server.database), EventLog(await Database.open(sqlite_url(tmp_path)))
    await on_file.create(here.id)
    rows = await on_server.read(here.id)
    again = [NewRow(row.id, row.person_id, row.at, row.body_hash, row.body) for row in rows]
    await on_file.append(here.id, again, after=0)
    rooms = [await Rooms(log).room(here.id) for log in (on_server, on_file)]
    for person in PEOPLE:
        seen = [[encode(frame)[40:] for frame in room.glance(person)] for room in rooms if room]
        assert seen[0] == seen[1]
    for room in rooms:
        assert room
        await room.close()
    await on_file.database.close()
