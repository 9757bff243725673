"""The answer of the person an item is about: beside it, at equal size, untouched."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .changing import replace
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import FAMILY, Agrees, Command, Event, Id, Reply

if TYPE_CHECKING:
    from .state import Board


class RespondToItem(Command):
    type: Literal["respond_to_item"] = "respond_to_item"
    item_id: Id
    agrees: Agrees
    text: Reply
    for_person: Id | None = None


class ResponseGiven(Event):
    type: Literal["response_given"] = "response_given"
    item_id: Id
    person_id: Id
    agrees: Agrees
    text: str


def decide_response(board: Board, command: RespondToItem, actor: Actor, now: datetime) -> list[Event]:
    """A dispute is added beside the item and does not hide it."""
    item = board.items.by_id.get(command.item_id)
    if item is None or item.standing != "on_board":
        refuse(Reason.NOT_FOUND)
    if board.decisions.all_made(board):
        refuse(Reason.LOCKED)
    responder = responder_of(board, actor, command.for_person)
    given = ResponseGiven(
        item_id=item.id,
        person_id=responder,
        agrees=command.agrees,
        text=command.text,
        **stamp(command, actor, now),
    )
    return [given]


def responder_of(board: Board, actor: Actor, for_person: Id | None) -> Id:
    """A family member speaks for themselves; chair and scribe write down what a named one says."""
    if actor.is_family:
        if for_person not in (None, actor.person_id):
            refuse(Reason.NOT_YOUR_WORDS)
        return actor.person_id
    if for_person is None or require_member(board, for_person).role not in FAMILY:
        refuse(Reason.NOT_YOUR_WORDS)
    return for_person


def evolve_response(board: Board, event: ResponseGiven) -> Board:
    """The latest answer of each person stands; the earlier ones stay in the log."""
    item = board.items.by_id[event.item_id]
    others = tuple(response for response in item.responses if response.person_id != event.person_id)
    return replace(board, items=board.items.with_item(replace(item, responses=(*others, event))))


class ResponseSeen(TypedDict):
    person_id: str
    name: str
    agrees: Agrees
    text: str


def see_response(board: Board, response: ResponseGiven) -> ResponseSeen:
    return {
        "person_id": response.person_id,
        "name": board.people.named(response.person_id),
        "agrees": response.agrees,
        "text": response.text,
    }


DECIDE = {RespondToItem: decide_response}
EVOLVE = {ResponseGiven: evolve_response}
