"""Board items: short statements from one source each, where they stand, and every wording they ever had."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from .actor import Actor
from .conference import is_family_source, require_children
from .memory import Memory
from .people import require_member
from .refusals import Reason, refuse
from .responses import ResponseGiven, ResponseSeen, see_response
from .terms import (
    STAYING,
    Basis,
    Column,
    Frozen,
    Id,
    Role,
    StatementKind,
    SubCategory,
)
from .translations import ItemTranslated, TranslationSeen, see_translation

if TYPE_CHECKING:
    from .state import Board

Standing = Literal["offered", "held", "on_board", "returned", "removed"]
Group = tuple[Column, SubCategory]


class Source(Frozen):
    person_id: Id
    basis: Basis
    report_id: Id | None = None


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
    translations: tuple[ItemTranslated, ...] = ()  # of these words: with others they are gone
    returned_why: str = ""
    removed_why: str = ""
    stood: Standing | None = None  # where it stood before it was taken off
    origin: Group | None = None  # where it stood before it was first moved to another column

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


def require_group(board: Board, column: Column, sub_category: SubCategory | None) -> None:
    if sub_category is not None and (column, sub_category) not in board.conference.groups:
        refuse(Reason.WRONG_GROUP)


def require_known(board: Board, children: tuple[Id, ...], who: tuple[Id, ...], goal_id: Id | None) -> None:
    require_children(board, children)
    for person_id in who:
        require_member(board, person_id)
    if goal_id and goal_id not in board.danger.goals:
        refuse(Reason.NOT_FOUND)


def are_family_words(board: Board, source: Source, child_speaking: Id | None) -> bool:
    """The family's and the children's own words: theirs to change, and never held."""
    return child_speaking is not None or is_family_source(board, source.person_id)


def is_said_inside(board: Board, role: Role) -> bool:
    """Whether what somebody with this role writes now is said without the family (`private.py`)."""
    return board.private.out is not None and role in STAYING


def writes_on_board(board: Board, actor: Actor) -> bool:
    """Chair and scribe do; so does whoever has the floor, and everyone where the area says so or the family is out."""
    if is_said_inside(board, actor.role):
        return True
    direct = board.conference.settings.entry == "direct" or board.running.floor == actor.person_id
    return actor.types_for_others or direct


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
    about_children: NotRequired[list[str]]  # only where it was about other children than now


class OriginSeen(TypedDict):
    column: Column
    sub_category: SubCategory


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
    translations: NotRequired[list[TranslationSeen]]  # only where there are any
    origin: NotRequired[OriginSeen]  # only where it stands in another column now
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
    readers: NotRequired[list[str]]  # of a point that was said without the family: the chair, before she releases it


def see_items(board: Board, leads: bool, memory: Memory) -> dict[str, ItemSeen]:
    """What is on the board; and for chair and scribe what is offered, held or taken off, each under its own key."""
    seen: dict[str, ItemSeen] = {}
    for item in board.items.by_id.values():
        if item.standing == "on_board":
            more = leads and item.shown_from > 0  # nothing else tells what they see of it apart
            seen[f"item/{item.id}"] = memory.recall(
                ("item", item.id, more),
                (item, board.people, board.conference, board.danger),
                lambda item=item, more=more: see_item(board, item, all_wordings=more),  # type: ignore[misc]
            )
        elif leads and item.standing != "returned":
            seen[f"{item.standing}/{item.id}"] = see_waiting(board, item)
    return seen


def see_order(board: Board) -> dict[str, list[str]]:
    groups = board.conference.groups
    return {f"order/{column}/{sub}": list(board.items.order.get((column, sub), ())) for column, sub in groups}


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
        "earlier": [_see_earlier(board, wording, words) for wording in earlier],
    }
    if item.translations:
        seen["translations"] = [see_translation(board, each) for each in item.translations]
    if item.origin and item.origin[0] != item.column:
        seen["origin"] = {"column": item.origin[0], "sub_category": item.origin[1]}
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


def _see_earlier(board: Board, wording: Wording, now: Words) -> EarlierSeen:
    seen: EarlierSeen = {
        "text": wording.words.text,
        "kind": wording.words.kind,
        "at": wording.replaced_at.isoformat(),
        "by": board.people.named(wording.replaced_by),
        "why": wording.why,
        "said_by": board.people.named(wording.said_by) if wording.said_by else None,
    }
    if set(wording.words.about_children) != set(now.about_children):
        seen["about_children"] = list(wording.words.about_children)
    return seen
