"""The demonstration starts at a named moment of the worked conference, a minute ago."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.board.actor import ROOM
from app.board.board import EVENTS, see
from app.board.state import Board
from app.script import demo
from app.script.demo import MOMENTS, STARTS, fill_demo, moved, until
from app.script.importer import Imported, import_steps
from app.script.past import board_of
from app.script.play import RefusedStep, play
from app.store.log import EventLog
from tests.script.worked import Worked, everything_seen, saved

NOW = datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)


def standing(board: Board, standing: str) -> int:
    return sum(item.standing == standing for item in board.items.by_id.values())


MEANING: dict[str, Callable[[Board], bool]] = {
    "start": lambda board: board.running.phase == "welcome" and not board.items.by_id,
    "mapping": lambda board: (
        board.running.phase == "mapping"
        and not board.running.break_since
        and standing(board, "held") == 1
        and standing(board, "on_board") > 12
    ),
    "before_scale": lambda board: bool(board.running.threshold) and not board.scales.by_id,
    "scale_open": lambda board: [len(scale.answers) for scale in board.scales.by_id.values()] == [0],
    "scale_shown": lambda board: board.scales.any_revealed and not board.views.of_agencies,
    "decision": lambda board: board.running.phase == "decision" and not board.decisions.by_child,
    "end": lambda board: bool(board.conference.closed_at),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_moment_is_what_its_name_says(conference: Worked, moment: str) -> None:
    played = play(until(conference.steps, moment))
    assert played.refused == ()
    if moment != "mapping" or conference.file.conference.type == "initial":  # nothing was held at the review
        assert MEANING[moment](played.board)


@pytest.mark.parametrize("moment", [moment for moment in MOMENTS if moment != "end"])
def test_everybody_who_came_is_still_there(initial: Worked, moment: str) -> None:
    board = play(until(initial.steps, moment)).board
    assert sum(member.is_here for member in board.people.members.values()) == 11


@pytest.mark.parametrize("moment", MOMENTS)
async def test_the_last_act_of_a_demonstration_was_a_minute_ago(log: EventLog, moment: str) -> None:
    conference_id = await fill_demo(log, moment, NOW)
    rows = await log.read(conference_id)
    assert rows[-1].at == NOW - timedelta(minutes=1)
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert await log.verify(conference_id) is None


def test_every_time_in_the_log_moves_by_the_same_and_nothing_else_changes(initial: Worked) -> None:
    by = timedelta(days=500, minutes=7)
    rows = saved(play(moved(initial.steps, by)).rows)
    for row, was in zip(rows, initial.rows, strict=True):
        assert row.at == was.at + by
        (event,), (before,) = EVENTS.validate_json(row.body), EVENTS.validate_json(was.body)
        for name in type(event).model_fields:
            now, then = getattr(event, name), getattr(before, name)
            moves = isinstance(then, datetime) and name != "starts_at"  # it was planned for its own day
            assert now == (then + by if moves else then)


async def test_a_demonstration_is_filled_once(log: EventLog) -> None:
    conference_id = await fill_demo(log, "before_scale", NOW)
    rows = await log.read(conference_id)
    assert await fill_demo(log, "end", NOW + timedelta(days=1)) == conference_id
    assert await log.read(conference_id) == rows


async def test_the_demonstration_is_the_worked_conference(log: EventLog, initial: Worked) -> None:
    conference_id = await fill_demo(log, "before_scale", NOW)
    assert conference_id == initial.id
    moved_board = play([], await log.read(conference_id)).board
    board = play(until(initial.steps, "before_scale")).board
    assert everything_seen(moved_board).keys() == everything_seen(board).keys()
    assert {key: item.words for key, item in moved_board.items.by_id.items()} == {
        key: item.words for key, item in board.items.by_id.items()
    }


@pytest.mark.parametrize("start", STARTS)
async def test_a_demonstration_is_filled_without_a_refusal_wherever_it_starts(log: EventLog, start: str) -> None:
    refused: list[RefusedStep] = []

    async def noting(*args: Any) -> Imported:
        imported = await import_steps(*args)
        refused.extend(imported.refused)
        return imported

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(demo, "import_steps", noting)
        await fill_demo(log, start, NOW)
    assert refused == []


async def test_the_demonstration_of_a_review_comes_behind_the_whole_first_conference(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    assert await fill_demo(log, "review", NOW) == review.id
    board = board_of(await log.read(review.id))
    assert board_of(await log.read(initial.id)).conference.closed_at
    assert MEANING["before_scale"](board)
    assert len(board.items.order["worry", "past_harm"]) == 2
    seen = see(board, frozenset(), ROOM)
    assert seen["earlier"]["held_on"] == "2025-06-24"
    assert seen[f"earlier_step/{initial.of('n5')}"]["note"] == "Dentist was seen in October."
    rows = await log.read(review.id)
    assert rows[-1].at == NOW - timedelta(minutes=1)


async def test_the_review_stays_as_it_is_when_its_demonstration_starts_again(log: EventLog, review: Worked) -> None:
    await fill_demo(log, "review", NOW)
    rows = await log.read(review.id)
    assert await fill_demo(log, "review", NOW + timedelta(days=1)) == review.id
    assert await log.read(review.id) == rows


async def test_each_child_has_a_letter_when_the_demonstration_is_over(log: EventLog, initial: Worked) -> None:
    board = board_of(await log.read(await fill_demo(log, "end", NOW)))
    assert set(board.letters.by_child) == set(board.conference.children)
    restricted = [item["text"] for item in initial.raw["restricted"]["items"]]
    for letter in board.letters.by_child.values():
        words = " ".join([letter.worried, letter.going_well, *letter.will_happen, letter.if_worried])
        assert not any(text in words for text in restricted)
        assert "wardrobe" not in words  # Tansy asked that nobody reads that out
