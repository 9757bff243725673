"""A very unsafe number asks the chair, and nobody else, whether the child is safe tonight."""

from typing import Any

import pytest

from app.areas.areas import area_named
from app.board.area import Area
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting
from tests.cast import ADVOCATE, CHAIR, DANA, NURSE, SOCIAL_WORKER, TANSY, TEACHER


def prompt(meeting: Meeting, scale: str) -> dict[str, Any] | None:
    seen: dict[str, Any] | None = meeting.shared(CHAIR).get(f"safety_prompt/{scale}")
    return seen


@pytest.mark.parametrize("show", ["chair", "everyone"])
def test_it_is_asked_as_soon_as_the_chair_can_see_such_a_number_and_names_nobody(
    scaling_open: Meeting, show: str
) -> None:
    scale = scaling_open.opens(show=show)
    scaling_open.answers(TEACHER, scale, 3)
    scaling_open.answers(DANA, scale, None)
    assert prompt(scaling_open, scale) is None
    scaling_open.answers(NURSE, scale, 2)
    assert prompt(scaling_open, scale) == {"at_or_below": 2, "people": None}
    scaling_open.answers(NURSE, scale, 3)
    assert prompt(scaling_open, scale) is None


def test_where_nobody_watches_it_waits_for_the_reveal(scaling_open: Meeting) -> None:
    scale = scaling_open.opens(show="nobody")
    scaling_open.answers(NURSE, scale, 0)
    assert prompt(scaling_open, scale) is None
    scaling_open.does(CHAIR, "close_scale", scale_id=scale)
    assert prompt(scaling_open, scale) is None
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    assert prompt(scaling_open, scale) == {"at_or_below": 2, "people": [NURSE]}


@pytest.mark.parametrize("show", ["chair", "everyone", "nobody"])
def test_once_shown_it_says_whose_in_the_order_of_the_table(scaling_open: Meeting, show: str) -> None:
    scale = scaling_open.opens(show=show)
    for person, score in ((DANA, 1), (TEACHER, 6), (SOCIAL_WORKER, 2)):
        scaling_open.answers(person, scale, score)
    scaling_open.answers(ADVOCATE, scale, 0, for_child=TANSY)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    assert prompt(scaling_open, scale) == {"at_or_below": 2, "people": [SOCIAL_WORKER, DANA, ADVOCATE]}
    scaling_open.does(CHAIR, "void_scale", scale_id=scale, why="Half of us read it the other way round.")
    assert prompt(scaling_open, scale) is None


def test_the_unsafe_side_is_that_of_the_question(scaling_open: Meeting) -> None:
    scale = scaling_open.opens(direction="lower_is_safer", question="How worried are you?")
    scaling_open.answers(NURSE, scale, 1)
    assert prompt(scaling_open, scale) is None
    scaling_open.answers(TEACHER, scale, 8)
    assert prompt(scaling_open, scale) == {"at_or_above": 8, "people": None}


@pytest.mark.parametrize(
    ("direction", "safe", "unsafe", "line"),
    [("lower_is_safer", 7, 8, {"at_or_above": 8}), ("higher_is_safer", 3, 2, {"at_or_below": 2})],
)
def test_an_area_that_asks_how_worried_has_its_line_at_the_other_end(
    direction: str, safe: int, unsafe: int, line: dict[str, int]
) -> None:
    meeting = moments.prepared(area=area_named("strengthening_families"))
    meeting.enters("scaling")
    scale = meeting.opens(direction=direction)
    meeting.answers(TEACHER, scale, safe)
    assert prompt(meeting, scale) is None
    meeting.answers(NURSE, scale, unsafe)
    assert prompt(meeting, scale) == {**line, "people": None}


def test_the_line_is_the_areas() -> None:
    area = Area()
    rules = area.scale.model_copy(update={"safety_prompt_at": 4})
    meeting = moments.prepared(area=area.model_copy(update={"scale": rules}))
    meeting.enters("scaling")
    scale = meeting.opens()
    meeting.answers(TEACHER, scale, 4)
    assert prompt(meeting, scale) == {"at_or_below": 4, "people": None}


@pytest.mark.parametrize("show", ["chair", "everyone", "nobody"])
def test_nobody_else_is_ever_asked(scaling_open: Meeting, show: str) -> None:
    scale = scaling_open.opens(show=show)
    scaling_open.answers(NURSE, scale, 0)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    for person in EVERYONE:
        asked = [key for key in scaling_open.screen(person) if key.startswith("safety_prompt/")]
        assert bool(asked) is (person == CHAIR)
