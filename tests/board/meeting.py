"""A meeting without a server: people send commands, turn by turn, and look at the board. Pure, so it can be forked."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from app.board.actor import CHAIR as CHAIRS_AUDIENCE
from app.board.actor import OBSERVER as OBSERVERS
from app.board.actor import ROOM, SCRIBE, SERVICES_AUDIENCE, Actor, Audience, audience_of
from app.board.board import ANY_COMMAND, View, decide, replayed, see, see_own
from app.board.people import actor_of
from app.board.refusals import Reason, Refused
from app.board.sight import version_of
from app.board.state import EMPTY, Board
from app.board.terms import Command, Event
from app.realtime.turn import Asked, Broken, Known, Saved, events_of, hash_of, row_of, take_turn
from app.store.commits import NewRow, SavedRow
from tests import cast
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    NOON,
    NURSE,
    POLICE_OFFICER,
    ROBIN,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

EVERYONE = tuple(person.id for person in cast.PEOPLE)
LEADS = (cast.CHAIR, cast.SCRIBE)
AUDIENCES = (
    CHAIRS_AUDIENCE,
    SCRIBE,
    SERVICES_AUDIENCE,
    OBSERVERS,
    ROOM,
    *(Audience("family", person) for person in (DANA, CALLUM, GRANDMOTHER, BROTHER, cast.JOEL, TANSY)),
)
OUTCOMES = ["child_protection_plan", "child_in_need_plan", "no_plan"]


def number(n: int) -> str:
    """An id that is easy to find again."""
    return f"{n:08x}-1111-4111-8111-111111111111"


def command_of(kind: str, id: str, /, **fields: Any) -> Command:
    """As it would come over the wire, with all its checks."""
    return ANY_COMMAND.validate_json(json.dumps({"id": id, "type": kind, **fields}))


@dataclass
class Meeting:
    board: Board
    now: datetime = NOON
    sent: int = 0
    rows: list[NewRow] = field(default_factory=list)
    known: dict[str, Known] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)  # ids that a prepared board was built with
    gone: dict[str, datetime] = field(default_factory=dict)  # who is not connected, and since when

    def fork(self) -> "Meeting":
        return replace(self, rows=list(self.rows), known=dict(self.known), named=dict(self.named), gone=dict(self.gone))

    def sends(self, person: str, command: Command) -> Saved | Refused:
        """One turn with one command. Whatever is refused must have left the very same board behind."""
        self.now += timedelta(seconds=1)
        turned = take_turn(self.board, [Asked(command, person)], self.known, self.now, self.gone.get)
        (answer,) = turned.answers
        if isinstance(answer, Broken):
            raise answer.cause
        if isinstance(answer, Refused):
            assert turned.board is self.board
            assert turned.rows == ()
        self.board = turned.board
        self.rows += turned.rows
        self.known |= {row.id: (row.person_id, row.body_hash) for row in turned.rows}
        return answer

    def does(self, person: str, kind: str, /, *, id: str | None = None, **fields: Any) -> str:
        """Sends it and hands back its id, which is also the id of what it made. Raises the refusal."""
        self.sent += 1
        command = command_of(kind, id or number(self.sent), **fields)
        answer = self.sends(person, command)
        if isinstance(answer, Refused):
            raise answer
        return command.id

    def actor(self, person: str) -> Actor:
        return actor_of(self.board, person)

    def shared(self, person: str) -> View:
        return see(self.board, frozenset(), audience_of(self.actor(person)))

    def own(self, person: str) -> View:
        return see_own(self.board, self.actor(person))

    def screen(self, person: str) -> View:
        """Everything that reaches this person."""
        return {**self.shared(person), **self.own(person)}

    def may(self, person: str) -> list[str]:
        commands: list[str] = self.own(person)["me"]["may"]
        return commands

    def item(self, item_id: str) -> dict[str, Any]:
        """As the chair has it, wherever it stands."""
        screen = self.screen(CHAIR)
        for key in ("item", "offered", "held", "removed"):
            if f"{key}/{item_id}" in screen:
                return dict(screen[f"{key}/{item_id}"])
        raise KeyError(item_id)

    def version(self, item_id: str) -> str:
        return self.board.items.by_id[item_id].version

    def events(self) -> list[Event]:
        """Everything that happened, read back from what would be on disk."""
        return [event for row in self.rows for event in events_of(_saved(row))]

    # What is needed so often that it has a name of its own.

    def adds(self, person: str, text: str = "Dana fitted a chain to the door.", **fields: Any) -> str:
        body = {
            "column": "worry",
            "sub_category": "past_harm",
            "kind": "fact",
            "about_children": [ROBIN],
            "source": {"person_id": person if person not in LEADS else NURSE, "basis": "said_in_meeting"},
            "family_knows": None if person in (DANA, CALLUM, GRANDMOTHER, BROTHER) else True,
        }
        return self.does(person, "add_item", **{**body, "text": text, **fields})

    def holds(self, person: str = NURSE, text: str = "The dentist saw Robin today.", **fields: Any) -> str:
        return self.adds(person, text, family_knows=False, **fields)

    def edits(self, person: str, item_id: str, **fields: Any) -> str:
        return self.does(person, "edit_item", item_id=item_id, base_version=self.version(item_id), **fields)

    def places(self, person: str, item_id: str, **fields: Any) -> str:
        return self.does(person, "place_item", item_id=item_id, base_version=self.version(item_id), **fields)

    def removes(self, person: str, item_id: str, why: str = "") -> str:
        return self.does(person, "remove_item", item_id=item_id, why=why)

    def moves(
        self, person: str, item_id: str, after: str | None = None, column: str = "worry", sub: str = "past_harm"
    ) -> str:
        return self.does(person, "move_item", item_id=item_id, column=column, sub_category=sub, after=after)

    def releases(self, person: str, item_id: str, **fields: Any) -> str:
        return self.does(person, "release_item", item_id=item_id, base_version=self.version(item_id), **fields)

    def edits_private(self, person: str, item_id: str, **fields: Any) -> str:
        version = self.board.private.items.by_id[item_id].version
        return self.does(person, "edit_item", item_id=item_id, base_version=version, **fields)

    def lets_read(self, key: str, *people: str) -> str:
        return self.does(CHAIR, "let_read", key=key, version=version_of(self.board, key), people=list(people))

    def undoes(self, person: str, of: str) -> str:
        return self.does(person, "undo", of=of)

    def enters(self, phase: str) -> str:
        return self.does(CHAIR, "set_phase", phase=phase)

    def opens(self, person: str = CHAIR, **fields: Any) -> str:
        body = {
            "question": "How safe are the children today?",
            "direction": "higher_is_safer",
            "low_end": "Cannot live at home",
            "high_end": "Nobody needs to be involved",
            "children": [TANSY, ROBIN],
            "show": "chair",
        }
        return self.does(person, "open_scale", **{**body, **fields})

    def answers(self, person: str, scale: str, score: int | None, **fields: Any) -> str:
        return self.does(
            person, "answer_scale", scale_id=scale, score=score, passed=score is None, **{"why": "", **fields}
        )

    def marks(self, person: str, of: str, progress: str = "partly", note: str = "Since January.", **more: Any) -> str:
        return self.does(person, "mark_progress", of=of, progress=progress, note=note, **more)

    def closes_with(self, person: str = CHAIR, **fields: Any) -> str:
        """Writes what is arranged at the end."""
        written = self.board.closing.written
        body: dict[str, Any] = {
            "base_version": written.id if written else None,
            "lead_social_worker": SOCIAL_WORKER,
            "core_group": [SOCIAL_WORKER, NURSE, DANA],
            "core_group_on": "2026-12-03",
            "review_on": "2027-02-16",
            "tells": [{"child_id": TANSY, "person_id": DANA}],
            "recipients": [{"person_id": DANA, "version": "family", "children": [], "how": "by hand"}],
            "told_how_to": ["Say that something in the record is wrong."],
        }
        return self.does(person, "write_closing", **{**body, **fields})

    def writes_letter(self, person: str = CHAIR, child: str = TANSY, **fields: Any) -> str:
        was = self.board.letters.by_child.get(child)
        body: dict[str, Any] = {
            "child_id": child,
            "base_version": was.id if was else None,
            "worried": "We were worried about the door.",
            "going_well": "You are at school every day.",
            "will_happen": ["Grace comes on Tuesday."],
            "if_worried": "Tell Bea.",
        }
        return self.does(person, "write_letter", **{**body, **fields})

    def fills(self, person: str = ADVOCATE, child: str = TANSY, house: str = "good_things", **fields: Any) -> str:
        """Hands back the version; of the first it is also the house's id."""
        was = self.board.houses.of(child, house, person)  # type: ignore[arg-type]
        body: dict[str, Any] = {
            "child_id": child,
            "house": house,
            "base_version": was.version if was else None,
            "words": "I lik wen nan comes",
            "drawing": [{"pencil": "plum", "thickness": "thin", "path": "M100 90L140 120L160 90"}],
            "described": "Tansy drew her grandmother with a cake.",
        }
        return self.does(person, "fill_house", **{**body, **fields})

    def agrees(self, person: str, house: str, agreed: bool = True) -> str:
        version = self.board.houses.by_id[house].version
        return self.does(person, "agree_to_house", house_id=house, base_version=version, agreed=agreed)

    def shows(self, house: str, on: bool = True) -> str:
        return self.does(
            CHAIR, "show_house", house_id=house, base_version=self.board.houses.by_id[house].version, on=on
        )

    def decides(self, child: str, person: str = CHAIR, **fields: Any) -> str:
        body = {
            "child_id": child,
            "outcome": "child_protection_plan",
            "category": "neglect",
            "plain_words": "Robin needs more looking after.",
            "reasons": f"What was said about {child}.",
        }
        return self.does(person, "record_decision", **{**body, **fields})


