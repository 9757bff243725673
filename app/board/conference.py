"""The conference itself: who and what it is about, the settings it runs under, its end, and corrections after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired

from pydantic import AwareDatetime, Field, JsonValue
from typing_extensions import TypedDict

from .actor import Actor, Audience, audience_of
from .area import Area, groups_in, one_of_each
from .area_parts import Columns, MeetingType, PossibleOutcome
from .dates import Report, Trigger
from .earlier import Earlier
from .people import Member, member_of
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    FAMILY,
    SERVICES,
    AgencyKind,
    Attendance,
    Category,
    Column,
    Command,
    ConferenceType,
    Direction,
    Event,
    Frozen,
    Id,
    Key,
    Outcome,
    Phase,
    Question,
    Role,
    Show,
    Statement,
    SubCategory,
    Why,
)

if TYPE_CHECKING:
    from .state import Board


class Child(Frozen):
    id: Id
    name: str
    age: int | None = None
    surname: str = ""
    plan_now: Outcome | None = None
    category_now: Category | None = None
    plan_since: date | None = None
    lives_with: str = ""
    voice: str = ""  # how what they want and feel reaches the meeting


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
    hidden_from: tuple[Id, ...] = ()  # of the family: who may not see what is theirs, nor that they are here by name


class Settings(Frozen):
    """The area, and what one conference may choose for itself. Frozen into the conference when it is prepared."""

    area: Area = Area()
    bank_holidays: tuple[date, ...] = ()  # where the children live, around the day of the meeting
    time_zone: str = "Europe/London"
    scale_question: Question = "How safe are the children, as things are today?"
    scale_direction: Direction = "higher_is_safer"
    low_end: Question = "So unsafe that they couldn't live at home"
    high_end: Question = "Safe enough for all of us to step away"
    scale_show: Show = "chair"
    entry: Literal["offered", "direct"] = "offered"
    observers_agreed: bool = False
    dissent_hours: int = 72


def settings_of(area: Area, bank_holidays: Iterable[date]) -> Settings:
    """A new conference's settings: what it may choose for itself starts as the area has it."""
    scale = area.scale
    return Settings(
        area=area,
        bank_holidays=tuple(bank_holidays),
        scale_question=scale.question,
        scale_direction=scale.direction,
        low_end=scale.low_end,
        high_end=scale.high_end,
        scale_show=scale.show,
        dissent_hours=area.deadlines.dissent_hours,
    )


class PrepareConference(Command):
    """Made by whoever prepares the conference, never over the wire."""

    type: Literal["prepare_conference"] = "prepare_conference"
    title: str
    conference_type: ConferenceType
    held_on: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
    children: tuple[Child, ...]
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    settings: Settings
    kept: dict[str, JsonValue] = {}
    starts_at: AwareDatetime | None = None  # as planned
    place: str = ""
    why_we_are_meeting: str = ""
    trigger: Trigger | None = None
    reports: tuple[Report, ...] = ()
    earlier: Earlier | None = None
    deputy: Id | None = None  # who takes the chair if she is lost


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
    starts_at: AwareDatetime | None = None
    place: str = ""
    why_we_are_meeting: str = ""
    trigger: Trigger | None = None
    reports: tuple[Report, ...] = ()
    earlier: Earlier | None = None
    deputy: Id | None = None


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
    starts_at: datetime | None = None
    place: str = ""
    why_we_are_meeting: str = ""
    trigger: Trigger | None = None
    reports: tuple[Report, ...] = ()
    earlier: Earlier | None = None
    prepared: bool = False
    closed_at: datetime | None = None
    corrections: tuple[CorrectionAdded, ...] = ()

    @cached_property
    def meeting(self) -> MeetingType:
        """Which of the area's kinds of meeting this is."""
        meeting = self.settings.area.meeting(self.type)
        if meeting is None:
            refuse(Reason.WRONG_TYPE)
        return meeting

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        """Before it begins, and the stages that it has."""
        return ("prepare", *(phase for stage in self.meeting.stages for phase in stage.phases))

    @cached_property
    def columns(self) -> Columns:
        return self.meeting.columns or self.settings.area.columns

    @cached_property
    def groups(self) -> tuple[tuple[Column, SubCategory], ...]:
        return tuple(groups_in(self.columns))

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(outcome.code for outcome in self.meeting.outcomes)

    def outcome(self, code: Outcome) -> PossibleOutcome:
        """This outcome as the area has it; refused where this kind of meeting has no such outcome."""
        found = next((outcome for outcome in self.meeting.outcomes if outcome.code == code), None)
        if found is None:
            refuse(Reason.WRONG_OUTCOME)
        return found

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        return tuple(category.code for category in self.settings.area.categories.names)


def decide_prepare(board: Board, command: PrepareConference, actor: Actor, now: datetime) -> list[Event]:
    if board.conference.prepared:
        refuse(Reason.NOT_ALLOWED)
    require_suits_area(command.settings.area, command.conference_type, map(seat_of, command.people))
    require_kept_apart(map(member_of, command.people))
    require_deputy(command)
    fields = {name: getattr(command, name) for name in ConferencePrepared.model_fields if hasattr(command, name)}
    return [ConferencePrepared(**{**fields, "type": "conference_prepared", **stamp(command, actor, now)})]


