"""Who belongs to the conference: attendance and admission. The chair's seat is in `chair.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, Field
from typing_extensions import TypedDict

from .actor import Actor
from .memory import Memory
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import FAMILY, HERE, SERVICES, Attendance, Command, Event, Id, Role

if TYPE_CHECKING:
    from .conference import Person
    from .state import Board


class MarkAttendance(Command):
    """Attendance is who is at the meeting and how; presence (an open screen) is not history and has no command."""

    type: Literal["mark_attendance"] = "mark_attendance"
    person_id: Id
    how: Attendance
    from_: AwareDatetime | None = Field(default=None, alias="from")
    left: AwareDatetime | None = None


class Arrive(Command):
    """Somebody came in by their own door while the meeting is on, or about to be. Never over the wire."""

    type: Literal["arrive"] = "arrive"


class Admit(Command):
    type: Literal["admit"] = "admit"
    person_id: Id


class RemovePerson(Command):
    type: Literal["remove_person"] = "remove_person"
    person_id: Id


class AttendanceMarked(Event):
    type: Literal["attendance_marked"] = "attendance_marked"
    person_id: Id
    how: Attendance
    since: AwareDatetime | None
    left: AwareDatetime | None


class PersonArrived(Event):
    """`by` is who came."""

    type: Literal["person_arrived"] = "person_arrived"


class PersonAdmitted(Event):
    type: Literal["person_admitted"] = "person_admitted"
    person_id: Id


class PersonRemoved(Event):
    type: Literal["person_removed"] = "person_removed"
    person_id: Id


NOBODY: frozenset[Id] = frozenset()  # the same one for all


@dataclass(frozen=True)
class Member:
    """One person of this conference as they stand now."""

    id: Id
    name: str
    role: Role
    agency_id: Id | None
    relationship: str
    attendance: Attendance
    children: frozenset[Id]
    sits_with: Id | None
    hidden_from: frozenset[Id] = NOBODY
    since: datetime | None = None
    left: datetime | None = None
    admitted: bool = True

    @property
    def is_expected(self) -> bool:
        """Comes, as far as anybody knows, and has not gone home."""
        return self.attendance in HERE and self.left is None and self.admitted

    @property
    def is_here(self) -> bool:
        """Has come: somebody marked them, or they came in by their own door."""
        return self.is_expected and self.since is not None

    @cached_property
    def actor(self) -> Actor:
        return Actor(self.id, self.role, self.agency_id, self.children, self.sits_with)


@dataclass(frozen=True)
class People:
    members: Mapping[Id, Member] = field(default_factory=dict)

    def seated(self, people: Iterable[Person]) -> People:
        return People({person.id: member_of(person) for person in people})

    def with_member(self, member: Member) -> People:
        return People({**self.members, member.id: member})

    @property
    def chair(self) -> Id | None:
        """There is exactly one, from the preparation to the end."""
        return next((member.id for member in self.members.values() if member.role == "chair"), None)

    @cached_property
    def kept_apart(self) -> tuple[Id, ...]:
        """Who may not see somebody's part, in the order of the table."""
        apart: frozenset[Id] = frozenset().union(*(member.hidden_from for member in self.members.values()))
        return tuple(id for id in self.members if id in apart)

    def named(self, person_id: Id) -> str:
        member = self.members.get(person_id)
        return member.name if member else ""


def member_of(person: Person) -> Member:
    return Member(
        id=person.id,
        name=person.name,
        role=person.role,
        agency_id=person.agency_id,
        relationship=person.relationship,
        attendance=person.attendance,
        children=frozenset(person.children) or NOBODY,
        sits_with=person.sits_with,
        hidden_from=frozenset(person.hidden_from) or NOBODY,
    )


def actor_of(board: Board, person_id: Id) -> Actor:
    """Who this person is now. Refused for one who was removed or never belonged."""
    member = board.people.members.get(person_id)
    if member is None or not member.admitted:
        refuse(Reason.NOT_ADMITTED)
    return member.actor


def actor_or_none(board: Board, person_id: Id) -> Actor | None:
    member = board.people.members.get(person_id)
    return member.actor if member and member.admitted else None


def require_member(board: Board, person_id: Id) -> Member:
    member = board.people.members.get(person_id)
    if member is None:
        refuse(Reason.NOT_FOUND)
    return member


def decide_attendance(board: Board, command: MarkAttendance, actor: Actor, now: datetime) -> list[Event]:
    member = require_member(board, command.person_id)
    if member.role == "room_screen":
        refuse(Reason.NOT_FOUND)
    arriving = command.how in HERE and not member.since
    since = command.from_ or member.since or (now if arriving else None)
    return [
        AttendanceMarked(
            person_id=member.id, how=command.how, since=since, left=command.left, **stamp(command, actor, now)
        )
    ]


