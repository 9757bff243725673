"""Seats: who is on the list, from which agency. A late comer gets one while the meeting runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from .actor import Actor
from .conference import Agency, Person, require_children, require_kept_apart, require_suits_area, seat_of
from .people import member_of, require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import AgencyKind, Attendance, Command, Event, Id, Label, Reply, Role

if TYPE_CHECKING:
    from .state import Board

Some = Field(max_length=50)


class SeatPerson(Command):
    """Makes a seat for somebody who is not on the list; the seat's id is the command's. The chair's is made once."""

    type: Literal["seat_person"] = "seat_person"
    name: Label
    role: Role
    agency_id: Id | None = None
    relationship: Reply = ""
    attendance: Attendance = "in_room"
    children: Annotated[tuple[Id, ...], Some] = ()
    sits_with: Id | None = None
    hidden_from: Annotated[tuple[Id, ...], Some] = ()


class ChangeSeat(Command):
    """All of it is said again."""

    type: Literal["change_seat"] = "change_seat"
    person_id: Id
    name: Label
    role: Role
    agency_id: Id | None = None
    relationship: Reply = ""
    children: Annotated[tuple[Id, ...], Some] = ()
    sits_with: Id | None = None
    hidden_from: Annotated[tuple[Id, ...], Some] = ()


class AddAgency(Command):
    type: Literal["add_agency"] = "add_agency"
    name: Label
    kind: AgencyKind


class PersonSeated(Event):
    type: Literal["person_seated"] = "person_seated"
    person: Person


class SeatChanged(Event):
    type: Literal["seat_changed"] = "seat_changed"
    person: Person


class AgencyAdded(Event):
    type: Literal["agency_added"] = "agency_added"
    name: str
    kind: AgencyKind


def decide_seat(board: Board, command: SeatPerson, actor: Actor, now: datetime) -> list[Event]:
    require_new(board, command.id)
    if command.role == "chair":
        refuse(Reason.CANNOT_CHAIR)
    person = Person(id=command.id, attendance=command.attendance, **_said_of_seat(command))
    _require_fits(board, person)
    return [PersonSeated(person=person, **stamp(command, actor, now))]


def decide_change_seat(board: Board, command: ChangeSeat, actor: Actor, now: datetime) -> list[Event]:
    """Who they are to the meeting is settled once it begins: their screen and rights hang on it."""
    member = require_member(board, command.person_id)
    settled = board.running.started_at is not None or "chair" in (member.role, command.role)
    if command.role != member.role and settled:
        refuse(Reason.CANNOT_CHAIR if command.role == "chair" else Reason.SEAT_SETTLED)
    person = Person(id=member.id, attendance=member.attendance, **_said_of_seat(command))
    _require_fits(board, person)
    return [SeatChanged(person=person, **stamp(command, actor, now))]


class _Seat(TypedDict):
    name: str
    role: Role
    agency_id: Id | None
    relationship: str
    children: tuple[Id, ...]
    sits_with: Id | None
    hidden_from: tuple[Id, ...]


def _said_of_seat(command: SeatPerson | ChangeSeat) -> _Seat:
    return {
        "name": command.name,
        "role": command.role,
        "agency_id": command.agency_id,
        "relationship": command.relationship,
        "children": command.children,
        "sits_with": command.sits_with,
        "hidden_from": command.hidden_from,
    }


def _require_fits(board: Board, person: Person) -> None:
    conference, members = board.conference, board.people.members
    if person.agency_id is not None and person.agency_id not in conference.agencies:
        refuse(Reason.NOT_FOUND)
    require_children(board, person.children)
    if person.sits_with is not None and person.sits_with not in {*members, *conference.children} - {person.id}:
        refuse(Reason.NOT_FOUND)
    others = [member for member in members.values() if member.id != person.id]
    admitted = [member.actor for member in others if member.admitted]
    require_suits_area(conference.settings.area, conference.type, [*admitted, seat_of(person)])
    require_kept_apart([*others, member_of(person)])


def require_new(board: Board, id: Id) -> None:
    """The ids of those who are here are known to all; nobody may take another's place by naming one."""
    conference = board.conference
    known = (board.people.members, conference.children, conference.agencies)
    if any(id in ids for ids in known) or any(report.id == id for report in conference.reports):
        refuse(Reason.ID_REUSED)


def decide_add_agency(board: Board, command: AddAgency, actor: Actor, now: datetime) -> list[Event]:
    require_new(board, command.id)
    return [AgencyAdded(name=command.name, kind=command.kind, **stamp(command, actor, now))]


def evolve_seated(board: Board, event: PersonSeated) -> Board:
    return replace(board, people=board.people.with_member(member_of(event.person)))


def evolve_seat_changed(board: Board, event: SeatChanged) -> Board:
    was = board.people.members[event.person.id]
    now = replace(member_of(event.person), since=was.since, left=was.left, admitted=was.admitted)
    return replace(board, people=board.people.with_member(now))


def evolve_agency(board: Board, event: AgencyAdded) -> Board:
    agencies = {**board.conference.agencies, event.id: Agency(id=event.id, name=event.name, kind=event.kind)}
    return replace(board, conference=replace(board.conference, agencies=agencies))


DECIDE = {SeatPerson: decide_seat, ChangeSeat: decide_change_seat, AddAgency: decide_add_agency}
EVOLVE = {PersonSeated: evolve_seated, SeatChanged: evolve_seat_changed, AgencyAdded: evolve_agency}
