"""Joining: a page that says who is invited and when, and the one place where a link's secret is used."""

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.links import Link, look_at_link, use_link
from app.board.people import actor_or_none
from app.board.state import Board
from app.languages.dates import long_day
from app.store.audit import seat as a_seat

from .answers import NO_STORE, wrong_origin
from .arriving import arrive
from .house import TheHouse, address_of

MOST_BYTES = 4096  # a secret is short, and whoever knocks is a stranger

router = APIRouter(max_body_size=MOST_BYTES)


class Joining(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    secret: str = Field(max_length=200)


class Joined(BaseModel):
    conference: str
    person: str
    role: str


@router.get("/j", response_class=HTMLResponse)
async def join_page(request: Request, house: TheHouse) -> Response:
    """The secret stands behind the `#` of the address, which browsers do not send."""
    return house.templates.TemplateResponse(request, "join.html", {"assets": house.front_end.assets("join")})


@router.post("/api/invitation")
async def invitation(request: Request, joining: Joining, house: TheHouse) -> Response:
    """Who is invited, and when: no word of what it is about. Looking uses nothing up."""
    if not house.is_own_page(request):
        return wrong_origin()
    link = await look_at_link(house.database, joining.secret, house.clock())
    room = await house.rooms.room(link.seat.conference_id) if link else None
    if link is None or link.purpose == "late" or room is None or actor_or_none(room.board, link.seat.person_id) is None:
        return _not_usable()
    return JSONResponse(_said_of(link, room.board), headers=NO_STORE)


@router.post("/api/join")
async def join(request: Request, joining: Joining, house: TheHouse) -> Response:
    """Used, expired, revoked, too early and never-issued secrets get the same answer."""
    if not house.is_own_page(request):
        return wrong_origin()
    now = house.clock()
    seated = await use_link(house.database, joining.secret, now, house.session_ends(now))
    room = await house.rooms.room(seated[1].conference_id) if seated else None
    actor = actor_or_none(room.board, seated[1].person_id) if seated and room else None
    if seated is None or room is None or actor is None:
        return _not_usable()
    token, seat = seated
    await house.noted("joined", a_seat(seat.person_id), seat.conference_id, device=seat.device or "own")
    house.guessing.invitation_used(address_of(request), now)
    await arrive(house, room, seat.sharing or [seat.person_id])
    joined = Joined(conference=seat.conference_id, person=seat.person_id, role=actor.role)
    answer = JSONResponse(joined.model_dump())
    house.give_seat(answer, seat, token)
    return answer


def _said_of(link: Link, board: Board) -> dict[str, str | bool | None]:
    meeting = board.conference
    zone = ZoneInfo(meeting.settings.time_zone)
    starts = meeting.starts_at.astimezone(zone) if meeting.starts_at else None
    return {
        "name": board.people.named(link.seat.person_id),
        "day": long_day(meeting.held_on),
        "time": f"{starts:%H:%M}" if starts else None,
        "from": f"{link.opens_at.astimezone(zone):%H:%M}" if link.opens_at else None,
        "practice": meeting.meeting.practice,
    }


def _not_usable() -> Response:
    return JSONResponse({"code": "link_not_usable"}, status_code=404)
