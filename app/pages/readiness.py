"""How ready a conference is, in words and hours: made from what the seat of whoever asks may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.board.actor import audience_of
from app.board.board import View, see
from app.board.dates import ReportSeen, hold_by
from app.board.people import actor_of
from app.board.state import Board
from app.board.terms import FAMILY, Id
from app.realtime.room import Room
from app.records.times import Times, times_of
from app.records.words import listed as listed_names

TRIGGERS = {
    "strategy_discussion": "the strategy discussion",
    "initial_conference": "the first conference",
    "previous_review": "the review before this one",
    "notification": "the notice that the family moved here",
}
SHOWN = {
    "chair": "Hidden until you show them",
    "everyone": "Live",
    "nobody": "Hidden from everybody until the reveal",
}
NEEDS = {"interpreter": "an interpreter", "large_text": "bigger text", "breaks": "breaks", "seating": "where to sit"}


@dataclass(frozen=True)
class Listed:
    """One line of the list."""

    id: Id
    title: str
    kind: str
    state: str
    on: date
    clock: str
    closed: bool
    today: date  # where it is held


@dataclass(frozen=True)
class Day:
    words: str
    listed: tuple[Listed, ...]
    with_date: bool = False


@dataclass(frozen=True)
class ReportLine:
    what: str
    who: str
    shared: str
    how: str
    state: str
    by_how_much: str
    is_fine: bool


@dataclass(frozen=True)
class Fact:
    name: str
    lines: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True)
class Readiness:
    title: str
    when: str
    place: str
    hold_by: str
    too_late: bool
    warning: str
    rule: str
    reports: tuple[ReportLine, ...]
    facts: tuple[Fact, ...]
    begun: bool
    closed: bool
    has_review: bool  # another conference can look back at it


def listed(room: Room, person_id: Id, now: datetime) -> Listed | None:
    board, seen = room.board, _seen(room.board, person_id)
    if "conference" not in seen or "held_on" not in seen["conference"]:
        return None
    conference = seen["conference"]
    starts_at, zone = board.conference.starts_at, ZoneInfo(conference["time_zone"])
    return Listed(
        id=room.id,
        title=conference["title"],
        kind=board.conference.meeting.words,
        state=_state(seen),
        on=board.conference.held_on,
        clock=f"{starts_at.astimezone(zone):%H:%M}" if starts_at else "",
        closed=conference["closed_at"] is not None,
        today=now.astimezone(zone).date(),
    )


def _state(seen: View) -> str:
    """What is left to do before it, or after it."""
    conference = seen["conference"]
    if conference["closed_at"]:
        made = len({one["person_id"] for one in seen.get("issued") or []})
        return f"Record made for {_count(made, 'person', 'people')}" if made else "Record not made yet"
    if conference["started_at"]:
        return "Going on"
    reports: list[ReportSeen] = seen.get("reports") or []
    if not reports:
        return "No reports listed yet"
    open = sum(report["in_time"] is not True and not report["what_was_done"] for report in reports)
    return f"{_count(open, 'report', 'reports')} to sort out" if open else "All reports in time or sorted out"


def days_of(found: Iterable[Listed]) -> list[Day]:
    """Today first, then the days to come, then what is past and over."""
    found = sorted(found, key=lambda one: (one.on, one.clock))
    coming: dict[date, list[Listed]] = {}
    past, closed = [], []
    for one in found:
        if one.closed:
            closed.append(one)
        elif one.on < one.today:
            past.append(one)
        else:
            coming.setdefault(one.on, []).append(one)
    days = [
        Day(f"{'Today, ' if on == group[0].today else ''}{on:%A} {on.day} {on:%B}", tuple(group))
        for on, group in coming.items()
    ]
    if past:
        days.append(Day("Past, not closed", tuple(reversed(past)), with_date=True))
    if closed:
        days.append(Day("Closed", tuple(reversed(closed)), with_date=True))
    return days


def readiness(room: Room, person_id: Id) -> Readiness | None:
    """None while this seat is shown no more than a title: its screens rest, or it only watches."""
    board, seen = room.board, _seen(room.board, person_id)
    conference = seen["conference"]
    if "dates" not in seen or "held_on" not in conference:
        return None
    times = times_of(conference["time_zone"], conference["held_on"])
    begins = board.conference.starts_at
    reports = tuple(_report(board, report, seen, times, begins) for report in seen.get("reports") or [])
    clock = f", {times.clock(begins).words}" if begins else ""
    last_day = seen["dates"]["hold_by"]
    return Readiness(
        title=conference["title"],
        when=f"{board.conference.meeting.words}. {times.long_day(conference['held_on']).words}{clock}",
        place=conference["place"],
        hold_by=hold_by_in_words(board, times),
        too_late=last_day is not None and conference["held_on"] > last_day,
        warning="" if conference["started_at"] else _warning(seen),
        rule=report_rule(board),
        reports=reports,
        facts=tuple(_facts(board, seen)),
        begun=conference["started_at"] is not None,
        closed=conference["closed_at"] is not None,
        has_review=conference["closed_at"] is not None
        and board.conference.meeting.decides
        and any(each.reviews for each in board.conference.settings.area.types),
    )


def hold_by_in_words(board: Board, times: Times) -> str:
    """The last day, and why it is that one."""
    conference = board.conference
    trigger, meeting = conference.trigger, conference.meeting
    by = hold_by(conference)
    if by is None or trigger is None:
        return ""
    days = meeting.hold_within_working_days
    if days is not None:
        rule = f"{days} working days after"
    elif meeting.hold_within_calendar_days is not None:
        rule = f"{meeting.hold_within_calendar_days} days after"
    else:
        rule = "the months that the area allows after"
    what = TRIGGERS.get(trigger.what, trigger.what.replace("_", " "))
    last, on = times.long_day(by.isoformat()).words, times.long_day(trigger.on.isoformat()).words
    closed = " Weekends and bank holidays are not counted." if days is not None else ""
    return f"Hold it by {last}: {rule} {what} on {on}.{closed}"


def report_rule(board: Board) -> str:
    rules, meeting = board.conference.settings.area.deadlines, board.conference.meeting
    if meeting.reviews:
        return f"{meeting.words}: at least {rules.report_before_review_working_days} working days before."
    return f"{meeting.words}: at least {rules.report_before_initial_hours} hours before."


def _warning(seen: View) -> str:
    late = [one for one in seen.get("reports") or [] if one["in_time"] is not True and not one["what_was_done"]]
    family = [one for key, one in seen.items() if key.startswith("person/") and one["role"] in FAMILY]
    here = [one["name"].split()[0] for one in family if one["attendance"] in ("in_room", "online") and one["admitted"]]
    if not late or not here:
        return ""
    names = listed_names(here)
    have = "have" if len(here) > 1 else "has"
    return f"{names} {have} not had the full time with {_count(len(late), 'report', 'reports')}."


def _report(board: Board, report: ReportSeen, seen: View, times: Times, begins: datetime | None) -> ReportLine:
    person = seen.get(f"person/{report['from_person']}") or {}
    shared_at = datetime.fromisoformat(report["shared_at"]) if report["shared_at"] else None
    state = {True: "In time", False: "Late", None: "Shared"}[report["in_time"]] if shared_at else "Not shared"
    return ReportLine(
        what=report["what"],
        who=str(person.get("name", "")),
        shared=times.stamp(shared_at).words if shared_at else "Not shared",
        how=" ".join(part for part in (_gone_through(board, report["id"]), report["what_was_done"]) if part),
        state=state,
        by_how_much=_how_long(begins - shared_at) if begins and shared_at else "",
        is_fine=state in ("In time", "Shared"),
    )


def _gone_through(board: Board, report_id: Id) -> str:
    report = next(one for one in board.conference.reports if one.id == report_id)
    children = board.conference.children
    names = [children[id].name if id in children else board.people.named(id) for id in report.gone_through_with]
    return f"Gone through with {listed_names(names)}." if names else ""


def _how_long(before: timedelta) -> str:
    hours = int(before.total_seconds() // 3600)
    if hours < 0:
        return "after the start"
    days, hours = divmod(hours, 24)
    parts = [_count(days, "day", "days")] * bool(days) + [_count(hours, "hour", "hours")] * bool(hours or not days)
    return f"{' '.join(parts)} before"


def _facts(board: Board, seen: View) -> Iterable[Fact]:
    people = [one for key, one in seen.items() if key.startswith("person/") and one["role"] != "room_screen"]
    invited = [one for one in people if one["admitted"]]
    children = [one for key, one in seen.items() if key.startswith("child/")]
    yield Fact("Children", tuple(one["name"] + (f", {one['age']}" if one["age"] else "") for one in children))
    yield Fact("Invited", (_count(len(invited), "person", "people"),))
    voices = [(key.removeprefix("child_facts/"), one["voice"]) for key, one in seen.items() if "child_facts/" in key]
    for child, voice in voices:
        if voice:
            yield Fact(f"How {seen[f'child/{child}']['name']} is heard", (voice,))
    yield Fact(
        "Points brought beforehand", tuple(_points(seen)) or ("None yet",), "Nobody sees them until they are offered"
    )
    show = {"chair": "Hidden until you show it", "everyone": "Live", "nobody": "Hidden from everybody until the reveal"}
    yield Fact("Numbers", (show[seen["conference"]["scale"]["show"]],))
    yield Fact("Needs", tuple(_needs(seen)) or ("None noted",))
    apart = [
        f"{board.people.named(other)} may not see {member.name}’s part"
        for member in board.people.members.values()
        for other in sorted(member.hidden_from)
    ]
    if apart:
        yield Fact("Kept apart", tuple(apart))
    if "cannot_share" in seen:
        kept = [
            f"{_agency(board, one['agency_id'])}: {one['text'] or 'nothing kept back'}" for one in seen["cannot_share"]
        ]
        yield Fact("Cannot be shared", tuple(kept) or ("Nobody asked yet",), "Only the chair sees this")


def _points(seen: View) -> Iterable[str]:
    """How many wait, by the agency of whoever brings them; what they say stays where it is."""
    counts: dict[str, int] = {}
    for key, item in seen.items():
        if key.startswith(("offered/", "held/")):
            whose = item["source"]["agency"] or item["source"]["name"]
            counts[whose] = counts.get(whose, 0) + 1
    return (f"{whose}: {_count(number, 'point', 'points')}" for whose, number in sorted(counts.items()))


def _needs(seen: View) -> Iterable[str]:
    for each in seen.get("needs") or []:
        name = (seen.get(f"person/{each['person_id']}") or {}).get("name", "")
        words = ", ".join(NEEDS[need] for need in each["needs"])
        yield f"{name}: {'. '.join(part for part in (words, each['text']) if part)}"


def _agency(board: Board, id: Id) -> str:
    agency = board.conference.agencies.get(id)
    return agency.name if agency else ""


def _seen(board: Board, person_id: Id) -> View:
    return see(board, frozenset(), audience_of(actor_of(board, person_id)))


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
