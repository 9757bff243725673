"""What others brought waits for the chair: she places it, returns it, or releases it once the family has heard it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime

from .actor import Actor
from .changing import replace
from .conference import require_children
from .items import Item, Standing, require_group, require_open, require_visible, standing_in_group
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Id, StatementKind, SubCategory, Why

if TYPE_CHECKING:
    from .state import Board


class PlaceItem(Command):
    type: Literal["place_item"] = "place_item"
    item_id: Id
    base_version: Id
    sub_category: SubCategory | None = None
    kind: StatementKind | None = None
    about_children: tuple[Id, ...] | None = None


class ReturnItem(Command):
    type: Literal["return_item"] = "return_item"
    item_id: Id
    base_version: Id
    why: Why


class ReleaseItem(Command):
    type: Literal["release_item"] = "release_item"
    item_id: Id
    base_version: Id
    told_by: Id | None = None
    told_at: AwareDatetime | None = None


class ItemPlaced(Event):
    type: Literal["item_placed"] = "item_placed"
    item_id: Id
    sub_category: SubCategory
    kind: StatementKind | None
    about_children: tuple[Id, ...]


class PlacingUndone(Event):
    """Back among the offered points, as it was offered."""

    type: Literal["placing_undone"] = "placing_undone"
    item_id: Id
    sub_category: SubCategory | None
    kind: StatementKind | None
    about_children: tuple[Id, ...]


class ItemReturned(Event):
    type: Literal["item_returned"] = "item_returned"
    item_id: Id
    why: str


class ReturnUndone(Event):
    type: Literal["return_undone"] = "return_undone"
    item_id: Id
    held: bool


class ItemReleased(Event):
    type: Literal["item_released"] = "item_released"
    item_id: Id
    told_by: Id | None
    told_at: AwareDatetime | None


class PrivateReleased(Event):
    """From the part without the family (`private.py`)."""

    type: Literal["private_released"] = "private_released"
    item_id: Id
    readers: tuple[Id, ...]


def decide_place(board: Board, command: PlaceItem, actor: Actor, now: datetime) -> list[Event]:
    """Names the version that was read, and chooses only what the offer left open."""
    item = require_waiting(board, command.item_id, actor)
    if item.standing == "held":
        refuse(Reason.HELD_ITEM)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    words = item.words
    chosen = [
        (item.sub_category, command.sub_category),
        (words.kind, command.kind),
        (words.about_children or None, command.about_children),
    ]
    if any(was is not None and new is not None and new != was for was, new in chosen):
        refuse(Reason.ALREADY_CHOSEN)
    sub_category = item.sub_category or command.sub_category
    kind = words.kind or command.kind
    if sub_category is None:
        refuse(Reason.GROUP_MISSING)
    if kind is None and item.column != "next_step":
        refuse(Reason.KIND_MISSING)
    require_group(board, item.column, sub_category)
    children = words.about_children or command.about_children or ()
    require_children(board, children)
    placed = ItemPlaced(
        item_id=item.id,
        sub_category=sub_category,
        kind=kind,
        about_children=children,
        **stamp(command, actor, now),
    )
    return [placed]


def decide_return(board: Board, command: ReturnItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_waiting(board, command.item_id, actor)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    return [ItemReturned(item_id=item.id, why=command.why, **stamp(command, actor, now))]


def decide_release(board: Board, command: ReleaseItem, actor: Actor, now: datetime) -> list[Event]:
    """The only way from held to the board, once the family has heard it privately (invariant 5)."""
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    if item.standing != "held":
        refuse(Reason.NOT_HELD)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    if item.sub_category is None:
        refuse(Reason.GROUP_MISSING)
    if item.words.kind is None and item.column != "next_step":
        refuse(Reason.KIND_MISSING)
    if command.told_by:
        require_member(board, command.told_by)
    released = ItemReleased(
        item_id=item.id, told_by=command.told_by, told_at=command.told_at, **stamp(command, actor, now)
    )
    return [released]


def require_waiting(board: Board, item_id: Id, actor: Actor) -> Item:
    item = require_visible(board, item_id, actor)
    require_open(board, item.column)
    if item.standing not in ("offered", "held"):
        refuse(Reason.NOT_OFFERED)
    return item


def evolve_placed(board: Board, event: ItemPlaced) -> Board:
    item = board.items.by_id[event.item_id]
    words = item.words.model_copy(update={"kind": event.kind, "about_children": event.about_children})
    placed = replace(
        item,
        words=words,
        sub_category=event.sub_category,
        standing="on_board",
        version=event.id,
        shown_from=len(item.earlier),
    )
    return replace(board, items=standing_in_group(board.items.with_item(placed), placed))


def evolve_placing_undone(board: Board, event: PlacingUndone) -> Board:
    item = board.items.by_id[event.item_id]
    words = item.words.model_copy(update={"kind": event.kind, "about_children": event.about_children})
    offered = replace(item, words=words, sub_category=event.sub_category, standing="offered", version=event.id)
    return replace(board, items=board.items.with_item(offered).taken_out(item.id))


def evolve_returned(board: Board, event: ItemReturned) -> Board:
    item = replace(board.items.by_id[event.item_id], standing="returned", returned_why=event.why)
    return replace(board, items=board.items.with_item(item))


def evolve_return_undone(board: Board, event: ReturnUndone) -> Board:
    standing: Standing = "held" if event.held else "offered"
    item = replace(board.items.by_id[event.item_id], standing=standing, returned_why="")
    return replace(board, items=board.items.with_item(item))


def evolve_released(board: Board, event: ItemReleased) -> Board:
    item = board.items.by_id[event.item_id]
    released = replace(item, standing="on_board", new_today=True, version=event.id, shown_from=len(item.earlier))
    return replace(board, items=standing_in_group(board.items.with_item(released), released))


DECIDE = {PlaceItem: decide_place, ReturnItem: decide_return, ReleaseItem: decide_release}
EVOLVE = {
    ItemPlaced: evolve_placed,
    PlacingUndone: evolve_placing_undone,
    ItemReturned: evolve_returned,
    ReturnUndone: evolve_return_undone,
    ItemReleased: evolve_released,
}
