"""Whom a record is for. They are given what their own screen could show, and of that what their version holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.board.actor import audience_of
from app.board.board import View, back_on_screens, see, see_own
from app.board.closing import VERSION_FOR
from app.board.closing import Version as Version
from app.board.people import Member
from app.board.state import Board
from app.board.terms import SERVICES, Event, Id
from app.board.views import Views, ViewsShown

from .narrowing import of_children, of_the_plan

DocumentCode = Literal["outcome_letter", "outline_plan", "full_record", "family_copy", "child_letter"]

# A family copy is made for a member of the family only: one made with the council's eyes would hold what they must not
# see, and be handed over for what its heading says.
DOCUMENTS_OF: dict[Version, tuple[DocumentCode, ...]] = {
    "plan_only": ("outline_plan",),
    "family": ("outcome_letter", "outline_plan", "family_copy", "child_letter"),
    "professional": ("outcome_letter", "outline_plan", "full_record"),
    "full": ("outcome_letter", "outline_plan", "full_record", "child_letter"),
}
Happened = Sequence[tuple[datetime, Event]]


class NotEntitled(Exception):
    """Nobody of this conference, nobody who is given a record, or not this document for them."""


@dataclass(frozen=True)
class Recipient:
    """`children` narrows the record to what is about them or shared with them; none: all of them."""

    person_id: Id
    version: Version
    children: tuple[Id, ...] = ()


def member_for(board: Board, recipient: Recipient) -> Member:
    """The person themselves, at the meeting or not, if this version is for somebody of their kind."""
    member = board.people.members.get(recipient.person_id)
    if member is None or member.role not in VERSION_FOR[recipient.version]:
        raise NotEntitled
    return member


def entitled_view(board: Board, recipient: Recipient, happened: Happened) -> View:
    """Everything that this person may read in any document, and nothing else: the only door from a board to paper."""
    member = member_for(board, recipient)
    rested = _without_rest(board, happened)
    view = see(rested, frozenset(), audience_of(member.actor))
    if _reads_restricted(member, recipient):
        own = see_own(rested, member.actor)
        view = view | {key: value for key, value in own.items() if key.startswith("mine/restricted/")}
    view = of_children(view, recipient.children)
    return of_the_plan(view) if recipient.version == "plan_only" else view


def _reads_restricted(member: Member, recipient: Recipient) -> bool:
    """Paper lies about at home: what some of the family must not see is printed for services and the chair only."""
    return recipient.version in ("professional", "full") and member.role in {"chair", *SERVICES}


def _without_rest(board: Board, happened: Happened) -> Board:
    """A screen that rests, or waits for the family, does not take away what stands on the board, nor views that
    everybody has seen."""
    awake = back_on_screens(board)
    return replace(awake, views=_views_seen(board.views, happened))


def _views_seen(views: Views, happened: Happened) -> Views:
    """The views that have been on the screens; one that came after they were taken off stays off."""
    taken_off = _taken_off_at(happened)
    if views.shown or not views.ever_shown or not taken_off:
        return views
    last = taken_off[-1]
    return replace(
        views,
        of_agencies={key: view for key, view in views.of_agencies.items() if view.at <= last},
        of_family={key: view for key, view in views.of_family.items() if view.at <= last},
        shown=True,
    )


def _taken_off_at(happened: Happened) -> list[datetime]:
    """Taking off what is off already shows nothing that came in between."""
    shown, moments = False, []
    for at, event in happened:
        if isinstance(event, ViewsShown):
            if shown and not event.on:
                moments.append(at)
            shown = event.on
    return moments
