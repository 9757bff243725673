"""The live board: its page, on the surface that suits the seat, and its socket."""

import re
from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Query, Request, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app.access.device_keys import device_key_of
from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.sharing import is_still_shared
from app.languages.speaking import _
from app.realtime.connection import CLOSED_NOT_ADMITTED, Connection
from app.realtime.looking_back import view_after
from app.realtime.plain import Plain
from app.realtime.room import CLOSED_DAMAGED
from app.realtime.wire import wire_of
from app.store.log import BrokenLog

from .answers import NO_STORE, not_found, sentence_of
from .chairing import chaired_room
from .house import House, TheHouse, house_of
from .messages import message_page

router = APIRouter()

NEWER_VERSION = 4001

SURFACES = {
    "chair": "chair",
    "scribe": "chair",
    "parent": "family",
    "child": "family",
    "family_network": "family",
    "advocate": "family",
    "supporter": "family",
    "interpreter": "family",
    "room_screen": "room",
}
KEEPS_ON_DEVICE = ("chair", "professional")  # a laptop of one's own; others use the tablet and the room's screen


@router.get("/c/{conference}", response_class=HTMLResponse)
async def board_page(request: Request, conference: str, house: TheHouse) -> Response:
    return await _page(request, conference, house)


@router.get("/c/{conference}/houses", response_class=HTMLResponse)
async def houses_page(request: Request, conference: str, house: TheHouse) -> Response:
    """A child's own view, on a page of its own: nothing of it is kept on any device."""
    return await _page(request, conference, house, houses=True)


async def _page(request: Request, conference: str, house: House, *, houses: bool = False) -> Response:
    seat = await house.seat(request, conference)
    room = await house.rooms.room(conference) if seat else None
    if seat is None or room is None:
        return message_page(
            request,
            404,
            _("This board is not open here"),
            _("Open the joining link that you were given, in this browser."),
        )
    try:
        actor = actor_of(room.board, seat.person_id)
    except Refused as no:
        return message_page(request, 403, _("You are not in this meeting"), sentence_of(no))
    if not is_still_shared(room.board, seat.sharing):
        return message_page(request, 403, _("This tablet shows nothing now"), _("Please give it back to the chair."))
    surface = SURFACES.get(actor.role, "professional")
    keeps = surface in KEEPS_ON_DEVICE and not seat.device and not houses
    key = await device_key_of(house.database, seat) if keeps else None
    assets = house.front_end.assets("houses" if houses else surface)
    tour = None
    if actor.role == "chair" and room.board.conference.meeting.practice and not houses:
        tour = house.front_end.assets("tour")
        assets["styles"] += tour["styles"]
    page = {
        "first_frames": room.glance(seat.person_id, seat.sharing),
        "sharing": {id: room.board.people.named(id) for id in seat.sharing} if seat.device == "tablet" else None,
        "surface": surface,
        "conference": conference,
        "person": seat.person_id,
        "key": b64encode(key).decode() if key else None,
        "build": house.front_end.build,
        "assets": assets,
        "tour": tour,
    }
    return house.templates.TemplateResponse(request, "conference.html", page, headers=NO_STORE)


@router.get("/seen/{surface}", response_class=HTMLResponse)
async def seen_page(request: Request, surface: str, house: TheHouse) -> Response:
    """A surface without a meeting: the chair's page frames it, and tells it what another screen shows or showed."""
    if surface not in ("chair", "family", "professional", "room"):
        return not_found()
    page = {"assets": house.front_end.assets(surface)}
    return house.templates.TemplateResponse(request, "conference.html", page, headers=NO_STORE)


@router.get("/api/conferences/{conference}/seen-by/{person}")
async def seen_by(
    request: Request,
    conference: str,
    person: str,
    house: TheHouse,
    at: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """What that person's or the room's screen shows, for the chair alone, and without what is only theirs.

    With `at`, what it showed after that act of the time line.
    """
    chaired = await chaired_room(request, conference, house)
    try:
        if chaired:
            room, _ = chaired
            frame = room.glance(person)[0] if at is None else await view_after(room.log, room.id, at, person)
            return JSONResponse(frame, headers=NO_STORE)
    except Refused:
        pass  # somebody who is not here is answered like somebody who does not exist
    return not_found()


LIVE = re.compile(r"/api/conferences/([^/]+)/live")


async def open_board(scope: Scope, receive: Receive, send: Send) -> None:
    """A board's socket, past the framework: that would take longer than letting somebody in, and thousands may come
    back at once.
    """
    board = LIVE.fullmatch(scope["path"])
    if board:
        websocket = WebSocket(scope, receive, send)
        await live(websocket, board[1], house_of(websocket))


async def live(websocket: WebSocket, conference: str, house: House) -> None:
    """Person and origin are checked before the socket is accepted; anything else is refused."""
    if house.watch.is_cut_off:
        await websocket.close()
        return
    session = await house.session(websocket, conference) if house.is_own_page(websocket) else None
    try:
        room = await house.rooms.room(conference) if session else None
    except BrokenLog:
        await websocket.accept()
        await websocket.close(CLOSED_DAMAGED)
        return
    if session is None or room is None:
        await websocket.close()
        return
    try:
        await websocket.accept()
    except OSError:  # whoever asked did not wait: when everybody comes back at once, some do not
        return
    asked = websocket.query_params
    if asked.get("build", house.front_end.build) != house.front_end.build:
        await websocket.close(NEWER_VERSION)
        return
    try:
        actor_of(room.board, session.seat.person_id)
    except Refused:
        await websocket.close(CLOSED_NOT_ADMITTED)
        return
    known = known_version(asked.get("version", ""))
    wire = wire_of(websocket)
    if wire is None:
        plain = Plain(websocket)
        await plain.serve(Connection(plain, room, session, asked.get("epoch"), known))
        return
    connection = Connection(wire, room, session, asked.get("epoch"), known)
    connection.begin()
    wire.take_over(connection)


def known_version(text: str) -> int | None:
    """What a screen says that it has; anything else than a number is as good as nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
