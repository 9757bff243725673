"""The chair's decision: for each child by itself, with its own reasons, once. No code derives it from anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .area_parts import DecisionMode
from .conference import require_children
from .people import agencies_here, family_here
from .quorum import is_settled, require_may_end
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    Category,
    Command,
    Considered,
    Event,
    Frozen,
    Id,
    Outcome,
    Reply,
    Statement,
    Why,
)

if TYPE_CHECKING:
    from .state import Board

Step = Literal[
    "attendance",
    "quorum",
    "mapped_items",
    "danger_and_goal",
    "next_steps",
    "threshold_explained",
    "scale_revealed",
    "agencies_asked",
    "family_asked",
]
STEPS_IN_WORDS: dict[Step, str] = {
    "attendance": "mark who is here",
    "quorum": "write why you go on without enough services",
    "mapped_items": "put worries and what is working well on the board",
    "danger_and_goal": "write each danger statement with its safety goal",
    "next_steps": "write next steps",
    "threshold_explained": "explain the test and every outcome",
    "scale_revealed": "show the numbers",
    "agencies_asked": "ask every agency here about this child",
    "family_asked": "ask the family",
}


class Override(Frozen):
    reason: Why


class RecordDecision(Command):
    type: Literal["record_decision"] = "record_decision"
    child_id: Id
    outcome: Outcome
    category: Category | None
    plain_words: Reply | None = None
    reasons: Statement
    views_considered: Considered | None = None
    override: Override | None = None
    also_categories: tuple[Category, ...] = ()  # where the area names a plan after more than one


class RecordDissent(Command):
    type: Literal["record_dissent"] = "record_dissent"
    child_id: Id
    why: Why


class DecisionRecorded(Event):
    type: Literal["decision_recorded"] = "decision_recorded"
    child_id: Id
    outcome: Outcome
    category: Category | None
    plain_words: str | None
    reasons: str
    views_considered: str | None
    override: str | None
    went_without: tuple[Step, ...]
    also_categories: tuple[Category, ...] = ()


class DissentRecorded(Event):
    type: Literal["dissent_recorded"] = "dissent_recorded"
    child_id: Id
    why: str


@dataclass(frozen=True)
class Decisions:
    by_child: Mapping[Id, DecisionRecorded] = field(default_factory=dict)
    dissent: tuple[DissentRecorded, ...] = ()
    fingerprint: str = ""  # of the row of the latest; "" until it is saved

    def all_made(self, board: Board) -> bool:
        """Every child has a decision: from then on the board is locked."""
        return bool(self.by_child) and len(self.by_child) == len(board.conference.children)


def decide_decision(board: Board, command: RecordDecision, actor: Actor, now: datetime) -> list[Event]:
    """Needs what must come first (docs/invariants.md, 3), or the chair's typed reason for going without it."""
    require_children(board, (command.child_id,))
    if command.child_id in board.decisions.by_child:
        refuse(Reason.ALREADY_DECIDED)
    require_category(board, command.outcome, command.category)
    require_also_categories(board, command)
    require_may_end(board, command.outcome)
    missing = missing_steps(board, command.child_id)
    if missing and command.override is None:
        refuse(Reason.STEPS_MISSING, _sentence_for(missing))
    recorded = DecisionRecorded(
        child_id=command.child_id,
        outcome=command.outcome,
        category=command.category,
        plain_words=command.plain_words,
        reasons=command.reasons,
        views_considered=command.views_considered,
        override=command.override.reason if command.override else None,
        went_without=tuple(missing),
        also_categories=command.also_categories,
        **stamp(command, actor, now),
    )
    return [recorded]


def require_category(board: Board, outcome: Outcome, category: Category | None) -> None:
    """A plan that starts or goes on is named after one of the area's categories; no other outcome has one."""
    has_category = board.conference.outcome(outcome).has_category
    if has_category and category is None:
        refuse(Reason.CATEGORY_MISSING)
    if not has_category and category is not None:
        refuse(Reason.CATEGORY_NOT_NEEDED)
    if category is not None and category not in board.conference.categories:
        refuse(Reason.WRONG_CATEGORY)


def require_also_categories(board: Board, command: RecordDecision) -> None:
    """Beside the main one, each once, and no more than the area lets a plan be named after."""
    also = command.also_categories
    if also and command.category is None:
        refuse(Reason.CATEGORY_NOT_NEEDED)
    if any(category not in board.conference.categories for category in also):
        refuse(Reason.WRONG_CATEGORY)
    if len({command.category, *also}) <= len(also):
        refuse(Reason.LISTED_TWICE)
    if 1 + len(also) > board.conference.settings.area.categories.at_most:
        refuse(Reason.TOO_MANY_CATEGORIES)


