"""The chair's seat over real sockets: races with stale devices, and a deputy who takes over from a lost chair."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from app.store.log import EventLog
from tests.board.test_chair import require_one_chair
from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, SCRIBE
from tests.conftest import KeptIn
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting, serving

RACES = 40


async def race(chance: random.Random, screens: dict[str, list[Screen]], written: dict[str, tuple[str, str]]) -> None:
    """Everybody sends at once what fits what their own screen last said, or what it said some time ago."""
    posted = []
    for person, devices in screens.items():
        for device in devices:
            heard = [frame["put"]["me"]["reign"] for frame in device.frames if "me" in frame.get("put", {})]
            stale = chance.choice(heard)
            reign = chance.choice([device.own["me"]["reign"], stale])
            kind, fields = chance.choice(
                [
                    ("hand_over", {"person_id": chance.choice([CHAIR, SCRIBE, NURSE])}),
                    ("set_phase", {"phase": chance.choice(["mapping", "next_steps"])}),
                    ("give_floor", {"person_id": DANA}),
                ]
            )
            id = await device.post(kind, **fields, reign=reign)
            written[id] = (person, reign)
            posted.append((device, id))
    for device, id in posted:
        await device.until(lambda device=device, id=id: device.answers_to(id))  # type: ignore[misc]


async def test_races_over_real_lines_leave_one_chair_at_each_position(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    screens = {person: [await sitting.open(person) for _ in range(2)] for person in (CHAIR, SCRIBE, NURSE)}
    written: dict[str, tuple[str, str]] = {}
    for seed in range(RACES):
        await race(random.Random(seed), screens, written)
    assert sitting.server.database
    rows = await EventLog(sitting.server.database).read(sitting.id)
    require_one_chair(rows, written)
    assert sum(b"chair_handed_over" in row.body for row in rows) > 3
    reigns = [device.own["me"]["reign"] for devices in screens.values() for device in devices]
    assert len(set(reigns)) == 1


@pytest.fixture
async def impatient(
    kept_in: KeptIn, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """Half a second without the chair is long here."""
    arguments = ["--set", "app.board.chair:LOST_AFTER_SECONDS=0.5"]
    settings = await kept_in()
    async with serving(tmp_path_factory.mktemp("impatient"), *arguments, nursery=nursery, settings=settings) as server:
        yield server


async def test_the_deputy_takes_the_chair_that_was_lost_and_she_comes_back_to_their_seat(impatient: Server) -> None:
    sitting = await impatient.sitting()
    chair, nurse, dana, wall = await sitting.begin(CHAIR, NURSE, DANA, PROJECTOR)
    await chair.does("name_deputy", person_id=NURSE)
    late = {"phase": "decision", "reign": chair.own["me"]["reign"]}
    await asyncio.sleep(0.6)  # however long it is: while her screen is open she is not lost
    assert await nurse.refused("take_over", from_person=CHAIR) == "chair_is_here"
    await chair.close()
    sitting.screens.remove(chair)
    await nurse.until(lambda: not nurse.shared[f"person/{CHAIR}"]["present"])
    assert await nurse.refused("take_over", from_person=CHAIR) == "chair_is_here"
    await asyncio.sleep(0.6)
    await nurse.does("take_over", from_person=CHAIR)
    for screen in (nurse, dana, wall):
        await screen.until(lambda screen=screen: screen.shared["chair"]["how"] == "taken_over")  # type: ignore[misc]
    back = await sitting.open(CHAIR)
    assert (back.own["me"]["role"], back.shared["chair"]["before"]) == ("professional", CHAIR)
    assert await back.refused("set_phase", **late) == "chair_changed"
    await sitting.close()
