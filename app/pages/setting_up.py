"""What the forms of preparation begin with: an area's own words for a new conference, or what stands there already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app.board.actor import audience_of
from app.board.area import Area
from app.board.board import View, see
from app.board.people import actor_of
from app.board.state import Board
from app.board.terms import FAMILY, SERVICES, AgencyKind, Id, Role
from app.languages.dates import day_words
from app.languages.speaking import _, said, word
from app.realtime.room import Room
from app.records.times import times_of

from .readiness import NEEDS, TRIGGERS, hold_by_in_words, report_rule

ROLES: dict[Role, str] = {
    "parent": word("Parent"),
    "child": word("Child, here in person"),
    "family_network": word("Family or friend"),
    "social_worker": word("Social worker"),
    "professional": word("Professional"),
    "advocate": word("Advocate"),
    "supporter": word("Supporter"),
    "interpreter": word("Interpreter"),
    "scribe": word("Note-taker"),
    "observer": word("Observer"),
}
KINDS: dict[AgencyKind, str] = {
    "social_care": word("Social care"),
    "education": word("School or nursery"),
    "health": word("Health"),
    "police": word("Police"),
    "housing": word("Housing"),
    "voluntary": word("Charity"),
    "advocacy": word("Advocacy"),
    "chairing": word("Conference chairs"),
    "family": word("Family"),
}
MAY_CHAIR: frozenset[Role] = frozenset({"scribe", *SERVICES})
SHOWS = {"chair": word("Hidden until I show it"), "everyone": word("Live"), "nobody": word("Hidden from me too")}


@dataclass(frozen=True)
class Form:
    """Values by the names of the fields, and what there is to choose from."""

    values: Mapping[str, Any]
    children: tuple[Mapping[str, Any], ...]
    types: tuple[tuple[str, str], ...]
    areas: tuple[tuple[str, str], ...] = ()
    people: tuple[Mapping[str, Any], ...] = ()
    agencies: tuple[Mapping[str, Any], ...] = ()
    reports: tuple[Mapping[str, Any], ...] = ()
    family: tuple[tuple[Id, str], ...] = ()
    deputies: tuple[tuple[Id, str], ...] = ()
    deputy: Id | None = None
    before: str = ""  # what a review looks back at, in words
    hold_by: str = ""
    rule: str = ""
    open: bool = True  # until it begins
    sees_kept: bool = False

    @property
    def triggers(self) -> dict[str, str]:
        return said(TRIGGERS)

    @property
    def roles(self) -> dict[Role, str]:
        return said(ROLES)

    @property
    def kinds(self) -> dict[AgencyKind, str]:
        return said(KINDS)

    @property
    def shows(self) -> dict[str, str]:
        return said(SHOWS)

    @property
    def needs(self) -> dict[str, str]:
        return said(NEEDS)


def new_form(areas: Mapping[str, Area], wanted: str, before: Room | None = None) -> Form:
    """Empty; or a review of the conference `before`, about its children, as its area has it."""
    area = _area(areas, wanted or (before.board.conference.settings.area.code if before else ""))
    values = {
        "area": area.code,
        "conference_type": area.types[0].code,
        "scale_question": area.scale.question,
        "low_end": area.scale.low_end,
        "high_end": area.scale.high_end,
        "scale_show": area.scale.show,
    }
    choices = tuple((each.code, _(each.name)) for each in areas.values())
    if before is None:
        return Form(values, ({},), _types(area), choices)
    meeting, on = before.board.conference, before.board.conference.held_on
    review = next((each.code for each in area.types if each.reviews), area.types[0].code)
    values |= {"conference_type": review, "title": meeting.title, "place": meeting.place, "earlier": before.id}
    values |= {"trigger": "initial_conference" if not meeting.meeting.reviews else "previous_review"}
    values |= {"trigger_on": on.isoformat()}
    children = tuple({"name": child.name, "age": child.age} for child in meeting.children.values())
    return Form(values, children, _types(area), choices, before=f"{meeting.title}, {day_words(on)}")


def _area(areas: Mapping[str, Area], wanted: str) -> Area:
    return areas.get(wanted) or areas.get("england") or next(iter(areas.values()))


def _types(area: Area) -> tuple[tuple[str, str], ...]:
    """What is for practising is not set up: it is made by one press, with people who are made up."""
    return tuple((each.code, _(each.words)) for each in area.types if not each.practice)


def form_of(board: Board, person_id: Id) -> Form:
    """What the seat of whoever asks may see of it."""
    seen = see(board, frozenset(), audience_of(actor_of(board, person_id)))
    conference, settings = board.conference, board.conference.settings
    zone = ZoneInfo(settings.time_zone)
    starts = conference.starts_at.astimezone(zone) if conference.starts_at else None
    trigger = conference.trigger
    people = [
        {"id": key.removeprefix("person/"), **one, **_seat(board, key.removeprefix("person/"), seen)}
        for key, one in seen.items()
        if key.startswith("person/") and one["role"] != "room_screen"
    ]
    kept = {one["agency_id"]: one["text"] for one in seen.get("cannot_share") or []}
    facts = {key.removeprefix("child_facts/"): one for key, one in seen.items() if key.startswith("child_facts/")}
    return Form(
        values={
            "title": conference.title,
            "conference_type": conference.type,
            "held_on": conference.held_on.isoformat(),
            "starts": f"{starts:%H:%M}" if starts else "",
            "place": conference.place,
            "why_we_are_meeting": conference.why_we_are_meeting,
            "trigger": trigger.what if trigger else "",
            "trigger_on": trigger.on.isoformat() if trigger else "",
            "scale_question": settings.scale_question,
            "low_end": settings.low_end,
            "high_end": settings.high_end,
            "scale_show": settings.scale_show,
        },
        children=tuple(
            {"id": id, "name": child.name, "age": child.age, "voice": (facts.get(id) or {}).get("voice", "")}
            for id, child in conference.children.items()
        ),
        types=_types(settings.area),
        people=tuple(people),
        agencies=tuple(
            {
                "id": each.id,
                "name": each.name,
                "kind": each.kind,
                "asked": each.id in kept,
                "kept": kept.get(each.id, ""),
            }
            for each in conference.agencies.values()
        ),
        reports=tuple(_report(board, one, zone) for one in seen.get("reports") or []),
        family=tuple((one["id"], one["name"]) for one in people if one["role"] in FAMILY and one["admitted"]),
        deputies=tuple((one["id"], one["name"]) for one in people if one["role"] in MAY_CHAIR and one["admitted"]),
        deputy=board.seat.deputy,
        hold_by=hold_by_in_words(board, times_of(settings.time_zone, conference.held_on.isoformat())),
        rule=report_rule(board),
        open=board.running.started_at is None and board.running.phase == "prepare",
        sees_kept="cannot_share" in seen,
    )


def _seat(board: Board, id: Id, seen: View) -> dict[str, Any]:
    member = board.people.members[id]
    noted = next((one for one in seen.get("needs") or [] if one["person_id"] == id), None)
    return {
        "children": member.children,
        "sits_with": member.sits_with,
        "hidden_from": member.hidden_from,
        "needs": noted["needs"] if noted else [],
        "needs_text": noted["text"] if noted else "",
        "language": noted["language"] if noted else "",
    }


def _report(board: Board, seen: Any, zone: ZoneInfo) -> dict[str, Any]:
    report = next(one for one in board.conference.reports if one.id == seen["id"])
    shared = report.shared_at.astimezone(zone) if report.shared_at else None
    return {
        **seen,
        "who": board.people.named(report.from_person),
        "shared_on": f"{shared:%Y-%m-%d}" if shared else "",
        "shared_time": f"{shared:%H:%M}" if shared else "",
        "gone_through_with": report.gone_through_with,
    }
