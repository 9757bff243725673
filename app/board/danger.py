"""Danger statements and safety goals: paired, amended in front of everybody, every earlier wording kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from .actor import Actor
from .conference import require_children
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Id, Reply, Statement

if TYPE_CHECKING:
    from .state import Board


class WriteDangerStatement(Command):
    type: Literal["write_danger_statement"] = "write_danger_statement"
    danger_id: Id | None
    children: tuple[Id, ...]
    text: Statement
    base_version: Id | None = None
    why: Reply | None = None
    said_by: Id | None = None


class WriteSafetyGoal(Command):
    type: Literal["write_safety_goal"] = "write_safety_goal"
    goal_id: Id | None
    danger_id: Id
    text: Statement
    for_how_long: Reply | None = None
    base_version: Id | None = None
    why: Reply | None = None


class DangerWritten(Event):
    type: Literal["danger_written"] = "danger_written"
    danger_id: Id
    children: tuple[Id, ...]
    text: str
    why: str | None
    said_by: Id | None


class GoalWritten(Event):
    type: Literal["goal_written"] = "goal_written"
    goal_id: Id
    danger_id: Id
    text: str
    for_how_long: str | None
    why: str | None


class StatementWithdrawn(Event):
    """Only ever the undoing of a first wording."""

    type: Literal["statement_withdrawn"] = "statement_withdrawn"
    statement_id: Id


@dataclass(frozen=True)
class StatementWording:
    text: str
    version: Id
    replaced_at: datetime
    replaced_by: Id
    why: str | None  # why it was replaced
    children: tuple[Id, ...]  # whom it was about


@dataclass(frozen=True)
class DangerStatement:
    id: Id
    children: tuple[Id, ...]
    text: str
    brought_by: Id
    version: Id
    earlier: tuple[StatementWording, ...] = ()


@dataclass(frozen=True)
class SafetyGoal:
    id: Id
    danger_id: Id
    text: str
    for_how_long: str | None
    brought_by: Id
    version: Id
    earlier: tuple[StatementWording, ...] = ()


@dataclass(frozen=True)
class Danger:
    statements: Mapping[Id, DangerStatement] = field(default_factory=dict)
    goals: Mapping[Id, SafetyGoal] = field(default_factory=dict)
    first_at: Mapping[Id, datetime] = field(default_factory=dict)  # kept when a first wording is undone, for the redo

    def goals_of(self, danger_id: Id) -> list[SafetyGoal]:
        return [goal for goal in self.goals.values() if goal.danger_id == danger_id]

    @property
    def paired(self) -> bool:
        """At least one danger statement, and a goal for each."""
        return bool(self.statements) and all(self.goals_of(danger_id) for danger_id in self.statements)


def decide_danger(board: Board, command: WriteDangerStatement, actor: Actor, now: datetime) -> list[Event]:
    _require_unlocked(board)
    require_children(board, command.children)
    if command.said_by:
        require_member(board, command.said_by)
    if command.danger_id:
        statement = board.danger.statements.get(command.danger_id)
        if statement is None:
            refuse(Reason.NOT_FOUND)
        _require_read(statement, command.base_version)
        if (statement.text, statement.children) == (command.text, command.children):
            refuse(Reason.NOTHING_CHANGED)
    written = DangerWritten(
        danger_id=command.danger_id or command.id,
        children=command.children,
        text=command.text,
        why=command.why,
        said_by=command.said_by,
        **stamp(command, actor, now),
    )
    return [written]


def decide_goal(board: Board, command: WriteSafetyGoal, actor: Actor, now: datetime) -> list[Event]:
    _require_unlocked(board)
    if command.danger_id not in board.danger.statements:
        refuse(Reason.NOT_FOUND)
    if command.goal_id:
        goal = board.danger.goals.get(command.goal_id)
        if goal is None:
            refuse(Reason.NOT_FOUND)
        _require_read(goal, command.base_version)
        if (goal.text, goal.for_how_long, goal.danger_id) == (command.text, command.for_how_long, command.danger_id):
            refuse(Reason.NOTHING_CHANGED)
    written = GoalWritten(
        goal_id=command.goal_id or command.id,
        danger_id=command.danger_id,
        text=command.text,
        for_how_long=command.for_how_long,
        why=command.why,
        **stamp(command, actor, now),
    )
    return [written]


def _require_unlocked(board: Board) -> None:
    if board.decisions.all_made(board):
        refuse(Reason.LOCKED)


def _require_read(statement: DangerStatement | SafetyGoal, base_version: Id | None) -> None:
    """Whoever amends names the wording that they read, so that two editors lose no word."""
    if base_version != statement.version:
        refuse(Reason.CHANGED_MEANWHILE)


def evolve_danger(board: Board, event: DangerWritten) -> Board:
    was = board.danger.statements.get(event.danger_id)
    statement = DangerStatement(
        id=event.danger_id,
        children=event.children,
        text=event.text,
        brought_by=was.brought_by if was else event.by,
        version=event.id,
        earlier=_earlier(was, event, was.children if was else ()),
    )
    statements = {**board.danger.statements, statement.id: statement}
    first_at = {event.danger_id: event.at, **board.danger.first_at}
    return replace(board, danger=replace(board.danger, statements=statements, first_at=first_at))


def evolve_goal(board: Board, event: GoalWritten) -> Board:
    was = board.danger.goals.get(event.goal_id)
    danger = board.danger.statements.get(was.danger_id) if was else None
    goal = SafetyGoal(
        id=event.goal_id,
        danger_id=event.danger_id,
        text=event.text,
        for_how_long=event.for_how_long,
        brought_by=was.brought_by if was else event.by,
        version=event.id,
        earlier=_earlier(was, event, danger.children if danger else ()),
    )
    goals, first_at = {**board.danger.goals, goal.id: goal}, {event.goal_id: event.at, **board.danger.first_at}
    return replace(board, danger=replace(board.danger, goals=goals, first_at=first_at))


def evolve_withdrawn(board: Board, event: StatementWithdrawn) -> Board:
    statements = {key: each for key, each in board.danger.statements.items() if key != event.statement_id}
    goals = {key: each for key, each in board.danger.goals.items() if key != event.statement_id}
    return replace(board, danger=replace(board.danger, statements=statements, goals=goals))


def _earlier(
    was: DangerStatement | SafetyGoal | None, event: DangerWritten | GoalWritten, children: tuple[Id, ...]
) -> tuple[StatementWording, ...]:
    if was is None:
        return ()
    return (*was.earlier, StatementWording(was.text, was.version, event.at, event.by, event.why, children))


class StatementWordingSeen(TypedDict):
    text: str
    at: str
    by: str
    why: str | None
    children: NotRequired[list[str]]  # only where it was about other children than now


class DangerSeen(TypedDict):
    id: str
    text: str
    children: list[str]
    goal_ids: list[str]
    brought_by: str
    first_at: str
    version: str
    earlier: list[StatementWordingSeen]


class GoalSeen(TypedDict):
    id: str
    text: str
    children: list[str]
    danger_id: str
    brought_by: str
    first_at: str
    for_how_long: str | None
    version: str
    earlier: list[StatementWordingSeen]


def see_dangers(board: Board) -> dict[str, DangerSeen]:
    return {
        f"danger/{each.id}": {
            "id": each.id,
            "text": each.text,
            "children": list(each.children),
            "goal_ids": [goal.id for goal in board.danger.goals_of(each.id)],
            "brought_by": each.brought_by,
            "first_at": board.danger.first_at[each.id].isoformat(),
            "version": each.version,
            "earlier": _see_earlier(board, each.earlier, each.children),
        }
        for each in board.danger.statements.values()
    }


def see_goals(board: Board) -> dict[str, GoalSeen]:
    return {
        f"goal/{each.id}": {
            "id": each.id,
            "text": each.text,
            "children": list(board.danger.statements[each.danger_id].children),
            "danger_id": each.danger_id,
            "brought_by": each.brought_by,
            "first_at": board.danger.first_at[each.id].isoformat(),
            "for_how_long": each.for_how_long,
            "version": each.version,
            "earlier": _see_earlier(board, each.earlier, board.danger.statements[each.danger_id].children),
        }
        for each in board.danger.goals.values()
        if each.danger_id in board.danger.statements
    }


def _see_earlier(
    board: Board, earlier: tuple[StatementWording, ...], children: tuple[Id, ...]
) -> list[StatementWordingSeen]:
    return [_see_wording(board, each, children) for each in earlier]


def _see_wording(board: Board, wording: StatementWording, children: tuple[Id, ...]) -> StatementWordingSeen:
    seen: StatementWordingSeen = {
        "text": wording.text,
        "at": wording.replaced_at.isoformat(),
        "by": board.people.named(wording.replaced_by),
        "why": wording.why,
    }
    if set(wording.children) != set(children):
        seen["children"] = list(wording.children)
    return seen


DECIDE = {WriteDangerStatement: decide_danger, WriteSafetyGoal: decide_goal}
EVOLVE = {DangerWritten: evolve_danger, GoalWritten: evolve_goal, StatementWithdrawn: evolve_withdrawn}
