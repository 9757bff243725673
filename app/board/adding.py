"""Adding an item: whose words may be said by whom, and whether they go on the board, are offered, or are held."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from .actor import Actor
from .changing import replace
from .items import (
    Item,
    Source,
    Standing,
    Words,
    are_family_words,
    is_said_inside,
    require_group,
    require_known,
    require_open,
    standing_in_group,
    writes_on_board,
)
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import (
    HERE,
    SERVICES,
    Column,
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
    without_family: bool = False  # written for the part without them: never said anywhere else


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


def decide_add(board: Board, command: AddItem, actor: Actor, now: datetime) -> list[Event]:
    """Chair and scribe write straight on the board; what others bring is offered; what is new to the family is held."""
    if command.without_family and not is_said_inside(board, actor.role):
        refuse(Reason.FAMILY_IS_HERE, "The family is back, so this was not put on the board. Nobody has seen it.")
    require_open(board, command.column)
    source = command.source or Source(person_id=actor.person_id, basis="said_in_meeting")
    require_may_name(board, actor, source, command.child_speaking)
    require_child_agreed(board, command, source, actor)
    sub_category = command.sub_category or ("next_step" if command.column == "next_step" else None)
    require_group(board, command.column, sub_category)
    require_known(board, command.about_children, command.who, command.goal_id)
    require_complete(command, sub_category, actor)
    require_family_knows(board, command, source, actor)
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
    if command.family_knows is False and not is_said_inside(board, actor.role):
        return "held"
    complete = sub_category is not None and (command.kind is not None or command.column == "next_step")
    direct = actor.types_for_others or (complete and writes_on_board(board, actor))
    return "on_board" if direct else "offered"


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


def require_family_knows(board: Board, command: AddItem, source: Source, actor: Actor) -> None:
    """An agency says of everything, a next step too, whether it is new; a step that the room agrees is typed in it.

    Nobody is asked where no family comes, nor while they are out.
    """
    own_words = are_family_words(board, source, command.child_speaking)
    agreed_here = command.column == "next_step" and actor.types_for_others
    alone = is_said_inside(board, actor.role)
    asked = board.conference.meeting.family and not own_words and not agreed_here and not alone
    if asked and command.family_knows is None:
        refuse(Reason.FAMILY_KNOWS_MISSING)
    if command.family_knows is False and own_words:
        refuse(Reason.FAMILY_WORDS_NOT_HELD)


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


DECIDE = {AddItem: decide_add}
EVOLVE = {ItemAdded: evolve_added}
