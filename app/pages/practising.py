"""A chair practises: a conference of her own in which everybody is made up, by one press, and gone by another."""

from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.access.assignments import assign
from app.access.sessions import Seat
from app.board.refusals import Refused
from app.languages.speaking import _
from app.realtime.turn import Saved
from app.script.importer import import_steps
from app.script.practice import chairs_seat, next_number, practice_steps
from app.store.audit import staff
from app.store.practising import note_practice, practices, throw_away

from .answers import NO_STORE, not_found, refused, wrong_origin
from .chairing import chaired_room
from .conferences import room_of
from .house import TheHouse
from .staff import nothing_here, signed_in_as

router = APIRouter(max_body_size=4096)


@router.post("/home/practise")
async def practise(request: Request, house: TheHouse) -> Response:
    """Whoever has one already goes on with it."""
    account = await signed_in_as(request, house, "chair")
    if isinstance(account, Response):
        return account
    log, now = house.log, house.clock()
    for one in await practices(log):
        if one.account_id == account.id and await room_of(house, account, one.conference_id):
            return JSONResponse({"to": f"/home/{one.conference_id}"}, headers=NO_STORE)
    conference_id = str(uuid4())
    await note_practice(log, conference_id, account.id, now)
    await import_steps(log, conference_id, practice_steps(conference_id, _("Practice with Tansy and Robin"), now))
    await assign(house.database, account.id, Seat(conference_id, chairs_seat(conference_id)))
    return JSONResponse({"to": f"/home/{conference_id}"}, headers=NO_STORE)


@router.post("/home/{conference}/throw-away")
async def throw_it_away(request: Request, conference: str, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair")
    if isinstance(account, Response):
        return account
    mine = [one for one in await practices(house.log) if one.account_id == account.id]
    if conference not in {one.conference_id for one in mine}:
        return nothing_here(request)
    await throw_away(house.log, conference, staff(account.id), house.clock())
    await house.rooms.forget(conference)
    return JSONResponse({"to": "/home"}, headers=NO_STORE)


@router.post("/api/conferences/{conference}/practice/number")
async def next_number_in(request: Request, conference: str, house: TheHouse) -> Response:
    """One of those who are made up puts in their number, because the chair asks for it."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    if chaired is None or not chaired[0].board.conference.meeting.practice:
        return not_found()
    room, _chair = chaired
    found = next_number(room.board, room.id)
    if found is None:
        return JSONResponse({"more": False}, headers=NO_STORE)
    answer = await room.act(found[1], found[0])
    if isinstance(answer, Refused):
        return refused(answer)
    if not isinstance(answer, Saved):
        return JSONResponse({"code": "not_saved"}, status_code=503)
    return JSONResponse({"more": next_number(room.board, room.id) is not None}, headers=NO_STORE)
