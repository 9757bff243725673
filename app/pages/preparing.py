"""A conference is set up and changed: each form becomes a command, which the seat of whoever sends it must allow."""

import json
from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.access.accounts import Account, account_with, all_accounts
from app.access.assignments import assign, seat_assigned, those_assigned
from app.access.sessions import Seat
from app.areas.areas import load_areas
from app.areas.bank_holidays import bank_holidays
from app.board.area import Area
from app.board.board import ANY_COMMAND
from app.board.carried_over import earlier_from, hands_on, people_after
from app.board.conference import Agency, Child, Person, PrepareConference, settings_of
from app.board.dates import Trigger
from app.board.preparing import ChangeConference, ChildSaid, NoteReport
from app.board.refusals import Refused
from app.board.seating import SeatPerson
from app.board.terms import Command, ConferenceType, Id, Label, Question, Reply, Show
from app.realtime.room import Room
from app.realtime.turn import Saved

from .accounts import ROLE_WORDS
from .answers import NO_STORE, invalid, refused
from .conferences import around, room_of
from .house import House, TheHouse
from .setting_up import form_of, new_form
from .staff import nothing_here, signed_in_as

MOST_BYTES = 64 * 1024

router = APIRouter(max_body_size=MOST_BYTES)

# What this page sends as it is; whatever else may be done is done on the board.
ACTS = {"seat_person", "change_seat", "add_agency", "drop_report", "note_needs", "note_cannot_share"}
ACTS |= {"remove_person", "admit", "name_deputy"}


