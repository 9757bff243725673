"""The chair hands out what the meeting came to: one page, a file for each recipient; and dates for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from app.access.confirming import is_confirmed
from app.board.actor import CHAIR, audience_of
from app.board.board import View, see
from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.terms import Id
from app.languages.catalogue import language_named
from app.languages.languages import ENGLISH
from app.languages.lists import listed as names_listed
from app.languages.speaking import _, said, word
from app.realtime.room import Room
from app.records.calendar_file import calendar_file
from app.records.documents import DOCUMENT_WORDS
from app.records.issue import FORMATS_OF, NO_RECORD, Format, Wanted, language_in, recipient_named, recipients_of
from app.records.recipient import DOCUMENTS_OF, DocumentCode, NotEntitled, Recipient, Version
from app.records.times import times_of
from app.records.words import ROLES, sentence
from app.store.commits import NotSaved

from .answers import NO_STORE, not_found, wrong_origin
from .chairing import chaired_room
from .confirming import confirm_first
from .house import House, TheHouse
from .issuing import issue
from .messages import message_page

MOST_BYTES = 4096  # read before anybody looks at who sends it

router = APIRouter(max_body_size=MOST_BYTES)

FORMAT_WORDS: dict[Format, str] = {
    "pdf": word("PDF"),
    "docx": word("Word"),
    "html": word("Web page"),
    "csv": word("Spreadsheet"),
    "json": word("Data (JSON)"),
}
VERSION_WORDS: dict[Version, str] = {
    "family": word("Gets the family’s version"),
    "plan_only": word("Gets the plan only"),
    "professional": word("Gets the version for services"),
    "full": word("Gets the council’s full version"),
}


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    person_id: Id
    document: DocumentCode
    format: Format
    child_id: Id | None = None  # whose letter


@dataclass(frozen=True)
class Paper:
    """One document that a person can be given, in its formats, and when it was last made for them."""

    code: DocumentCode
    words: str
    child_id: Id | None
    formats: tuple[Format, ...]
    made: str


@dataclass(frozen=True)
class Copy:
    """A row of the page."""

    person_id: Id
    name: str
    part: str
    version: str
    how: str
    papers: tuple[Paper, ...]
    is_next: bool = False  # the first for whom nothing is made yet


@router.get("/c/{conference}/record", response_class=HTMLResponse)
async def record_page(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return message_page(
            request, 404, _("This is not open here"), _("Only the chair of a meeting can hand out records.")
        )
    room, chair = chaired
    seen = see(room.board, frozenset(), CHAIR)
    listed = recipients_of(room.board)
    rest = [recipient_named(room.board, id) for id in _without_a_copy(seen, {one.person_id for one, _ in listed})]
    copies = [_copy(seen, one, sentence(how)) for one, how in listed]
    page = {
        "conference": conference,
        "made_up": room.board.conference.meeting.practice,
        "listed": list(_with_the_next(copies)),
        "rest": [_copy(seen, one, "") for one in rest],
        "missing": list(_missing(seen)),
        "decided": seen["conference"]["locked"],
        "has_dates": calendar_file(seen, conference, chair, house.clock()) is not None,
        "format_words": said(FORMAT_WORDS),
        "assets": house.front_end.assets("record"),
    }
    return house.templates.TemplateResponse(request, "records.html", page, headers=NO_STORE)


@router.post("/api/conferences/{conference}/records")
async def make_record(request: Request, conference: str, asked: Asked, house: TheHouse) -> Response:
    """The file, once the log says that it was made. Whoever may not is told what a stranger is told."""
    if not house.is_own_page(request):
        return wrong_origin()
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return not_found()
    session = await house.session(request, conference)
    if session is None:
        return not_found()
    if not is_confirmed(session, house.clock(), house.confirmed_within):
        return confirm_first()
    house.rooms.answers.begin(request, session)  # a paper that is half way down is cut off with her seat
    room, chair = chaired
    try:
        recipient = recipient_named(room.board, asked.person_id)
        wanted = Wanted(recipient, asked.document, asked.format, asked.child_id)
        issued = await issue(room, chair, wanted, house.clock())
    except (NotEntitled, Refused):
        return not_found()
    except NotSaved:
        return JSONResponse({"code": "not_saved"}, status_code=503)
    headers = NO_STORE | {"Content-Disposition": f'attachment; filename="{issued.name}"'}
    return Response(issued.content, media_type=issued.kind, headers=headers)


@router.get("/c/{conference}/dates.ics")
async def dates(request: Request, conference: str, house: TheHouse) -> Response:
    """The dates that this seat may see, for its own calendar."""
    file = await _dates_of(request, conference, house)
    if file is None:
        return message_page(request, 404, _("There are no dates here"), _("Ask the person who runs the meeting."))
    headers = NO_STORE | {"Content-Disposition": 'attachment; filename="dates.ics"'}
    return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)


async def _dates_of(request: Request, conference: str, house: House) -> bytes | None:
    seat = await house.seat(request, conference)
    room: Room | None = await house.rooms.room(conference) if seat else None
    if seat is None or room is None:
        return None
    try:
        audience = audience_of(actor_of(room.board, seat.person_id))
    except Refused:
        return None
    return calendar_file(see(room.board, frozenset(), audience), room.id, seat.person_id, house.clock())


def _without_a_copy(seen: View, listed: set[Id]) -> list[Id]:
    """Everybody of the conference whom the chair has not listed, and who can be given a record at all."""
    people = [(key.removeprefix("person/"), value) for key, value in seen.items() if key.startswith("person/")]
    return [id for id, person in people if id not in listed and person["admitted"] and person["role"] not in NO_RECORD]


def _with_the_next(copies: list[Copy]) -> Iterator[Copy]:
    waiting = next((one for one in copies if not any(paper.made for paper in one.papers)), None)
    yield from (replace(one, is_next=one is waiting) for one in copies)


def _copy(seen: View, recipient: Recipient, how: str) -> Copy:
    person: dict[str, Any] = seen[f"person/{recipient.person_id}"]
    part = (person["relationship"] or person["agency"] or _(ROLES.get(person["role"], ""))).rstrip(".")
    only = [seen[f"child/{child}"]["name"] for child in recipient.children]
    version = _(VERSION_WORDS[recipient.version])
    if (language := language_named(language_in(seen, recipient.person_id))) and language is not ENGLISH:
        version = _("{version}, in this language: {language}", version=version, language=language.own_name)
    if only:
        version = _("{version}, about {children} only", version=version, children=names_listed(only))
    return Copy(recipient.person_id, person["name"], part, version, how, tuple(_papers(seen, recipient)))


def _papers(seen: View, recipient: Recipient) -> Iterator[Paper]:
    children = {key.removeprefix("child/"): value["name"] for key, value in seen.items() if key.startswith("child/")}
    for code in DOCUMENTS_OF[recipient.version]:
        for child in (recipient.children or children) if code == "child_letter" else (None,):
            words = _(DOCUMENT_WORDS[code]) if child is None else _("Letter to {child}", child=children[child])
            yield Paper(code, words, child, FORMATS_OF[code], _last_made(seen, recipient.person_id, code, child))


def _last_made(seen: View, *what: Id | None) -> str:
    issued = seen.get("issued") or []
    made = [one["at"] for one in issued if (one["person_id"], one["document"], one["child_id"]) == what]
    conference = seen["conference"]
    times = times_of(conference["time_zone"], conference["held_on"], conference["started_at"])
    return times.clock(max(made)).words if made else ""


def _missing(seen: View) -> Iterator[str]:
    """What the chair would want to know before she hands anything out."""
    if not seen["conference"]["locked"]:
        yield _("The decision is not recorded for every child yet. You can still print the board as it stands.")
    if not seen.get("recipients"):
        yield _("Nobody is listed to get a copy yet.")
    for key, child in seen.items():
        if key.startswith("child/") and f"letter/{key.removeprefix('child/')}" not in seen:
            yield _("The letter to {child} is not written yet.", child=child["name"])
