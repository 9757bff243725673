"""A child's own view: what they worry about, what is good, what they wish for; a house for each, in words and drawing.

An adult who is with the child brings it, says in words what the drawing shows, and says that the child agrees. Then the
chair looks, and lets it be shown. A change takes both back, so that only what the child agreed to is on a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .changing import replace
from .conference import require_children
from .drawing import Drawing, Stroke, StrokeSeen, see_drawing
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import SERVICES, Command, Considered, Event, Id, Reply

if TYPE_CHECKING:
    from .state import Board

HouseCode = Literal["worries", "good_things", "wishes"]


class FillHouse(Command):
    """Of one child, as one adult brings it. `described` are that adult's words for the drawing."""

    type: Literal["fill_house"] = "fill_house"
    child_id: Id
    house: HouseCode
    base_version: Id | None
    words: Considered
    drawing: Drawing
    described: Reply


class AgreeToHouse(Command):
    """The adult says that the child agrees that this is shown, or does not agree any more."""

    type: Literal["agree_to_house"] = "agree_to_house"
    house_id: Id
    base_version: Id
    agreed: bool


class ShowHouse(Command):
    """The chair has looked at it."""

    type: Literal["show_house"] = "show_house"
    house_id: Id
    base_version: Id
    on: bool


class HouseFilled(Event):
    type: Literal["house_filled"] = "house_filled"
    house_id: Id
    child_id: Id
    house: HouseCode
    words: str
    drawing: tuple[Stroke, ...]
    described: str


class HouseAgreed(Event):
    type: Literal["house_agreed"] = "house_agreed"
    house_id: Id
    agreed: bool


class HouseShown(Event):
    type: Literal["house_shown"] = "house_shown"
    house_id: Id
    on: bool


@dataclass(frozen=True)
class House:
    """`filled` is what it says now; every earlier one stays in the log."""

    filled: HouseFilled
    agreed: bool = False
    shown: bool = False

    @property
    def id(self) -> Id:
        return self.filled.house_id

    @property
    def version(self) -> Id:
        return self.filled.id


@dataclass(frozen=True)
class Houses:
    by_id: Mapping[Id, House] = field(default_factory=dict)

    def with_house(self, house: House) -> Houses:
        return Houses({**self.by_id, house.id: house})

    def of(self, child_id: Id, house: HouseCode, by: Id) -> House | None:
        found = (
            each
            for each in self.by_id.values()
            if (each.filled.child_id, each.filled.house, each.filled.by) == (child_id, house, by)
        )
        return next(found, None)


def decide_fill(board: Board, command: FillHouse, actor: Actor, now: datetime) -> list[Event]:
    """Each adult has their own of each child and house: what another one brings is neither changed nor hinted at."""
    require_children(board, (command.child_id,))
    if not brings_words_of(actor, command.child_id):
        refuse(Reason.NOT_YOUR_WORDS)
    house = board.houses.of(command.child_id, command.house, actor.person_id)
    if command.base_version != (house.version if house else None):
        refuse(Reason.CHANGED_MEANWHILE)
    was = house.filled if house else None
    if _said(command) == (_said(was) if was else ("", (), "")):
        refuse(Reason.NOTHING_CHANGED)
    filled = HouseFilled(
        house_id=house.id if house else command.id,
        child_id=command.child_id,
        house=command.house,
        words=command.words,
        drawing=command.drawing,
        described=command.described,
        **stamp(command, actor, now),
    )
    return [filled]


def brings_words_of(actor: Actor, child_id: Id) -> bool:
    """An advocate their child's, services those of a child they work with; a young person who is here their own."""
    if actor.role == "advocate":
        return actor.speaks_for(child_id)
    return (actor.role == "child" or actor.role in SERVICES) and child_id in actor.children


def _said(said: FillHouse | HouseFilled) -> tuple[str, tuple[Stroke, ...], str]:
    return (said.words, said.drawing, said.described)


