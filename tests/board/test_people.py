"""Who belongs, who is here, who is in the chair, and the end of it all."""

import pytest

from app.board.actor import Actor, audience_of
from app.board.board import COMMANDS, decide, replayed, see
from app.board.people import Arrive
from app.board.refusals import Reason
from tests import cast
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    GP,
    GRANDMOTHER,
    HEALTH,
    NAMES,
    NURSE,
    OBSERVER,
    OUTSIDER,
    PROJECTOR,
    ROBIN,
    SCHOOL,
    SCRIBE,
    SOCIAL_CARE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)


def test_attendance_says_how_from_when_and_until_when(mapping: Meeting) -> None:
    mapping.does(SCRIBE, "mark_attendance", person_id=GP, how="online")
    assert mapping.shared(DANA)[f"person/{GP}"]["attendance"] == "online"
    left, came = "2026-11-23T12:30:00Z", "2026-11-23T12:30:00+00:00"
    mapping.does(CHAIR, "mark_attendance", person_id=GP, how="online", **{"from": left, "left": left})
    assert mapping.shared(DANA)[f"person/{GP}"]["left"] is True
    for person in (CHAIR, SCRIBE):
        assert mapping.screen(person)[f"times/{GP}"] == {"since": came, "left": came}
    for person in (DANA, SOCIAL_WORKER, PROJECTOR):
        assert not [key for key in mapping.screen(person) if key.startswith("times/")]
    for person in (UNKNOWN, PROJECTOR, OUTSIDER):
        with refused(Reason.NOT_FOUND):
            mapping.does(CHAIR, "mark_attendance", person_id=person, how="in_room")


def test_nobody_is_here_before_they_were_marked_or_came_in_by_their_own_door(prepared: Meeting) -> None:
    """Who is expected is not here yet, for nobody: neither on a screen nor where agencies are counted."""

    def here(*present: str) -> set[str]:
        shared = see(prepared.board, frozenset(present), audience_of(prepared.actor(PROJECTOR)))
        return {
            key.removeprefix("person/") for key, seen in shared.items() if key.startswith("person/") and seen["here"]
        }

    def arrives(person: str) -> None:
        command = Arrive(id=number(0x9000 + len(here())))
        prepared.board = replayed(prepared.board, decide(prepared.board, command, prepared.actor(person), prepared.now))

    assert here() == set()
    assert prepared.shared(CHAIR)["quorum"]["agencies"] == []
    assert here(TEACHER, PROJECTOR, GP) == set(), "who has a screen open is told beside it, and is no history"
    prepared.does(SCRIBE, "mark_attendance", person_id=SOCIAL_WORKER, how="in_room")
    arrives(NURSE)
    assert here() == {SOCIAL_WORKER, NURSE}
    assert prepared.shared(CHAIR)["quorum"]["agencies"] == [SOCIAL_CARE, HEALTH]
    assert prepared.screen(CHAIR)[f"times/{NURSE}"] == {"since": prepared.now.isoformat(), "left": None}
    for nobody in (NURSE, GP, PROJECTOR):  # here already, not expected, no person
        with refused(Reason.NOTHING_CHANGED):
            arrives(nobody)
    prepared.does(CHAIR, "mark_attendance", person_id=NURSE, how="in_room", left="2026-11-23T12:30:00Z")
    assert here(NURSE) == {SOCIAL_WORKER}, "whoever stepped out has left their tablet"
    assert "arrive" not in COMMANDS


def test_enough_agencies_are_social_care_and_two_more_that_know_a_child(mapping: Meeting) -> None:
    quorum = mapping.shared(CHAIR)["quorum"]
    assert quorum["met"] is True
    assert quorum["known_by"] == {TANSY: [SOCIAL_CARE, SCHOOL], ROBIN: [SOCIAL_CARE, HEALTH]}
    mapping.does(CHAIR, "mark_attendance", person_id=TEACHER, how="in_room", left="2026-11-23T12:30:00Z")
    quorum = mapping.shared(CHAIR)["quorum"]
    assert (quorum["met"], quorum["known_by"][TANSY]) == (False, [SOCIAL_CARE])


def test_whoever_is_taken_out_is_on_no_screen_until_let_in_again(mapping: Meeting) -> None:
    mapping.does(CHAIR, "remove_person", person_id=CALLUM)
    assert f"person/{CALLUM}" not in mapping.shared(DANA)
    mapping.does(CHAIR, "admit", person_id=CALLUM)
    assert f"person/{CALLUM}" in mapping.shared(DANA)
    with refused(Reason.NOT_ALLOWED):
        mapping.does(CHAIR, "remove_person", person_id=CHAIR)
    for kind in ("admit", "remove_person", "hand_over"):
        with refused(Reason.NOT_FOUND):
            mapping.does(CHAIR, kind, person_id=UNKNOWN)


