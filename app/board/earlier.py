"""What the conference before this one left: its dangers, goals, steps, points and numbers, and how each part went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Agrees, Column, Command, Direction, Event, Frozen, Id, Reply, Score, StatementKind, SubCategory

if TYPE_CHECKING:
    from .scale import Scale
    from .state import Board

Progress = Literal["done", "partly", "not"]


class EarlierDanger(Frozen):
    id: Id
    text: str
    children: tuple[Id, ...]


class EarlierGoal(Frozen):
    id: Id
    danger_id: Id
    text: str
    children: tuple[Id, ...]
    for_how_long: str | None = None


class EarlierStep(Frozen):
    id: Id
    text: str
    children: tuple[Id, ...]
    who: tuple[str, ...] = ()  # by name: they need not belong to this conference
    by: date | None = None
    goal_id: Id | None = None


class EarlierResponse(Frozen):
    name: str
    agrees: Agrees
    text: str


class EarlierItem(Frozen):
    id: Id
    column: Column
    sub_category: SubCategory
    kind: StatementKind | None
    text: str
    about_children: tuple[Id, ...]
    said_by: str
    agency: str = ""
    child_speaking: Id | None = None
    responses: tuple[EarlierResponse, ...] = ()


class EarlierAnswer(Frozen):
    person_id: Id
    name: str
    for_child: Id | None = None
    score: Score | None = None  # none for a pass


class EarlierScale(Frozen):
    """A round that was shown, of that conference or of one before it."""

    question: str
    direction: Direction
    low_end: str
    high_end: str
    held_on: date
    answers: tuple[EarlierAnswer, ...]


class Earlier(Frozen):
    """Only what that conference's room screen showed at its end. Who is in both has one id."""

    conference_id: Id
    held_on: date
    title: str
    dangers: tuple[EarlierDanger, ...] = ()
    goals: tuple[EarlierGoal, ...] = ()
    steps: tuple[EarlierStep, ...] = ()
    scales: tuple[EarlierScale, ...] = ()
    items: tuple[EarlierItem, ...] = ()


class MarkProgress(Command):
    type: Literal["mark_progress"] = "mark_progress"
    of: Id
    progress: Progress
    note: Reply
    said_by: Id | None = None


class ProgressMarked(Event):
    type: Literal["progress_marked"] = "progress_marked"
    of: Id
    progress: Progress
    note: str
    said_by: Id | None


@dataclass(frozen=True)
class Marked:
    by_id: Mapping[Id, ProgressMarked] = field(default_factory=dict)


def decide_progress(board: Board, command: MarkProgress, actor: Actor, now: datetime) -> list[Event]:
    """The latest word stands; the ones before it stay in the log."""
    if command.of not in _parts_of_plan(board):
        refuse(Reason.NOT_FOUND)
    if command.said_by and command.said_by not in board.conference.children:
        require_member(board, command.said_by)
    marked = ProgressMarked(
        of=command.of,
        progress=command.progress,
        note=command.note,
        said_by=command.said_by,
        **stamp(command, actor, now),
    )
    return [marked]


def _parts_of_plan(board: Board) -> set[Id]:
    earlier = board.conference.earlier
    return {goal.id for goal in earlier.goals} | {step.id for step in earlier.steps} if earlier else set()


def evolve_progress(board: Board, event: ProgressMarked) -> Board:
    return replace(board, marked=Marked({**board.marked.by_id, event.of: event}))


class EarlierConferenceSeen(TypedDict):
    held_on: str
    title: str


class EarlierGoalSeen(TypedDict):
    text: str
    danger_text: str
    children: list[str]
    for_how_long: str | None
    progress: Progress | None
    note: str
    said_by: str | None
    marked_by: str | None


class EarlierStepSeen(TypedDict):
    text: str
    children: list[str]
    who: list[str]
    by: str | None
    goal_id: str | None
    progress: Progress | None
    note: str
    said_by: str | None
    marked_by: str | None


class EarlierResponseSeen(TypedDict):
    name: str
    agrees: Agrees
    text: str


class EarlierItemSeen(TypedDict):
    column: Column
    sub_category: SubCategory
    kind: StatementKind | None
    text: str
    about_children: list[str]
    said_by: str
    agency: str
    child_speaking: str | None
    responses: list[EarlierResponseSeen]


class EarlierAnswerSeen(TypedDict):
    held_on: str
    person_id: str
    name: str
    for_child: str | None
    score: int | None


def see_earlier(board: Board) -> dict[str, object]:
    """The same for everybody: all of them could see it when that conference ended, and this one says how it went."""
    earlier = board.conference.earlier
    if earlier is None:
        return {}
    whole: EarlierConferenceSeen = {"held_on": earlier.held_on.isoformat(), "title": earlier.title}
    dangers = {danger.id: danger.text for danger in earlier.dangers}
    seen: dict[str, object] = {"earlier": whole}
    for goal in earlier.goals:
        seen[f"earlier_goal/{goal.id}"] = _see_goal(board, goal, dangers.get(goal.danger_id, ""))
    for step in earlier.steps:
        seen[f"earlier_step/{step.id}"] = _see_step(board, step)
    for item in earlier.items:
        seen[f"earlier_item/{item.id}"] = _see_item(item)
    return seen


def _see_goal(board: Board, goal: EarlierGoal, danger_text: str) -> EarlierGoalSeen:
    marked = board.marked.by_id.get(goal.id)
    return {
        "text": goal.text,
        "danger_text": danger_text,
        "children": list(goal.children),
        "for_how_long": goal.for_how_long,
        "progress": marked.progress if marked else None,
        "note": marked.note if marked else "",
        "said_by": marked.said_by if marked else None,
        "marked_by": marked.by if marked else None,
    }


def _see_step(board: Board, step: EarlierStep) -> EarlierStepSeen:
    marked = board.marked.by_id.get(step.id)
    return {
        "text": step.text,
        "children": list(step.children),
        "who": list(step.who),
        "by": step.by.isoformat() if step.by else None,
        "goal_id": step.goal_id,
        "progress": marked.progress if marked else None,
        "note": marked.note if marked else "",
        "said_by": marked.said_by if marked else None,
        "marked_by": marked.by if marked else None,
    }


def _see_item(item: EarlierItem) -> EarlierItemSeen:
    return {
        "column": item.column,
        "sub_category": item.sub_category,
        "kind": item.kind,
        "text": item.text,
        "about_children": list(item.about_children),
        "said_by": item.said_by,
        "agency": item.agency,
        "child_speaking": item.child_speaking,
        "responses": [{"name": each.name, "agrees": each.agrees, "text": each.text} for each in item.responses],
    }


def see_earlier_answers(board: Board) -> dict[str, list[EarlierAnswerSeen]]:
    """Earlier numbers stand beside today's once those are shown, for the same question in the same direction only."""
    return {
        f"earlier_answers/{scale.id}": seen
        for scale in board.scales.by_id.values()
        if scale.revealed and (seen := list(_answers_before(board, scale)))
    }


def _answers_before(board: Board, scale: Scale) -> Iterator[EarlierAnswerSeen]:
    earlier, asked = board.conference.earlier, (scale.opened.question, scale.opened.direction)
    for before in earlier.scales if earlier else ():
        if (before.question, before.direction) == asked:
            for answer in before.answers:
                yield {
                    "held_on": before.held_on.isoformat(),
                    "person_id": answer.person_id,
                    "name": answer.name,
                    "for_child": answer.for_child,
                    "score": answer.score,
                }


DECIDE = {MarkProgress: decide_progress}
EVOLVE = {ProgressMarked: evolve_progress}
