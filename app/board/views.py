"""What each agency thinks for each child, and what the family says. Hidden until shown; evidence, never a count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from .actor import Actor, Audience
from .conference import require_children
from .people import agencies_here
from .refusals import Reason, refuse
from .responses import responder_of
from .stamp import stamp
from .terms import NOT_ABLE_TO_SAY, Command, Event, Id, ViewOfAgency, Why

if TYPE_CHECKING:
    from .state import Board


class GiveView(Command):
    type: Literal["give_view"] = "give_view"
    child_id: Id
    view: ViewOfAgency
    why: Why
    agency_id: Id | None = None
    report_id: Id | None = None


class GiveFamilyView(Command):
    type: Literal["give_family_view"] = "give_family_view"
    children: tuple[Id, ...]
    text: Why
    for_person: Id | None = None


class ShowViews(Command):
    type: Literal["show_views"] = "show_views"
    on: bool


class ViewGiven(Event):
    type: Literal["view_given"] = "view_given"
    child_id: Id
    agency_id: Id
    view: ViewOfAgency
    why: str
    report_id: Id | None


class FamilyViewGiven(Event):
    type: Literal["family_view_given"] = "family_view_given"
    person_id: Id
    children: tuple[Id, ...]
    text: str


class ViewsShown(Event):
    type: Literal["views_shown"] = "views_shown"
    on: bool


@dataclass(frozen=True)
class Views:
    of_agencies: Mapping[tuple[Id, Id], ViewGiven] = field(default_factory=dict)  # by (child, agency)
    of_family: Mapping[Id, FamilyViewGiven] = field(default_factory=dict)
    shown: bool = False
    ever_shown: bool = False


def decide_view(board: Board, command: GiveView, actor: Actor, now: datetime) -> list[Event]:
    """One per agency and child. `not_able_to_say` is a view."""
    _require_unlocked(board)
    require_children(board, (command.child_id,))
    if command.view != NOT_ABLE_TO_SAY:
        board.conference.outcome(command.view)
    agency_id = _agency_of(board, command, actor)
    if board.views.ever_shown and (command.child_id, agency_id) in board.views.of_agencies:
        refuse(Reason.VIEWS_SHOWN)
    given = ViewGiven(
        child_id=command.child_id,
        agency_id=agency_id,
        view=command.view,
        why=command.why,
        report_id=command.report_id,
        **stamp(command, actor, now),
    )
    return [given]


def _agency_of(board: Board, command: GiveView, actor: Actor) -> Id:
    """One's own agency; chair and scribe type in the written view of an agency that is not here."""
    agency_id = command.agency_id or actor.agency_id
    agency = board.conference.agencies.get(agency_id or "")
    if agency is None:
        refuse(Reason.NOT_FOUND)
    if agency.kind in ("chairing", "family", "advocacy"):
        refuse(Reason.NOT_YOUR_AGENCY)
    if actor.types_for_others:
        if agency.id in agencies_here(board):
            refuse(Reason.NOT_YOUR_AGENCY)
    elif agency.id != actor.agency_id:
        refuse(Reason.NOT_YOUR_AGENCY)
    return agency.id


def decide_family_view(board: Board, command: GiveFamilyView, actor: Actor, now: datetime) -> list[Event]:
    """The family's views are their own words, never a tick."""
    _require_unlocked(board)
    require_children(board, command.children)
    person_id = responder_of(board, actor, command.for_person)
    if board.views.ever_shown and person_id in board.views.of_family:
        refuse(Reason.VIEWS_SHOWN)
    given = FamilyViewGiven(
        person_id=person_id, children=command.children, text=command.text, **stamp(command, actor, now)
    )
    return [given]


def decide_show(board: Board, command: ShowViews, actor: Actor, now: datetime) -> list[Event]:
    return [ViewsShown(on=command.on, **stamp(command, actor, now))]


def _require_unlocked(board: Board) -> None:
    if board.decisions.all_made(board):
        refuse(Reason.LOCKED)


def evolve_view(board: Board, event: ViewGiven) -> Board:
    views = {**board.views.of_agencies, (event.child_id, event.agency_id): event}
    return replace(board, views=replace(board.views, of_agencies=views))


def evolve_family_view(board: Board, event: FamilyViewGiven) -> Board:
    views = {**board.views.of_family, event.person_id: event}
    return replace(board, views=replace(board.views, of_family=views))


def evolve_shown(board: Board, event: ViewsShown) -> Board:
    ever = board.views.ever_shown or event.on
    return replace(board, views=replace(board.views, shown=event.on, ever_shown=ever))


class ViewSeen(TypedDict):
    child_id: str
    agency_id: str
    view: ViewOfAgency
    why: str
    report_id: str | None
    given_by: str


class FamilyViewSeen(TypedDict):
    person_id: str
    children: list[str]
    text: str


class WaitingViewSeen(TypedDict):
    child_id: str
    agency_id: str


class ViewsSeen(TypedDict):
    shown: bool
    given: int
    expected: int
    waiting: NotRequired[list[WaitingViewSeen]]  # the chair's alone


def see_views(board: Board, audience: Audience) -> dict[str, ViewsSeen | ViewSeen | FamilyViewSeen]:
    waiting = waiting_views(board)
    given = len(board.views.of_agencies)
    summary: ViewsSeen = {"shown": board.views.shown, "given": given, "expected": given + len(waiting)}
    if audience.kind == "chair":
        summary["waiting"] = [{"child_id": child, "agency_id": agency} for child, agency in waiting]
    seen: dict[str, ViewsSeen | ViewSeen | FamilyViewSeen] = {"views": summary}
    if board.views.shown:
        for child in board.conference.children:
            for agency in board.conference.agencies:
                if view := board.views.of_agencies.get((child, agency)):
                    seen[f"view/{child}/{agency}"] = see_view(view)
        for person in board.people.members:
            if words := board.views.of_family.get(person):
                seen[f"family_view/{person}"] = see_family_view(words)
    return seen


def waiting_views(board: Board) -> list[tuple[Id, Id]]:
    """Which agency at the meeting has not been asked, for which child."""
    return [
        (child, agency)
        for child in board.conference.children
        for agency in agencies_here(board)
        if (child, agency) not in board.views.of_agencies
    ]


def see_view(view: ViewGiven) -> ViewSeen:
    return {
        "child_id": view.child_id,
        "agency_id": view.agency_id,
        "view": view.view,
        "why": view.why,
        "report_id": view.report_id,
        "given_by": view.by,
    }


def see_family_view(view: FamilyViewGiven) -> FamilyViewSeen:
    return {"person_id": view.person_id, "children": list(view.children), "text": view.text}


def see_own_views(board: Board, actor: Actor) -> dict[str, ViewSeen | FamilyViewSeen]:
    seen: dict[str, ViewSeen | FamilyViewSeen] = {
        f"mine/view/{child}": see_view(view)
        for (child, agency), view in board.views.of_agencies.items()
        if agency == actor.agency_id
    }
    if words := board.views.of_family.get(actor.person_id):
        seen["mine/family_view"] = see_family_view(words)
    return seen


DECIDE = {GiveView: decide_view, GiveFamilyView: decide_family_view, ShowViews: decide_show}
EVOLVE = {ViewGiven: evolve_view, FamilyViewGiven: evolve_family_view, ViewsShown: evolve_shown}
