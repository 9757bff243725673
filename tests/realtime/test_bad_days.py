"""The disk is full, and full again: nobody is told "saved", nothing falls over, and it goes on when there is room."""

import json
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, DANA, NURSE, TEACHER
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving


@pytest.fixture
async def own_server(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery) as server:
        yield server


@contextmanager
def full_disk(server: Server, *, also_for_logs: bool) -> Iterator[None]:
    """No file of this server may grow; the log of what went wrong may, unless the whole disk is full."""
    files = [path.stat().st_size for path in server.data.iterdir()]
    limit = 1 if also_for_logs else max(files)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.parametrize("also_for_logs", [False, True])
async def test_on_a_full_disk_nothing_is_said_to_be_saved_and_later_all_is(
    own_server: Server, also_for_logs: bool
) -> None:
    sitting = await own_server.sitting()
    chair, teacher, dana = await sitting.begin(CHAIR, TEACHER, DANA)
    before = dict(dana.shared)
    await sitting.join(NURSE)
    with full_disk(own_server, also_for_logs=also_for_logs):
        answer = await teacher.send("add_item", **(words := point("Written on a full disk. " * 10)))
        while answer["type"] == "saved":  # what was left of the last block
            answer = await teacher.send("add_item", **words)
        assert answer["code"] == "not_saved"
        assert answer["reference"]
        again = await teacher.send("add_item", answer["id"], **words)
        assert again["code"] == "not_saved"
        assert again["reference"] != answer["reference"]
        nurse = await sitting.open(NURSE)
        await dana.until(lambda: dana.shared[f"person/{NURSE}"]["present"])
        assert {**dana.shared, f"person/{NURSE}": before[f"person/{NURSE}"]} == before
        assert f"mine/item/{answer['id']}" not in teacher.own
        async with own_server.client() as browser:
            ready = await browser.get("/health/ready")
            assert ready.status_code == 503
            assert ready.json()["why"].startswith("Nothing can be saved: ")
    async with own_server.client() as browser:
        assert (await browser.get("/health/ready")).status_code == 200, "tried again by whoever watches"
    await teacher.does("add_item", answer["id"], **words)
    await chair.does("place_item", item_id=answer["id"], base_version=answer["id"])
    for screen in (dana, nurse):
        await screen.settle()
        assert f"item/{answer['id']}" in screen.shared
    assert own_server.database
    assert await EventLog(own_server.database).verify(sitting.id) is None
    if not also_for_logs:
        logged = [json.loads(line) for line in own_server.log.read_text().splitlines()]
        assert answer["reference"] in [line.get("reference") for line in logged]
    await sitting.close()


async def test_a_link_that_could_not_be_used_on_a_full_disk_is_not_used_up(own_server: Server) -> None:
    sitting = await own_server.sitting()
    secret = await sitting.link(NURSE)
    async with own_server.client(Origin=own_server.base_url) as browser:
        assert (await browser.post("/api/join", json={"secret": await sitting.link(TEACHER)})).status_code == 200
        with full_disk(own_server, also_for_logs=True):
            answer = await browser.post("/api/join", json={"secret": secret})
            assert answer.status_code == 500
            assert set(answer.json()) == {"code", "reference"}
            assert "set-cookie" not in answer.headers
        assert (await browser.post("/api/join", json={"secret": secret})).status_code == 200


async def test_many_wrong_writes_in_a_row_do_not_send_anybody_away(own_server: Server) -> None:
    """ "Not saved" is our fault, so it counts against nobody."""
    sitting = await own_server.sitting()
    chair, _ = await sitting.begin(CHAIR, TEACHER)
    with full_disk(own_server, also_for_logs=True):
        answers = [await chair.send("set_phase", phase="close") for _ in range(30)]
    assert {answer.get("code") for answer in answers} <= {"not_saved", None}
    assert answers[-1]["code"] == "not_saved"
    await chair.does("set_phase", answers[-1]["id"], phase="close")
    await sitting.close()
