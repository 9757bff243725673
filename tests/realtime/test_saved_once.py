"""A saved id stays saved: sent again it changes nothing, whoever restarted meanwhile, and it can never mean another."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest

from app.store.log import EventLog
from tests.cast import CALLUM, CHAIR, DANA, NURSE, TEACHER
from tests.conftest import KeptIn
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting, serving


@pytest.fixture
async def restartable(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery, settings=await kept_in()) as server:
        yield server


async def rows_of(sitting: Sitting) -> int:
    assert sitting.server.database
    return len(await EventLog(sitting.server.database).read(sitting.id))


async def test_a_double_send_is_saved_twice_and_happens_once(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    body = point("Sent twice.")
    made = await teacher.does("add_item", **body)
    rows, version = await rows_of(sitting), chair.version
    second_tab = await sitting.open(TEACHER)
    await chair.settle()
    version = chair.version
    assert await teacher.does("add_item", made, **body) == made
    assert await second_tab.does("add_item", made, **body) == made
    reordered = {name: body[name] for name in sorted(body)}
    assert await second_tab.does("add_item", made, **reordered) == made
    await chair.settle()
    assert chair.version == version
    assert await rows_of(sitting) == rows


async def test_both_of_two_sends_at_once_are_saved_and_one_happens(sitting: Sitting) -> None:
    _, teacher = await sitting.begin(CHAIR, TEACHER)
    before, made = await rows_of(sitting), str(uuid4())
    await asyncio.gather(*[teacher.post("add_item", made, **point()) for _ in range(5)])
    await teacher.until(lambda: len(teacher.answers_to(made)) == 5)
    assert {answer["type"] for answer in teacher.answers_to(made)} == {"saved"}
    assert await rows_of(sitting) == before + 1


async def test_an_id_with_other_words_or_from_another_person_is_refused(sitting: Sitting) -> None:
    chair, teacher, nurse, dana = await sitting.begin(CHAIR, TEACHER, NURSE, DANA)
    body = point("The first words.")
    made = await teacher.does("add_item", **body)
    rows = await rows_of(sitting)
    assert await teacher.refused("add_item", made, **{**body, "text": "Other words."}) == "id_reused"
    assert await teacher.refused("add_item", made, **body, happened_on=None) == "id_reused"
    assert await teacher.refused("raise_hand", made, on=True) == "id_reused"
    assert await nurse.refused("add_item", made, **body) == "id_reused"
    assert await dana.refused("raise_hand", made, on=True) == "id_reused"
    assert await chair.refused("set_phase", made, phase="close") == "id_reused"
    assert await rows_of(sitting) == rows
    assert await teacher.does("add_item", made, **body) == made


async def test_a_refused_id_is_judged_afresh(sitting: Sitting) -> None:
    chair, dana = await sitting.begin(CHAIR, DANA)
    made = await chair.does("add_item", **point())
    answer, id = {"item_id": made, "agrees": "no", "text": "I was at work."}, str(uuid4())
    await chair.does("remove_item", item_id=made, why="")
    assert await dana.refused("respond_to_item", id, **answer) == "not_found"
    await chair.does("restore_item", item_id=made, why="")
    assert await dana.does("respond_to_item", id, **answer) == id
    assert [each["text"] for each in dana.shared[f"item/{made}"]["responses"]] == ["I was at work."]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_what_was_saved_before_a_restart_is_saved_after_it(restartable: Server, how: signal.Signals) -> None:
    """With open sockets; the cookie still opens the door, the epoch is another, the map is the same."""
    sitting = await restartable.sitting()
    chair, teacher, nurse, callum = await sitting.begin(CHAIR, TEACHER, NURSE, CALLUM)
    made = await teacher.does("add_item", **point("Before."))
    await chair.does("place_item", item_id=made, base_version=made)
    kept = await teacher.does("add_item", **point("Kept with the teacher."))
    for screen in (chair, teacher, callum):
        await screen.settle()
    await restartable.end(how)
    for screen in (chair, teacher, nurse, callum):
        assert await screen.until_closed() == (1012 if how is signal.SIGTERM else 1006)
    await restartable.start()
    people = {CHAIR: chair, TEACHER: teacher, NURSE: nurse, CALLUM: callum}
    again: dict[str, Screen] = {person: await sitting.back(screen, person) for person, screen in people.items()}
    for person, screen in again.items():
        await screen.settle()
        assert screen.frames[0]["full"] is True
        assert screen.epoch != people[person].epoch
        assert screen.all == people[person].all
    rows = await rows_of(sitting)
    assert await again[TEACHER].does("add_item", made, **point("Before.")) == made
    assert await again[TEACHER].refused("add_item", made, **point("Other words.")) == "id_reused"
    assert await again[NURSE].refused("add_item", kept, **point("Kept with the teacher.")) == "id_reused"
    assert await rows_of(sitting) == rows
    await sitting.close()
