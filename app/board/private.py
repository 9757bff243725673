"""The part without the family: what is said while they are out stays with chair, scribe and services.

Its points stand apart from those of the board, with an order and a ledger of their own, so that nothing made of the
board can tell of them. The same rules hold for them (`inside`). One by one they may be released to the board.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor, Audience, audience_of
from .adding import AddItem, ItemAdded
from .changing import replace
from .items import Item, Items, ItemSeen, is_said_inside, require_open, see_item, standing_in_group
from .moving import ItemMoved, ItemRemoved, ItemRestored, MoveItem, RemoveItem, RestoreItem
from .offers import PrivateReleased
from .refusals import Reason, refuse
from .rewording import EditItem, ItemReworded
from .sight import UnnamedSeen, see_unnamed, sight_of
from .stamp import stamp
from .terms import Command, Event, Id, Question
from .undo import Undo, Undone

if TYPE_CHECKING:
    from .state import Board

_INSIDE_COMMANDS = (AddItem, EditItem, MoveItem, RemoveItem, RestoreItem, Undo)
_INSIDE_EVENTS = (ItemAdded, ItemReworded, ItemMoved, ItemRemoved, ItemRestored, Undone)


class BeginWithoutFamily(Command):
    """Before the first word can be said without them. The reason is shown to the family."""

    type: Literal["begin_without_family"] = "begin_without_family"
    reason: Question


class EndWithoutFamily(Command):
    type: Literal["end_without_family"] = "end_without_family"


class ReleasePrivate(Command):
    """Names who will read it, as the chair was shown them."""

    type: Literal["release_private"] = "release_private"
    item_id: Id
    base_version: Id
    readers: tuple[Id, ...]


class FamilyWentOut(Event):
    type: Literal["family_went_out"] = "family_went_out"
    reason: str


class FamilyCameBack(Event):
    type: Literal["family_came_back"] = "family_came_back"


@dataclass(frozen=True)
class Private:
    out: FamilyWentOut | None = None  # while they are out
    items: Items = Items()


def decide_begin(board: Board, command: BeginWithoutFamily, actor: Actor, now: datetime) -> list[Event]:
    if not board.conference.meeting.family:
        refuse(Reason.WRONG_TYPE, "Nobody from the family has a seat in this kind of meeting.")
    if board.private.out:
        refuse(Reason.FAMILY_IS_OUT)
    return [FamilyWentOut(reason=command.reason, **stamp(command, actor, now))]


def decide_end(board: Board, command: EndWithoutFamily, actor: Actor, now: datetime) -> list[Event]:
    if board.private.out is None:
        refuse(Reason.FAMILY_IS_HERE)
    return [FamilyCameBack(**stamp(command, actor, now))]


def decide_release(board: Board, command: ReleasePrivate, actor: Actor, now: datetime) -> list[Event]:
    """The only way out of this part. Nobody reads it whom the chair was not shown."""
    item = board.private.items.by_id.get(command.item_id)
    if item is None or item.standing != "on_board":
        refuse(Reason.NOT_FOUND)
    require_open(board, item.column)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    if set(command.readers) != set(readers_of(board, item)):
        refuse(Reason.CHANGED_MEANWHILE, "Who would read it has changed. Look at the names again.")
    return [PrivateReleased(item_id=item.id, readers=command.readers, **stamp(command, actor, now))]


def readers_of(board: Board, item: Item) -> list[Id]:
    """Who would read this point that does not now, in the order of the table; absent ones get a record."""
    return [
        member.id
        for member in board.people.members.values()
        if member.admitted and is_out(audience_of(member.actor)) and _would_read(board, audience_of(member.actor), item)
    ]


def _would_read(board: Board, audience: Audience, item: Item) -> bool:
    if audience.kind == "observer" and not board.conference.settings.observers_agreed:
        return False
    sight = sight_of(board, audience)
    return sight is None or bool(sight.own & {item.author, item.source.person_id})


def is_out(audience: Audience) -> bool:
    """Whoever is not among those who stay: the family, who sits with them, who watches, and the screen on the wall."""
    return audience.kind not in STAYING_AUDIENCES


STAYING_AUDIENCES = frozenset({"chair", "scribe", "services"})


def goes_inside(board: Board, command: Command, actor: Actor) -> bool:
    """Whether this is said in the part without the family: while it lasts, all that those who stay write is."""
    return isinstance(command, _INSIDE_COMMANDS) and is_said_inside(board, actor.role)


def happened_inside(board: Board, event: Event) -> bool:
    member = board.people.members.get(event.by)
    return isinstance(event, _INSIDE_EVENTS) and member is not None and is_said_inside(board, member.role)


def inside(board: Board) -> Board:
    """The same rules, over the points and the acts of this part alone."""
    return replace(board, items=board.private.items, ledger=board.private_ledger)


def taken_over(board: Board, inner: Board) -> Board:
    return replace(board, private=replace(board.private, items=inner.items), private_ledger=inner.ledger)


def evolve_begun(board: Board, event: FamilyWentOut) -> Board:
    return replace(board, private=replace(board.private, out=event))


def evolve_ended(board: Board, event: FamilyCameBack) -> Board:
    return replace(board, private=replace(board.private, out=None))


def evolve_released(board: Board, event: PrivateReleased) -> Board:
    """On the board as if it were said there now: what it went through before stays behind."""
    item = board.private.items.by_id[event.item_id]
    out = replace(item, new_today=True, version=event.id, shown_from=len(item.earlier))
    left = board.private.items.taken_out(item.id)
    remaining = replace(left, by_id={id: each for id, each in left.by_id.items() if id != item.id})
    items = standing_in_group(board.items.with_item(out), out)
    return replace(board, items=items, private=replace(board.private, items=remaining))


class WithoutFamilySeen(TypedDict):
    since: str
    reason: str


def see_out(board: Board) -> dict[str, WithoutFamilySeen]:
    out = board.private.out
    return {"without_family": {"since": out.at.isoformat(), "reason": out.reason}} if out else {}


def see_holding(board: Board, present: frozenset[Id]) -> dict[str, WithoutFamilySeen | list[UnnamedSeen]]:
    """All that the family and the screens are told while it lasts: why, since when, and who is connected by role."""
    return {**see_out(board), "unnamed": see_unnamed(board, present, lambda person: True)}


def see_private(board: Board, audience: Audience) -> dict[str, ItemSeen | list[str]]:
    """For those who stay. The chair is told who would read a point if she released it."""
    seen: dict[str, ItemSeen | list[str]] = {}
    for item in board.private.items.by_id.values():
        if item.standing == "on_board":
            value = see_item(board, item, all_wordings=True)
            if audience.kind == "chair":
                value["readers"] = list(readers_of(board, item))
            seen[f"private/{item.id}"] = value
    for (column, group), ids in board.private.items.order.items():
        if ids:
            seen[f"private_order/{column}/{group}"] = list(ids)
    return seen


DECIDE = {BeginWithoutFamily: decide_begin, EndWithoutFamily: decide_end, ReleasePrivate: decide_release}
EVOLVE = {FamilyWentOut: evolve_begun, FamilyCameBack: evolve_ended, PrivateReleased: evolve_released}
