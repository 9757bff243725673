"""Where websockets are blocked the same frames go over answers and requests, under the same rules."""

import json
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import uuid4

import pytest

from tests.cast import CHAIR, DANA, NURSE, TEACHER
from tests.conftest import KeptIn
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving
from tests.realtime.streams import NotAccepted, StreamSocket, stream_screen
from tests.realtime.test_turns import write_a_lot

WAYS = [pytest.param(False, id="one long answer"), pytest.param(True, id="many short answers")]


@pytest.mark.parametrize("short", WAYS)
async def test_a_teacher_without_websockets_sees_and_does_what_everybody_does(sitting: Sitting, short: bool) -> None:
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await stream_screen(sitting, TEACHER, short=short)
    await nurse.until(lambda: nurse.shared[f"person/{TEACHER}"]["present"])
    offered = await teacher.does("add_item", **point("She was at school each day."))
    assert f"mine/item/{offered}" in teacher.own
    await chair.does("place_item", item_id=offered, base_version=offered)
    await teacher.until(lambda: f"item/{offered}" in teacher.shared)
    assert await teacher.refused("give_floor", person_id=None)
    assert teacher.shared == (await nurse.settle()).shared
    again = await stream_screen(sitting, TEACHER, kept=teacher, short=short)
    assert "full" not in again.views[0]
    await again.close()
    await teacher.close()
    await nurse.until(lambda: not nurse.shared[f"person/{TEACHER}"]["present"], seconds=20)


async def test_what_goes_down_is_byte_for_byte_what_a_socket_is_sent(sitting: Sitting) -> None:
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await stream_screen(sitting, TEACHER)
    await nurse.until(lambda: nurse.shared[f"person/{TEACHER}"]["present"])
    seen = len(nurse.raw), len(teacher.raw)
    for n in range(3):
        await chair.does("add_item", **point(f"“Café” {n} \n" + "x" * 100 * n))
    last = chair.shared["order/worry/past_harm"]
    await nurse.until(lambda: nurse.shared["order/worry/past_harm"] == last)
    await teacher.until(lambda: teacher.shared["order/worry/past_harm"] == last)
    assert nurse.raw[seen[0] :] == teacher.raw[seen[1] :]


async def test_nobody_else_gets_a_stream_or_writes_on_one(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    teacher = await stream_screen(sitting, TEACHER)
    socket = teacher.socket
    assert isinstance(socket, StreamSocket)
    assert socket.answer
    assert socket.answer.headers["content-type"].startswith("text/event-stream")
    assert "no-store" in socket.answer.headers["cache-control"]
    stranger = {"Cookie": "kinboard_none=x", "Origin": sitting.server.base_url}
    elsewhere = {"Cookie": await sitting.join(TEACHER), "Origin": "http://elsewhere.example"}
    unsaid = {"Cookie": await sitting.join(TEACHER)}
    another = {"Cookie": await sitting.join(NURSE), "Origin": sitting.server.base_url}
    for headers, status in ((stranger, 404), (elsewhere, 403), (unsaid, 403), (another, 404)):
        async with sitting.server.client(**headers) as browser:
            for path in (f"{socket.path}/{socket.line}", f"{socket.path}/{socket.line}/next"):
                assert (await browser.post(path, content="{}")).status_code == status
            if headers is not another:
                assert (await browser.post(socket.path)).status_code == status
            assert (await browser.get(socket.path)).status_code == 405
    with pytest.raises(NotAccepted) as refused:
        await StreamSocket.open(sitting, TEACHER, Origin="null")
    assert refused.value.status == 403
    await teacher.settle()
    assert [frame["type"] for frame in teacher.frames].count("error") == 0


@pytest.mark.parametrize("short", WAYS)
async def test_it_ends_with_the_codes_of_a_socket(sitting: Sitting, short: bool) -> None:
    (chair,) = await sitting.begin(CHAIR)
    older = await stream_screen(sitting, TEACHER, "?build=older", short=short)
    assert await older.until_closed() == 4001
    big, wrong, not_unicode = [await stream_screen(sitting, TEACHER, short=short) for _ in range(3)]
    command = json.dumps({"id": str(uuid4()), "type": "raise_hand", "on": True})
    await big.socket.send(command + " " * (32 * 1024 - len(command)))
    await big.settle()
    await big.socket.send(command + " " * (32 * 1024 + 1 - len(command)))
    assert await big.until_closed() == 1009
    await wrong.socket.send("no command\n" * 20)
    assert await wrong.until_closed() == 1008
    await not_unicode.socket.send(b"\xff")
    assert await not_unicode.until_closed() == 1007
    nurse = await stream_screen(sitting, NURSE, short=short)
    await chair.does("remove_person", person_id=NURSE)
    assert await nurse.until_closed() == 4003
    with suppress(NotAccepted):  # as soon as her session is ended too
        again = await stream_screen(sitting, NURSE, short=short)
        assert await again.until_closed() == 4003
        assert again.frames == []


async def test_what_is_sent_together_is_judged_in_order_and_a_burst_is_too_fast(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    teacher = await stream_screen(sitting, TEACHER)
    commands = [{"id": str(uuid4()), "type": "raise_hand", "on": n % 2 == 0} for n in range(205)]
    await teacher.socket.send("\n".join(map(json.dumps, commands)))
    await teacher.until(lambda: all(teacher.answers_to(str(one["id"])) for one in commands))
    answers = [teacher.answers_to(str(one["id"]))[0] for one in commands]
    assert [answer["type"] for answer in answers[:200]] == ["saved"] * 200
    assert answers[-1]["code"] == "too_fast"
    too_much = await teacher.socket.post(b" " * (8 * 32 * 1024 + 1))  # type: ignore[attr-defined]
    assert too_much.status_code == 413


async def test_a_stopped_reader_is_closed_and_nobody_else_notices(impatient: Server) -> None:
    sitting = await impatient.sitting()
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await stream_screen(sitting, TEACHER)
    key = f"person/{TEACHER}"
    await nurse.until(lambda: nurse.shared[key]["present"])
    teacher.stop_reading()
    statement = None
    while nurse.shared[key]["present"]:
        statement, _ = await write_a_lot(chair, statement, 5)
    teacher.read_again()
    assert await teacher.until_closed() == 1013
    again = await stream_screen(sitting, TEACHER, kept=teacher)
    assert again.shared == {**nurse.shared, key: again.shared[key]}
    await sitting.close()


async def test_a_stream_of_short_answers_that_nobody_asks_for_is_over(impatient: Server) -> None:
    sitting = await impatient.sitting()
    _, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await stream_screen(sitting, TEACHER, short=True)
    await nurse.until(lambda: nurse.shared[f"person/{TEACHER}"]["present"])
    teacher.stop_reading()
    await nurse.until(lambda: not nurse.shared[f"person/{TEACHER}"]["present"])
    await sitting.close()


@pytest.fixture
async def own_server(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery, settings=await kept_in()) as server:
        yield server


async def test_a_server_that_restarts_tells_streams_too_and_does_not_wait_for_them(own_server: Server) -> None:
    sitting = await own_server.sitting()
    (chair,) = await sitting.begin(CHAIR)
    long, short = [await stream_screen(sitting, who, short=who == DANA) for who in (TEACHER, DANA)]
    began = monotonic()
    await own_server.end(signal.SIGTERM)
    assert monotonic() - began < 4
    assert [await screen.until_closed() for screen in (chair, long, short)] == [1012, 1012, 1012]
    await sitting.close()