def _saved(row: NewRow) -> SavedRow:
    return SavedRow(1, row.id, row.person_id, row.at, row.body_hash, row.body, bytes(32))


@contextmanager
def refused(reason: Reason) -> Iterator[None]:
    """The rules say no, for this reason, in a sentence."""
    with pytest.raises(Refused) as no:
        yield
    assert no.value.reason is reason, f"{no.value.reason} instead of {reason}"
    assert no.value.sentence.strip()


@cache
def _prepared(review: bool, **settings: Any) -> Meeting:
    command = cast.preparation(review=review, **settings)
    actor = Actor(CHAIR, "chair")
    events = decide(EMPTY, command, actor, NOON)
    row = row_of(command, CHAIR, events, NOON)
    return Meeting(replayed(EMPTY, events), rows=[row], known={command.id: (CHAIR, hash_of(command))}, sent=0x1000)


def prepared(review: bool = False, **settings: Any) -> Meeting:
    return _prepared(review, **settings).fork()


def everybody_comes(meeting: Meeting) -> None:
    """All who were expected."""
    for member in list(meeting.board.people.members.values()):
        if member.is_expected and member.role != "room_screen":
            meeting.does(CHAIR, "mark_attendance", person_id=member.id, how=member.attendance)


@cache
def _mapping(**settings: Any) -> Meeting:
    meeting = prepared(**settings)
    everybody_comes(meeting)
    meeting.enters("welcome")
    meeting.enters("mapping")
    meeting.named["worry"] = meeting.adds(CHAIR, "Robin was found alone in the street.")
    meeting.named["second"] = meeting.adds(CHAIR, "Robin has lost four teeth.")
    meeting.named["strength"] = meeting.adds(
        CHAIR, "Tansy is at school every day.", column="strength", sub_category="existing_strength"
    )
    meeting.named["danas"] = meeting.adds(
        CHAIR,
        "I ring my mum when it gets too much.",
        column="strength",
        sub_category="existing_safety",
        source={"person_id": DANA, "basis": "said_in_meeting"},
        family_knows=None,
    )
    return meeting


