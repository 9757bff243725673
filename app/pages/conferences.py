"""Home: a chair's or the office's own conferences, today first; how ready each is; and the way into its room."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from app.access.accounts import Account, StaffRole
from app.access.assignments import assigned_to, seat_assigned, take_seat
from app.board.people import actor_of
from app.board.refusals import Refused
from app.languages.speaking import _
from app.realtime.room import Room
from app.store.practising import practices

from .accounts import ROLE_WORDS
from .answers import NO_STORE
from .arriving import arrive
from .house import House, TheHouse, address_of, cookie_name
from .messages import message_page
from .readiness import Day, Listed, days_of, listed, readiness
from .staff import nothing_here, signed_in_as

MOST_LISTED = 60
OWN_PAGE: dict[StaffRole, str] = {"administrator": "/people", "information_governance": "/audit"}  # and no conference

router = APIRouter(max_body_size=4096)


@router.get("/home", response_class=HTMLResponse)
async def home_page(request: Request, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair", "office", "administrator", "information_governance")
    if isinstance(account, Response):
        return account
    if account.role in OWN_PAGE:
        return RedirectResponse(OWN_PAGE[account.role], status_code=303)
    page = await around(house, account)
    days: list[Day] = page["days"]
    if days and days[0].is_today:
        return await conference_page(request, days[0].listed[0].id, house)
    return house.templates.TemplateResponse(request, "your_conferences.html", page, headers=NO_STORE)


async def conferences_of(house: House, account: Account) -> tuple[list[Day], list[Listed]]:
    """By their days; and apart from them, what is only for practising."""
    found: list[Listed] = []
    for each in await assigned_to(house.database, account.id, MOST_LISTED):
        room = await house.rooms.room(each.seat.conference_id)
        if room is not None and (one := listed(room, each.seat.person_id, house.clock())):
            found.append(one)
    practice = [one for one in found if one.practice]
    return days_of(one for one in found if not one.practice), practice


@router.get("/home/{conference}", response_class=HTMLResponse)
async def conference_page(request: Request, conference: str, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    found = await room_of(house, account, conference)
    if found is None:
        return nothing_here(request)
    room, person_id = found
    ready = readiness(room, person_id)
    if ready is None:
        return message_page(request, 200, _("The screens rest"), _("Reload this page when the meeting goes on."))
    page = {**await around(house, account), "conference": conference, "ready": ready}
    if room.board.conference.meeting.practice:
        ends = (one.ends_at.date() for one in await practices(house.log) if one.conference_id == conference)
        page |= {"ends_on": next(ends, None), "chair": room.board.people.named(person_id)}
        return house.templates.TemplateResponse(request, "practice.html", page, headers=NO_STORE)
    return house.templates.TemplateResponse(request, "readiness.html", page, headers=NO_STORE)


async def around(house: House, account: Account) -> dict[str, Any]:
    """What stands on every page of the office: whose it is, and the list of theirs."""
    days, practice = await conferences_of(house, account)
    return {
        "account": account,
        "role": _(ROLE_WORDS[account.role]),
        "days": days,
        "practice": practice,
        "assets": house.front_end.assets("office"),
    }


async def room_of(house: House, account: Account, conference: str) -> tuple[Room, str] | None:
    """The room of a conference that this person was assigned to, and whose seat is theirs."""
    seat = await seat_assigned(house.database, account.id, conference)
    room = await house.rooms.room(conference) if seat else None
    if seat is None or room is None:
        return None
    try:
        actor_of(room.board, seat.person_id)
    except Refused:
        return None
    return room, seat.person_id


@router.post("/home/{conference}/open")
async def open_room(
    request: Request, conference: str, house: TheHouse, at: Literal["board", "door"] = "board"
) -> Response:
    """Signing in becomes a seat: a session of its own, which ends by itself and with the account."""
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    signed_in, now = await house.staff(request), house.clock()
    found = await room_of(house, account, conference) if signed_in else None
    token = None
    if found and signed_in:
        ends = house.session_ends(now)
        token = await take_seat(house.database, account.id, conference, now, ends, signed_in.confirmed_at)
    if found is None or token is None:
        return nothing_here(request)
    await arrive(house, found[0], [found[1]])
    house.guessing.invitation_used(address_of(request), now)
    answer = JSONResponse({"to": f"/c/{conference}{'/door' if at == 'door' else ''}"}, headers=NO_STORE)
    house.give_cookie(answer, cookie_name(conference), token)
    return answer
