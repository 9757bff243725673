"""A formal disagreement that comes in after the meeting: one link, one page, one command."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.links import Link, issue_link, look_at_link, use_up_link
from app.board.decision import RecordDissent
from app.board.people import actor_or_none
from app.board.policy import POLICY
from app.board.refusals import Refused
from app.board.terms import Id, Why
from app.languages.speaking import _
from app.realtime.room import Room
from app.realtime.turn import Saved
from app.store.audit import seat

from .answers import NO_STORE, not_found, wrong_origin
from .chairing import chaired_room
from .house import House, TheHouse
from .qr import qr_svg

MOST_BYTES = 4096

router = APIRouter(max_body_size=MOST_BYTES)


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Asking(Body):
    person_id: Id


class Looking(Body):
    secret: str = Field(max_length=200)


class Disagreeing(Looking):
    child_id: Id
    why: Why


@router.post("/api/conferences/{conference}/late-links")
async def issue_late_link(request: Request, conference: str, asking: Asking, house: TheHouse) -> Response:
    """For the chair, once the meeting is closed and while its area still takes a disagreement."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    room = chaired[0] if chaired else None
    meeting = room.board.conference if room else None
    actor = actor_or_none(room.board, asking.person_id) if room else None
    if chaired is None or room is None or meeting is None or meeting.closed_at is None or actor is None:
        return not_found()
    now, until = house.clock(), meeting.closed_at + timedelta(hours=meeting.settings.dissent_hours)
    if actor.role not in POLICY["record_dissent"].roles or until <= now:
        return not_found()
    secret = await issue_link(
        house.database, room.id, asking.person_id, now, reusable=False, expires_at=until, purpose="late"
    )
    await house.noted("link_issued", seat(chaired[1]), room.id, asking.person_id, purpose="late")
    link = f"{house.settings.base_url}/late#{secret}"
    made = {"person_id": asking.person_id, "link": link, "qr": qr_svg(link, _("To disagree formally"))}
    return JSONResponse(made | {"name": room.board.people.named(asking.person_id)}, headers=NO_STORE)


@router.get("/late", response_class=HTMLResponse)
async def late_page(request: Request, house: TheHouse) -> Response:
    return house.templates.TemplateResponse(request, "late.html", {"assets": house.front_end.assets("late")})


@router.post("/api/late/look")
async def look(request: Request, looking: Looking, house: TheHouse) -> Response:
    """Whose link it is, and about which children one can disagree."""
    if not house.is_own_page(request):
        return wrong_origin()
    found = await _link_in(house, looking.secret)
    if found is None:
        return _not_usable()
    link, room = found
    decided = [child for child in room.board.conference.children.values() if child.id in room.board.decisions.by_child]
    children = [{"id": child.id, "name": child.name} for child in decided]
    name = room.board.people.named(link.seat.person_id)
    practice = room.board.conference.meeting.practice
    return JSONResponse({"name": name, "children": children, "practice": practice}, headers=NO_STORE)


@router.post("/api/late")
async def disagree(request: Request, disagreeing: Disagreeing, house: TheHouse) -> Response:
    """The command takes the link's id, so that of many at once the log keeps one."""
    if not house.is_own_page(request):
        return wrong_origin()
    found = await _link_in(house, disagreeing.secret)
    if found is None:
        return _not_usable()
    link, room = found
    command = RecordDissent(id=link.id, child_id=disagreeing.child_id, why=disagreeing.why)
    answer = await room.act(command, link.seat.person_id)
    if isinstance(answer, Saved):
        await use_up_link(house.database, link.id, house.clock())
        return JSONResponse({"done": True}, headers=NO_STORE)
    if isinstance(answer, Refused):
        return _not_usable()
    return JSONResponse({"code": "not_saved"}, status_code=503)


async def _link_in(house: House, secret: str) -> tuple[Link, Room] | None:
    link = await look_at_link(house.database, secret, house.clock())
    room = await house.rooms.room(link.seat.conference_id) if link and link.purpose == "late" else None
    return (link, room) if link and room else None


def _not_usable() -> Response:
    return JSONResponse({"code": "link_not_usable"}, status_code=404)
