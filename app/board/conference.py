"""The conference itself: who and what it is about, the settings it runs under, its end, and corrections after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import JsonValue
from typing_extensions import TypedDict

from .actor import Actor, Audience
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    CATEGORIES,
    FAMILY,
    OUTCOMES,
    AgencyKind,
    Attendance,
    Category,
    Command,
    ConferenceType,
    Direction,
    Event,
    Frozen,
    Id,
    Key,
    Outcome,
    Question,
    Role,
    Show,
    Statement,
    Why,
)

if TYPE_CHECKING:
    from .state import Board


class Child(Frozen):
    id: Id
    name: str
    age: int | None = None


class Agency(Frozen):
    id: Id
    name: str
    kind: AgencyKind


class Person(Frozen):
    """Somebody who belongs to this conference, in the room or not."""

    id: Id
    name: str
    role: Role
    agency_id: Id | None = None
    relationship: str = ""
    attendance: Attendance = "in_room"
    children: tuple[Id, ...] = ()  # whom they work with, or bring words for
    sits_with: Id | None = None  # the person or child whose screen they share


class Settings(Frozen):
    """What varies between areas. Frozen into the conference when it is prepared."""

    time_zone: str = "Europe/London"
    scale_question: Question = "How safe are the children, as things are today?"
    scale_direction: Direction = "higher_is_safer"
    low_end: Question = "So unsafe that they couldn't live at home"
    high_end: Question = "Safe enough for all of us to step away"
    scale_show: Show = "chair"
    entry: Literal["offered", "direct"] = "offered"
    observers_agreed: bool = False
    dissent_hours: int = 72


class PrepareConference(Command):
    """Made by whoever prepares the conference, never over the wire."""

    type: Literal["prepare_conference"] = "prepare_conference"
    title: str
    conference_type: ConferenceType
    held_on: date
    children: tuple[Child, ...]
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    settings: Settings
    kept: dict[str, JsonValue] = {}


class CloseConference(Command):
    type: Literal["close_conference"] = "close_conference"


class AddCorrection(Command):
    type: Literal["add_correction"] = "add_correction"
    about: Key
    text: Statement
    why: Why


class ConferencePrepared(Event):
    type: Literal["conference_prepared"] = "conference_prepared"
    title: str
    conference_type: ConferenceType
    held_on: date
    children: tuple[Child, ...]
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    settings: Settings
    kept: dict[str, JsonValue] = {}  # parts of a prepared conference that have no command yet; the chair's alone


class ConferenceClosed(Event):
    type: Literal["conference_closed"] = "conference_closed"


class CorrectionAdded(Event):
    type: Literal["correction_added"] = "correction_added"
    about: Key
    text: str
    why: str


@dataclass(frozen=True)
class Conference:
    title: str = ""
    type: ConferenceType = "initial"
    held_on: date = date.min
    children: Mapping[Id, Child] = field(default_factory=dict)
    agencies: Mapping[Id, Agency] = field(default_factory=dict)
    settings: Settings = Settings()
    kept: Mapping[str, JsonValue] = field(default_factory=dict)
    prepared: bool = False
    closed_at: datetime | None = None
    corrections: tuple[CorrectionAdded, ...] = ()

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        return OUTCOMES[self.type]


def decide_prepare(board: Board, command: PrepareConference, actor: Actor, now: datetime) -> list[Event]:
    if board.conference.prepared:
        refuse(Reason.NOT_ALLOWED)
    fields = {name: getattr(command, name) for name in ConferencePrepared.model_fields if hasattr(command, name)}
    return [ConferencePrepared(**{**fields, "type": "conference_prepared", **stamp(command, actor, now)})]


def decide_close(board: Board, command: CloseConference, actor: Actor, now: datetime) -> list[Event]:
    if not board.decisions.all_made(board):
        refuse(Reason.NOT_DECIDED)
    return [ConferenceClosed(**stamp(command, actor, now))]


def decide_correction(board: Board, command: AddCorrection, actor: Actor, now: datetime) -> list[Event]:
    """Added beside what it corrects, with date and reason; nothing recorded is touched."""
    if not board.decisions.all_made(board):
        refuse(Reason.NOT_LOCKED)
    return [CorrectionAdded(about=command.about, text=command.text, why=command.why, **stamp(command, actor, now))]


def evolve_prepared(board: Board, event: ConferencePrepared) -> Board:
    conference = Conference(
        title=event.title,
        type=event.conference_type,
        held_on=event.held_on,
        children={child.id: child for child in event.children},
        agencies={agency.id: agency for agency in event.agencies},
        settings=event.settings,
        kept=event.kept,
        prepared=True,
    )
    return replace(board, conference=conference, people=board.people.seated(event.people))


def evolve_closed(board: Board, event: ConferenceClosed) -> Board:
    return replace(board, conference=replace(board.conference, closed_at=event.at))


def evolve_correction(board: Board, event: CorrectionAdded) -> Board:
    corrections = (*board.conference.corrections, event)
    return replace(board, conference=replace(board.conference, corrections=corrections))


class ScaleDefaults(TypedDict):
    question: str
    direction: Direction
    low_end: str
    high_end: str
    show: Show


class ConferenceSeen(TypedDict):
    title: str
    type: ConferenceType
    held_on: str
    started_at: str | None
    closed_at: str | None
    locked: bool
    time_zone: str
    outcomes: list[Outcome]
    categories: list[Category]
    scale: ScaleDefaults
    entry: str


class ChildSeen(TypedDict):
    place: int  # the children are spoken of in this order
    name: str
    age: int | None


class CorrectionSeen(TypedDict):
    about: str
    text: str
    why: str
    by: str
    at: str


def see_conference(board: Board) -> ConferenceSeen:
    conference, settings = board.conference, board.conference.settings
    return {
        "title": conference.title,
        "type": conference.type,
        "held_on": conference.held_on.isoformat(),
        "started_at": seen_at(board.running.started_at),
        "closed_at": seen_at(conference.closed_at),
        "locked": board.decisions.all_made(board),
        "time_zone": settings.time_zone,
        "outcomes": list(conference.outcomes),
        "categories": list(CATEGORIES),
        "scale": {
            "question": settings.scale_question,
            "direction": settings.scale_direction,
            "low_end": settings.low_end,
            "high_end": settings.high_end,
            "show": settings.scale_show,
        },
        "entry": settings.entry,
    }


def see_children(board: Board) -> dict[str, ChildSeen]:
    children = enumerate(board.conference.children.values())
    return {f"child/{child.id}": {"place": place, "name": child.name, "age": child.age} for place, child in children}


def see_corrections(board: Board, audience: Audience, visible: frozenset[str]) -> dict[str, CorrectionSeen]:
    """A correction is seen by whoever sees what it is about; the chair and scribe see all."""
    return {
        f"correction/{each.id}": {
            "about": each.about,
            "text": each.text,
            "why": each.why,
            "by": each.by,
            "at": each.at.isoformat(),
        }
        for each in board.conference.corrections
        if audience.kind in ("chair", "scribe") or each.about in visible
    }


def seen_at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def require_children(board: Board, children: tuple[Id, ...]) -> None:
    if any(child not in board.conference.children for child in children):
        refuse(Reason.NOT_FOUND)


def is_family_source(board: Board, person_id: Id) -> bool:
    """Whether these are the words of a family member or a child."""
    member = board.people.members.get(person_id)
    return person_id in board.conference.children or (member is not None and member.role in FAMILY)


DECIDE = {PrepareConference: decide_prepare, CloseConference: decide_close, AddCorrection: decide_correction}
EVOLVE = {
    ConferencePrepared: evolve_prepared,
    ConferenceClosed: evolve_closed,
    CorrectionAdded: evolve_correction,
}
