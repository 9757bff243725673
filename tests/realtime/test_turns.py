"""What a busy room and slow tablets do to each other: nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, ROBIN, SOCIAL_WORKER, TEACHER
from tests.realtime.acts import point
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting

SMALL = 4096  # bytes a slow tablet takes in before it has to read


@contextmanager
def nothing_can_be_saved(server: Server) -> Iterator[None]:
    """Another program holds the database's write lock; the server waits for it."""
    connection = sqlite3.connect(server.data / "kinboard.sqlite3", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def has_arrived(screen: Screen) -> None:
    """What was sent before is with the server."""
    async with asyncio.timeout(10):
        await (await screen.socket.ping())


async def test_nobody_sees_or_hears_of_what_is_not_on_disk(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    with nothing_can_be_saved(sitting.server):
        made = await chair.post("add_item", **point("Not on disk yet."))
        frames = len(chair.frames), len(teacher.frames)
        for screen in (chair, teacher, chair, teacher):
            await has_arrived(screen)
        assert (len(chair.frames), len(teacher.frames)) == frames
    await chair.until(lambda: chair.answers_to(made))
    await teacher.until(lambda: f"item/{made}" in teacher.shared)


async def test_commands_that_waited_for_one_commit_are_shown_in_one_frame(sitting: Sitting) -> None:
    chair, worker, teacher, room = await sitting.begin(CHAIR, SOCIAL_WORKER, TEACHER, PROJECTOR)
    before = len(room.views), len(teacher.views)
    with nothing_can_be_saved(sitting.server):
        asked = [await chair.post("add_item", **point(f"Point {n}")) for n in range(50)]
        asked += [
            await worker.post("write_danger_statement", danger_id=None, children=[], text=f"{n}") for n in range(20)
        ]
        for _ in range(3):
            await has_arrived(chair)
            await has_arrived(worker)
    await chair.until(lambda: all(chair.answers_to(id) for id in asked[:50]))
    for screen, views in zip((room, teacher), before, strict=True):
        await screen.settle()
        assert len(screen.views) - views <= 2, "the one whose commit ran, and all that gathered meanwhile"
        assert len([key for key in screen.shared if key.startswith(("item/", "danger/"))]) == 70
    assert chair.shared["order/worry/past_harm"] == asked[:50], "in the order in which they were asked"


@pytest.fixture
async def patient(server: Server) -> AsyncIterator[Sitting]:
    sitting = await server.sitting()
    yield sitting
    await sitting.close()


def small_window() -> dict[str, object]:
    return {"max_queue": 1, "ping_interval": None}


async def write_a_lot(chair: Screen, statement: str | None, rounds: int) -> tuple[str, int]:
    """Amends one statement again and again, so that each view of it is longer than the last; bytes of all views."""
    start = len(chair.raw)
    version = chair.shared[f"danger/{statement}"]["version"] if statement else None
    for n in range(rounds):
        made = await chair.does(
            "write_danger_statement", danger_id=statement, children=[ROBIN], text=f"{n} " * 500, base_version=version
        )
        statement, version = statement or made, made
    assert statement
    return statement, sum(len(raw) for raw in chair.raw[start:])


async def test_a_slow_tablet_skips_what_it_missed_and_nobody_waits_for_it(impatient: Server) -> None:
    """It reads nothing for a while, less than the server's patience; then the last view of all, in few frames."""
    sitting = await impatient.sitting()
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    slow = await sitting.open(NURSE, **small_window())
    await slow.settle()
    slow.stop_reading()
    # in bursts, each read to the end before the server's patience does: it must only ever lag
    views, statement = len(teacher.views), None
    seen_by_slow = len(slow.views)
    for _ in range(2):
        statement, sent = await write_a_lot(chair, statement, 40)
        assert sent > 500_000
        await teacher.until(lambda: teacher.shared[f"danger/{statement}"] == chair.shared[f"danger/{statement}"])
        slow.read_again()
        await slow.until(lambda: slow.shared.get(f"danger/{statement}") == chair.shared[f"danger/{statement}"])
        slow.stop_reading()
    slow.read_again()
    await slow.settle()
    await teacher.settle()
    assert slow.shared == teacher.shared
    assert len(teacher.views) - views >= 80 - 2
    assert len(slow.views) - seen_by_slow < 40
    await sitting.close()


async def test_a_reader_that_has_stopped_is_let_go_and_may_come_back(impatient: Server) -> None:
    sitting = await impatient.sitting()
    chair, teacher, dana = await sitting.begin(CHAIR, TEACHER, DANA)
    stopped = await sitting.open(NURSE, **small_window())
    stopped.stop_reading()
    key = f"person/{NURSE}"
    statement = None
    while chair.shared[key]["present"]:
        statement, _ = await write_a_lot(chair, statement, 5)
    await dana.until(lambda: not dana.shared[key]["present"])
    stopped.read_again()
    assert await stopped.until_closed() == 1013
    again = await sitting.back(stopped, NURSE)
    await again.settle()
    assert again.shared == teacher.shared
    await sitting.close()