def decide_arrive(board: Board, command: Arrive, actor: Actor, now: datetime) -> list[Event]:
    """Who is not expected, or stepped out, is for the chair to mark."""
    member = require_member(board, actor.person_id)
    if board.conference.closed_at or not member.is_expected or member.since or member.role == "room_screen":
        refuse(Reason.NOTHING_CHANGED)
    return [PersonArrived(**stamp(command, actor, now))]


def decide_admit(board: Board, command: Admit, actor: Actor, now: datetime) -> list[Event]:
    member = require_member(board, command.person_id)
    return [PersonAdmitted(person_id=member.id, **stamp(command, actor, now))]


def decide_remove(board: Board, command: RemovePerson, actor: Actor, now: datetime) -> list[Event]:
    member = require_member(board, command.person_id)
    if member.id == actor.person_id:
        refuse(Reason.NOT_ALLOWED, "You are in the chair. Hand the chair over first.")
    return [PersonRemoved(person_id=member.id, **stamp(command, actor, now))]


def evolve_attendance(board: Board, event: AttendanceMarked) -> Board:
    member = replace(board.people.members[event.person_id], attendance=event.how, since=event.since, left=event.left)
    return replace(board, people=board.people.with_member(member))


def evolve_arrived(board: Board, event: PersonArrived) -> Board:
    member = replace(board.people.members[event.by], since=event.at)
    return replace(board, people=board.people.with_member(member))


def evolve_admitted(board: Board, event: PersonAdmitted) -> Board:
    member = replace(board.people.members[event.person_id], admitted=True)
    return replace(board, people=board.people.with_member(member))


def evolve_removed(board: Board, event: PersonRemoved) -> Board:
    """Whoever is taken out no longer has the floor, nor waits for it."""
    member = replace(board.people.members[event.person_id], admitted=False)
    floor = None if board.running.floor == member.id else board.running.floor
    waiting = {person: calls for person, calls in board.running.help.items() if person != member.id}
    running = replace(board.running, floor=floor, help=waiting)
    seat = board.seat.without_deputy(member.id)
    return replace(board, people=board.people.with_member(member), running=running, seat=seat)


class PersonSeen(TypedDict):
    name: str
    role: Role
    relationship: str
    agency_id: str | None
    agency: str
    agency_kind: str
    attendance: Attendance
    here: bool
    left: bool
    admitted: bool
    present: bool


def see_people(board: Board, present: frozenset[Id], chairs: bool, memory: Memory) -> dict[str, PersonSeen]:
    """Everyone, by name and role: there are no hidden viewers (docs/invariants.md, 12).

    Whoever was taken out stays with the chair, who alone may let them in again.
    """
    seen: dict[str, PersonSeen] = {}
    for member in board.people.members.values():
        if member.admitted or chairs:
            is_present = member.id in present
            seen[f"person/{member.id}"] = memory.recall(
                ("person", member.id),
                (member, is_present, board.conference.agencies),
                lambda member=member, is_present=is_present: _see_member(board, member, is_present),  # type: ignore[misc]
            )
    return seen


def _see_member(board: Board, member: Member, present: bool) -> PersonSeen:
    agency = board.conference.agencies.get(member.agency_id or "")
    return {
        "name": member.name,
        "role": member.role,
        "relationship": member.relationship,
        "agency_id": member.agency_id,
        "agency": agency.name if agency else "",
        "agency_kind": agency.kind if agency else "",
        "attendance": member.attendance,
        "here": member.is_here,
        "left": member.left is not None,
        "admitted": member.admitted,
        "present": present,
    }


class TimesSeen(TypedDict):
    since: str | None
    left: str | None


def see_times(board: Board) -> dict[str, TimesSeen]:
    """From when until when somebody was at the meeting, for those who write it down."""
    return {
        f"times/{member.id}": {
            "since": member.since.isoformat() if member.since else None,
            "left": member.left.isoformat() if member.left else None,
        }
        for member in board.people.members.values()
        if member.admitted and (member.since or member.left)
    }


def agencies_here(board: Board) -> list[Id]:
    """Agencies that are asked for a view: those with a professional or social worker at the meeting, or whom nobody has
    marked as absent. A forgotten mark passes nobody over.
    """
    here = {m.agency_id for m in board.people.members.values() if m.is_expected and m.role in SERVICES}
    asked = (a for a in board.conference.agencies.values() if a.kind not in ("chairing", "family", "advocacy"))
    return [agency.id for agency in asked if agency.id in here]


def family_here(board: Board) -> list[Member]:
    """Who of the family is asked: likewise."""
    return [member for member in board.people.members.values() if member.is_expected and member.role in FAMILY]


DECIDE = {
    MarkAttendance: decide_attendance,
    Arrive: decide_arrive,
    Admit: decide_admit,
    RemovePerson: decide_remove,
}
EVOLVE = {
    AttendanceMarked: evolve_attendance,
    PersonArrived: evolve_arrived,
    PersonAdmitted: evolve_admitted,
    PersonRemoved: evolve_removed,
}
