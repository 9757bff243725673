"""The chair looks back: at every moment of the time line each screen is what it really was then."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets import ConnectionClosed

from app.board.actor import audience_of
from app.board.conference import PrepareConference
from app.board.people import actor_of
from app.realtime.looking_back import board_after, view_then
from app.realtime.room import CLOSED_GONE
from app.store.log import EventLog
from tests.cast import CHAIR, DANA, PROJECTOR, SCRIBE, TEACHER
from tests.conftest import KeptIn
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Closed, Frame, Screen
from tests.realtime.server import Server, Sitting, serving
from tests.script.worked import FILES, worked

UUID = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4})-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{12})")


def as_sent(body: str) -> str:
    """The same command with ids such as a browser makes."""
    return UUID.sub(r"\1-4000-8000-\2", body)


def without_presence(view: Frame) -> Frame:
    """Who was connected is no history; a screen on the wall is here as long as it is connected."""
    return {
        key: {name: part for name, part in value.items() if name not in _connected(value)}
        if key.startswith("person/")
        else value
        for key, value in view.items()
    }


def _connected(person: Frame) -> tuple[str, ...]:
    return ("present", "here") if person["role"] == "room_screen" else ("present",)


@pytest.fixture(scope="session")
async def generous(
    kept_in: KeptIn, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """Lets everybody ask, after every act, whether all has arrived."""
    arguments = ["--set", "app.realtime.allowance:COMMANDS_PER_SECOND=100000.0"]
    settings = await kept_in()
    async with serving(tmp_path_factory.mktemp("generous"), *arguments, nursery=nursery, settings=settings) as server:
        yield server


@pytest.mark.parametrize("name", FILES)
async def test_every_moment_looks_as_it_looked_to_each_audience(name: str, generous: Server) -> None:
    first, *steps = worked(name).steps
    prepared = PrepareConference.model_validate_json(as_sent(first.command.model_dump_json(by_alias=True)))
    sitting = await generous.sitting_of(prepared)
    board = worked(name).board
    people = {as_sent(person): actor_of(board, person) for person in board.people.members}
    watching = {audience_of(actor): person for person, actor in people.items()}
    screens: dict[str, Screen] = {
        person: await sitting.open(person)
        for person in {*watching.values(), *(as_sent(step.person_id) for step in steps)}
    }
    assert generous.database
    log = EventLog(generous.database)
    before = len(await log.read(sitting.id))  # the preparation, and who came
    remembered: list[dict[str, Frame]] = []
    for step in steps:
        body: dict[str, Any] = json.loads(
            as_sent(step.command.model_dump_json(by_alias=True, exclude_unset=True, exclude_none=False))
        )
        kind = step.command.type  # type: ignore[attr-defined]
        await screens[as_sent(step.person_id)].does(**{**body, "type": kind})
        here = await asyncio.gather(*(is_here(screens[person]) for person in watching.values()))
        seeing = [person for person, is_there in zip(watching.values(), here, strict=True) if is_there]
        remembered.append({person: without_presence(screens[person].shared) for person in seeing})
    await sitting.close()

    rows = await log.read(sitting.id)
    for moment, then in enumerate(remembered, start=before + 1):
        board = board_after(rows[:moment])
        for person, shown in then.items():
            assert without_presence(view_then(board, person)["put"]) == shown, f"{moment} {people[person].role}"


async def is_here(screen: Screen) -> bool:
    """Once all that was sent has come; False for a screen that was closed with the meeting."""
    try:
        await screen.settle()
    except (Closed, ConnectionClosed):
        await screen.until_closed()
        assert screen.code == CLOSED_GONE
        return False
    return True


async def looking(sitting: Sitting, person: str, path: str) -> Any:
    async with sitting.server.client(Cookie=await sitting.join(person)) as browser:
        return await browser.get(f"/api/conferences/{sitting.id}/{path}")


async def test_the_time_line_says_when_and_what_sort_of_act_and_no_word_of_it(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    await chair.does("add_item", **point("Nobody may read this in a list of moments."))
    answer = await looking(sitting, CHAIR, "moments")
    assert "Nobody may read" not in answer.text
    assert [(each["n"], each["what"], each["phase"]) for each in answer.json()["moments"]] == [
        (1, "conference_prepared", "prepare"),
        (2, "phase_set", "mapping"),
        (3, "item_added", "mapping"),
    ]


async def test_an_earlier_moment_does_not_hold_what_came_later(sitting: Sitting) -> None:
    chair, room = await sitting.begin(CHAIR, PROJECTOR)
    made = await chair.does("add_item", **point())
    await chair.does("remove_item", item_id=made, why="Said twice")
    await room.settle()
    shown = [(await looking(sitting, CHAIR, f"seen-by/{PROJECTOR}?at={n}")).json()["put"] for n in (2, 3, 4)]
    assert [f"item/{made}" in view for view in shown] == [False, True, False]


@pytest.mark.parametrize("person", [SCRIBE, TEACHER, DANA, PROJECTOR])
async def test_nobody_but_the_chair_looks_back(person: str, sitting: Sitting) -> None:
    unknown = await looking(sitting, CHAIR, f"seen-by/{sitting.id}?at=1")
    for path in ("moments", f"seen-by/{DANA}?at=1"):
        answer = await looking(sitting, person, path)
        assert (answer.status_code, answer.content) == (404, unknown.content)
    async with sitting.server.client(Cookie=await sitting.join(person)) as browser:
        page = await browser.get(f"/c/{sitting.id}/back")
    assert page.status_code == 404
    assert "Only the chair" in page.text


async def test_somebody_who_was_taken_out_by_then_is_answered_like_nobody(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    await chair.does("remove_person", person_id=TEACHER)
    before, after = [await looking(sitting, CHAIR, f"seen-by/{TEACHER}?at={n}") for n in (2, 3)]
    assert (before.status_code, after.status_code) == (200, 404)
