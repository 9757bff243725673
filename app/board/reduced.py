"""The board as if what some of the family may not see had never been said: then nothing made of it can tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from .closing import Closing
from .danger import Danger
from .houses import Houses
from .items import Items
from .scale import Scale, Scales
from .sight import Sight, is_of, may_read
from .undo import Ledger

if TYPE_CHECKING:
    from .items import Item
    from .state import Board
    from .terms import Id

T = TypeVar("T")
# Made of the reduced board, so as they are.
_AS_SEEN = frozenset(
    {"conference", "area", "dates", "phase", "floor", "spotlight", "blank", "break", "threshold", "views"}
)
_AS_SEEN |= {
    "closing",
    "earlier",
    "fingerprint",
    "chair",
    "child",
    "person",
    "item",
    "order",
    "danger",
    "goal",
    "scale",
}
# Each of these waits for the chair's word, unless it is their own.
_ONE_BY_ONE = frozenset({"answer", "view", "family_view", "decision", "correction", "house"})
_ONE_BY_ONE |= {"earlier_goal", "earlier_step", "earlier_item"}


def reduced(board: Board, sight: Sight) -> Board:
    """For deciding what they ask for, too: what is hidden from somebody is answered as what does not exist."""
    hidden, running, views = sight.hidden, board.running, board.views
    danger = _danger(board, sight)
    return replace(
        board,
        people=replace(board.people, members=_without(board.people.members, hidden)),
        running=replace(
            running,
            floor=None if running.floor in hidden else running.floor,
            help=_without(running.help, hidden),
        ),
        items=_items(board, sight, danger),
        danger=danger,
        scales=Scales({id: _scale(each, hidden, danger) for id, each in board.scales.by_id.items()}),
        views=replace(views, of_family=_without(views.of_family, hidden)),
        closing=_closing(board.closing, hidden),
        houses=Houses({id: each for id, each in board.houses.by_id.items() if each.filled.by not in hidden}),
        ledger=_ledger(board.ledger, hidden),
    )


def _without(by_person: Mapping[Id, T], hidden: frozenset[Id]) -> dict[Id, T]:
    return {id: each for id, each in by_person.items() if id not in hidden}


def _danger(board: Board, sight: Sight) -> Danger:
    """Only the wording that they were let read: an earlier one was not."""
    danger = board.danger
    statements = {
        id: replace(each, earlier=())
        for id, each in danger.statements.items()
        if may_read(board, sight, f"danger/{id}")
    }
    goals = {
        id: replace(each, earlier=())
        for id, each in danger.goals.items()
        if each.danger_id in statements and may_read(board, sight, f"goal/{id}")
    }
    return replace(danger, statements=statements, goals=goals)


def _items(board: Board, sight: Sight, danger: Danger) -> Items:
    items = board.items.by_id
    theirs = {
        id: _item(item, sight, danger)
        for id, item in items.items()
        if item.author in sight.own or (item.standing == "on_board" and may_read(board, sight, f"item/{id}"))
    }
    order = {group: tuple(id for id in ids if id in theirs) for group, ids in board.items.order.items()}
    return Items(theirs, order)


def _item(item: Item, sight: Sight, danger: Danger) -> Item:
    """What others answered may tell of whom they may not see, and so may a wording of before."""
    own = item.author in sight.own or item.source.person_id in sight.own
    words = item.words.model_copy(
        update={
            "who": tuple(id for id in item.words.who if id not in sight.hidden),
            "goal_id": item.words.goal_id if item.words.goal_id in danger.goals else None,
        }
    )
    responses = tuple(each for each in item.responses if each.person_id in sight.own)
    translations = tuple(each for each in item.translations if each.by not in sight.hidden)
    earlier = item.earlier if own else ()
    return replace(item, words=words, responses=responses, translations=translations, earlier=earlier)


def _scale(scale: Scale, hidden: frozenset[Id], danger: Danger) -> Scale:
    danger_id = scale.opened.danger_id if scale.opened.danger_id in danger.statements else None
    answers = {slot: answer for slot, answer in scale.answers.items() if slot[0] not in hidden}
    return replace(scale, opened=scale.opened.model_copy(update={"danger_id": danger_id}), answers=answers)


def _closing(closing: Closing, hidden: frozenset[Id]) -> Closing:
    if closing.written is None:
        return closing
    named = {
        "core_group": tuple(id for id in closing.written.core_group if id not in hidden),
        "tells": tuple(each for each in closing.written.tells if each.person_id not in hidden),
    }
    return Closing(closing.written.model_copy(update=named))


def _ledger(ledger: Ledger, hidden: frozenset[Id]) -> Ledger:
    """What somebody hidden did to a thing of theirs, an answer say, is no reason that they may not take it back."""
    marks = dict(ledger.marks)
    for aspect, mark in ledger.marks.items():
        while mark and (act := ledger.acts.get(mark)) and act.by in hidden:
            mark = next(each.mark_before for each in act.changes if each.aspect == aspect)
        marks[aspect] = mark
    return replace(ledger, marks=marks)


def narrowed(board: Board, sight: Sight, seen: Mapping[str, Any]) -> dict[str, Any]:
    """Of a view of the reduced board what they may read. A kind of key that is in no list above is not sent."""
    kept = {key: value for key, value in seen.items() if _is_theirs(board, sight, key)}
    for key, value in seen.items():
        if key.startswith("earlier_answers/"):
            kept[key] = [each for each in value if each["person_id"] in sight.own]
    lamp = kept["spotlight"]["key"]
    if lamp and lamp not in kept and not lamp.startswith("column/"):
        kept["spotlight"] = {"key": None}
    return kept


def _is_theirs(board: Board, sight: Sight, key: str) -> bool:
    kind = key.partition("/")[0]
    if kind == "correction":
        return may_read(board, sight, key) and not is_of(board, key, sight.hidden)
    return kind in _AS_SEEN or (kind in _ONE_BY_ONE and may_read(board, sight, key))
