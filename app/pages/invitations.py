"""The chair's invitations: a new link for somebody, the sheet for the door, and taking one back."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.doors import opens_at
from app.access.links import issue_link, revoke_links
from app.board.people import Member, actor_or_none
from app.board.terms import SERVICES, Id
from app.languages.speaking import _
from app.realtime.room import Room
from app.store.audit import seat

from .answers import NO_STORE, not_found, wrong_origin
from .chairing import chaired_room
from .house import House, TheHouse
from .qr import qr_svg

MOST_BYTES = 16 * 1024
AT_ONCE = frozenset({"chair", "scribe", "room_screen"}) | SERVICES  # who prepare; everybody else comes to the meeting

router = APIRouter(max_body_size=MOST_BYTES)


class Inviting(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    people: list[Id] = Field(min_length=1, max_length=100)


class TakingBack(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    person_id: Id


@router.post("/api/conferences/{conference}/invitations")
async def invite(request: Request, conference: str, inviting: Inviting, house: TheHouse) -> Response:
    """A new link for each, as text and as a picture to scan; the one they had before works no longer."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    if chaired is None or chaired[0].board.conference.closed_at:
        return not_found()
    room, chair = chaired
    members = [room.board.people.members.get(id) for id in inviting.people]
    invited = [one for one in members if one and one.role != "chair" and actor_or_none(room.board, one.id)]
    if len(invited) != len(members):
        return not_found()
    made = [await _invite(house, room, one) for one in invited]
    for one in invited:
        await house.noted("link_issued", seat(chair), room.id, one.id)
    return JSONResponse({"invitations": made}, headers=NO_STORE)


@router.post("/api/conferences/{conference}/invitations/take-back")
async def take_back(request: Request, conference: str, taking: TakingBack, house: TheHouse) -> Response:
    """No link that this person was given opens anything any more. Where they sit already, they stay."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    if chaired is None or taking.person_id not in chaired[0].board.people.members:
        return not_found()
    await revoke_links(house.database, chaired[0].id, taking.person_id, house.clock())
    await house.noted("link_revoked", seat(chaired[1]), chaired[0].id, taking.person_id)
    return JSONResponse({"done": True}, headers=NO_STORE)


async def _invite(house: House, room: Room, member: Member) -> dict[str, Any]:
    now, starts_at = house.clock(), room.board.conference.starts_at
    await revoke_links(house.database, room.id, member.id, now)
    opens = opens_at(starts_at, now) if member.role not in AT_ONCE else now
    secret = await issue_link(
        house.database,
        room.id,
        member.id,
        now,
        reusable=False,
        opens_at=opens if opens > now else None,
        expires_at=max(now, starts_at or now) + timedelta(hours=house.settings.link_hours),
    )
    link = f"{house.settings.base_url}/j#{secret}"
    return {
        "person_id": member.id,
        "name": member.name,
        "link": link,
        "qr": qr_svg(link, _("For {name}", name=member.name)),
    }
