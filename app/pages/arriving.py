"""Somebody comes in by their own door, and is at the meeting from then on: nobody has to mark them as well."""

from collections.abc import Iterable
from uuid import uuid4

from app.access.doors import BEFORE_THE_START, OPEN_FOR
from app.board.people import Arrive
from app.board.state import Board
from app.board.terms import Id
from app.realtime.room import Room

from .house import House


async def arrive(house: House, room: Room, people: Iterable[Id]) -> None:
    """Not whoever only prepares, days before. They are in whatever becomes of it; the chair can still mark them."""
    if not _is_near(room.board, house):
        return
    for person_id in people:
        member = room.board.people.members.get(person_id)
        if member and member.is_expected and not member.is_here:
            await room.act(Arrive(id=str(uuid4())), person_id)


def _is_near(board: Board, house: House) -> bool:
    if board.running.started_at:
        return True
    starts_at = board.conference.starts_at
    opens = starts_at - BEFORE_THE_START if starts_at else None
    return opens is not None and opens <= house.clock() < opens + OPEN_FOR