def mapping(**settings: Any) -> Meeting:
    return _mapping(**settings).fork()


@cache
def _scaling_open(**settings: Any) -> Meeting:
    meeting = mapping(**settings)
    meeting.named["danger"] = meeting.does(
        CHAIR, "write_danger_statement", danger_id=None, children=[ROBIN], text="Robin may be hurt in the street."
    )
    meeting.named["goal"] = meeting.does(
        CHAIR,
        "write_safety_goal",
        goal_id=None,
        danger_id=meeting.named["danger"],
        text="An adult is with Robin whenever the door is open.",
        for_how_long="three months",
    )
    meeting.named["step"] = meeting.does(
        CHAIR,
        "add_item",
        column="next_step",
        text="Grace visits on Tuesday.",
        who=[NURSE],
        by="2026-12-01",
        goal_id=meeting.named["goal"],
        family_knows=True,
    )
    meeting.does(CHAIR, "explain_threshold", outcomes_named=OUTCOMES)
    meeting.enters("scaling")
    meeting.named["scale"] = meeting.opens()
    return meeting


def scaling_open(**settings: Any) -> Meeting:
    return _scaling_open(**settings).fork()


def apart() -> Meeting:
    """Two parents are kept apart; one point was let both read, and one the second of them."""
    meeting = scaling_open(apart=True)
    meeting.lets_read(f"item/{meeting.named['worry']}", DANA, CALLUM)
    meeting.lets_read(f"item/{meeting.named['strength']}", CALLUM)
    meeting.does(CHAIR, "name_deputy", person_id=cast.SCRIBE)
    return meeting


