"""Undo: what one person did last to an item, an order, a wording, the phase, the floor or the lamp, taken back.

Every such thing is an aspect of the board. An aspect carries the mark of the command that left it as it is; undoing
is allowed while the mark is still one's own. Undoing puts back the value and the mark of before, so one's acts come
off one by one; redo is the undo of the undo. It is done in ordinary events, so replay needs nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from .actor import Actor
from .adding import ItemAdded
from .changing import replace
from .danger import DangerStatement, DangerWritten, GoalWritten, SafetyGoal, StatementWithdrawn
from .items import Item, Standing, Words, require_open, writes_on_board
from .moving import ItemMoved, ItemRemoved, ItemRestored
from .offers import ItemPlaced, ItemReleased, ItemReturned, PlacingUndone, PrivateReleased, ReturnUndone
from .policy import POLICY
from .refusals import Reason, refuse
from .responses import ResponseGiven
from .rewording import ItemReworded, require_may_edit
from .running import FloorGiven, LampMoved, PhaseSet
from .stamp import Stamp, stamp
from .terms import Column, Command, Event, Id, StatementKind, SubCategory

if TYPE_CHECKING:
    from .state import Board

ACTS_KEPT = 50  # each person's last acts that can be taken back


class Undo(Command):
    type: Literal["undo"] = "undo"
    of: Id


class Undone(Event):
    """Comes before the ordinary events of the same command that put things back."""

    type: Literal["undone"] = "undone"
    of: Id


What = Literal["standing", "place", "wording", "phase", "floor", "lamp", "statement"]
# Whoever may no longer do a thing may not undo or redo it either: a chair who handed over, say.
DOES: dict[What, str] = {
    "place": "move_item",
    "phase": "set_phase",
    "floor": "give_floor",
    "lamp": "spotlight",
    "statement": "write_danger_statement",
}


class Aspect(NamedTuple):
    what: What
    of: Id = ""


@dataclass(frozen=True)
class Stood:
    """Where an item stood, and what an offer had left open there."""

    standing: Standing | None
    after: Id | None
    sub_category: SubCategory | None
    kind: StatementKind | None
    about_children: tuple[Id, ...]
    why: str


class Place(NamedTuple):
    column: Column
    sub_category: SubCategory | None
    after: Id | None


@dataclass(frozen=True)
class Said:
    words: Words
    sub_category: SubCategory | None
    family_knows: bool | None
    held: bool


class Change(NamedTuple):
    aspect: Aspect
    before: object
    after: object
    mark_before: Id | None
    mark_after: Id | None


class Act(NamedTuple):
    by: Id
    changes: tuple[Change, ...]
    undoes: bool = False
    final: bool = False  # what was released, revealed, answered, decided or admitted


@dataclass(frozen=True)
class Ledger:
    acts: Mapping[Id, Act] = field(default_factory=dict)
    last: Mapping[Id, tuple[Id, ...]] = field(default_factory=dict)  # each person's acts that are kept, in order
    marks: Mapping[Aspect, Id | None] = field(default_factory=dict)


def decide_undo(board: Board, command: Undo, actor: Actor, now: datetime) -> list[Event]:
    act = board.ledger.acts.get(command.of)
    if act is None or act.by != actor.person_id:
        refuse(Reason.NOT_FOUND)
    if act.final or not act.changes:
        refuse(Reason.NOT_UNDOABLE)
    if any(board.ledger.marks.get(change.aspect) != change.mark_after for change in act.changes):
        refuse(Reason.CHANGED_SINCE)
    back: list[Event] = [Undone(of=command.of, **stamp(command, actor, now))]
    whole = any(change.aspect.what == "standing" for change in act.changes)  # it carries wording and place with it
    for change in act.changes:
        if change.aspect.what == "standing" or not whole:
            back += _put_back(board, change, actor, stamp(command, actor, now))
    return back


def _put_back(board: Board, change: Change, actor: Actor, by: Stamp) -> list[Event]:
    aspect, value = change.aspect, change.before
    if aspect.what in DOES and actor.role not in POLICY[DOES[aspect.what]].roles:
        refuse(Reason.NOT_ALLOWED)
    match aspect.what:
        case "phase":
            return [PhaseSet(phase=value, **by)]  # type: ignore[arg-type]
        case "floor":
            if value and not board.people.members[str(value)].admitted:
                refuse(Reason.CHANGED_SINCE)
            return [FloorGiven(person_id=value, **by)]  # type: ignore[arg-type]
        case "lamp":
            return [LampMoved(key=value, **by)]  # type: ignore[arg-type]
        case "statement":
            return _put_back_statement(board, aspect.of, value, by)
    item = board.items.by_id.get(aspect.of)
    if item is None:  # said without the family and released since: what all have read is not unsaid in there
        refuse(Reason.CHANGED_SINCE)
    require_open(board, item.column)
    if isinstance(value, Stood):
        _require_may_stand(board, item, value, actor)
        return _put_back_standing(item, value, by)
    if isinstance(value, Place):
        require_open(board, value.column)
        if value.sub_category is None or item.standing != "on_board":
            refuse(Reason.CHANGED_SINCE)
        place = ItemMoved(
            item_id=item.id, column=value.column, sub_category=value.sub_category, after=value.after, **by
        )
        return [place]
    if isinstance(value, Said):
        if value.held != (item.standing == "held") and item.standing in ("offered", "held"):
            refuse(Reason.NOT_UNDOABLE)  # saying "not yet heard" is taken back by nobody but the family hearing it
        require_may_edit(board, item, _changed(item.words, value.words), actor)
        waiting = item.standing in ("offered", "held")  # on the board the group is a place, and goes back as one
        reworded = ItemReworded(
            item_id=item.id,
            words=value.words,
            sub_category=value.sub_category if waiting else item.sub_category,
            family_knows=value.family_knows,
            why=None,
            said_by=None,
            **by,
        )
        return [reworded]
    raise AssertionError(aspect.what)


def _changed(was: Words, now: Words) -> set[str]:
    return {name for name in Words.model_fields if getattr(was, name) != getattr(now, name)}


def _require_may_stand(board: Board, item: Item, value: Stood, actor: Actor) -> None:
    own = actor.person_id == item.author
    if value.standing is None:
        return  # one's own adding, taken back
    if "removed" in (item.standing, value.standing):
        on_board = "on_board" in (item.standing, value.standing)
        if actor.role != "chair" and not (own and (writes_on_board(board, actor) or not on_board)):
            refuse(Reason.NOT_ALLOWED)
    elif actor.role not in POLICY["place_item"].roles:
        refuse(Reason.NOT_ALLOWED)


def _put_back_standing(item: Item, value: Stood, by: Stamp) -> list[Event]:
    if value.standing is None or value.standing == "removed":
        return [ItemRemoved(item_id=item.id, why=value.why, **by)]
    if item.standing == "removed":
        return [ItemRestored(item_id=item.id, why="", after=value.after, at_end=False, **by)]
    left_open = {"sub_category": value.sub_category, "kind": value.kind, "about_children": value.about_children}
    if item.standing == "on_board" and value.standing == "offered":
        return [PlacingUndone(item_id=item.id, **left_open, **by)]  # type: ignore[arg-type]
    if item.standing == "offered" and value.standing == "on_board":
        place = ItemMoved(
            item_id=item.id, column=item.column, sub_category=value.sub_category or "next_step", after=value.after, **by
        )
        return [ItemPlaced(item_id=item.id, **left_open, **by), place]  # type: ignore[arg-type]
    if item.standing == "returned":
        return [ReturnUndone(item_id=item.id, held=value.standing == "held", **by)]
    if value.standing == "returned":
        return [ItemReturned(item_id=item.id, why=value.why, **by)]
    refuse(Reason.NOT_UNDOABLE)


def _put_back_statement(board: Board, statement_id: Id, value: object, by: Stamp) -> list[Event]:
    if board.decisions.all_made(board):
        refuse(Reason.LOCKED)
    if isinstance(value, DangerStatement):
        return [
            DangerWritten(danger_id=value.id, children=value.children, text=value.text, why=None, said_by=None, **by)
        ]
    if isinstance(value, SafetyGoal):
        return [
            GoalWritten(
                goal_id=value.id,
                danger_id=value.danger_id,
                text=value.text,
                for_how_long=value.for_how_long,
                why=None,
                **by,
            )
        ]
    # Only what everybody sees counts: a point that is held or offered must not show itself in this answer.
    in_use = board.danger.goals_of(statement_id) or any(
        item.words.goal_id == statement_id for item in board.items.by_id.values() if item.standing == "on_board"
    )
    if in_use or any(scale.opened.danger_id == statement_id for scale in board.scales.by_id.values()):
        refuse(Reason.CHANGED_SINCE)
    return [StatementWithdrawn(statement_id=statement_id, **by)]


def aspects_of(board: Board, event: Event) -> tuple[Aspect, ...]:
    """What of the board this event changes: an undo can put it back, and nobody undoes past it."""
    match event:
        case ItemAdded():
            return _whole(event.id)
        case ItemPlaced() | ItemReturned() | ItemReleased() | PrivateReleased() | ItemRemoved() | ItemRestored():
            return _whole(event.item_id)
        case ResponseGiven():
            return (Aspect("standing", event.item_id),)
        case ItemMoved():
            return (Aspect("place", event.item_id),)
        case ItemReworded():
            item = board.items.by_id[event.item_id]
            regrouped = item.standing == "on_board" and event.sub_category != item.sub_category
            wording = Aspect("wording", event.item_id)
            return (wording, Aspect("place", event.item_id)) if regrouped else (wording,)
        case DangerWritten():
            return (Aspect("statement", event.danger_id),)
        case GoalWritten():
            return (Aspect("statement", event.goal_id),)
        case PhaseSet():
            return (Aspect("phase"),)
        case FloorGiven():
            return (Aspect("floor"),)
        case LampMoved():
            return (Aspect("lamp"),)
    return ()


def _whole(item_id: Id) -> tuple[Aspect, ...]:
    return (Aspect("standing", item_id), Aspect("wording", item_id), Aspect("place", item_id))


def value_of(board: Board, aspect: Aspect) -> object:
    match aspect.what:
        case "phase":
            return board.running.phase
        case "floor":
            return board.running.floor
        case "lamp":
            return board.running.lamp
        case "statement":
            return board.danger.statements.get(aspect.of) or board.danger.goals.get(aspect.of)
    item = board.items.by_id.get(aspect.of)
    after = board.items.before(aspect.of)
    if item is None:
        return Stood(None, None, None, None, (), "")
    if aspect.what == "standing":
        why = item.returned_why or item.removed_why
        return Stood(item.standing, after, item.sub_category, item.words.kind, item.words.about_children, why)
    if aspect.what == "place":
        return Place(item.column, item.sub_category, after)
    return Said(item.words, item.sub_category, item.family_knows, item.standing == "held")


def noted(before: Board, after: Board, event: Event) -> Board:
    """The board after this event, with the ledger of what can be taken back brought up to it."""
    if isinstance(event, Undone):
        return replace(after, ledger=_undoing(after.ledger, event))
    act = after.ledger.acts.get(event.id)
    if act and act.undoes:
        return after
    ledger = after.ledger
    changes = tuple(
        Change(aspect, value_of(before, aspect), value_of(after, aspect), ledger.marks.get(aspect), event.id)
        for aspect in aspects_of(before, event)
    )
    marks = {**ledger.marks, **{change.aspect: event.id for change in changes}} if changes else ledger.marks
    final = not changes or isinstance(event, ItemReleased | PrivateReleased | ResponseGiven)
    kept = _with_act(ledger, event.id, Act(event.by, changes, final=final))
    return replace(after, ledger=replace(kept, marks=marks))


def _undoing(ledger: Ledger, event: Undone) -> Ledger:
    undone = ledger.acts[event.of]
    turned = tuple(
        Change(change.aspect, change.after, change.before, change.mark_after, change.mark_before)
        for change in undone.changes
    )
    marks = {**ledger.marks, **{change.aspect: change.mark_before for change in undone.changes}}
    return replace(_with_act(ledger, event.id, Act(event.by, turned, undoes=True)), marks=marks)


def _with_act(ledger: Ledger, act_id: Id, act: Act) -> Ledger:
    own = ledger.last.get(act.by, ())
    if act_id in ledger.acts:
        return replace(ledger, acts={**ledger.acts, act_id: act})
    acts = {**ledger.acts, act_id: act}
    if len(own) >= ACTS_KEPT:
        del acts[own[0]]
        own = own[1:]
    return replace(ledger, acts=acts, last={**ledger.last, act.by: (*own, act_id)})


DECIDE = {Undo: decide_undo}


def evolve_undone(board: Board, event: Undone) -> Board:
    return board


EVOLVE = {Undone: evolve_undone}
