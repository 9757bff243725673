"""A screen that wants to be a room's shows two plain words until a chair who sees the same two says yes."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.access.codes import spaced
from app.access.knocks import come_in, knock_of, show_screen
from app.access.sessions import hash_of
from app.board.people import actor_or_none
from app.languages.speaking import _

from .answers import NO_STORE, wrong_origin
from .chairing import chaired_room
from .house import TheHouse, address_of, conferences_of
from .messages import message_page
from .qr import qr_svg

MOST_BYTES = 1024
SCREEN = "kinboard_screen"

router = APIRouter(max_body_size=MOST_BYTES)


@router.get("/screen", response_class=HTMLResponse)
async def screen_page(request: Request, house: TheHouse) -> Response:
    page = {"assets": house.front_end.assets("screen")}
    return house.templates.TemplateResponse(request, "screen.html", page, headers=NO_STORE)


@router.post("/api/screen")
async def show(request: Request, house: TheHouse) -> Response:
    """New words for this screen, and a code for whoever is not near it."""
    if not house.is_own_page(request):
        return wrong_origin()
    shown = await show_screen(house.database, house.clock(), hash_of(address_of(request)))
    if shown is None:
        return JSONResponse({"code": "wait_a_while"}, status_code=429, headers=NO_STORE)
    secret, knock = shown
    address = f"{house.settings.base_url}/pair#{knock.code}"
    picture = qr_svg(address, _("For the chair to scan"))
    answer = JSONResponse({"words": knock.words, "code": spaced(knock.code), "qr": picture}, headers=NO_STORE)
    house.give_cookie(answer, SCREEN, secret)
    return answer


@router.post("/api/screen/in")
async def become_the_rooms(request: Request, house: TheHouse) -> Response:
    """Asked again and again by the screen; answers with a seat once the chair has said yes, and once only."""
    if not house.is_own_page(request):
        return wrong_origin()
    now, secret = house.clock(), house.cookie(request, SCREEN)
    knock = await knock_of(house.database, secret)
    if knock is None or knock.kind != "screen" or knock.state != "let_in":
        return JSONResponse({"state": "waiting"}, headers=NO_STORE)
    seated = await come_in(house.database, secret, now, house.session_ends(now))
    room = await house.rooms.room(seated[1].conference_id) if seated else None
    if seated is None or room is None or actor_or_none(room.board, seated[1].person_id) is None:
        return JSONResponse({"state": "waiting"}, headers=NO_STORE)
    token, seat = seated
    answer = JSONResponse({"conference": seat.conference_id}, headers=NO_STORE)
    house.drop_cookie(answer, SCREEN)
    house.give_seat(answer, seat, token)
    return answer


@router.get("/pair")
async def pair_page(request: Request, house: TheHouse) -> Response:
    """Where the picture on a screen leads: to the door of the conference that is chaired in this browser. What stands
    behind the `#` goes along.
    """
    for conference in conferences_of(request, house):
        if await chaired_room(request, conference, house):
            return RedirectResponse(f"/c/{conference}/door", status_code=303)
    return message_page(
        request,
        404,
        _("This is not open here"),
        _("Scan it with the device on which you chair the meeting, or open its door."),
    )
