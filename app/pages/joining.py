"""Joining: a page that says nothing about the meeting, and the one place where a link's secret is used."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.links import use_link

from .house import TheHouse, cookie_name

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


@router.post("/api/join")
async def join(request: Request, joining: Joining, house: TheHouse) -> Response:
    """Used, expired, revoked and never-issued secrets get the same answer."""
    if not house.is_own_page(request):
        return JSONResponse({"code": "wrong_origin"}, status_code=403)
    now = house.clock()
    ends = now + timedelta(hours=house.settings.session_hours)
    seated = await use_link(house.database, joining.secret, now, ends)
    room = await house.rooms.room(seated[1].conference_id) if seated else None
    member = room.board.people.members.get(seated[1].person_id) if seated and room else None
    if seated is None or member is None:
        return JSONResponse({"code": "link_not_usable"}, status_code=404)
    token, seat = seated
    answer = JSONResponse(Joined(conference=seat.conference_id, person=member.id, role=member.role).model_dump())
    answer.set_cookie(
        cookie_name(seat.conference_id),
        token,
        httponly=True,
        samesite="strict",
        secure=house.settings.base_url.startswith("https:"),
    )
    return answer
