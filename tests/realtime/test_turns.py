"""What a busy room and slow tablets do to each other: nothing."""

import asyncio
import socket

from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, ROBIN, SOCIAL_WORKER, TEACHER
from tests.realtime.acts import point
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting
from tests.realtime.waiting import has_arrived, nothing_can_be_saved


async def test_nobody_sees_or_hears_of_what_is_not_on_disk(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    async with nothing_can_be_saved(sitting.server):
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
    async with nothing_can_be_saved(sitting.server):
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


async def tablet(sitting: Sitting, person: str) -> Screen:
    """Takes in little before it has to read; not so little that the kernel waits before it says there is room again."""
    host, port = sitting.server.base_url.removeprefix("http://").split(":")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, (host, int(port)))
    return await sitting.open(person, sock=line, max_queue=1, ping_interval=None)


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


async def test_a_slow_tablet_skips_what_it_missed_and_nobody_waits_for_it(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    slow = await tablet(sitting, NURSE)
    await slow.settle()
    slow.stop_reading()
    views, seen_by_slow = len(teacher.views), len(slow.views)
    statement, sent = await write_a_lot(chair, None, 80)
    assert sent > 2_000_000
    await teacher.settle()
    assert len(teacher.views) - views == 80
    slow.read_again()
    await slow.until(lambda: slow.shared.get(f"danger/{statement}") == teacher.shared[f"danger/{statement}"])
    await slow.settle()
    assert slow.shared == teacher.shared
    versions = [view["version"] for view in slow.views[seen_by_slow:]]
    assert len(versions) < 70
    assert versions[-1] - versions[-2] > 10, "one difference for all that it missed"


async def test_a_reader_that_has_stopped_is_let_go_and_may_come_back(impatient: Server) -> None:
    sitting = await impatient.sitting()
    chair, teacher, dana = await sitting.begin(CHAIR, TEACHER, DANA)
    stopped = await tablet(sitting, NURSE)
    stopped.stop_reading()
    key = f"person/{NURSE}"
    await chair.until(lambda: chair.shared[key]["present"])
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


async def test_somebody_who_asks_without_listening_is_let_go(impatient: Server) -> None:
    """Answers, too, wait for a reader; not for ever, and not without end."""
    sitting = await impatient.sitting()
    chair, _ = await sitting.begin(CHAIR, DANA)
    deaf = await tablet(sitting, TEACHER)
    deaf.stop_reading()
    await write_a_lot(chair, None, 80)
    for n in range(150):
        await deaf.post("raise_hand", on=n % 2 == 0)
    key = f"person/{TEACHER}"
    await chair.until(lambda: not chair.shared[key]["present"])
    deaf.read_again()
    assert await deaf.until_closed() == 1013
    await sitting.close()
