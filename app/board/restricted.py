"""Restricted items: what some or all of the family must not see. They stand apart and reach named people only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .items import Source, SourceSeen, see_source
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Id, Statement, Why

if TYPE_CHECKING:
    from .state import Board


class AddRestricted(Command):
    type: Literal["add_restricted"] = "add_restricted"
    text: Statement
    reason: Why
    source: Source
    visible_to: tuple[Id, ...]


class RestrictedAdded(Event):
    type: Literal["restricted_added"] = "restricted_added"
    text: str
    reason: str
    source: Source
    visible_to: tuple[Id, ...]


@dataclass(frozen=True)
class Restricted:
    by_id: Mapping[Id, RestrictedAdded] = field(default_factory=dict)


def decide_restricted(board: Board, command: AddRestricted, actor: Actor, now: datetime) -> list[Event]:
    """Kept apart from the items on purpose, so that no column, order or count can carry it."""
    if command.source.person_id not in board.conference.children:
        require_member(board, command.source.person_id)
    brings = command.source.person_id == actor.person_id and command.source.basis == "childs_own_words"
    if actor.role == "advocate" and not brings and not actor.speaks_for(command.source.person_id):
        refuse(Reason.NOT_YOUR_WORDS)
    for person_id in command.visible_to:
        if require_member(board, person_id).role == "room_screen":
            refuse(Reason.NOT_FOUND)
    added = RestrictedAdded(
        text=command.text,
        reason=command.reason,
        source=command.source,
        visible_to=command.visible_to,
        **stamp(command, actor, now),
    )
    return [added]


def evolve_restricted(board: Board, event: RestrictedAdded) -> Board:
    return replace(board, restricted=Restricted({**board.restricted.by_id, event.id: event}))


class RestrictedSeen(TypedDict):
    id: str
    text: str
    reason: str
    source: SourceSeen
    visible_to: list[str]
    at: str


def see_own_restricted(board: Board, actor: Actor) -> dict[str, RestrictedSeen]:
    """What this person was named for or wrote; the chair sees everything."""
    return {
        f"mine/restricted/{each.id}": {
            "id": each.id,
            "text": each.text,
            "reason": each.reason,
            "source": see_source(board, each.source),
            "visible_to": list(each.visible_to),
            "at": each.at.isoformat(),
        }
        for each in board.restricted.by_id.values()
        if actor.role == "chair" or actor.person_id in (*each.visible_to, each.by)
    }


DECIDE = {AddRestricted: decide_restricted}
EVOLVE = {RestrictedAdded: evolve_restricted}
