"""A tablet that a family is lent: seated within two minutes, passed on from one to the next, handed back empty."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.links import issue_link
from app.access.sessions import pass_session, revoke_session
from app.board.sharing import MOST_SHARING, may_share_a_tablet
from app.board.terms import Id
from app.languages.speaking import _
from app.store.audit import seat as a_seat

from .answers import NO_STORE, not_found, wrong_origin
from .chairing import chaired_room
from .house import LANGUAGE, TheHouse, cookie_name
from .messages import message_page
from .qr import qr_svg

MOST_BYTES = 4096
EMPTY = NO_STORE | {"Clear-Site-Data": '"cache", "cookies", "storage"'}
TO_SCAN = timedelta(minutes=2)

router = APIRouter(max_body_size=MOST_BYTES)


class Lending(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    people: list[Id] = Field(min_length=1, max_length=MOST_SHARING)


class Passing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    conference: Id
    person_id: Id


class HandingBack(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    conference: Id


@router.post("/api/conferences/{conference}/tablets")
async def lend(request: Request, conference: str, lending: Lending, house: TheHouse) -> Response:
    """A picture to scan within two minutes. Refused where one of them may not see another's part."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    if chaired is None or chaired[0].board.conference.closed_at:
        return not_found()
    room, chair = chaired
    if not may_share_a_tablet(room.board, lending.people):
        return JSONResponse({"code": "not_together"}, status_code=409, headers=NO_STORE)
    now = house.clock()
    secret = await issue_link(
        house.database,
        room.id,
        lending.people[0],
        now,
        reusable=False,
        expires_at=now + TO_SCAN,
        purpose="tablet",
        sharing=lending.people,
    )
    for person_id in lending.people:
        await house.noted("seated_shared", a_seat(chair), room.id, person_id)
    link, until = f"{house.settings.base_url}/j#{secret}", (now + TO_SCAN).isoformat()
    return JSONResponse({"link": link, "qr": qr_svg(link, _("For the tablet")), "until": until}, headers=NO_STORE)


@router.post("/api/pass")
async def pass_on(request: Request, passing: Passing, house: TheHouse) -> Response:
    """From one of those who share it to another: a new session, and the old one with its sockets is over."""
    if not house.is_own_page(request):
        return wrong_origin()
    session = await house.session(request, passing.conference)
    room = await house.rooms.room(passing.conference) if session else None
    if session is None or room is None or passing.person_id not in session.seat.sharing:
        return not_found()
    if not may_share_a_tablet(room.board, session.seat.sharing):
        return not_found()
    passed = await pass_session(house.database, session, passing.person_id, house.clock())
    if passed is None:
        return not_found()
    token, seat = passed
    await house.noted("passed", a_seat(session.seat.person_id), seat.conference_id, seat.person_id)
    await house.watch.look()
    answer = JSONResponse({"conference": seat.conference_id, "person": seat.person_id}, headers=NO_STORE)
    house.give_seat(answer, seat, token)
    return answer


@router.post("/api/hand-back")
async def hand_back(request: Request, handing: HandingBack, house: TheHouse) -> Response:
    """The tablet has no seat any more, and is told to forget whatever it may have kept."""
    if not house.is_own_page(request):
        return wrong_origin()
    session = await house.session(request, handing.conference)
    if session is None or session.seat.device != "tablet":
        return not_found()
    await revoke_session(house.database, session.seat.conference_id, session.id, house.clock())
    await house.watch.look()
    await house.noted("handed_back", a_seat(session.seat.person_id), session.seat.conference_id)
    answer = JSONResponse({"done": True}, headers=EMPTY)
    house.drop_cookie(answer, cookie_name(session.seat.conference_id))
    house.drop_cookie(answer, LANGUAGE)
    return answer


@router.get("/handed-back", response_class=HTMLResponse)
async def handed_back(request: Request) -> Response:
    page = message_page(request, 200, _("Thank you"), _("This tablet shows nothing of the meeting any more."))
    page.headers.update(EMPTY)
    return page
