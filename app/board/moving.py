"""Moving an item between groups, taking it off the board, and putting it back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from .actor import Actor
from .changing import replace
from .items import (
    Group,
    Item,
    require_group,
    require_open,
    require_visible,
)
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    Column,
    Command,
    Event,
    Id,
    Reply,
    SubCategory,
)

if TYPE_CHECKING:
    from .state import Board


class MoveItem(Command):
    type: Literal["move_item"] = "move_item"
    item_id: Id
    column: Column
    sub_category: SubCategory
    after: Id | None


class RemoveItem(Command):
    type: Literal["remove_item"] = "remove_item"
    item_id: Id
    why: Reply


class RestoreItem(Command):
    type: Literal["restore_item"] = "restore_item"
    item_id: Id
    why: Reply


class ItemMoved(Event):
    type: Literal["item_moved"] = "item_moved"
    item_id: Id
    column: Column
    sub_category: SubCategory
    after: Id | None


class ItemRemoved(Event):
    type: Literal["item_removed"] = "item_removed"
    item_id: Id
    why: str


class ItemRestored(Event):
    type: Literal["item_restored"] = "item_restored"
    item_id: Id
    why: str
    after: Id | None = None
    at_end: bool = True


def decide_move(board: Board, command: MoveItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    require_open(board, command.column)
    if item.standing != "on_board":
        refuse(Reason.HELD_ITEM if item.standing == "held" else Reason.NOT_ON_BOARD)
    require_group(board, command.column, command.sub_category)
    if command.column != "next_step" and not item.words.kind:
        refuse(Reason.KIND_MISSING)
    if command.after and command.after not in board.items.by_id:
        refuse(Reason.NOT_FOUND)
    after = board.items.before(item.id) if command.after == item.id else command.after
    moved = ItemMoved(
        item_id=item.id,
        column=command.column,
        sub_category=command.sub_category,
        after=after,
        **stamp(command, actor, now),
    )
    return [moved]


def decide_remove(board: Board, command: RemoveItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    if item.standing not in ("offered", "held", "on_board"):
        refuse(Reason.NOT_ON_BOARD)
    own_and_waiting = item.standing in ("offered", "held") and actor.person_id == item.author
    if actor.role != "chair" and not own_and_waiting:
        refuse(Reason.NOT_ALLOWED)
    return [ItemRemoved(item_id=item.id, why=command.why, **stamp(command, actor, now))]


def decide_restore(board: Board, command: RestoreItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    if item.standing != "removed":
        refuse(Reason.NOT_REMOVED)
    if actor.role != "chair" and not (actor.person_id == item.author and item.stood != "on_board"):
        refuse(Reason.NOT_ALLOWED)
    return [ItemRestored(item_id=item.id, why=command.why, **stamp(command, actor, now))]


def evolve_moved(board: Board, event: ItemMoved) -> Board:
    items, group = board.items, (event.column, event.sub_category)
    was = items.by_id[event.item_id]
    if group != (was.column, was.sub_category):
        origin = was.origin or _left(was, event)
        items = items.with_item(replace(was, column=event.column, sub_category=event.sub_category, origin=origin))
    return replace(board, items=items.placed(was.id, group, event.after))


def _left(item: Item, event: ItemMoved) -> Group | None:
    """The place that a point brought to one column had there, once it goes to another."""
    if item.sub_category is None or item.column == event.column:
        return None
    return (item.column, item.sub_category)


def evolve_removed(board: Board, event: ItemRemoved) -> Board:
    item = board.items.by_id[event.item_id]
    removed = replace(item, standing="removed", stood=item.standing, removed_why=event.why)
    return replace(board, items=board.items.with_item(removed).taken_out(item.id))


def evolve_restored(board: Board, event: ItemRestored) -> Board:
    item = board.items.by_id[event.item_id]
    restored = replace(item, standing=item.stood or "on_board", stood=None, removed_why="")
    items = board.items.with_item(restored)
    if restored.standing == "on_board" and restored.sub_category:
        items = items.placed(item.id, (item.column, restored.sub_category), event.after, at_end=event.at_end)
    return replace(board, items=items)


DECIDE = {MoveItem: decide_move, RemoveItem: decide_remove, RestoreItem: decide_restore}
EVOLVE = {ItemMoved: evolve_moved, ItemRemoved: evolve_removed, ItemRestored: evolve_restored}