@cache
def _family_out() -> Meeting:
    meeting = scaling_open()
    meeting.does(CHAIR, "begin_without_family", reason="One person told us something that is theirs alone.")
    meeting.named["private"] = meeting.adds(NURSE, "What was said while they were out.", family_knows=None)
    return meeting


def family_out() -> Meeting:
    """In the part without the family, with a point in it."""
    return _family_out().fork()


@cache
def _reviewing() -> Meeting:
    meeting = prepared(review=True)
    everybody_comes(meeting)
    meeting.enters("mapping")
    meeting.named["worry"] = meeting.adds(CHAIR, "Robin reached the stairs on his own.")
    meeting.enters("scaling")
    meeting.named["scale"] = meeting.opens()
    return meeting


def reviewing() -> Meeting:
    """A review, which looks back at the conference before it."""
    return _reviewing().fork()


@cache
def _views() -> Meeting:
    meeting = scaling_open()
    scores = {SOCIAL_WORKER: 3, TEACHER: 4, NURSE: 3, POLICE_OFFICER: 3, DANA: 6, CALLUM: 7, GRANDMOTHER: 4}
    for person, score in scores.items():
        meeting.answers(person, meeting.named["scale"], score)
    meeting.answers(ADVOCATE, meeting.named["scale"], 4, for_child=TANSY)
    meeting.does(CHAIR, "reveal_scale", scale_id=meeting.named["scale"])
    meeting.enters("agency_views")
    for person in (SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER):
        for child in (TANSY, ROBIN):
            meeting.does(person, "give_view", child_id=child, view="child_protection_plan", why="The door.")
    for person in (DANA, CALLUM, GRANDMOTHER, BROTHER):
        meeting.does(person, "give_family_view", children=[TANSY, ROBIN], text="We can do this with help.")
    return meeting


def views() -> Meeting:
    return _views().fork()


@cache
def _decided() -> Meeting:
    meeting = views()
    meeting.does(CHAIR, "show_views", on=True)
    meeting.enters("decision")
    meeting.decides(TANSY, category="emotional_abuse")
    meeting.decides(ROBIN)
    return meeting


def decided() -> Meeting:
    return _decided().fork()


@cache
def _closed() -> Meeting:
    meeting = decided()
    meeting.enters("close")
    meeting.does(CHAIR, "close_conference")
    return meeting


def closed() -> Meeting:
    return _closed().fork()
