"""Every command and every role against a table written by hand: what `decide` does, and what `me.may` offers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.board.board import COMMANDS
from app.board.refusals import Reason, Refused
from app.board.terms import PHASES
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import Meeting
from tests.cast import CHAIR, DANA, OBSERVER, OUTSIDER, PROJECTOR, ROLES

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "policy_expectations.toml").read_text(encoding="utf-8")
)
MOMENTS = {
    "prepared": moments.prepared,
    "mapping": moments.mapping,
    "scaling_open": moments.scaling_open,
    "views": moments.views,
    "decided": moments.decided,
    "closed": moments.closed,
    "family_out": moments.family_out,
}
OF_THE_TABLE = {Reason.NOT_ALLOWED, Reason.CLOSED, Reason.NOT_YET, Reason.LOCKED, Reason.WRONG_PHASE}
STAYING = {"chair", "scribe", "social_worker", "professional"}
# Six thousand turns, but a test for each command only: that many tests take longer than what they ask.
EVERY_TURN = [(role, moment) for role in ROLES for moment in MOMENTS]


def expected_refusals(command: str, role: str, moment: str, phase: str) -> set[Reason]:
    """Any of these may be the answer; none means that the table leaves it open."""
    rule = EXPECTED[command]
    reasons = set()
    if role not in rule["may"]:
        return {Reason.NOT_ALLOWED}
    if moment == "closed" and rule["closed"] == "ends":
        reasons.add(Reason.CLOSED)
    if moment == "family_out" and role in STAYING and "family_out" not in rule:
        reasons.add(Reason.FAMILY_IS_OUT)
    if phase == "prepare" and role not in rule.get("prepare", rule["may"]):
        reasons.add(Reason.NOT_YET)
    if phase != "prepare" and role not in rule.get("begun", rule["may"]):
        reasons.add(Reason.NOT_ALLOWED)
    if moment in ("decided", "closed") and rule["locked"] == "ends":
        reasons.add(Reason.LOCKED)
    if "phases" in rule and phase not in rule["phases"]:
        reasons.add(Reason.WRONG_PHASE)
    return reasons


def test_every_command_has_a_line_and_every_line_a_command() -> None:
    assert set(EXPECTED) == set(COMMANDS)
    for command, rule in EXPECTED.items():
        assert set(rule) <= {"may", "prepare", "begun", "phases", "locked", "closed", "family_out"}, command
        assert set(rule["may"]) <= set(ROLES), command
        assert rule["locked"] in ("stays", "ends"), command
        assert rule["closed"] in ("stays", "ends"), command
        assert set(rule.get("phases", ())) <= set(PHASES), command


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_person_may_do_what_the_table_says_and_nothing_else(command: str) -> None:
    for role, moment in EVERY_TURN:
        meeting = MOMENTS[moment]()
        person, before = ROLES[role], meeting.board
        expected = expected_refusals(command, role, moment, before.running.phase)
        assert (command in meeting.may(person)) is (not expected), (role, moment)
        try:
            meeting.does(person, command, **body_of(meeting, command))
            answer = None
        except Refused as no:
            answer = no.reason
            assert meeting.board is before, (role, moment)
        if expected:
            assert answer in expected, (role, moment)
        elif answer in OF_THE_TABLE:
            assert may_still_say(command, role, moment, answer), (role, moment)


def may_still_say(command: str, role: str, moment: str, answer: Reason | None) -> bool:
    """Where the board itself, not the table, says so: another's item, a worry once the map is locked."""
    on_items = {"add_item", "edit_item", "move_item", "place_item", "return_item", "release_item"}
    on_items |= {"remove_item", "restore_item"}
    if answer is Reason.LOCKED:
        return moment in ("decided", "closed") and command in on_items
    return answer is Reason.NOT_ALLOWED and command in ("edit_item", "remove_item") and role != "chair"


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("command", [command for command, rule in EXPECTED.items() if "phases" in rule])
def test_what_belongs_to_a_phase_is_offered_in_that_phase_only(command: str, phase: str) -> None:
    meeting = moments.views()
    meeting.enters(phase)
    for role in EXPECTED[command]["may"]:
        assert (command in meeting.may(ROLES[role])) is (phase in EXPECTED[command]["phases"])


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "prepare"])
def test_phases_forbid_almost_nothing(phase: str) -> None:
    meeting = moments.scaling_open()
    meeting.enters(phase)
    for role, person in ROLES.items():
        expected = {
            c
            for c, rule in EXPECTED.items()
            if role in rule.get("begun", rule["may"]) and phase in rule.get("phases", [phase])
        }
        assert set(meeting.may(person)) == expected


@pytest.mark.parametrize("person", [OBSERVER, PROJECTOR])
@pytest.mark.parametrize("moment", MOMENTS)
def test_the_room_screen_and_an_observer_do_nothing_at_all(person: str, moment: str) -> None:
    meeting = MOMENTS[moment]()
    assert meeting.may(person) == []
    for command in sorted(COMMANDS):
        with moments.refused(Reason.NOT_ALLOWED):
            meeting.does(person, command, **body_of(meeting, command))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_an_outsider_does_nothing_at_all(command: str, scaling_open: Meeting) -> None:
    with moments.refused(Reason.NOT_ADMITTED):
        scaling_open.does(OUTSIDER, command, **body_of(scaling_open, command))


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_whoever_was_taken_out_does_nothing_until_let_in_again(command: str, scaling_open: Meeting) -> None:
    scaling_open.does(CHAIR, "remove_person", person_id=DANA)
    with moments.refused(Reason.NOT_ADMITTED):
        scaling_open.does(DANA, command, **body_of(scaling_open, command))
    scaling_open.does(CHAIR, "admit", person_id=DANA)
    scaling_open.does(DANA, "raise_hand", on=True)
