"""The chair's door: who waits and who is let in, the room code, the screens and tablets that have a seat."""

import json
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.codes import read_code, spaced
from app.access.doors import Door, door_of, open_door, opens_at, set_phone, shut_door
from app.access.knocks import Knock, let_in, not_today, screens_near, send_away, unsealed, wait_again, waiting_at
from app.access.links import Link, links_in
from app.access.sessions import Session, hash_of, revoke_session, sessions_in
from app.board.people import Admit, actor_or_none
from app.board.refusals import Refused
from app.board.seating import SeatPerson
from app.board.terms import FAMILY, Command, Id, Reply
from app.languages.speaking import _
from app.realtime.protocol import InvalidFrame, read_command
from app.realtime.room import Room
from app.realtime.turn import Saved
from app.store.audit import seat
from app.store.seal import Seal

from .answers import NO_STORE, invalid, not_found, refused, wrong_origin
from .chairing import chaired_room
from .house import House, TheHouse, address_of
from .messages import message_page
from .qr import qr_svg
from .setting_up import KINDS, ROLES

MOST_BYTES = 4096

router = APIRouter(max_body_size=MOST_BYTES)


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class LettingIn(Body):
    knock: Id
    person_id: Id


class Seating(Body):
    """A new seat, and before it a new service where theirs is not there yet: both as commands, but for their type."""

    knock: Id
    seat: dict[str, Any]
    agency: dict[str, Any] | None = None


class Turning(Body):
    knock: Id


class Phone(Body):
    phone: Reply = Field(max_length=40)


class Removing(Body):
    device: str = Field(pattern=r"^[0-9a-f]{64}$")


class Pairing(Body):
    knock: Id
    person_id: Id