def decide_agree(board: Board, command: AgreeToHouse, actor: Actor, now: datetime) -> list[Event]:
    """Taking it back takes it off every screen at once."""
    house = board.houses.by_id.get(command.house_id)
    if house is None or house.filled.by != actor.person_id:
        refuse(Reason.NOT_FOUND)
    if house.version != command.base_version:
        refuse(Reason.CHANGED_MEANWHILE)
    if house.agreed == command.agreed:
        refuse(Reason.NOTHING_CHANGED)
    if command.agreed:
        if board.decisions.all_made(board):
            refuse(Reason.LOCKED)
        if not house.filled.words.strip() and not house.filled.drawing:
            refuse(Reason.HOUSE_EMPTY)
        if house.filled.drawing and not house.filled.described.strip():
            refuse(Reason.DRAWING_UNTOLD)
    return [HouseAgreed(house_id=house.id, agreed=command.agreed, **stamp(command, actor, now))]


def decide_show(board: Board, command: ShowHouse, actor: Actor, now: datetime) -> list[Event]:
    """What the child has not agreed to is not there for the chair either. Taken off it can be at any time."""
    house = board.houses.by_id.get(command.house_id)
    if house is None or not house.agreed:
        refuse(Reason.NOT_FOUND)
    if house.version != command.base_version:
        refuse(Reason.CHANGED_MEANWHILE)
    if house.shown == command.on:
        refuse(Reason.NOTHING_CHANGED)
    if command.on and board.decisions.all_made(board):
        refuse(Reason.LOCKED)
    return [HouseShown(house_id=house.id, on=command.on, **stamp(command, actor, now))]


def evolve_filled(board: Board, event: HouseFilled) -> Board:
    return replace(board, houses=board.houses.with_house(House(event)))


def evolve_agreed(board: Board, event: HouseAgreed) -> Board:
    house = replace(board.houses.by_id[event.house_id], agreed=event.agreed, shown=False)
    return replace(board, houses=board.houses.with_house(house))


def evolve_shown(board: Board, event: HouseShown) -> Board:
    house = replace(board.houses.by_id[event.house_id], shown=event.on)
    return replace(board, houses=board.houses.with_house(house))


class HouseSeen(TypedDict):
    id: str
    child_id: str
    house: HouseCode
    words: str
    drawing: list[StrokeSeen]
    described: str
    brought_by: str
    name: str  # of who brought it
    version: str
    at: str


class OwnHouseSeen(HouseSeen):
    """As its bringer sees it."""

    agreed: bool
    shown: bool


def see_houses(board: Board) -> dict[str, HouseSeen]:
    """What the child agreed to and the chair let be shown."""
    return {f"house/{house.id}": _see(board, house) for house in board.houses.by_id.values() if house.shown}


def see_houses_to_look_at(board: Board) -> dict[str, HouseSeen]:
    """What the child agreed to and nobody has let be shown yet: for the chair."""
    waiting = (house for house in board.houses.by_id.values() if house.agreed and not house.shown)
    return {f"house_to_look_at/{house.id}": _see(board, house) for house in waiting}


def see_own_houses(board: Board, actor: Actor) -> dict[str, OwnHouseSeen]:
    own = (house for house in board.houses.by_id.values() if house.filled.by == actor.person_id)
    return {
        f"mine/house/{house.id}": {**_see(board, house), "agreed": house.agreed, "shown": house.shown} for house in own
    }


def _see(board: Board, house: House) -> HouseSeen:
    filled = house.filled
    return {
        "id": house.id,
        "child_id": filled.child_id,
        "house": filled.house,
        "words": filled.words,
        "drawing": see_drawing(filled.drawing),
        "described": filled.described,
        "brought_by": filled.by,
        "name": board.people.named(filled.by),
        "version": filled.id,
        "at": filled.at.isoformat(),
    }


DECIDE = {FillHouse: decide_fill, AgreeToHouse: decide_agree, ShowHouse: decide_show}
EVOLVE = {HouseFilled: evolve_filled, HouseAgreed: evolve_agreed, HouseShown: evolve_shown}
