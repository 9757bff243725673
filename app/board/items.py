"""Board items: short statements from one source each, where they stand, and every wording they ever had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from .actor import Actor
from .conference import is_family_source, require_children
from .memory import Memory
from .people import require_member
from .refusals import Reason, refuse
from .responses import ResponseGiven, ResponseSeen, see_response
from .stamp import stamp
from .terms import (
    HERE,
    SERVICES,
    SUB_CATEGORIES,
    Basis,
    Column,
    Command,
    Event,
    Frozen,
    Id,
    Line,
    Reply,
    StatementKind,
    SubCategory,
)

if TYPE_CHECKING:
    from .state import Board

Standing = Literal["offered", "held", "on_board", "returned", "removed"]
Group = tuple[Column, SubCategory]
GROUPS: tuple[Group, ...] = tuple((column, sub) for column, subs in SUB_CATEGORIES.items() for sub in subs)


class Source(Frozen):
    person_id: Id
    basis: Basis
    report_id: Id | None = None


class AddItem(Command):
    type: Literal["add_item"] = "add_item"
    column: Column
    sub_category: SubCategory | None = None
    kind: StatementKind | None = None
    text: Line
    about_children: tuple[Id, ...] = ()
    source: Source | None = None
    happened_on: date | None = None
    family_knows: bool | None = None
    child_speaking: Id | None = None
    child_agreed: bool | None = None
    who: tuple[Id, ...] = ()
    by: date | None = None
    goal_id: Id | None = None
    how_we_will_know: Reply | None = None
    repeats: Reply | None = None


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


class Words(Frozen):
    """What an item says: the part of it that has versions."""

    text: str
    kind: StatementKind | None = None
    about_children: tuple[Id, ...] = ()
    happened_on: date | None = None
    who: tuple[Id, ...] = ()
    by: date | None = None
    goal_id: Id | None = None
    how_we_will_know: str | None = None
    repeats: str | None = None


class ItemAdded(Event):
    type: Literal["item_added"] = "item_added"
    column: Column
    sub_category: SubCategory | None
    words: Words
    source: Source
    family_knows: bool | None
    child_speaking: Id | None
    child_agreed: bool | None
    standing: Standing


class ItemReworded(Event):
    type: Literal["item_reworded"] = "item_reworded"
    item_id: Id
    words: Words
    sub_category: SubCategory | None
    family_knows: bool | None
    why: str | None
    said_by: Id | None


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


@dataclass(frozen=True)
class Wording:
    """A wording that was replaced, and by what act."""

    words: Words
    version: Id
    replaced_at: datetime
    replaced_by: Id
    why: str | None
    said_by: Id | None


@dataclass(frozen=True)
class Item:
    id: Id
    author: Id  # who typed it
    source: Source
    column: Column
    sub_category: SubCategory | None
    words: Words
    version: Id
    standing: Standing
    family_knows: bool | None
    child_speaking: Id | None
    child_agreed: bool | None
    added_at: datetime
    earlier: tuple[Wording, ...] = ()
    shown_from: int = 0  # how many earlier wordings there were when the item went on the board
    new_today: bool = False
    responses: tuple[ResponseGiven, ...] = ()
    returned_why: str = ""
    removed_why: str = ""
    stood: Standing | None = None  # where it stood before it was taken off

    @property
    def left_open(self) -> list[str]:
        """What a family's offer left to the chair."""
        missing = [] if self.sub_category else ["sub_category"]
        if not self.words.kind and self.column != "next_step":
            missing.append("kind")
        return missing if self.words.about_children else [*missing, "about_children"]


@dataclass(frozen=True)
class Items:
    by_id: Mapping[Id, Item] = field(default_factory=dict)
    order: Mapping[Group, tuple[Id, ...]] = field(default_factory=dict)

    def with_item(self, item: Item) -> Items:
        return Items({**self.by_id, item.id: item}, self.order)

    def placed(self, item_id: Id, group: Group, after: Id | None, *, at_end: bool = False) -> Items:
        """In this group, directly behind `after` (None: first); at the end if `after` is not there (any more)."""
        order = self.taken_out(item_id).order
        ids = list(order.get(group, ()))
        position = len(ids)
        if not at_end and after is None:
            position = 0
        elif not at_end and after in ids:
            position = ids.index(after) + 1
        ids.insert(position, item_id)
        return Items(self.by_id, {**order, group: tuple(ids)})

    def taken_out(self, item_id: Id) -> Items:
        order = {g: tuple(i for i in ids if i != item_id) if item_id in ids else ids for g, ids in self.order.items()}
        return Items(self.by_id, order)

    def before(self, item_id: Id) -> Id | None:
        """The item directly in front of this one."""
        for ids in self.order.values():
            if item_id in ids:
                position = ids.index(item_id)
                return ids[position - 1] if position else None
        return None