@router.get("/c/{conference}/door", response_class=HTMLResponse)
async def door_page(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return message_page(
            request, 404, _("This is not open here"), _("Only the chair of a meeting answers its door.")
        )
    made_up = chaired[0].board.conference.meeting.practice
    page = {"conference": conference, "made_up": made_up, "assets": house.front_end.assets("door")}
    return house.templates.TemplateResponse(request, "door.html", page, headers=NO_STORE)


@router.get("/api/conferences/{conference}/door")
async def door(request: Request, conference: str, house: TheHouse, code: str = "") -> Response:
    """All that the chair's door shows; with `code`, also the screen that shows this code, wherever it stands."""
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return not_found()
    room, _ = chaired
    now, database = house.clock(), house.database
    at_door, seal = await waiting_at(database, room.id), await room.log.seal_of(room.id)
    links = {link.seat.person_id: link for link in await links_in(database, room.id, now) if link.purpose is None}
    sessions = await sessions_in(database, room.id, now)
    mine = await house.session(request, conference)
    screens = await screens_near(database, hash_of(address_of(request)), read_code(code), now)
    shown = {
        **_code_of(await door_of(database, room.id), house),
        "closed": room.board.conference.closed_at is not None,
        "waiting": [_knock(one, seal) for one in at_door],
        "people": [_person(room, id, links.get(id), sessions) for id in room.board.people.members],
        "agencies": [
            {"id": one.id, "name": one.name, "kind": one.kind} for one in room.board.conference.agencies.values()
        ],
        "children": [{"id": one.id, "name": one.name} for one in room.board.conference.children.values()],
        "roles": ROLES,
        "kinds": KINDS,
        "devices": [_device(room, one, mine) for one in sessions],
        "screens": [{"id": one.id, "words": one.words} for one in screens],
    }
    return JSONResponse(shown, headers=NO_STORE)


@router.get("/api/conferences/{conference}/waiting")
async def waiting(request: Request, conference: str, house: TheHouse) -> Response:
    """How many wait, for the quiet note on the chair's board."""
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return not_found()
    return JSONResponse({"waiting": len(await waiting_at(house.database, chaired[0].id))}, headers=NO_STORE)


@router.post("/api/conferences/{conference}/door/open")
async def open_it(request: Request, conference: str, house: TheHouse) -> Response:
    """From a quarter of an hour before the start; with a new code if it was shut."""
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    room, _ = chaired
    if room.board.conference.closed_at:
        return JSONResponse({"code": "not_possible"}, status_code=409)
    now = house.clock()
    made = await open_door(house.database, room.id, opens_at(room.board.conference.starts_at, now))
    return JSONResponse(_code_of(made, house), headers=NO_STORE)


@router.post("/api/conferences/{conference}/door/shut")
async def shut_it(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    await shut_door(house.database, chaired[0].id)
    await send_away(house.database, chaired[0].id, house.clock())
    await house.noted("door_shut", seat(chaired[1]), chaired[0].id)
    return _done()


@router.post("/api/conferences/{conference}/door/phone")
async def give_phone(request: Request, conference: str, given: Phone, house: TheHouse) -> Response:
    """Shown to whoever is told "Not today" or finds the door shut; never on the board."""
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    room, _ = chaired
    if await door_of(house.database, room.id) is None:
        await open_door(house.database, room.id, opens_at(room.board.conference.starts_at, house.clock()))
    await set_phone(house.database, room.id, given.phone.strip())
    return _done()


@router.post("/api/conferences/{conference}/door/let-in")
async def let_somebody_in(request: Request, conference: str, letting: LettingIn, house: TheHouse) -> Response:
    """Whoever waits gets this person's seat. It is the chair's act on the board first, so the rules have the say."""
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    room, chair = chaired
    member = room.board.people.members.get(letting.person_id)
    if member is None or member.role in ("chair", "room_screen") or room.board.conference.closed_at:
        return not_found()
    if not await let_in(house.database, room.id, letting.knock, letting.person_id, house.clock()):
        return _gone()
    no = await _act(room, chair, Admit(id=str(uuid4()), person_id=letting.person_id))
    if no:
        await wait_again(house.database, room.id, letting.knock)
        return not_found() if no.status_code == 409 else no
    return _done()


@router.post("/api/conferences/{conference}/door/seat")
async def seat_somebody_new(request: Request, conference: str, seating: Seating, house: TheHouse) -> Response:
    """Whoever waits and is on no list gets a seat of their own, and it is theirs at once. Sent again with the same ids
    it is the same seat.
    """
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    room, chair = chaired
    if room.board.conference.closed_at:
        return not_found()
    try:
        agency = [_command("add_agency", seating.agency)] if seating.agency else []
        seat_person = _command("seat_person", seating.seat)
    except InvalidFrame as wrong:
        return invalid(wrong.field)
    if not isinstance(seat_person, SeatPerson) or seat_person.role not in ROLES:
        return invalid("role")
    if not any(one.id == seating.knock for one in await waiting_at(house.database, room.id)):
        return _gone()
    for command in (*agency, seat_person):
        if no := await _act(room, chair, command):
            return no
    if not await let_in(house.database, room.id, seating.knock, seat_person.id, house.clock()):
        return _gone()
    return _done()


@router.post("/api/conferences/{conference}/door/not-today")
async def turn_away(request: Request, conference: str, turning: Turning, house: TheHouse) -> Response:
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    if not await not_today(house.database, chaired[0].id, turning.knock, house.clock()):
        return _gone()
    await house.noted("lobby_refused", seat(chaired[1]), chaired[0].id, turning.knock)
    return _done()


@router.post("/api/conferences/{conference}/door/pair")
async def pair(request: Request, conference: str, pairing: Pairing, house: TheHouse) -> Response:
    """The screen with the words that the chair has just compared becomes the room's."""
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    room, chair = chaired
    actor = actor_or_none(room.board, pairing.person_id)
    if actor is None or actor.role != "room_screen":
        return not_found()
    if not await let_in(house.database, room.id, pairing.knock, pairing.person_id, house.clock()):
        return _gone()
    await house.noted("room_screen_paired", seat(chair), room.id, pairing.person_id)
    return _done()


@router.post("/api/conferences/{conference}/door/remove-device")
async def remove_device(request: Request, conference: str, removing: Removing, house: TheHouse) -> Response:
    """This one device is out at once; its person keeps the seat on every other."""
    chaired = await _acting(request, conference, house)
    if isinstance(chaired, Response):
        return chaired
    if not await revoke_session(house.database, chaired[0].id, bytes.fromhex(removing.device), house.clock()):
        return _gone()
    await house.watch.look()
    await house.noted("session_ended", seat(chaired[1]), chaired[0].id, removing.device)
    return _done()


@router.get("/api/conferences/{conference}/code")
async def code(request: Request, conference: str, house: TheHouse) -> Response:
    """What the room's screen shows at the welcome: the address and the code, as a picture too."""
    theirs = await house.seat(request, conference)
    room = await house.rooms.room(conference) if theirs else None
    actor = actor_or_none(room.board, theirs.person_id) if theirs and room else None
    if room is None or actor is None or actor.role not in ("chair", "room_screen"):
        return not_found()
    found = await door_of(house.database, room.id)
    shown = found if found and found.is_open(house.clock()) and room.board.running.screens == "none" else None
    return JSONResponse(_code_of(shown, house), headers=NO_STORE)


async def _acting(request: Request, conference: str, house: House) -> tuple[Room, Id] | Response:
    if not house.is_own_page(request):
        return wrong_origin()
    return await chaired_room(request, conference, house) or not_found()


def _command(type: str, said: dict[str, Any]) -> Command:
    return read_command(json.dumps({**said, "type": type}))


async def _act(room: Room, chair: Id, command: Command) -> Response | None:
    """None once it is saved."""
    answer = await room.act(command, chair)
    if isinstance(answer, Saved):
        return None
    return refused(answer) if isinstance(answer, Refused) else JSONResponse({"code": "not_saved"}, status_code=503)


def _code_of(door: Door | None, house: House) -> dict[str, Any]:
    now = house.clock()
    if door is None or not door.code:
        return {
            "code": "",
            "address": "",
            "qr": "",
            "open": False,
            "opens_at": None,
            "phone": door.phone if door else "",
        }
    address = f"{house.settings.base_url}/in"
    return {
        "code": spaced(door.code),
        "address": address.partition("://")[2],
        "qr": qr_svg(f"{address}#{door.code}", _("Scan this to come in")),
        "open": door.is_open(now),
        "opens_at": door.opens_at.isoformat(),
        "phone": door.phone,
    }


def _knock(one: Knock, seal: Seal) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": unsealed(seal, one.name),
        "why": one.why,
        "said": unsealed(seal, one.said),
        "again_of": one.again_of,
        "asked_at": one.asked_at.isoformat(),
    }


def _person(room: Room, id: Id, link: Link | None, sessions: list[Session]) -> dict[str, Any]:
    seats = [one.seat for one in sessions if id in (one.seat.sharing or (one.seat.person_id,))]
    member = room.board.people.members[id]
    agency = room.board.conference.agencies.get(member.agency_id or "")
    return {
        "id": id,
        "name": member.name,
        "role": member.role,
        "part": member.relationship or (agency.name if agency and agency.kind != "family" else ""),
        "family": member.role in FAMILY,
        "admitted": member.admitted,
        "present": id in room.presence.people,
        "device": (seats[-1].device or "own") if seats else None,
        "link": link.standing if link else None,
        "until": link.expires_at.isoformat() if link else None,
    }


def _device(room: Room, session: Session, mine: Session | None) -> dict[str, Any]:
    place, people = session.seat, room.board.people
    return {
        "id": session.id.hex(),
        "name": people.named(place.person_id),
        "device": place.device,
        "sharing": [people.named(id) for id in place.sharing],
        "since": session.began_at.isoformat(),
        "connected": any(one.session.id == session.id for one in room.presence.of(place.person_id)),
        "mine": mine is not None and mine.id == session.id,
    }


def _done() -> Response:
    return JSONResponse({"done": True}, headers=NO_STORE)


def _gone() -> Response:
    return JSONResponse({"code": "gone"}, status_code=409)
