"""What only the chair may ask for: anybody else is answered as if it were not there."""

from fastapi import Request

from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.terms import Id
from app.realtime.room import Room

from .house import House


async def chaired_room(request: Request, conference: str, house: House) -> tuple[Room, Id] | None:
    """The room of this conference and who asks, if that is its chair."""
    seat = await house.seat(request, conference)
    room = await house.rooms.room(conference) if seat else None
    try:
        if seat and room and actor_of(room.board, seat.person_id).role == "chair":
            return room, seat.person_id
    except Refused:
        pass
    return None