@pytest.mark.parametrize("successor", [SCRIBE, SOCIAL_WORKER, TEACHER])
def test_the_chair_changes_places_with_whoever_takes_it(mapping: Meeting, successor: str) -> None:
    role = mapping.actor(successor).role
    hand = mapping.does(CHAIR, "hand_over", person_id=successor)
    assert (mapping.actor(successor).role, mapping.actor(CHAIR).role) == ("chair", role)
    for kind, fields in (
        ("set_phase", {"phase": "close"}),
        ("blank", {"screens": "all"}),
        ("hand_over", {"person_id": CHAIR}),
    ):
        with refused(Reason.NOT_ALLOWED):
            mapping.does(CHAIR, kind, **fields)
        assert kind not in mapping.may(CHAIR)
    assert "prepared" not in mapping.shared(CHAIR)
    assert "prepared" in mapping.shared(successor)
    mapping.does(successor, "set_phase", phase="next_steps")
    with refused(Reason.NOT_UNDOABLE):
        mapping.undoes(CHAIR, hand)
    mapping.does(successor, "hand_over", person_id=CHAIR)
    assert mapping.actor(CHAIR).role == "chair"


def test_a_restricted_item_follows_the_chair_and_not_who_sat_in_it(mapping: Meeting) -> None:
    source = {"person_id": DANA, "basis": "letter"}
    mapping.does(SOCIAL_WORKER, "add_restricted", text="The refuge.", reason="Asked.", source=source, visible_to=[])
    mapping.does(CHAIR, "hand_over", person_id=SCRIBE)
    assert "The refuge." in str(mapping.own(SCRIBE))
    assert "The refuge." not in str(mapping.screen(CHAIR))


@pytest.mark.parametrize("person", [DANA, GRANDMOTHER, ADVOCATE, OBSERVER, PROJECTOR, GP, CHAIR])
def test_the_chair_goes_to_nobody_of_the_family_nobody_absent_and_no_screen(mapping: Meeting, person: str) -> None:
    with refused(Reason.CANNOT_CHAIR):
        mapping.does(CHAIR, "hand_over", person_id=person)


def test_the_chair_goes_to_nobody_who_was_taken_out(mapping: Meeting) -> None:
    mapping.does(CHAIR, "remove_person", person_id=SCRIBE)
    with refused(Reason.CANNOT_CHAIR):
        mapping.does(CHAIR, "hand_over", person_id=SCRIBE)


def test_the_meeting_ends_once_every_child_has_a_decision(views: Meeting, decided: Meeting) -> None:
    with refused(Reason.NOT_DECIDED):
        views.does(CHAIR, "close_conference")
    views.enters("decision")
    views.decides(ROBIN)
    with refused(Reason.NOT_DECIDED):
        views.does(CHAIR, "close_conference")
    decided.does(CHAIR, "close_conference")
    with refused(Reason.CLOSED):
        decided.does(CHAIR, "close_conference")


def test_a_correction_stands_beside_what_it_corrects(closed: Meeting, mapping: Meeting) -> None:
    before = closed.shared(DANA)
    about = f"decision/{ROBIN}"
    correction = closed.does(CHAIR, "add_correction", about=about, text="The date was 3 June.", why="A slip.")
    after = closed.shared(DANA)
    assert after.pop(f"correction/{correction}")["text"] == "The date was 3 June."
    assert after == before
    with refused(Reason.NOT_FOUND):
        closed.does(CHAIR, "add_correction", about=f"decision/{UNKNOWN}", text="What?", why="A slip.")
    with refused(Reason.NOT_LOCKED):
        mapping.does(CHAIR, "add_correction", about="conference", text="Too early.", why="A slip.")


def test_a_correction_is_seen_by_whoever_sees_what_it_is_about(decided: Meeting) -> None:
    held = decided.does(
        NURSE,
        "add_item",
        column="next_step",
        text="Held.",
        family_knows=False,
        source={"person_id": NURSE, "basis": "said_in_meeting"},
    )
    secret = decided.does(CHAIR, "add_correction", about=f"held/{held}", text="Secret.", why="A slip.")
    for person in EVERYONE:
        assert (f"correction/{secret}" in decided.shared(person)) is (person in (CHAIR, SCRIBE))


def test_a_conference_is_prepared_once_and_never_over_the_wire() -> None:
    with refused(Reason.NOT_ALLOWED):
        decide(moments.mapping().board, cast.preparation(), Actor(CHAIR, "chair"), cast.NOON)
    assert "prepare_conference" not in COMMANDS


def test_everyone_is_visible_to_everyone_by_name_and_role(mapping: Meeting) -> None:
    for person in (CHAIR, SCRIBE, TEACHER, DANA, CALLUM, PROJECTOR):
        shared = mapping.shared(person)
        assert {key.split("/")[1]: v["name"] for key, v in shared.items() if key.startswith("person/")} == NAMES
