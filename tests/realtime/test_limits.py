"""How fast, how much and how wrong somebody may send."""

import asyncio
import json
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.cast import CHAIR, NURSE, TEACHER
from tests.realtime.acts import point
from tests.realtime.server import Server, Sitting


async def test_a_burst_of_two_hundred_is_taken_and_what_is_beyond_is_too_fast(sitting: Sitting) -> None:
    _, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await sitting.open(TEACHER)
    asked = [await teacher.post("raise_hand", on=n % 2 == 0) for n in range(205)]
    await teacher.until(lambda: all(teacher.answers_to(id) for id in asked))
    answers = [teacher.answers_to(id)[0]["type"] for id in asked]
    assert answers[:200] == ["saved"] * 200
    late = [teacher.answers_to(id)[0] for id in asked if teacher.answers_to(id)[0]["type"] == "error"]
    assert late
    assert {answer["code"] for answer in late} == {"too_fast"}
    await nurse.does("raise_hand", on=True)
    assert teacher.code is None
    second_tab = await sitting.open(TEACHER)
    for _ in range(200):
        again = await second_tab.post("raise_hand", on=True)
        await second_tab.until(lambda: second_tab.answers_to(again))  # noqa: B023
        if second_tab.answers_to(again)[0]["type"] == "error":
            return
    raise AssertionError("many tabs are a way round it")


async def test_the_allowance_comes_back_with_time(impatient: Server) -> None:
    sitting = await impatient.sitting()
    (chair,) = await sitting.begin(CHAIR)
    asked = [await chair.post("give_floor", person_id=None) for _ in range(210)]
    await chair.until(lambda: all(chair.answers_to(id) for id in asked))
    late = next(id for id in asked if chair.answers_to(id)[0]["type"] == "error")
    await chair.until(lambda: chair.frames[-1]["type"] == "still")  # a tenth of a second: two commands
    await chair.does("give_floor", late, person_id=None)
    await sitting.close()


async def test_twenty_errors_in_a_minute_end_the_socket(sitting: Sitting) -> None:
    teacher = await sitting.open(TEACHER)
    other_tab = await sitting.open(TEACHER)
    for _ in range(19):
        await teacher.socket.send("no command")
    await teacher.until(lambda: sum(frame["type"] == "error" for frame in teacher.frames) == 19)
    await teacher.settle()
    await teacher.socket.send("no command")
    assert await teacher.until_closed() == 1008
    assert sum(frame["type"] == "error" for frame in teacher.frames) == 20
    await other_tab.settle()


@pytest.mark.parametrize(("size", "code"), [(32 * 1024, None), (32 * 1024 + 1, 1009), (33 * 1024, 1009)])
async def test_a_frame_over_the_limit_ends_the_socket(sitting: Sitting, size: int, code: int | None) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    await chair.settle()
    views = len(chair.views)
    id = str(uuid4())
    body = json.dumps({"id": id, "type": "add_item", **point()})
    await teacher.socket.send(body + " " * (size - len(body)))
    if code is None:
        await teacher.until(lambda: teacher.answers_to(id))
        assert teacher.answers_to(id)[0]["type"] == "saved"
    else:
        assert await teacher.until_closed() == code
        await chair.until(lambda: not chair.shared[f"person/{TEACHER}"]["present"])
        assert len(chair.views) == views + 1, "nothing but that the teacher's screen is gone"


async def test_a_frame_over_the_limit_in_pieces_ends_the_socket_too(sitting: Sitting) -> None:
    teacher = await sitting.open(TEACHER)
    await teacher.socket.send(["x" * 8192] * 5)
    assert await teacher.until_closed() == 1009


async def test_whoever_does_not_wait_to_be_let_in_is_no_fault_of_ours(sitting: Sitting) -> None:
    cookie, server = await sitting.join(TEACHER), sitting.server
    faults = server.log.read_text().count("our fault")
    lines = [f"GET {urlsplit(sitting.url).path} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"]
    lines += [f"Host: {server.base_url.removeprefix('http://')}", f"Origin: {server.base_url}", f"Cookie: {cookie}"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    for _ in range(20):
        _, writer = await asyncio.open_connection("127.0.0.1", int(server.base_url.rsplit(":", 1)[1]))
        writer.write("\r\n".join([*lines, "", ""]).encode())
        writer.close()
    await (await sitting.open(TEACHER)).settle()
    assert server.log.read_text().count("our fault") == faults