def decide_add(board: Board, command: AddItem, actor: Actor, now: datetime) -> list[Event]:
    """Chair and scribe write straight on the board; what others bring is offered; what is new to the family is held."""
    require_open(board, command.column)
    source = command.source or Source(person_id=actor.person_id, basis="said_in_meeting")
    require_may_name(board, actor, source, command.child_speaking)
    require_child_agreed(board, command, source, actor)
    sub_category = command.sub_category or ("next_step" if command.column == "next_step" else None)
    require_group(command.column, sub_category)
    require_known(board, command.about_children, command.who, command.goal_id)
    require_complete(command, sub_category, actor)
    require_family_knows(board, command, source)
    words = Words(**{name: getattr(command, name) for name in Words.model_fields})
    item = ItemAdded(
        column=command.column,
        sub_category=sub_category,
        words=words,
        source=source,
        family_knows=command.family_knows,
        child_speaking=command.child_speaking,
        child_agreed=command.child_agreed,
        standing=_standing_of_new(board, command, sub_category, actor),
        **stamp(command, actor, now),
    )
    return [item]


def _standing_of_new(board: Board, command: AddItem, sub_category: SubCategory | None, actor: Actor) -> Standing:
    if command.family_knows is False:
        return "held"
    complete = sub_category is not None and (command.kind is not None or command.column == "next_step")
    direct = actor.types_for_others or (complete and writes_on_board(board, actor))
    return "on_board" if direct else "offered"


def writes_on_board(board: Board, actor: Actor) -> bool:
    """Chair and scribe do; so does whoever has the floor, and everyone where the area says so."""
    direct = board.conference.settings.entry == "direct" or board.running.floor == actor.person_id
    return actor.types_for_others or direct


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
    require_group(item.column, sub_category)
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


def decide_move(board: Board, command: MoveItem, actor: Actor, now: datetime) -> list[Event]:
    item = require_visible(board, command.item_id, actor)
    require_open(board, item.column)
    require_open(board, command.column)
    if item.standing != "on_board":
        refuse(Reason.HELD_ITEM if item.standing == "held" else Reason.NOT_ON_BOARD)
    require_group(command.column, command.sub_category)
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


def require_visible(board: Board, item_id: Id, actor: Actor) -> Item:
    """The item, if this person may know of it; a hidden one is answered as one that does not exist."""
    item = board.items.by_id.get(item_id)
    if item is None:
        refuse(Reason.NOT_FOUND)
    mine = item.author == actor.person_id and (item.standing != "removed" or item.stood != "on_board")
    if item.standing != "on_board" and not mine and not actor.types_for_others:
        refuse(Reason.NOT_FOUND)
    return item


def require_open(board: Board, column: Column) -> None:
    """Once every child has a decision the map is locked; next steps stay open until the end."""
    if column != "next_step" and board.decisions.all_made(board):
        refuse(Reason.LOCKED)


def require_group(column: Column, sub_category: SubCategory | None) -> None:
    if sub_category is not None and sub_category not in SUB_CATEGORIES[column]:
        refuse(Reason.WRONG_GROUP)


def require_known(board: Board, children: tuple[Id, ...], who: tuple[Id, ...], goal_id: Id | None) -> None:
    require_children(board, children)
    for person_id in who:
        require_member(board, person_id)
    if goal_id and goal_id not in board.danger.goals:
        refuse(Reason.NOT_FOUND)


def require_complete(command: AddItem, sub_category: SubCategory | None, actor: Actor) -> None:
    """Only the family may leave the group and the kind to the chair (invariant 8: every item has a kind)."""
    if actor.is_family or actor.role == "advocate" or command.column == "next_step":
        return
    if sub_category is None:
        refuse(Reason.GROUP_MISSING)
    if command.kind is None:
        refuse(Reason.KIND_MISSING)


