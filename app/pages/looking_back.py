"""The chair looks back: the meeting's time line, and the page on which to move along it."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from app.languages.speaking import _
from app.realtime.looking_back import moments_of

from .answers import NO_STORE, not_found
from .chairing import chaired_room
from .house import TheHouse
from .messages import message_page

router = APIRouter()


@router.get("/c/{conference}/back", response_class=HTMLResponse)
async def back_page(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return message_page(
            request, 404, _("This is not open here"), _("Only the chair of a meeting can look back at it.")
        )
    room, chair = chaired
    page = {"conference": conference, "person": chair, "made_up": room.board.conference.meeting.practice}
    page |= {"assets": house.front_end.assets("back")}
    return house.templates.TemplateResponse(request, "back.html", page, headers=NO_STORE)


@router.get("/api/conferences/{conference}/moments")
async def moments(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return not_found()
    room, _ = chaired
    return JSONResponse({"moments": await moments_of(room.log, room.id)}, headers=NO_STORE)
