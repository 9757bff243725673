"""Editing an item: words have owners, and are never overwritten."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from .actor import Actor
from .changing import replace
from .items import (
    Item,
    Standing,
    Wording,
    Words,
    are_family_words,
    require_group,
    require_known,
    require_open,
    require_visible,
    standing_in_group,
)
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    Command,
    Event,
    Id,
    Line,
    Reply,
    StatementKind,
    SubCategory,
)

if TYPE_CHECKING:
    from .state import Board


class EditItem(Command):
    """Only what is named changes; null clears."""

    type: Literal["edit_item"] = "edit_item"
    item_id: Id
    base_version: Id
    text: Line | None = None
    kind: StatementKind | None = None
    sub_category: SubCategory | None = None
    about_children: tuple[Id, ...] | None = None
    happened_on: date | None = None
    who: tuple[Id, ...] | None = None
    by: date | None = None
    goal_id: Id | None = None
    how_we_will_know: Reply | None = None
    family_knows: Literal[False] | None = None
    why: Reply | None = None
    said_by: Id | None = None


class ItemReworded(Event):
    type: Literal["item_reworded"] = "item_reworded"
    item_id: Id
    words: Words
    sub_category: SubCategory | None
    family_knows: bool | None
    why: str | None
    said_by: Id | None


def decide_edit(board: Board, command: EditItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    changed = command.model_fields_set & (set(Words.model_fields) | {"sub_category", "family_knows"})
    require_may_edit(board, item, changed, actor)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    if command.family_knows is False and not (item.standing == "offered" and item.family_knows is True):
        refuse(Reason.NOT_ALLOWED)
    if command.family_knows is False and are_family_words(board, item.source, item.child_speaking):
        refuse(Reason.FAMILY_WORDS_NOT_HELD)
    if {"text", "about_children", "who"} & {name for name in changed if getattr(command, name) is None}:
        refuse(Reason.NOTHING_CHANGED)
    given = {name: getattr(command, name) for name in changed if name in Words.model_fields}
    words = item.words.model_copy(update=given)
    sub_category = command.sub_category if "sub_category" in changed else item.sub_category
    family_knows = False if command.family_knows is False else item.family_knows
    if (words, sub_category, family_knows) == (item.words, item.sub_category, item.family_knows):
        refuse(Reason.NOTHING_CHANGED)
    require_group(board, item.column, sub_category)
    require_known(board, command.about_children or (), command.who or (), command.goal_id)
    if command.said_by:
        require_member(board, command.said_by)
    if not words.kind and item.words.kind and item.column != "next_step":
        refuse(Reason.KIND_MISSING)
    if not sub_category and item.sub_category:
        refuse(Reason.GROUP_MISSING)
    reworded = ItemReworded(
        item_id=item.id,
        words=words,
        sub_category=sub_category,
        family_knows=family_knows,
        why=command.why,
        said_by=command.said_by,
        **stamp(command, actor, now),
    )
    return [reworded]


def require_may_edit(board: Board, item: Item, changed: set[str], actor: Actor) -> None:
    """Words have owners: the family's and a child's are changed by them, or as a slip by whoever typed them."""
    if item.standing in ("offered", "held"):
        if actor.person_id != item.author:
            refuse(Reason.NOT_YOUR_WORDS)
        return
    if item.standing != "on_board":
        refuse(Reason.NOT_ON_BOARD)
    owned = "text" in changed and are_family_words(board, item.source, item.child_speaking)
    if owned and actor.person_id not in (item.source.person_id, item.author):
        refuse(Reason.NOT_YOUR_WORDS)
    if not actor.types_for_others and not (owned and changed == {"text"}):
        refuse(Reason.NOT_ALLOWED)


def evolve_reworded(board: Board, event: ItemReworded) -> Board:
    item = board.items.by_id[event.item_id]
    was = Wording(item.words, item.version, event.at, event.by, event.why, event.said_by)
    standing: Standing = "held" if item.standing == "offered" and event.family_knows is False else item.standing
    reworded = replace(
        item,
        words=event.words,
        version=event.id,
        earlier=(*item.earlier, was),
        sub_category=event.sub_category,
        family_knows=event.family_knows,
        standing=standing,
        translations=item.translations if event.words.text == item.words.text else (),
    )
    items = board.items.with_item(reworded)
    if item.standing == "on_board" and event.sub_category != item.sub_category:
        items = standing_in_group(items, reworded)
    return replace(board, items=items)


DECIDE = {EditItem: decide_edit}
EVOLVE = {ItemReworded: evolve_reworded}