def require_may_name(board: Board, actor: Actor, source: Source, child_speaking: Id | None) -> None:
    """Who may say whose words: chair and scribe anyone's, an advocate their child's, a reader an absent person's."""
    named_child = source.person_id in board.conference.children
    if not named_child:
        named = require_member(board, source.person_id)
    if actor.types_for_others:
        return
    if actor.role == "advocate":
        if source.person_id != actor.person_id and not actor.speaks_for(source.person_id):
            refuse(Reason.NOT_YOUR_WORDS)
        if not actor.speaks_for(child_speaking or source.person_id):
            refuse(Reason.NOT_YOUR_WORDS)  # an advocate brings no words of their own
        return
    if source.person_id == actor.person_id:
        return
    reads_out = actor.role in SERVICES and source.basis in ("report", "letter")
    if named_child or not reads_out or named.attendance in HERE:
        refuse(Reason.NOT_YOUR_WORDS)


def require_child_agreed(board: Board, command: AddItem, source: Source, actor: Actor) -> None:
    """A child's words need the word of the adult bringing them that the child agreed (invariant 13)."""
    from_child = source.basis == "childs_own_words" or source.person_id in board.conference.children
    if command.child_speaking is None and not from_child:
        return
    speaks_themselves = actor.role == "child" and source.person_id == actor.person_id
    if speaks_themselves and command.child_speaking is None:
        return
    if command.child_speaking not in board.conference.children or command.child_agreed is not True:
        refuse(Reason.CHILD_NOT_AGREED)


def require_family_knows(board: Board, command: AddItem, source: Source) -> None:
    own_words = are_family_words(board, source, command.child_speaking)
    if command.family_knows is None and not own_words and command.column != "next_step":
        refuse(Reason.FAMILY_KNOWS_MISSING)
    if command.family_knows is False and own_words:
        refuse(Reason.FAMILY_WORDS_NOT_HELD)


def are_family_words(board: Board, source: Source, child_speaking: Id | None) -> bool:
    """The family's and the children's own words: theirs to change, and never held."""
    return child_speaking is not None or is_family_source(board, source.person_id)


def evolve_added(board: Board, event: ItemAdded) -> Board:
    item = Item(
        id=event.id,
        author=event.by,
        source=event.source,
        column=event.column,
        sub_category=event.sub_category,
        words=event.words,
        version=event.id,
        standing=event.standing,
        family_knows=event.family_knows,
        child_speaking=event.child_speaking,
        child_agreed=event.child_agreed,
        added_at=event.at,
    )
    items = board.items.with_item(item)
    return replace(board, items=standing_in_group(items, item) if item.standing == "on_board" else items)


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
    )
    items = board.items.with_item(reworded)
    if item.standing == "on_board" and event.sub_category != item.sub_category:
        items = standing_in_group(items, reworded)
    return replace(board, items=items)


def evolve_moved(board: Board, event: ItemMoved) -> Board:
    item = replace(board.items.by_id[event.item_id], column=event.column, sub_category=event.sub_category)
    items = board.items.with_item(item).placed(item.id, (event.column, event.sub_category), event.after)
    return replace(board, items=items)


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


def standing_in_group(items: Items, item: Item) -> Items:
    """At the end of its own group."""
    if item.sub_category is None:
        return items
    return items.placed(item.id, (item.column, item.sub_category), None, at_end=True)


class SourceSeen(TypedDict):
    person_id: str
    name: str
    agency: str
    basis: Basis
    report_id: str | None


class EarlierSeen(TypedDict):
    text: str
    kind: StatementKind | None
    at: str
    by: str
    why: str | None
    said_by: str | None


class ItemSeen(TypedDict):
    id: str
    text: str
    column: Column
    sub_category: SubCategory | None
    kind: StatementKind | None
    about_children: list[str]
    source: SourceSeen
    happened_on: str | None
    child_speaking: str | None
    responses: list[ResponseSeen]
    new_today: bool
    version: str
    earlier: list[EarlierSeen]
    who: NotRequired[list[str]]
    by: NotRequired[str | None]
    goal_id: NotRequired[str | None]
    how_we_will_know: NotRequired[str | None]
    repeats: NotRequired[str | None]
    # Only where it is still waiting, or was taken off: the chair, the scribe and the author.
    standing: NotRequired[Standing]
    offered_by: NotRequired[str]
    family_knows: NotRequired[bool | None]
    open: NotRequired[list[str]]
    returned_why: NotRequired[str]
    removed_why: NotRequired[str]


