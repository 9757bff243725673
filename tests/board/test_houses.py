"""A child's own view: brought by an adult who is with them, shown once the child agrees and the chair has looked."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.board.drawing import DOWN, MOST_CHARACTERS, MOST_POINTS_IN_A_STROKE, MOST_STROKES, Drawing
from app.board.refusals import Reason
from app.realtime.protocol import MOST_BYTES_UP
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting, command_of, number, refused
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    NURSE,
    OBSERVER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

DRAWING: TypeAdapter[Any] = TypeAdapter(Drawing)


def who_reads(meeting: Meeting, words: str = "I lik wen nan comes") -> set[str]:
    return {person for person in EVERYONE if words in json.dumps(meeting.screen(person))}


def test_a_childs_house_is_read_by_nobody_else_before_the_child_agreed_and_by_the_chair_alone_before_she_looked(
    mapping: Meeting,
) -> None:
    house = mapping.fills(ADVOCATE)
    assert who_reads(mapping) == {ADVOCATE}
    mapping.agrees(ADVOCATE, house)
    assert who_reads(mapping) == {ADVOCATE, CHAIR}
    mapping.shows(house)
    assert who_reads(mapping) == set(EVERYONE) - {OBSERVER}
    seen = mapping.shared(PROJECTOR)[f"house/{house}"]
    assert seen.pop("at")
    assert seen == {
        "id": house,
        "child_id": TANSY,
        "house": "good_things",
        "words": "I lik wen nan comes",  # exactly as written
        "drawing": [{"pencil": "plum", "thickness": "thin", "path": "M100 90L140 120L160 90"}],
        "described": "Tansy drew her grandmother with a cake.",
        "brought_by": ADVOCATE,
        "name": "Bea",
        "version": house,
    }


def test_when_the_child_takes_it_back_it_is_off_every_screen_and_waits_for_the_chair_anew(mapping: Meeting) -> None:
    house = mapping.fills()
    mapping.agrees(ADVOCATE, house)
    mapping.shows(house)
    mapping.agrees(ADVOCATE, house, agreed=False)
    assert who_reads(mapping) == {ADVOCATE}
    mapping.agrees(ADVOCATE, house)
    assert who_reads(mapping) == {ADVOCATE, CHAIR}


def test_what_was_changed_is_not_what_the_child_agreed_to(mapping: Meeting) -> None:
    house = mapping.fills()
    mapping.agrees(ADVOCATE, house)
    mapping.shows(house)
    changed = mapping.fills(words="I like it when Nan comes and Dad is out")
    assert who_reads(mapping) == set()
    assert who_reads(mapping, "Dad is out") == {ADVOCATE}
    own = mapping.own(ADVOCATE)[f"mine/house/{house}"]
    assert (own["version"], own["agreed"], own["shown"]) == (changed, False, False)
    for agreed_to in (house, number(0xDEAD)):
        with refused(Reason.CHANGED_MEANWHILE):
            mapping.does(ADVOCATE, "agree_to_house", house_id=house, base_version=agreed_to, agreed=True)
    mapping.agrees(ADVOCATE, house)
    with refused(Reason.CHANGED_MEANWHILE):  # she looked at another one
        mapping.does(CHAIR, "show_house", house_id=house, base_version=house, on=True)


def test_the_chair_shows_only_what_the_child_agreed_to(mapping: Meeting) -> None:
    house = mapping.fills()
    with refused(Reason.NOT_FOUND):
        mapping.shows(house)
    mapping.agrees(ADVOCATE, house)
    mapping.shows(house)
    with refused(Reason.NOTHING_CHANGED):
        mapping.shows(house)
    mapping.shows(house, on=False)
    assert who_reads(mapping) == {ADVOCATE, CHAIR}


@pytest.mark.parametrize(
    ("person", "child", "may"),
    [
        (ADVOCATE, TANSY, True),
        (ADVOCATE, ROBIN, False),
        (SOCIAL_WORKER, ROBIN, True),
        (TEACHER, TANSY, True),
        (TEACHER, ROBIN, False),
        (BROTHER, TANSY, False),
        (NURSE, ROBIN, True),
    ],
)
def test_a_childs_house_is_brought_by_who_is_there_for_that_child(
    mapping: Meeting, person: str, child: str, may: bool
) -> None:
    if may:
        assert f"mine/house/{mapping.fills(person, child)}" in mapping.own(person)
    else:
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.fills(person, child)


@pytest.mark.parametrize("person", [CHAIR, SCRIBE, DANA, CALLUM])
def test_neither_who_looks_at_it_nor_a_parent_fills_it(mapping: Meeting, person: str) -> None:
    with refused(Reason.NOT_ALLOWED):
        mapping.fills(person)


def test_two_who_bring_the_same_childs_house_do_not_meet(mapping: Meeting) -> None:
    mapping.fills(SOCIAL_WORKER, words="I want my own room")
    mapping.fills(ADVOCATE)
    assert who_reads(mapping) == {ADVOCATE}
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.fills(ADVOCATE, base_version=None, words="again")
    with refused(Reason.NOTHING_CHANGED):
        mapping.fills(ADVOCATE)


def test_an_adult_says_what_a_drawing_shows_before_it_can_be_shown(mapping: Meeting) -> None:
    house = mapping.fills(described=" ")
    with refused(Reason.DRAWING_UNTOLD):
        mapping.agrees(ADVOCATE, house)
    mapping.fills(drawing=[], described="")  # words alone need no other words
    mapping.agrees(ADVOCATE, house)
    mapping.fills(words="  ", drawing=[], described="")
    with refused(Reason.HOUSE_EMPTY):
        mapping.agrees(ADVOCATE, house)
    with refused(Reason.NOTHING_CHANGED):
        mapping.fills(house="wishes", words="", drawing=[], described="")


def test_a_child_may_draw_before_the_meeting_and_take_it_back_after_the_decisions(decided: Meeting) -> None:
    before = moments.prepared()
    before.agrees(ADVOCATE, before.fills())
    assert who_reads(before) == {ADVOCATE, CHAIR}
    with refused(Reason.LOCKED):
        decided.fills()


def test_a_house_that_stands_there_can_be_taken_back_when_all_else_is_locked(scaling_open: Meeting) -> None:
    meeting = scaling_open
    shown, waits = meeting.fills(), meeting.fills(house="worries")
    for house in (shown, waits):
        meeting.agrees(ADVOCATE, house)
    meeting.shows(shown)
    meeting.enters("decision")
    for child in (TANSY, ROBIN):
        meeting.decides(child, override={"reason": "There was no time for the rest."})
    with refused(Reason.LOCKED):
        meeting.shows(waits)
    meeting.agrees(ADVOCATE, waits, agreed=False)
    with refused(Reason.LOCKED):
        meeting.agrees(ADVOCATE, waits)
    meeting.does(CHAIR, "close_conference")
    meeting.shows(shown, on=False)  # also when the child says so afterwards, before the papers go out
    assert who_reads(meeting) == {ADVOCATE, CHAIR}


def test_a_house_can_be_lit_for_the_room_while_it_is_shown(mapping: Meeting) -> None:
    house = mapping.fills()
    mapping.agrees(ADVOCATE, house)
    with refused(Reason.NOT_ON_SCREEN):
        mapping.does(CHAIR, "spotlight", key=f"house/{house}")
    mapping.shows(house)
    mapping.does(CHAIR, "spotlight", key=f"house/{house}")
    assert mapping.shared(DANA)["spotlight"] == {"key": f"house/{house}"}
    mapping.agrees(ADVOCATE, house, agreed=False)
    assert mapping.shared(DANA)["spotlight"] == {"key": None}


def test_a_parent_who_is_kept_apart_reads_it_once_the_chair_lets_them() -> None:
    meeting = moments.apart()
    house = meeting.fills()
    meeting.agrees(ADVOCATE, house)
    meeting.shows(house)
    assert not {CALLUM, PROJECTOR} & who_reads(meeting)
    assert f"house/{house}" in [line["key"] for line in meeting.shared(CHAIR)["kept_apart"]["lines"]]
    meeting.lets_read(f"house/{house}", CALLUM)
    assert CALLUM in who_reads(meeting)
    meeting.fills(words="I lik wen nan comes most")
    meeting.agrees(ADVOCATE, house)
    meeting.shows(house)
    assert CALLUM not in who_reads(meeting)  # nobody let them read this wording


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M1 1",
        "M1 1L2",
        "M1 1 L2 2",
        "M1,1L2,2",
        "m1 1l2 2",
        "M1 1L2 2Z",
        "M1 1C2 2 3 3 4 4",
        "M-1 1L2 2",
        "M1.5 1L2 2",
        "M01 1L2 2",
        "M1000 1L2 2",
        "M1 750L2 2",
        "M1 1L2 2\n",
        "M1 1L2 2M3 3L4 4",
        "M١ 1L2 2",
        'M1 1L2 2"/><script>alert(1)</script>',
        "M1 1" + "L2 2" * MOST_POINTS_IN_A_STROKE,
    ],
)
def test_a_stroke_is_numbers_on_the_sheet_and_nothing_else(path: str) -> None:
    with pytest.raises(ValidationError):
        DRAWING.validate_json(json.dumps([{"pencil": "ink", "thickness": "thin", "path": path}]))


points = st.tuples(st.integers(0, 999), st.integers(0, DOWN - 1))


@given(st.lists(st.lists(points, min_size=2, max_size=30), max_size=12))
def test_whatever_is_drawn_on_the_sheet_is_kept_to_the_last_point(strokes: list[list[tuple[int, int]]]) -> None:
    paths = ["M" + "L".join(f"{x} {y}" for x, y in stroke) for stroke in strokes]
    sent = [{"pencil": "clay", "thickness": "thick", "path": path} for path in paths]
    assert [stroke.path for stroke in DRAWING.validate_json(json.dumps(sent))] == paths


@given(st.text(alphabet="ML0123456789 <>\"'&;:/zcZ.,-", max_size=60))
def test_no_text_becomes_a_stroke_unless_it_is_one(text: str) -> None:
    try:
        (stroke,) = DRAWING.validate_json(json.dumps([{"pencil": "ink", "thickness": "thin", "path": text}]))
    except ValidationError:
        return
    numbers = stroke.path.replace("M", " ").replace("L", " ").split()
    assert all(number.isdecimal() for number in numbers)
    assert len(numbers) >= 4


def test_a_drawing_is_bounded_and_a_full_one_fits_on_the_wire() -> None:
    def strokes(count: int, points: int) -> list[dict[str, str]]:
        path = "M999 749" + "L999 749" * (points - 1)
        return [{"pencil": "plum", "thickness": "thick", "path": path}] * count

    DRAWING.validate_json(json.dumps(strokes(MOST_STROKES, 8)))
    for too_many in (strokes(MOST_STROKES + 1, 2), strokes(10, MOST_CHARACTERS // 80 + 1)):
        with pytest.raises(ValidationError):
            DRAWING.validate_json(json.dumps(too_many))
    fields = {"child_id": TANSY, "house": "wishes", "base_version": None, "described": "\U0001f3e0" * 500}
    whole = {**fields, "words": "\U0001f3e0" * 1500, "drawing": strokes(MOST_STROKES, 8)}
    assert command_of("fill_house", number(1), **whole)
    assert (
        len(json.dumps({"id": number(1), "type": "fill_house", **whole}, ensure_ascii=False).encode()) < MOST_BYTES_UP
    )
