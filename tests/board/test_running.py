"""Phase, floor, lamp, break, blank screens, the test explained, and quiet calls for help."""

from typing import Any

import pytest

from app.board.refusals import Reason
from app.board.terms import PHASES
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, OUTCOMES, Meeting, number, refused
from tests.cast import (
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
    OBSERVER,
    PROJECTOR,
    SCRIBE,
    SUPPORTER,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
OTHERS = tuple(person for person in EVERYONE if person != CHAIR)


def test_any_phase_follows_any_other_and_the_meeting_starts_once(prepared: Meeting) -> None:
    assert prepared.shared(DANA)["conference"]["started_at"] is None
    for phase in (*PHASES[1:], *reversed(PHASES)):
        prepared.enters(phase)
        assert prepared.shared(DANA)["phase"] == {"phase": phase}
    assert prepared.shared(DANA)["conference"]["started_at"] == "2026-11-23T12:00:01+00:00"


def test_the_floor_goes_to_one_person_and_ends_their_raised_hand(mapping: Meeting) -> None:
    mapping.does(DANA, "raise_hand", on=True)
    mapping.does(DANA, "ask_meaning", on=True)
    mapping.does(CHAIR, "give_floor", person_id=DANA)
    assert mapping.shared(CALLUM)["floor"] == {"person_id": DANA}
    assert mapping.own(DANA)["me"]["has_floor"] is True
    assert list(mapping.own(DANA)["mine/help"]) == ["meaning"]
    for person in (UNKNOWN, PROJECTOR):
        with refused(Reason.NOT_FOUND):
            mapping.does(CHAIR, "give_floor", person_id=person)


def test_whoever_is_taken_out_has_no_floor_and_gets_none(mapping: Meeting) -> None:
    mapping.does(CHAIR, "give_floor", person_id=DANA)
    mapping.does(DANA, "ask_for_break", on=True)
    mapping.does(CHAIR, "remove_person", person_id=DANA)
    assert mapping.shared(CALLUM)["floor"] == {"person_id": None}
    assert f"help/{DANA}" not in mapping.shared(CHAIR)
    with refused(Reason.NOT_FOUND):
        mapping.does(CHAIR, "give_floor", person_id=DANA)


def test_the_lamp_lights_what_the_room_screen_has(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    for key in (f"item/{card}", "column/strength", "order/worry/past_harm", "conference", None):
        mapping.does(CHAIR, "spotlight", key=key)
        assert mapping.shared(PROJECTOR)["spotlight"] == {"key": key}
    for key in ("me", "quorum", "prepared", f"help/{DANA}", "column/none", f"item/{UNKNOWN}", f"mine/item/{card}"):
        with refused(Reason.NOT_ON_SCREEN):
            mapping.does(CHAIR, "spotlight", key=key)
    mapping.does(CHAIR, "spotlight", key=f"item/{card}")
    mapping.removes(CHAIR, card)
    assert mapping.shared(DANA)["spotlight"] == {"key": None}


@pytest.mark.parametrize("screens", ["all", "room", "none"])
def test_blanked_screens_get_the_title_and_nothing_of_the_board(mapping: Meeting, screens: str) -> None:
    mapping.does(CHAIR, "blank", screens=screens)
    for person in EVERYONE:
        dark = (screens == "all" and person != CHAIR) or (screens == "room" and person == PROJECTOR)
        title_only = {"conference": {"title": "About Tansy and Robin"}, "blank": {"screens": screens}}
        if person != OBSERVER or dark:
            assert (mapping.shared(person) == title_only) is dark
        if dark:
            assert set(mapping.own(person)) == {"me"}


def test_the_commands_of_blanked_screens_still_count(mapping: Meeting) -> None:
    mapping.does(CHAIR, "blank", screens="all")
    card = mapping.adds(DANA)
    mapping.does(DANA, "ask_meaning", on=True, key=f"item/{mapping.named['worry']}")
    assert set(mapping.own(DANA)) == {"me"}
    mapping.does(CHAIR, "blank", screens="none")
    assert f"mine/item/{card}" in mapping.own(DANA)


def test_a_break_keeps_the_phase_and_ends_once(mapping: Meeting) -> None:
    with refused(Reason.NO_BREAK):
        mapping.does(CHAIR, "end_break")
    mapping.does(CHAIR, "take_break", until="2026-11-23T12:40:00Z")
    assert mapping.shared(DANA)["break"]["until"] == "2026-11-23T12:40:00+00:00"
    mapping.does(CHAIR, "take_break")
    assert mapping.shared(DANA)["break"]["until"] is None
    assert mapping.shared(DANA)["phase"] == {"phase": "mapping"}
    mapping.does(CHAIR, "end_break")
    assert "break" not in mapping.shared(DANA)


def test_every_outcome_is_named_when_the_test_is_explained(mapping: Meeting) -> None:
    some: list[list[str]] = [[], OUTCOMES[:2], [*OUTCOMES, "plan_continues"], ["plan_continues"]]
    for outcomes in some:
        with refused(Reason.OUTCOMES_MISSING):
            mapping.does(CHAIR, "explain_threshold", outcomes_named=outcomes)
    mapping.does(CHAIR, "explain_threshold", outcomes_named=OUTCOMES[::-1])
    assert set(mapping.shared(DANA)["threshold"]["outcomes_named"]) == set(OUTCOMES)


@pytest.mark.parametrize(
    ("kind", "what"), [("raise_hand", "speak"), ("ask_meaning", "meaning"), ("ask_for_break", "break")]
)
@pytest.mark.parametrize("person", [SCRIBE, TEACHER, DANA, GRANDMOTHER, SUPPORTER, INTERPRETER])
def test_a_call_for_help_reaches_the_chair_and_nobody_else(mapping: Meeting, kind: str, what: str, person: str) -> None:
    before: dict[str, Any] = {other: mapping.screen(other) for other in OTHERS if other != person}
    mapping.does(person, kind, on=True, key="column/worry")
    assert mapping.shared(CHAIR)[f"help/{person}"][what]["key"] == "column/worry"
    assert what in mapping.own(person)["mine/help"]
    assert {other: mapping.screen(other) for other in before} == before
    mapping.does(person, kind, on=False)
    assert f"help/{person}" not in mapping.shared(CHAIR)
    with refused(Reason.NOT_FOUND):
        mapping.does(person, kind, on=True, key="column/none")


def test_an_observer_sees_the_board_only_where_chair_and_family_agreed(mapping: Meeting) -> None:
    assert set(mapping.shared(OBSERVER)) == {"conference", "phase"}
    agreed = moments.mapping(observers_agreed=True)
    assert f"item/{agreed.named['worry']}" in agreed.shared(OBSERVER)
    assert set(agreed.own(OBSERVER)) == {"me"}
