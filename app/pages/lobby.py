"""The lobby: whoever has the room code, or an invitation that was used already, waits here until the chair answers.

It is a state of the server and nothing of the board: no title or count of the meeting reaches it, and no name but
that of the chair, for whoever had the code: it is she who answers.
"""

from secrets import token_bytes
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.codes import read_code
from app.access.doors import door_by_code, door_of
from app.access.knocks import Knock, ask_to_come_in, come_in, knock_of, say, sealed
from app.access.links import used_before
from app.access.sessions import hash_of, new_secret
from app.board.people import actor_or_none
from app.board.terms import Label, Line
from app.realtime.room import Room
from app.store.seal import Seal

from .answers import NO_STORE, wrong_origin
from .arriving import arrive
from .house import House, TheHouse, address_of

MOST_BYTES = 4096
LOBBY = "kinboard_lobby"
BROWSER = "kinboard_browser"

router = APIRouter(max_body_size=MOST_BYTES)


class Asking(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    code: str = Field(default="", max_length=200)
    secret: str = Field(default="", max_length=200)
    name: Label
    why: Literal["family", "work"]


class Saying(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    words: Line


@router.get("/in", response_class=HTMLResponse)
async def come_in_page(request: Request, house: TheHouse) -> Response:
    """Asks for the code, or shows that one waits. A code that was scanned stands behind the `#`."""
    page = {"waits": bool(house.cookie(request, LOBBY)), "assets": house.front_end.assets("lobby")}
    answer = house.templates.TemplateResponse(request, "lobby.html", page, headers=NO_STORE)
    if not house.cookie(request, BROWSER):
        house.give_cookie(answer, BROWSER, new_secret())
    return answer


@router.post("/api/lobby")
async def ask(request: Request, asking: Asking, house: TheHouse) -> Response:
    """A wrong code, one that is too early and one whose door is shut get the same answer. A secret is never wrong: one
    that means nothing waits where nobody answers.
    """
    if not house.is_own_page(request):
        return wrong_origin()
    now = house.clock()
    guess = house.guessing.begin(house.cookie(request, BROWSER)[:64], address_of(request), now)
    if guess is None:
        return JSONResponse({"code": "wait_a_while"}, status_code=429, headers=NO_STORE)
    conference_id, again_of = None, None
    if asking.secret:
        link = await used_before(house.database, asking.secret, now)
        door = await door_of(house.database, link.seat.conference_id if link else "")
        if link and door and door.is_open(now):
            conference_id, again_of = link.seat.conference_id, link.seat.person_id
    elif door := await door_by_code(house.database, read_code(asking.code), now):
        conference_id = door.conference_id
    else:
        return JSONResponse({"code": "code_not_usable"}, status_code=404, headers=NO_STORE)
    if conference_id:
        house.guessing.was_right(guess)
    name = sealed(await _seal_for(house, conference_id), asking.name)
    address = address_of(request)
    waits = await ask_to_come_in(
        house.database,
        conference_id,
        now,
        name=name,
        why=asking.why,
        again_of=again_of,
        before=house.cookie(request, LOBBY),
        near=None if house.guessing.knows(address, now) else hash_of(address),
    )
    if waits is None:
        return JSONResponse({"code": "wait_a_while"}, status_code=429, headers=NO_STORE)
    answer = JSONResponse({"state": "waiting"}, headers=NO_STORE)
    house.give_cookie(answer, LOBBY, waits)
    return answer


@router.get("/api/lobby")
async def lobby(request: Request, house: TheHouse) -> Response:
    """How it stands with whoever waits in this browser; a secret that nobody knows waits as well."""
    knock = await knock_of(house.database, house.cookie(request, LOBBY))
    return JSONResponse(await _stands(house, knock), headers=NO_STORE)


@router.post("/api/lobby/words")
async def say_first(request: Request, saying: Saying, house: TheHouse) -> Response:
    """What the chair should know before; for her alone, and gone when she has answered."""
    if not house.is_own_page(request):
        return wrong_origin()
    secret = house.cookie(request, LOBBY)
    knock = await knock_of(house.database, secret)
    if knock and knock.conference_id:
        await say(house.database, secret, sealed(await _seal_for(house, knock.conference_id), saying.words))
    return JSONResponse({"state": "waiting"}, headers=NO_STORE)


@router.post("/api/lobby/in")
async def enter(request: Request, house: TheHouse) -> Response:
    """Whoever was let in comes in: another secret, and the one of the lobby is good for nothing any more."""
    if not house.is_own_page(request):
        return wrong_origin()
    now, secret = house.clock(), house.cookie(request, LOBBY)
    room = await _room_with_seat(house, await knock_of(house.database, secret))
    seated = await come_in(house.database, secret, now, house.session_ends(now)) if room else None
    if seated is None or room is None:
        return JSONResponse({"code": "not_found"}, status_code=404, headers=NO_STORE)
    token, seat = seated
    await arrive(house, room, [seat.person_id])
    answer = JSONResponse({"conference": seat.conference_id}, headers=NO_STORE)
    house.drop_cookie(answer, LOBBY)
    house.give_seat(answer, seat, token)
    return answer


async def _room_with_seat(house: House, knock: Knock | None) -> Room | None:
    """The room in which whoever knocked has a seat by now; what the chair answered may not have reached it yet."""
    if knock is None or knock.conference_id is None or knock.person_id is None:
        return None
    room = await house.rooms.room(knock.conference_id)
    return room if room and actor_or_none(room.board, knock.person_id) else None


async def _seal_for(house: House, conference_id: str | None) -> Seal:
    """The conference's; for whoever waits where nobody answers one that nobody has, which takes as long."""
    room = await house.rooms.room(conference_id) if conference_id else None
    return await room.log.seal_of(room.id) if room else Seal("", token_bytes(32))


async def _stands(house: House, knock: Knock | None) -> dict[str, str]:
    if knock is None or knock.kind != "lobby" or knock.conference_id is None:
        return {"state": "waiting"}
    door = await door_of(house.database, knock.conference_id)
    if knock.state == "not_today":
        return {"state": "not_today", "phone": door.phone if door else ""}
    if knock.state in ("waiting", "ended") and not (door and door.is_open(house.clock())):
        return {"state": "shut", "phone": door.phone if door else ""}
    if knock.state == "waiting" and knock.again_of is None:
        room = await house.rooms.room(knock.conference_id)
        return {"state": "waiting", "chair": room.board.people.named(room.board.people.chair or "") if room else ""}
    return {"state": knock.state}
