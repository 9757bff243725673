"""The chair's seat: handed over by her, or taken by the deputy she named when she is lost. Exactly one sits in it.

A *reign* is the time between two of these. It is named after the command that began it, and what a device wrote under
one is not decided as the chair's under another, however long it was on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import SERVICES, Command, Event, Id

if TYPE_CHECKING:
    from .conference import ConferencePrepared
    from .people import Member
    from .state import Board

LOST_AFTER_SECONDS = 60.0
GoneSince = Callable[[Id], datetime | None]  # since when somebody has had no screen open and done nothing; None: here
How = Literal["prepared", "handed_over", "taken_over"]


class HandOver(Command):
    type: Literal["hand_over"] = "hand_over"
    person_id: Id


class NameDeputy(Command):
    type: Literal["name_deputy"] = "name_deputy"
    person_id: Id | None


class TakeOver(Command):
    """By the deputy, when the chair is lost. `from_person` is who they think is in the chair."""

    type: Literal["take_over"] = "take_over"
    from_person: Id


class ChairHandedOver(Event):
    type: Literal["chair_handed_over"] = "chair_handed_over"
    person_id: Id


class DeputyNamed(Event):
    type: Literal["deputy_named"] = "deputy_named"
    person_id: Id | None


class ChairTakenOver(Event):
    type: Literal["chair_taken_over"] = "chair_taken_over"
    from_person: Id


@dataclass(frozen=True)
class Seat:
    reign: Id = ""
    since: datetime | None = None
    how: How = "prepared"
    before: Id | None = None  # who was in the chair before
    deputy: Id | None = None
    reigns: Mapping[Id, Id | None] = field(default_factory=dict)  # each reign, and whose it was

    def prepared(self, event: ConferencePrepared) -> Seat:
        chair = next((person.id for person in event.people if person.role == "chair"), None)
        return Seat(reign=event.id, since=event.at, deputy=event.deputy, reigns={event.id: chair})

    def without_deputy(self, person_id: Id) -> Seat:
        return replace(self, deputy=None) if self.deputy == person_id else self


def require_reign(board: Board, command: Command, actor: Actor) -> None:
    """Not from before the chair changed hands, neither of whoever left the seat nor of whoever sits in it now."""
    if command.reign is None or command.reign == board.seat.reign:
        return
    if actor.role == "chair" or board.seat.reigns.get(command.reign) == actor.person_id:
        refuse(Reason.CHAIR_CHANGED)


def decide_hand_over(board: Board, command: HandOver, actor: Actor, now: datetime) -> list[Event]:
    """The two change places, so that there is exactly one chair at any moment. Never to the family."""
    member = _who_could_chair(board, command.person_id)
    if not member.is_expected:
        refuse(Reason.CANNOT_CHAIR)
    return [ChairHandedOver(person_id=member.id, **stamp(command, actor, now))]


def decide_deputy(board: Board, command: NameDeputy, actor: Actor, now: datetime) -> list[Event]:
    if command.person_id and not _who_could_chair(board, command.person_id).admitted:
        refuse(Reason.CANNOT_CHAIR)
    if command.person_id == board.seat.deputy:
        refuse(Reason.NOTHING_CHANGED)
    return [DeputyNamed(person_id=command.person_id, **stamp(command, actor, now))]


def _who_could_chair(board: Board, person_id: Id) -> Member:
    member = require_member(board, person_id)
    if member.role not in {"scribe", *SERVICES}:
        refuse(Reason.CANNOT_CHAIR)
    return member


def require_lost(board: Board, gone_since: GoneSince, now: datetime) -> None:
    """Who is connected is no history, so it is handed in, as it is at this turn."""
    gone = gone_since(board.people.chair or "")
    if gone is None or now - gone < timedelta(seconds=LOST_AFTER_SECONDS):
        refuse(Reason.CHAIR_IS_HERE)


def decide_take_over(board: Board, command: TakeOver, actor: Actor, now: datetime) -> list[Event]:
    if board.seat.deputy != actor.person_id:
        refuse(Reason.NOT_DEPUTY)
    if board.people.chair != command.from_person:
        refuse(Reason.CHAIR_CHANGED)
    return [ChairTakenOver(from_person=command.from_person, **stamp(command, actor, now))]


def evolve_handed_over(board: Board, event: ChairHandedOver) -> Board:
    return _changed_places(board, event, event.by, event.person_id, "handed_over")


def evolve_taken_over(board: Board, event: ChairTakenOver) -> Board:
    return _changed_places(board, event, event.from_person, event.by, "taken_over")


def _changed_places(board: Board, event: Event, from_id: Id, to_id: Id, how: How) -> Board:
    """Each gets the seat that the other had: with it goes being deputy."""
    old, new = board.people.members[from_id], board.people.members[to_id]
    people = board.people.with_member(replace(old, role=new.role)).with_member(replace(new, role=old.role))
    seat = Seat(
        reign=event.id,
        since=event.at,
        how=how,
        before=from_id,
        deputy=from_id if board.seat.deputy == to_id else board.seat.deputy,
        reigns={**board.seat.reigns, event.id: to_id},
    )
    return replace(board, people=people, seat=seat)


def evolve_deputy(board: Board, event: DeputyNamed) -> Board:
    return replace(board, seat=replace(board.seat, deputy=event.person_id))


class ChairSeen(TypedDict):
    person_id: str | None
    since: str | None
    how: How
    before: str | None
    deputy: str | None


def see_chair(board: Board) -> ChairSeen:
    """On every screen: who leads the meeting, and how they came to."""
    seat = board.seat
    return {
        "person_id": board.people.chair,
        "since": seat.since.isoformat() if seat.since else None,
        "how": seat.how,
        "before": seat.before,
        "deputy": seat.deputy,
    }


DECIDE = {HandOver: decide_hand_over, NameDeputy: decide_deputy, TakeOver: decide_take_over}
EVOLVE = {ChairHandedOver: evolve_handed_over, DeputyNamed: evolve_deputy, ChairTakenOver: evolve_taken_over}
