"""The part without the family: what is said in it stays in it, until the chair releases it by name."""

import json

import pytest

from app.board.refusals import Reason
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import EVERYONE, Meeting, refused
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
    JOEL,
    NURSE,
    OBSERVER,
    PROJECTOR,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TEACHER,
)

OUT = (DANA, CALLUM, GRANDMOTHER, BROTHER, JOEL, ADVOCATE, INTERPRETER, SUPPORTER, OBSERVER, PROJECTOR)
STAY = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE)
SAID = "What was said while they were out."


@pytest.fixture
def out() -> Meeting:
    return moments.family_out()


@pytest.mark.parametrize("person", OUT)
def test_while_they_are_out_a_page_says_why_and_since_when_and_who_is_here_by_role(out: Meeting, person: str) -> None:
    screen = out.screen(person)
    assert set(screen) == {"conference", "without_family", "unnamed", "me"}
    assert screen["conference"] == {"title": "About Tansy and Robin"}
    assert screen["without_family"]["reason"] == "One person told us something that is theirs alone."
    assert {"role": "chair", "present": False} in screen["unnamed"]
    assert "Hester" not in json.dumps(screen)


@pytest.mark.parametrize("person", STAY)
def test_those_who_stay_see_what_is_said(out: Meeting, person: str) -> None:
    shared = out.shared(person)
    assert shared[f"private/{out.named['private']}"]["text"] == SAID
    assert shared["private_order/worry/past_harm"] == [out.named["private"]]
    assert f"item/{out.named['private']}" not in shared


def test_back_at_the_table_the_family_finds_the_board_as_they_left_it(out: Meeting) -> None:
    before = moments.scaling_open()
    for person in (NURSE, SCRIBE, CHAIR):
        out.adds(person, f"More of it, {person}.", family_knows=None)
    out.does(CHAIR, "end_without_family")
    for person in OUT:
        assert out.screen(person) == before.screen(person)


def test_help_can_still_be_asked_for(out: Meeting) -> None:
    out.does(DANA, "ask_for_break", on=True)
    assert "break" in out.own(DANA)["mine/help"]
    assert "break" in out.shared(CHAIR)[f"help/{DANA}"]


def test_what_the_family_says_meanwhile_is_theirs_and_no_part_of_it(out: Meeting) -> None:
    card = out.does(GRANDMOTHER, "add_item", column="strength", text="They ring me.")
    assert f"offered/{card}" in out.shared(CHAIR)
    assert f"private/{card}" not in out.shared(CHAIR)


@pytest.mark.parametrize("kind", ["set_phase", "give_floor", "reveal_scale", "respond_to_item", "close_conference"])
def test_everything_else_waits_until_they_are_back(out: Meeting, kind: str) -> None:
    with refused(Reason.FAMILY_IS_OUT):
        out.does(CHAIR, kind, **body_of(out, kind))
    assert kind not in out.may(CHAIR)


def test_a_point_written_for_this_part_that_comes_too_late_goes_nowhere(out: Meeting) -> None:
    out.does(CHAIR, "end_without_family")
    for person in (CHAIR, SCRIBE, NURSE):
        with refused(Reason.FAMILY_IS_HERE):
            out.adds(person, SAID, without_family=True, family_knows=None)
    with refused(Reason.NOT_FOUND):
        out.edits_private(SCRIBE, out.named["private"], text="Said again.")


def test_a_point_written_before_they_went_out_stays_inside_too(out: Meeting) -> None:
    card = out.adds(CHAIR, "Meant for everybody.")
    assert f"private/{card}" in out.shared(NURSE)


