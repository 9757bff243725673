"""There is one chair at every moment, and what a device wrote under one is not decided as the chair's under another."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from app.board.board import evolve
from app.board.chair import LOST_AFTER_SECONDS
from app.board.refusals import Reason
from app.board.state import EMPTY, Board
from app.board.terms import Command
from app.realtime.turn import Asked, Saved, events_of, take_turn
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import Meeting, _saved, command_of, number, refused
from tests.cast import CALLUM, CHAIR, DANA, GP, NURSE, PROJECTOR, ROBIN, SCRIBE, TANSY, TEACHER

CHAIRS_OWN = ("phase_set", "decision_recorded", "floor_given", "chair_handed_over", "deputy_named", "scale_revealed")


def chairs_of(board: Board) -> list[str]:
    return [member.id for member in board.people.members.values() if member.role == "chair"]


def test_handed_over_the_two_change_places_and_everybody_is_told(mapping: Meeting) -> None:
    mapping.does(CHAIR, "hand_over", person_id=NURSE)
    assert chairs_of(mapping.board) == [NURSE]
    for person in (CHAIR, DANA, TEACHER, PROJECTOR):
        seen = mapping.shared(person)["chair"]
        assert (seen["person_id"], seen["before"], seen["how"]) == (NURSE, CHAIR, "handed_over")
    with refused(Reason.NOT_ALLOWED):
        mapping.enters("scaling")


@pytest.mark.parametrize("person", [DANA, GP, PROJECTOR])
def test_the_family_a_screen_and_whoever_is_not_here_are_handed_nothing(mapping: Meeting, person: str) -> None:
    with refused(Reason.CANNOT_CHAIR):
        mapping.does(CHAIR, "hand_over", person_id=person)


def test_the_deputy_takes_the_chair_once_it_is_lost_and_not_before(mapping: Meeting) -> None:
    with refused(Reason.CHAIR_IS_HERE):
        mapping.does(NURSE, "take_over", from_person=CHAIR)
    mapping.does(CHAIR, "name_deputy", person_id=NURSE)
    mapping.gone[CHAIR] = mapping.now - timedelta(seconds=LOST_AFTER_SECONDS - 2)
    with refused(Reason.CHAIR_IS_HERE):
        mapping.does(NURSE, "take_over", from_person=CHAIR)
    mapping.now += timedelta(seconds=2)
    for somebody in (SCRIBE, TEACHER):
        with refused(Reason.NOT_DEPUTY):
            mapping.does(somebody, "take_over", from_person=CHAIR)
    with refused(Reason.NOT_ALLOWED):
        mapping.does(CALLUM, "take_over", from_person=CHAIR)
    mapping.does(NURSE, "take_over", from_person=CHAIR)
    assert chairs_of(mapping.board) == [NURSE]
    assert mapping.shared(DANA)["chair"]["how"] == "taken_over"


def test_the_chair_who_comes_back_has_the_seat_that_the_deputy_had(mapping: Meeting) -> None:
    mapping.does(CHAIR, "name_deputy", person_id=SCRIBE)
    mapping.gone[CHAIR] = mapping.now - timedelta(minutes=3)
    mapping.does(SCRIBE, "take_over", from_person=CHAIR)
    assert mapping.own(CHAIR)["me"]["role"] == "scribe"
    assert mapping.shared(CHAIR)["chair"]["deputy"] == CHAIR
    with refused(Reason.NOT_ALLOWED):
        mapping.does(CHAIR, "give_floor", person_id=DANA)


def test_a_deputy_who_was_taken_out_is_none(mapping: Meeting) -> None:
    mapping.does(CHAIR, "name_deputy", person_id=NURSE)
    mapping.does(CHAIR, "remove_person", person_id=NURSE)
    assert mapping.shared(DANA)["chair"]["deputy"] is None


def test_what_was_written_in_another_reign_is_not_decided_when_the_chair_is_back(mapping: Meeting) -> None:
    """The very race: handed over and back, while one command was on its way."""
    reign = mapping.own(CHAIR)["me"]["reign"]
    late = command_of("set_phase", number(0xA01), phase="decision", reign=reign)
    mapping.does(CHAIR, "hand_over", person_id=SCRIBE)
    mapping.does(SCRIBE, "hand_over", person_id=CHAIR)
    answer = mapping.sends(CHAIR, late)
    assert getattr(answer, "reason", None) is Reason.CHAIR_CHANGED
    fresh = mapping.own(CHAIR)["me"]["reign"]
    assert mapping.sends(CHAIR, command_of("set_phase", number(0xA02), phase="decision", reign=fresh)) == Saved(
        number(0xA02)
    )


def test_what_the_new_chair_wrote_before_in_another_tab_is_not_decided_as_the_chairs(mapping: Meeting) -> None:
    body = {**body_of(mapping, "add_item"), "source": {"person_id": NURSE, "basis": "said_in_meeting"}}
    offered = command_of("add_item", number(0xA01), **body, reign=mapping.own(NURSE)["me"]["reign"])
    mapping.does(CHAIR, "hand_over", person_id=NURSE)
    answer = mapping.sends(NURSE, offered)
    assert getattr(answer, "reason", None) is Reason.CHAIR_CHANGED
    assert number(0xA01) not in mapping.board.items.by_id


def test_what_anybody_else_wrote_meanwhile_is_theirs_as_before(mapping: Meeting) -> None:
    """Who leads is nothing to them: no word of theirs is lost by it."""
    body = {"column": "strength", "text": "They ring me.", "reign": mapping.own(DANA)["me"]["reign"]}
    mapping.does(CHAIR, "hand_over", person_id=NURSE)
    mapping.does(DANA, "add_item", **body)


def test_an_act_of_hers_in_the_chair_is_not_undone_from_another_seat(mapping: Meeting) -> None:
    phase = mapping.enters("next_steps")
    mapping.does(CHAIR, "hand_over", person_id=NURSE)
    with refused(Reason.NOT_ALLOWED):
        mapping.undoes(CHAIR, phase)
    with refused(Reason.NOT_FOUND):
        mapping.undoes(NURSE, phase)


@dataclass
class Device:
    """A laptop that knows what it was last sent, and sends late, twice, or in another order."""

    person: str
    reign: str = ""
    outbox: list[Command] = field(default_factory=list)


@pytest.mark.parametrize("stretch", range(10))
def test_in_five_hundred_races_there_is_one_chair_at_each_position_and_no_double_decision(stretch: int) -> None:
    for seed in range(stretch * 50, stretch * 50 + 50):
        race(random.Random(seed))


def race(chance: random.Random) -> None:
    meeting = moments.views()
    meeting.enters("decision")
    devices = [Device(person) for person in (CHAIR, CHAIR, SCRIBE, NURSE, NURSE, TEACHER)]
    written: dict[str, tuple[str, str]] = {}  # who wrote what, and under which reign
    board, known, rows = meeting.board, dict(meeting.known), list(meeting.rows)
    for step in range(chance.randint(8, 25)):
        for device in devices:
            if chance.random() < 0.5:  # it hears how things stand
                device.reign = board.seat.reign
            elif device.reign:
                command = an_act(chance, device, number(0xB0000 + len(written)), board)
                written[command.id] = (device.person, device.reign)
                device.outbox.append(command)
        asked = [Asked(c, d.person) for d in devices for c in d.outbox if chance.random() < 0.4]
        chance.shuffle(asked)
        now = meeting.now + timedelta(minutes=step + 1)
        gone = {CHAIR: now - timedelta(minutes=2)} if chance.random() < 0.5 else {}
        turned = take_turn(board, asked, known, now, gone.get)
        known |= {row.id: (row.person_id, row.body_hash) for row in turned.rows}
        board, rows = turned.board, [*rows, *turned.rows]
    require_one_chair(rows, written)


def an_act(chance: random.Random, device: Device, id: str, board: Board) -> Command:
    """What this device would send, believing what it was last told."""
    kind, fields = chance.choice(
        [
            ("hand_over", {"person_id": chance.choice([CHAIR, SCRIBE, NURSE])}),
            ("name_deputy", {"person_id": chance.choice([SCRIBE, NURSE, CHAIR])}),
            ("take_over", {"from_person": chance.choice([CHAIR, NURSE, SCRIBE])}),
            ("set_phase", {"phase": "decision"}),
            ("give_floor", {"person_id": DANA}),
            ("record_decision", _decision(chance.choice([TANSY, ROBIN]))),
        ]
    )
    return command_of(kind, id, **fields, reign=device.reign)


def _decision(child: str) -> dict[str, Any]:
    why = {"reasons": "She is safe.", "override": {"reason": "There was no time."}}
    return {"child_id": child, "outcome": "no_plan", "category": None, **why}


def require_one_chair(rows: list[Any], written: dict[str, tuple[str, str]]) -> None:
    board, decided = EMPTY, []
    for row in rows:
        for event in events_of(_saved(row)):
            if board.conference.prepared and event.type in CHAIRS_OWN:  # type: ignore[attr-defined]
                assert [event.by] == chairs_of(board)
                if event.id in written:
                    assert written[event.id] == (event.by, board.seat.reign)
            if event.type == "decision_recorded":  # type: ignore[attr-defined]
                decided.append(event.child_id)  # type: ignore[attr-defined]
            board = evolve(board, event)
            assert len(chairs_of(board)) == 1
            assert board.seat.reigns[board.seat.reign] == chairs_of(board)[0]
    assert len(decided) == len(set(decided))


def raced(seeds: range) -> None:
    for seed in seeds:
        race(random.Random(seed))


def test_the_races_do_hand_over_take_over_and_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where the reign is not asked about, they find what was decided in another one."""
    happened: set[str] = set()
    real = require_one_chair

    def watched(rows: list[Any], written: dict[str, tuple[str, str]]) -> None:
        happened.update(event.type for row in rows[-60:] for event in events_of(_saved(row)))  # type: ignore[attr-defined]
        real(rows, written)

    monkeypatch.setattr("tests.board.test_chair.require_one_chair", watched)
    raced(range(15))
    assert {"chair_handed_over", "chair_taken_over", "deputy_named", "decision_recorded"} <= happened
    monkeypatch.setattr("app.board.chair.require_reign", lambda board, command, actor: None)
    with pytest.raises(AssertionError):
        raced(range(15, 60))