def _sentence_for(missing: list[Step]) -> str:
    steps = ", ".join(STEPS_IN_WORDS[step] for step in missing)
    return f"Some steps come first: {steps}. Do them, or write why you go on without them."


def missing_steps(board: Board, child: Id) -> list[Step]:
    """What has not happened yet for this child, in the order of the meeting. Nothing here looks at a score's value."""
    on_board = [item for item in board.items.by_id.values() if item.standing == "on_board"]
    columns = {item.column for item in on_board}
    asked = {agency for decided_child, agency in board.views.of_agencies if decided_child == child}
    done: dict[Step, bool] = {
        "attendance": any(member.since for member in board.people.members.values()),
        "quorum": is_settled(board),
        "mapped_items": {"worry", "strength"} <= columns,
        "danger_and_goal": board.danger.paired,
        "next_steps": "next_step" in columns,
        "threshold_explained": board.running.threshold is not None,
        "scale_revealed": board.scales.any_revealed,
        "agencies_asked": set(agencies_here(board)) <= asked,
        "family_asked": {member.id for member in family_here(board)} <= set(board.views.of_family),
    }
    return [step for step, is_done in done.items() if not is_done]


def decide_dissent(board: Board, command: RecordDissent, actor: Actor, now: datetime) -> list[Event]:
    """A professional's formal disagreement, in the meeting or within the area's hours after it."""
    require_children(board, (command.child_id,))
    if command.child_id not in board.decisions.by_child:
        refuse(Reason.NOT_DECIDED)
    closed_at = board.conference.closed_at
    if closed_at and now > closed_at + timedelta(hours=board.conference.settings.dissent_hours):
        refuse(Reason.TOO_LATE)
    if any(each.by == actor.person_id and each.child_id == command.child_id for each in board.decisions.dissent):
        refuse(Reason.ALREADY_DISSENTED)
    return [DissentRecorded(child_id=command.child_id, why=command.why, **stamp(command, actor, now))]


def evolve_decision(board: Board, event: DecisionRecorded) -> Board:
    decisions = {**board.decisions.by_child, event.child_id: event}
    return replace(board, decisions=replace(board.decisions, by_child=decisions))


def evolve_dissent(board: Board, event: DissentRecorded) -> Board:
    return replace(board, decisions=replace(board.decisions, dissent=(*board.decisions.dissent, event)))


class DissentSeen(TypedDict):
    person_id: str
    name: str
    why: str
    at: str


class DecisionSeen(TypedDict):
    child_id: str
    outcome: Outcome
    category: Category | None
    also_categories: list[Category]
    plain_words: str | None
    reasons: str
    views_considered: str | None
    decided_at: str
    decided_by: str
    decided_how: DecisionMode
    override: str | None
    dissent: list[DissentSeen]


def see_decisions(board: Board) -> dict[str, DecisionSeen]:
    return {
        f"decision/{child}": {
            "child_id": child,
            "outcome": each.outcome,
            "category": each.category,
            "also_categories": list(each.also_categories),
            "plain_words": each.plain_words,
            "reasons": each.reasons,
            "views_considered": each.views_considered,
            "decided_at": each.at.isoformat(),
            "decided_by": each.by,
            "decided_how": board.conference.settings.area.decision_mode,
            "override": each.override,
            "dissent": [_see_dissent(board, d) for d in board.decisions.dissent if d.child_id == child],
        }
        for child, each in board.decisions.by_child.items()
    }


def _see_dissent(board: Board, dissent: DissentRecorded) -> DissentSeen:
    return {
        "person_id": dissent.by,
        "name": board.people.named(dissent.by),
        "why": dissent.why,
        "at": dissent.at.isoformat(),
    }


def see_missing(board: Board) -> dict[str, list[Step]]:
    """What still comes first, per child, in the chair's own view; nothing where nothing is decided."""
    if not board.conference.meeting.decides:
        return {}
    undecided = (child for child in board.conference.children if child not in board.decisions.by_child)
    return {f"missing/{child}": missing_steps(board, child) for child in undecided}


DECIDE = {RecordDecision: decide_decision, RecordDissent: decide_dissent}
EVOLVE = {DecisionRecorded: evolve_decision, DissentRecorded: evolve_dissent}