def test_it_is_said_again_moved_taken_off_and_taken_back_inside_alone(out: Meeting) -> None:
    card = out.named["private"]
    last = out.edits_private(SCRIBE, card, text="Said again.")
    out.moves(CHAIR, card, column="strength", sub="existing_strength")
    assert out.shared(NURSE)["private_order/strength/existing_strength"] == [card]
    out.undoes(SCRIBE, last)
    assert out.shared(NURSE)[f"private/{card}"]["text"] == SAID
    out.removes(CHAIR, card)
    assert f"private/{card}" not in out.shared(NURSE)
    assert card not in out.board.items.by_id


def test_after_it_nobody_undoes_what_was_said_in_it(out: Meeting) -> None:
    out.does(CHAIR, "end_without_family")
    with refused(Reason.NOT_FOUND):
        out.undoes(NURSE, out.named["private"])


def test_only_what_is_released_crosses_and_the_chair_was_shown_who_will_read_it(out: Meeting) -> None:
    card = out.named["private"]
    other = out.adds(NURSE, "This stays.", family_knows=None)
    out.does(CHAIR, "end_without_family")
    readers = out.shared(CHAIR)[f"private/{card}"]["readers"]
    assert readers == [person for person in EVERYONE if person in OUT and person != OBSERVER]
    assert "readers" not in out.shared(NURSE)[f"private/{card}"]
    version = out.shared(CHAIR)[f"private/{card}"]["version"]
    out.does(CHAIR, "release_private", item_id=card, base_version=version, readers=readers)
    for person in readers:
        seen = out.shared(person)
        assert (seen[f"item/{card}"]["text"], seen[f"item/{card}"]["new_today"]) == (SAID, True)
        assert "This stays." not in json.dumps(seen)
    assert f"private/{card}" not in out.shared(CHAIR)
    assert f"private/{other}" in out.shared(CHAIR)


def test_somebody_who_came_meanwhile_is_shown_to_the_chair_first(out: Meeting) -> None:
    out.does(CHAIR, "remove_person", person_id=GRANDMOTHER)
    seen = out.shared(CHAIR)[f"private/{out.named['private']}"]
    out.does(CHAIR, "admit", person_id=GRANDMOTHER)
    with refused(Reason.CHANGED_MEANWHILE):
        out.does(CHAIR, "release_private", item_id=seen["id"], base_version=seen["version"], readers=seen["readers"])


def test_a_released_point_says_nothing_of_its_wordings_before(out: Meeting) -> None:
    card = out.named["private"]
    out.edits_private(SCRIBE, card, text="Said more kindly.")
    seen = out.shared(CHAIR)[f"private/{card}"]
    out.does(CHAIR, "release_private", item_id=card, base_version=seen["version"], readers=seen["readers"])
    out.does(CHAIR, "end_without_family")
    assert SAID not in json.dumps(out.screen(DANA))
    released = out.rows[-2].id
    with refused(Reason.NOT_UNDOABLE):
        out.undoes(CHAIR, released)


def test_what_was_released_is_not_unsaid_in_the_part_where_it_was_said(out: Meeting) -> None:
    card = out.named["private"]
    edited = out.edits_private(SCRIBE, card, text="Said more kindly.")
    seen = out.shared(CHAIR)[f"private/{card}"]
    out.does(CHAIR, "release_private", item_id=card, base_version=seen["version"], readers=seen["readers"])
    for person, act in ((NURSE, card), (SCRIBE, edited)):
        with refused(Reason.CHANGED_SINCE):
            out.undoes(person, act)


def test_somebody_let_in_while_they_are_out_is_out_too(out: Meeting) -> None:
    out.does(CHAIR, "remove_person", person_id=CALLUM)
    out.does(CHAIR, "admit", person_id=CALLUM)
    assert "without_family" in out.screen(CALLUM)


def test_it_is_begun_once_and_ended_once(out: Meeting) -> None:
    with refused(Reason.FAMILY_IS_OUT):
        out.does(CHAIR, "begin_without_family", reason="Again.")
    out.does(CHAIR, "end_without_family")
    with refused(Reason.FAMILY_IS_HERE):
        out.does(CHAIR, "end_without_family")
