"""Whether enough agencies are here that know the children, by the area's own rule, and going on without them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import SERVICES, AgencyKind, Command, Event, Id, Outcome, Why

if TYPE_CHECKING:
    from .state import Board

KINDS_IN_WORDS: dict[AgencyKind, str] = {
    "chairing": "the reviewing service",
    "social_care": "social care",
    "police": "police",
    "education": "education",
    "health": "health",
    "voluntary": "a voluntary service",
    "housing": "housing",
    "advocacy": "advocacy",
    "family": "the family",
}


class GoOnWithoutQuorum(Command):
    type: Literal["go_on_without_quorum"] = "go_on_without_quorum"
    reason: Why


class WentOnWithoutQuorum(Event):
    type: Literal["went_on_without_quorum"] = "went_on_without_quorum"
    reason: str
    missing: tuple[str, ...]  # in words, as things were then


@dataclass(frozen=True)
class Quorum:
    went_on: WentOnWithoutQuorum | None = None


def decide_go_on(board: Board, command: GoOnWithoutQuorum, actor: Actor, now: datetime) -> list[Event]:
    """The chair goes on with too few agencies and writes why; what she writes later replaces it."""
    missing = missing_agencies(board)
    if not missing:
        refuse(Reason.ENOUGH_HERE)
    return [WentOnWithoutQuorum(reason=command.reason, missing=tuple(missing), **stamp(command, actor, now))]


def is_settled(board: Board) -> bool:
    """Enough are here, or the chair wrote why she goes on with fewer."""
    return board.quorum.went_on is not None or not missing_agencies(board)


def require_may_end(board: Board, outcome: Outcome) -> None:
    """In some areas no plan ends while too few are here; no reason helps."""
    needed = board.conference.settings.area.quorum.ending_needs_it
    if needed and board.conference.outcome(outcome).ends_plan and missing_agencies(board):
        refuse(Reason.INQUORATE_CANNOT_END)


def evolve_went_on(board: Board, event: WentOnWithoutQuorum) -> Board:
    return replace(board, quorum=Quorum(event))


class WentOnSeen(TypedDict):
    at: str
    reason: str


class QuorumSeen(TypedDict):
    met: bool
    agencies: list[str]
    known_by: dict[str, list[str]]
    missing: list[str]
    in_words: str
    unknown_children: list[str]
    went_on: WentOnSeen | None


def see_quorum(board: Board) -> QuorumSeen:
    """Agencies here that know a child, and whether that is enough. Advocacy, chairing and the family never count."""
    known_by = {child: agencies_that_know(board, child) for child in board.conference.children}
    missing, went_on = missing_agencies(board), board.quorum.went_on
    return {
        "met": not missing,
        "agencies": agencies_that_know(board, None),
        "known_by": known_by,
        "missing": missing,
        "in_words": board.conference.settings.area.quorum.in_words,
        "unknown_children": [child for child, agencies in known_by.items() if not agencies],
        "went_on": {"at": went_on.at.isoformat(), "reason": went_on.reason} if went_on else None,
    }


def missing_agencies(board: Board) -> list[str]:
    """Who still has to be here, in words; nothing where there are enough."""
    rule = board.conference.settings.area.quorum
    kinds = [board.conference.agencies[agency].kind for agency in agencies_that_know(board, None)]
    missing = [KINDS_IN_WORDS[kind] for kind in rule.must if kind not in kinds]
    there = len(kinds) - (len(rule.must) - len(missing))
    return [*missing, *_others_in_words(rule.others - there, bool(rule.must))]


def _others_in_words(wanted: int, besides: bool) -> list[str]:
    if wanted <= 0:
        return []
    other = "other " if besides else ""
    return [f"one {other}agency that knows a child" if wanted == 1 else f"{wanted} {other}agencies that know a child"]


def agencies_that_know(board: Board, child: Id | None) -> list[Id]:
    """Agencies with somebody here who works with this child (None: with any of the children), in file order."""
    here = {
        m.agency_id
        for m in board.people.members.values()
        if m.is_here and m.role in SERVICES and (child in m.children if child else m.children)
    }
    return [agency for agency in board.conference.agencies if agency in here]


DECIDE = {GoOnWithoutQuorum: decide_go_on}
EVOLVE = {WentOnWithoutQuorum: evolve_went_on}
