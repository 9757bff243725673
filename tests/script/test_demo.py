"""The demonstration starts at a named moment of the worked conference, a minute ago."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.board.board import EVENTS
from app.board.state import Board
from app.script.demo import MOMENTS, fill_demo, moved, until
from app.script.play import play
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
    assert sum(member.is_here for member in board.people.members.values()) == 11 + 1  # and the screen on the wall


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
            assert now == (then + by if isinstance(then, datetime) else then)


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
