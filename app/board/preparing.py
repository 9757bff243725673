"""What is arranged before the meeting: its day and children, reports, needs, and what cannot be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field
from typing_extensions import TypedDict

from .actor import Actor
from .conference import Child, require_suits_area
from .dates import Report, Trigger
from .people import require_member
from .refusals import Reason, refuse
from .seating import Some, require_new
from .stamp import stamp
from .terms import Command, ConferenceType, Event, Frozen, Id, Label, Question, Reply, Show

if TYPE_CHECKING:
    from .state import Board

Need = Literal["interpreter", "large_text", "breaks", "seating"]


class ChildSaid(Frozen):
    """What the list of children says of one; what else was prepared about a child stays."""

    id: Id
    name: Label
    age: Annotated[int, Field(ge=0, le=25)] | None = None
    voice: Reply | None = None  # nothing: as it was, for whoever does not see it


class ChangeConference(Command):
    """All of it is said again. A child with an id that is not known is a new one."""

    type: Literal["change_conference"] = "change_conference"
    title: Label
    conference_type: ConferenceType
    held_on: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
    starts_at: AwareDatetime | None = None
    place: Reply = ""
    why_we_are_meeting: Reply = ""
    trigger: Trigger | None = None
    children: Annotated[tuple[ChildSaid, ...], Some]
    scale_question: Question
    low_end: Question
    high_end: Question
    scale_show: Show


class NoteReport(Command):
    """That a report was asked for, and when and with whom the family went through it. Without `report_id` a new one."""

    type: Literal["note_report"] = "note_report"
    report_id: Id | None = None
    from_person: Id
    what: Label
    shared_at: AwareDatetime | None = None
    gone_through_with: Annotated[tuple[Id, ...], Some] = ()
    what_was_done: Reply = ""


class DropReport(Command):
    """It will not come, or was written down twice."""

    type: Literal["drop_report"] = "drop_report"
    report_id: Id


class NoteNeeds(Command):
    type: Literal["note_needs"] = "note_needs"
    person_id: Id
    needs: Annotated[tuple[Need, ...], Field(max_length=4)] = ()
    text: Reply = ""
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3})?$")] | None = (
        None  # of their papers; None leaves it as it is
    )


class NoteCannotShare(Command):
    """What an agency says that it cannot share; nothing, where it was asked and keeps nothing back."""

    type: Literal["note_cannot_share"] = "note_cannot_share"
    agency_id: Id
    text: Reply


class ConferenceChanged(Event):
    type: Literal["conference_changed"] = "conference_changed"
    title: str
    conference_type: ConferenceType
    held_on: date
    starts_at: AwareDatetime | None
    place: str
    why_we_are_meeting: str
    trigger: Trigger | None
    children: tuple[Child, ...]
    scale_question: str
    low_end: str
    high_end: str
    scale_show: Show


class ReportNoted(Event):
    type: Literal["report_noted"] = "report_noted"
    report: Report


class ReportDropped(Event):
    type: Literal["report_dropped"] = "report_dropped"
    report_id: Id


class NeedsNoted(Event):
    type: Literal["needs_noted"] = "needs_noted"
    person_id: Id
    needs: tuple[Need, ...]
    text: str
    language: str = ""


class CannotShareNoted(Event):
    type: Literal["cannot_share_noted"] = "cannot_share_noted"
    agency_id: Id
    text: str


@dataclass(frozen=True)
class Preparing:
    """What is arranged and kept in mind; people, agencies and reports stand with the conference."""

    needs: Mapping[Id, NeedsNoted] = field(default_factory=dict)
    cannot_share: Mapping[Id, CannotShareNoted] = field(default_factory=dict)


def decide_change(board: Board, command: ChangeConference, actor: Actor, now: datetime) -> list[Event]:
    children = [child.id for child in command.children]
    if not children or len(set(children)) < len(children):
        refuse(Reason.LISTED_TWICE if children else Reason.NO_CHILD)
    for child in board.conference.children:
        if child not in children and _is_named(board, child):
            refuse(Reason.STILL_NAMED)
    for child in children:
        if child not in board.conference.children:
            require_new(board, child)
    conference = board.conference
    if command.conference_type != conference.type and board.items.by_id:
        refuse(Reason.STILL_NAMED, "Points are written for this kind of meeting already, so it stays this kind.")
    seated = [member.actor for member in board.people.members.values() if member.admitted]
    require_suits_area(conference.settings.area, command.conference_type, seated)
    meeting = conference.settings.area.meeting(command.conference_type)
    if meeting and meeting.practice != conference.meeting.practice:
        refuse(Reason.WRONG_TYPE, "What is for practising stays so, and a real meeting stays real.")
    said = {name: getattr(command, name) for name in ConferenceChanged.model_fields if hasattr(command, name)}
    said |= {"type": "conference_changed", "children": tuple(_child(board, each) for each in command.children)}
    return [ConferenceChanged(**{**said, **stamp(command, actor, now)})]


def _child(board: Board, said: ChildSaid) -> Child:
    known = board.conference.children.get(said.id) or Child(id=said.id, name=said.name)
    voice = known.voice if said.voice is None else said.voice
    return known.model_copy(update={"name": said.name, "age": said.age, "voice": voice})


def _is_named(board: Board, child: Id) -> bool:
    """Points are not looked through: whether a hidden one names a child shows itself in no answer."""
    members = board.people.members.values()
    return (
        board.running.started_at is not None
        or bool(board.items.by_id)
        or any(child in member.children or child == member.sits_with for member in members)
    )


def decide_report(board: Board, command: NoteReport, actor: Actor, now: datetime) -> list[Event]:
    if command.report_id is None:
        require_new(board, command.id)
    else:
        _require_report(board, command.report_id)
    require_member(board, command.from_person)
    for person in command.gone_through_with:
        if person not in board.conference.children:
            require_member(board, person)
    report = Report(
        id=command.report_id or command.id,
        from_person=command.from_person,
        what=command.what,
        shared_at=command.shared_at,
        gone_through_with=command.gone_through_with,
        what_was_done=command.what_was_done,
    )
    return [ReportNoted(report=report, **stamp(command, actor, now))]


def decide_drop_report(board: Board, command: DropReport, actor: Actor, now: datetime) -> list[Event]:
    _require_report(board, command.report_id)
    return [ReportDropped(report_id=command.report_id, **stamp(command, actor, now))]


def _require_report(board: Board, id: Id) -> None:
    if all(report.id != id for report in board.conference.reports):
        refuse(Reason.NOT_FOUND)


def decide_needs(board: Board, command: NoteNeeds, actor: Actor, now: datetime) -> list[Event]:
    member = require_member(board, command.person_id)
    needs = tuple(dict.fromkeys(command.needs))
    before = board.preparing.needs.get(member.id)
    language = command.language if command.language is not None else before.language if before else ""
    noted = NeedsNoted(
        person_id=member.id, needs=needs, text=command.text, language=language, **stamp(command, actor, now)
    )
    return [noted]


def decide_cannot_share(board: Board, command: NoteCannotShare, actor: Actor, now: datetime) -> list[Event]:
    if command.agency_id not in board.conference.agencies:
        refuse(Reason.NOT_FOUND)
    return [CannotShareNoted(agency_id=command.agency_id, text=command.text, **stamp(command, actor, now))]


def evolve_changed(board: Board, event: ConferenceChanged) -> Board:
    scale = ("scale_question", "low_end", "high_end", "scale_show")
    settings = board.conference.settings.model_copy(update={name: getattr(event, name) for name in scale})
    conference = replace(
        board.conference,
        title=event.title,
        type=event.conference_type,
        held_on=event.held_on,
        starts_at=event.starts_at,
        place=event.place,
        why_we_are_meeting=event.why_we_are_meeting,
        trigger=event.trigger,
        children={child.id: child for child in event.children},
        settings=settings,
    )
    return replace(board, conference=conference)


def evolve_report(board: Board, event: ReportNoted) -> Board:
    reports = {report.id: report for report in (*board.conference.reports, event.report)}
    return replace(board, conference=replace(board.conference, reports=tuple(reports.values())))


def evolve_dropped(board: Board, event: ReportDropped) -> Board:
    reports = tuple(report for report in board.conference.reports if report.id != event.report_id)
    return replace(board, conference=replace(board.conference, reports=reports))


def evolve_needs(board: Board, event: NeedsNoted) -> Board:
    needs = {**board.preparing.needs, event.person_id: event}
    return replace(board, preparing=replace(board.preparing, needs=needs))


def evolve_cannot_share(board: Board, event: CannotShareNoted) -> Board:
    cannot_share = {**board.preparing.cannot_share, event.agency_id: event}
    return replace(board, preparing=replace(board.preparing, cannot_share=cannot_share))


class NeedSeen(TypedDict):
    person_id: str
    needs: list[Need]
    text: str
    language: str  # "" where nobody said one


class CannotShareSeen(TypedDict):
    agency_id: str
    text: str


def see_needs(board: Board) -> list[NeedSeen]:
    """For those who lead the meeting: what somebody needs is for nobody else to read."""
    noted = board.preparing.needs.values()
    return [
        {"person_id": each.person_id, "needs": list(each.needs), "text": each.text, "language": each.language}
        for each in noted
        if each.needs or each.text or each.language
    ]


def see_cannot_share(board: Board) -> list[CannotShareSeen]:
    """For the chair alone."""
    return [{"agency_id": each.agency_id, "text": each.text} for each in board.preparing.cannot_share.values()]


DECIDE = {
    ChangeConference: decide_change,
    NoteReport: decide_report,
    DropReport: decide_drop_report,
    NoteNeeds: decide_needs,
    NoteCannotShare: decide_cannot_share,
}
EVOLVE = {
    ConferenceChanged: evolve_changed,
    ReportNoted: evolve_report,
    ReportDropped: evolve_dropped,
    NeedsNoted: evolve_needs,
    CannotShareNoted: evolve_cannot_share,
}