def see_items(board: Board, leads: bool, memory: Memory) -> dict[str, ItemSeen]:
    """What is on the board; and for chair and scribe what is offered, held or taken off, each under its own key."""
    seen: dict[str, ItemSeen] = {}
    for item in board.items.by_id.values():
        if item.standing == "on_board":
            seen[f"item/{item.id}"] = memory.recall(
                ("item", item.id, leads),
                (item, board.people, board.conference, board.danger),
                lambda item=item: see_item(board, item, all_wordings=leads),  # type: ignore[misc]
            )
        elif leads and item.standing != "returned":
            seen[f"{item.standing}/{item.id}"] = see_waiting(board, item)
    return seen


def see_order(board: Board) -> dict[str, list[str]]:
    return {f"order/{column}/{sub}": list(board.items.order.get((column, sub), ())) for column, sub in GROUPS}


def waiting_by_author(board: Board) -> dict[Id, dict[str, ItemSeen]]:
    """Each person's own points that are not (or no longer) on the board."""
    waiting: dict[Id, dict[str, ItemSeen]] = {}
    for item in board.items.by_id.values():
        if item.standing != "on_board" and item.stood != "on_board":
            waiting.setdefault(item.author, {})[f"mine/item/{item.id}"] = see_waiting(board, item)
    return waiting


def see_item(board: Board, item: Item, *, all_wordings: bool) -> ItemSeen:
    """Earlier wordings are shown from the moment this audience saw the item, not before."""
    words, source = item.words, item.source
    earlier = item.earlier if all_wordings else item.earlier[item.shown_from :]
    seen: ItemSeen = {
        "id": item.id,
        "text": words.text,
        "column": item.column,
        "sub_category": item.sub_category,
        "kind": words.kind,
        "about_children": list(words.about_children),
        "source": see_source(board, source),
        "happened_on": words.happened_on.isoformat() if words.happened_on else None,
        "child_speaking": item.child_speaking,
        "responses": [see_response(board, response) for response in item.responses],
        "new_today": item.new_today,
        "version": item.version,
        "earlier": [_see_earlier(board, wording) for wording in earlier],
    }
    if item.column == "next_step":
        seen["who"] = list(words.who)
        seen["by"] = words.by.isoformat() if words.by else None
        seen["goal_id"] = words.goal_id if words.goal_id in board.danger.goals else None  # it may be withdrawn since
        seen["how_we_will_know"] = words.how_we_will_know
        seen["repeats"] = words.repeats
    return seen


def see_waiting(board: Board, item: Item) -> ItemSeen:
    seen = see_item(board, item, all_wordings=True)
    seen["standing"] = item.standing
    seen["offered_by"] = item.author
    seen["family_knows"] = item.family_knows
    seen["open"] = item.left_open
    seen["returned_why"] = item.returned_why
    seen["removed_why"] = item.removed_why
    return seen


def see_source(board: Board, source: Source) -> SourceSeen:
    member = board.people.members.get(source.person_id)
    child = board.conference.children.get(source.person_id)
    agency = board.conference.agencies.get(member.agency_id or "") if member else None
    return {
        "person_id": source.person_id,
        "name": member.name if member else child.name if child else "",
        "agency": agency.name if agency else "",
        "basis": source.basis,
        "report_id": source.report_id,
    }


def _see_earlier(board: Board, wording: Wording) -> EarlierSeen:
    return {
        "text": wording.words.text,
        "kind": wording.words.kind,
        "at": wording.replaced_at.isoformat(),
        "by": board.people.named(wording.replaced_by),
        "why": wording.why,
        "said_by": board.people.named(wording.said_by) if wording.said_by else None,
    }


DECIDE = {
    AddItem: decide_add,
    EditItem: decide_edit,
    MoveItem: decide_move,
    RemoveItem: decide_remove,
    RestoreItem: decide_restore,
}
EVOLVE = {
    ItemAdded: evolve_added,
    ItemReworded: evolve_reworded,
    ItemMoved: evolve_moved,
    ItemRemoved: evolve_removed,
    ItemRestored: evolve_restored,
}