def require_suits_area(area: Area, conference_type: ConferenceType, seated: Iterable[Actor]) -> None:
    """The kind of meeting is one of the area's, and nobody is seated for whom it has no seat."""
    meeting, seated = area.meeting(conference_type), list(seated)
    if meeting is None:
        refuse(Reason.WRONG_TYPE)
    if not meeting.family and any(audience_of(each).kind == "family" for each in seated):
        refuse(Reason.WRONG_TYPE, "This kind of meeting is for workers only, so nobody from the family has a seat.")
    if sum(each.role == "observer" for each in seated) > area.observers_at_most:
        refuse(Reason.NOT_ALLOWED, "At most {n} may watch a meeting here.", n=area.observers_at_most)


def require_kept_apart(members: Iterable[Member]) -> None:
    """Only people of the family are kept from people of the family, and never from whom they share a screen with."""
    members = list(members)
    of_family = {member.id: audience_of(member.actor) for member in members}
    of_family = {id: audience for id, audience in of_family.items() if audience.kind == "family"}
    for member in members:
        for other in member.hidden_from:
            if member.id not in of_family or other not in of_family:
                refuse(Reason.NOT_FOUND, "Only people of the family can be kept from seeing each other's part.")
            if of_family[member.id] == of_family[other]:
                refuse(
                    Reason.NOT_ALLOWED,
                    "{name} shares a screen with somebody who may not see their part.",
                    name=member.name,
                )


def require_deputy(command: PrepareConference) -> None:
    """The chair goes to nobody of the family, and to nobody who only watches."""
    roles = {person.id: person.role for person in command.people}
    if command.deputy and roles.get(command.deputy) not in {"scribe", *SERVICES}:
        refuse(Reason.CANNOT_CHAIR)


def seat_of(person: Person) -> Actor:
    return Actor(person.id, person.role, person.agency_id, frozenset(person.children), person.sits_with)


def decide_close(board: Board, command: CloseConference, actor: Actor, now: datetime) -> list[Event]:
    if board.conference.meeting.decides and not board.decisions.all_made(board):
        refuse(Reason.NOT_DECIDED)
    return [ConferenceClosed(**stamp(command, actor, now))]


def is_locked(board: Board) -> bool:
    """Every child has a decision, or the meeting is over."""
    return board.decisions.all_made(board) or board.conference.closed_at is not None


def decide_correction(board: Board, command: AddCorrection, actor: Actor, now: datetime) -> list[Event]:
    """Added beside what it corrects, with date and reason; nothing recorded is touched."""
    if not is_locked(board):
        refuse(Reason.NOT_LOCKED)
    return [CorrectionAdded(about=command.about, text=command.text, why=command.why, **stamp(command, actor, now))]


def evolve_prepared(board: Board, event: ConferencePrepared) -> Board:
    conference = Conference(
        title=event.title,
        type=event.conference_type,
        held_on=event.held_on,
        children={child.id: child for child in event.children},
        agencies={agency.id: agency for agency in event.agencies},
        settings=event.settings.model_copy(update={"area": one_of_each(event.settings.area)}),
        kept=event.kept,
        starts_at=event.starts_at,
        place=event.place,
        why_we_are_meeting=event.why_we_are_meeting,
        trigger=event.trigger,
        reports=event.reports,
        earlier=event.earlier,
        prepared=True,
    )
    people, seat = board.people.seated(event.people), board.seat.prepared(event)
    return replace(board, conference=conference, people=people, seat=seat)


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
    starts_at: str | None
    started_at: str | None
    closed_at: str | None
    place: str
    why_we_are_meeting: str
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
    plan_now: NotRequired[str]
    category_now: NotRequired[str]
    plan_since: NotRequired[str]


class ChildFactsSeen(TypedDict):
    surname: str
    lives_with: str
    voice: str


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
        "starts_at": seen_at(conference.starts_at),
        "started_at": seen_at(board.running.started_at),
        "closed_at": seen_at(conference.closed_at),
        "place": conference.place,
        "why_we_are_meeting": conference.why_we_are_meeting,
        "locked": is_locked(board),
        "time_zone": settings.time_zone,
        "outcomes": list(conference.outcomes),
        "categories": list(conference.categories),
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
    return {f"child/{child.id}": _see_child(place, child) for place, child in children}


def _see_child(place: int, child: Child) -> ChildSeen:
    """The plan that a child is on is known to all who meet to look at it again; a child on none has no such line."""
    seen: ChildSeen = {"place": place, "name": child.name, "age": child.age}
    if child.plan_now:
        seen["plan_now"] = child.plan_now
    if child.category_now:
        seen["category_now"] = child.category_now
    if child.plan_since:
        seen["plan_since"] = child.plan_since.isoformat()
    return seen


def see_child_facts(board: Board) -> dict[str, ChildFactsSeen]:
    """What the chair prepared about a child. Where somebody lives is for nobody else to read here."""
    return {
        f"child_facts/{child.id}": {"surname": child.surname, "lives_with": child.lives_with, "voice": child.voice}
        for child in board.conference.children.values()
    }


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