class Details(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Label
    conference_type: ConferenceType
    held_on: date
    starts: time | None = None
    place: Reply = ""
    why_we_are_meeting: Reply = ""
    trigger: str = Field(default="", pattern=r"^[a-z_]{0,40}$")
    trigger_on: date | None = None
    children: Annotated[tuple[ChildSaid, ...], Field(min_length=1, max_length=20)]
    scale_question: Question
    low_end: Question
    high_end: Question
    scale_show: Show

    @property
    def what_led_to_it(self) -> Trigger | None:
        return Trigger(what=self.trigger, on=self.trigger_on) if self.trigger and self.trigger_on else None

    def starts_at(self, time_zone: str) -> datetime | None:
        """The clock on the wall where it is held, whatever this browser's says."""
        return datetime.combine(self.held_on, self.starts, ZoneInfo(time_zone)) if self.starts else None


class NewConference(Details):
    area: str = Field(max_length=40)
    chair: Id | None = None  # whose it is, where the office sets it up
    earlier: Id | None = None  # the conference that a review looks back at


class ReportSaid(BaseModel):
    model_config = ConfigDict(extra="forbid")

    report_id: Id | None = None
    from_person: Id
    what: Label
    shared_on: date | None = None
    shared_at: time | None = None
    gone_through_with: Annotated[tuple[Id, ...], Field(max_length=50)] = ()
    what_was_done: Reply = ""


class Assigning(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    account: Id


@router.get("/home/new", response_class=HTMLResponse)
async def new_page(request: Request, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    everybody = await all_accounts(house.database) if account.role == "office" else []
    before = await _over(house, account, request.query_params.get("after"))
    page = {
        **await around(house, account),
        "form": new_form(load_areas(house.settings.areas), request.query_params.get("area", ""), before),
        "chairs": [one for one in everybody if one.role == "chair" and not one.is_closed],
    }
    return house.templates.TemplateResponse(request, "set_up.html", page, headers=NO_STORE)


async def _over(house: House, account: Account, conference: str | None) -> Room | None:
    """A conference of theirs that is over, at which a review can look back."""
    found = await room_of(house, account, conference) if conference else None
    return found[0] if found and hands_on(found[0].board) else None


@router.post("/api/conferences")
async def set_up(request: Request, sent: NewConference, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    area = load_areas(house.settings.areas).get(sent.area)
    chair = account if account.role == "chair" else await account_with(house.database, sent.chair or "")
    if area is None or chair is None or chair.role != "chair" or chair.is_closed:
        return invalid("area" if area is None else "chair")
    meeting, before = area.meeting(sent.conference_type), await _over(house, account, sent.earlier)
    if meeting and meeting.practice:
        return invalid("conference_type")
    if sent.earlier and (before is None or meeting is None or not meeting.reviews):
        return invalid("conference_type")
    conference_id, chairs_seat, offices_seat = str(uuid4()), str(uuid4()), str(uuid4())
    people = [Person(id=chairs_seat, name=chair.name, role="chair")]
    if account.role == "office":
        people.append(Person(id=offices_seat, name=account.name, role="scribe", relationship="Office"))
    try:
        await house.rooms.prepare(_prepared(conference_id, sent, area, people, before), chairs_seat)
    except Refused as no:
        return refused(no)
    await assign(house.database, chair.id, Seat(conference_id, chairs_seat))
    if account.role == "office":
        await assign(house.database, account.id, Seat(conference_id, offices_seat))
    return JSONResponse({"to": f"/home/{conference_id}/change"}, headers=NO_STORE)


def _prepared(id: Id, sent: NewConference, area: Area, people: list[Person], before: Room | None) -> PrepareConference:
    """With the agencies that every conference has, and the screen on the wall, so that it is a known viewer; a review
    with those of the conference before it, its people and what it handed on.
    """
    children = tuple(Child(id=one.id, name=one.name, age=one.age, voice=one.voice or "") for one in sent.children)
    agencies: tuple[Agency, ...] = (
        Agency(id=str(uuid4()), name="Family and friends", kind="family"),
        Agency(id=str(uuid4()), name="Children’s social care", kind="social_care"),
    )
    asked: tuple[Person, ...] = ()
    if before:
        agencies, asked = people_after(before.board, children, lambda: str(uuid4()))
    settings = settings_of(area, bank_holidays(area.nation, sent.held_on))
    scale = {name: getattr(sent, name) for name in ("scale_question", "low_end", "high_end", "scale_show")}
    return PrepareConference(
        id=id,
        title=sent.title,
        conference_type=sent.conference_type,
        held_on=sent.held_on,
        children=children,
        agencies=agencies,
        people=(*people, *asked, Person(id=str(uuid4()), name="Room screen", role="room_screen")),
        settings=settings.model_copy(update=scale),
        starts_at=sent.starts_at(settings.time_zone),
        place=sent.place,
        why_we_are_meeting=sent.why_we_are_meeting,
        trigger=sent.what_led_to_it,
        earlier=earlier_from(before.board, before.id, children, asked) if before else None,
    )


@router.get("/home/{conference}/change", response_class=HTMLResponse)
async def change_page(request: Request, conference: str, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    found = await _to_prepare(house, account, conference)
    if found is None:
        return nothing_here(request)
    room, person_id = found
    there = {one.account_id: one.seat for one in await those_assigned(house.database, conference)}
    everybody = [one for one in await all_accounts(house.database) if one.role in ("chair", "office")]
    page = {
        **await around(house, account),
        "conference": conference,
        "form": form_of(room.board, person_id),
        "assigned": [(one, room.board.people.named(there[one.id].person_id)) for one in everybody if one.id in there],
        "others": [one for one in everybody if one.id not in there and not one.is_closed],
    }
    return house.templates.TemplateResponse(request, "preparing.html", page, headers=NO_STORE)


@router.post("/api/conferences/{conference}/details")
async def change_details(request: Request, conference: str, sent: Details, house: TheHouse) -> Response:
    found = await _prepares(request, conference, house)
    if isinstance(found, Response):
        return found
    room, person_id = found
    command = ChangeConference(
        id=str(uuid4()),
        starts_at=sent.starts_at(room.board.conference.settings.time_zone),
        trigger=sent.what_led_to_it,
        **sent.model_dump(exclude={"starts", "trigger", "trigger_on", "children"}),
        children=sent.children,
    )
    return await _act(room, person_id, command, f"/home/{conference}")


@router.post("/api/conferences/{conference}/reports")
async def note_report(request: Request, conference: str, sent: ReportSaid, house: TheHouse) -> Response:
    found = await _prepares(request, conference, house)
    if isinstance(found, Response):
        return found
    room, person_id = found
    zone = ZoneInfo(room.board.conference.settings.time_zone)
    if sent.shared_on and sent.shared_at is None:
        return invalid("shared_at")
    shared = datetime.combine(sent.shared_on, sent.shared_at, zone) if sent.shared_on and sent.shared_at else None
    command = NoteReport(id=str(uuid4()), shared_at=shared, **sent.model_dump(exclude={"shared_on", "shared_at"}))
    return await _act(room, person_id, command, f"/home/{conference}/change#reports")


@router.post("/api/conferences/{conference}/prepare")
async def prepare(request: Request, conference: str, sent: dict[str, Any], house: TheHouse) -> Response:
    """One of the board's own commands, as the socket would take it, but for its id."""
    found = await _prepares(request, conference, house)
    if isinstance(found, Response):
        return found
    if not isinstance(sent.get("type"), str) or sent["type"] not in ACTS:
        return invalid("type")
    try:
        command = ANY_COMMAND.validate_json(json.dumps({**sent, "id": str(uuid4())}))
    except ValidationError as wrong:
        return invalid(next((str(part) for part in wrong.errors()[0]["loc"] if part != sent["type"]), None))
    return await _act(*found, command, f"/home/{conference}/change")


@router.post("/api/conferences/{conference}/staff")
async def assign_staff(request: Request, conference: str, sent: Assigning, house: TheHouse) -> Response:
    """Somebody else of staff can open it: in a note-taker's seat, from which they may be named deputy."""
    found = await _prepares(request, conference, house)
    if isinstance(found, Response):
        return found
    room, person_id = found
    other = await account_with(house.database, sent.account)
    if other is None or other.role not in ("chair", "office") or other.is_closed:
        return nothing_here(request)
    if await seat_assigned(house.database, other.id, conference):  # or the chair could be moved out of her own seat
        return JSONResponse({"code": "seated_already"}, status_code=409)
    command = SeatPerson(id=str(uuid4()), name=other.name, role="scribe", relationship=ROLE_WORDS[other.role])
    answer = await _act(room, person_id, command, f"/home/{conference}/change#staff")
    if answer.status_code == 200:
        await assign(house.database, other.id, Seat(conference, command.id))
    return answer


async def _prepares(request: Request, conference: str, house: House) -> tuple[Room, Id] | Response:
    account = await signed_in_as(request, house, "chair", "office")
    if isinstance(account, Response):
        return account
    return await _to_prepare(house, account, conference) or nothing_here(request)


async def _to_prepare(house: House, account: Account, conference: str) -> tuple[Room, Id] | None:
    """Not what is for practising: nobody is asked to that, and it has no other day."""
    found = await room_of(house, account, conference)
    return None if found and found[0].board.conference.meeting.practice else found


async def _act(room: Room, person_id: Id, command: Command, to: str) -> Response:
    answer = await room.act(command, person_id)
    if isinstance(answer, Saved):
        return JSONResponse({"to": to}, headers=NO_STORE)
    if isinstance(answer, Refused):
        return refused(answer)
    return JSONResponse({"code": "not_saved"}, status_code=503)
