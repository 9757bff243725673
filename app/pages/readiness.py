"""How ready a conference is, in words and hours: made from what the seat of whoever asks may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.board.actor import audience_of
from app.board.board import View, see
from app.board.carried_over import hands_on
from app.board.dates import ReportSeen, hold_by
from app.board.people import actor_of
from app.board.state import Board
from app.board.terms import FAMILY, Id
from app.languages.dates import day_of_week
from app.languages.lists import listed as listed_names
from app.languages.speaking import _, many, word
from app.realtime.room import Room
from app.records.times import Times, times_of

TRIGGERS = {
    "strategy_discussion": word("the strategy discussion"),
    "initial_conference": word("the first conference"),
    "previous_review": word("the review before this one"),
    "notification": word("the notice that the family moved here"),
}
SHOWN = {
    "chair": word("Hidden until you show it"),
    "everyone": word("Live"),
    "nobody": word("Hidden from everybody until the reveal"),
}
NEEDS = {
    "interpreter": word("an interpreter"),
    "large_text": word("bigger text"),
    "breaks": word("breaks"),
    "seating": word("where to sit"),
}


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
    practice: bool


@dataclass(frozen=True)
class Day:
    words: str
    listed: tuple[Listed, ...]
    with_date: bool = False
    is_today: bool = False


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
        kind=_(board.conference.meeting.words),
        state=_state(seen),
        on=board.conference.held_on,
        clock=f"{starts_at.astimezone(zone):%H:%M}" if starts_at else "",
        closed=conference["closed_at"] is not None,
        today=now.astimezone(zone).date(),
        practice=board.conference.meeting.practice,
    )


def _state(seen: View) -> str:
    """What is left to do before it, or after it."""
    conference = seen["conference"]
    if conference["closed_at"]:
        made = len({one["person_id"] for one in seen.get("issued") or []})
        return (
            many("Record made for {n} person", "Record made for {n} people", made) if made else _("Record not made yet")
        )
    if conference["started_at"]:
        return _("Going on")
    reports: list[ReportSeen] = seen.get("reports") or []
    if not reports:
        return _("No reports listed yet")
    open = sum(report["in_time"] is not True and not report["what_was_done"] for report in reports)
    if not open:
        return _("All reports in time or sorted out")
    return many("{n} report to sort out", "{n} reports to sort out", open)


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
        Day(_("Today, {day}", day=day_of_week(on)), tuple(group), is_today=True)
        if on == group[0].today
        else Day(day_of_week(on), tuple(group))
        for on, group in coming.items()
    ]
    if past:
        days.append(Day(_("Past, not closed"), tuple(reversed(past)), with_date=True))
    if closed:
        days.append(Day(_("Closed"), tuple(reversed(closed)), with_date=True))
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
        when=f"{_(board.conference.meeting.words)}. {times.long_day(conference['held_on']).words}{clock}",
        place=conference["place"],
        hold_by=hold_by_in_words(board, times),
        too_late=last_day is not None and conference["held_on"] > last_day,
        warning="" if conference["started_at"] else _warning(seen),
        rule=report_rule(board),
        reports=reports,
        facts=tuple(_facts(board, seen)),
        begun=conference["started_at"] is not None,
        closed=conference["closed_at"] is not None,
        has_review=hands_on(board)
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
    what = _(TRIGGERS.get(trigger.what, trigger.what.replace("_", " ")))
    on, last = times.long_day(trigger.on.isoformat()).words, times.long_day(by.isoformat()).words
    working, calendar = meeting.hold_within_working_days, meeting.hold_within_calendar_days
    if working is not None:
        return many(
            "Hold it by {last}: {n} working day after {what} on {day}. Weekends and bank holidays are not counted.",
            "Hold it by {last}: {n} working days after {what} on {day}. Weekends and bank holidays are not counted.",
            working,
            last=last,
            what=what,
            day=on,
        )
    if calendar is not None:
        return many(
            "Hold it by {last}: {n} day after {what} on {day}.",
            "Hold it by {last}: {n} days after {what} on {day}.",
            calendar,
            last=last,
            what=what,
            day=on,
        )
    return _("Hold it by {last}: the months that the area allows after {what} on {day}.", last=last, what=what, day=on)


def report_rule(board: Board) -> str:
    rules, meeting = board.conference.settings.area.deadlines, board.conference.meeting
    if meeting.reviews:
        return many(
            "{meeting}: at least {n} working day before.",
            "{meeting}: at least {n} working days before.",
            rules.report_before_review_working_days,
            meeting=_(meeting.words),
        )
    return many(
        "{meeting}: at least {n} hour before.",
        "{meeting}: at least {n} hours before.",
        rules.report_before_initial_hours,
        meeting=_(meeting.words),
    )


def _warning(seen: View) -> str:
    late = [one for one in seen.get("reports") or [] if one["in_time"] is not True and not one["what_was_done"]]
    family = [one for key, one in seen.items() if key.startswith("person/") and one["role"] in FAMILY]
    here = [one["name"].split()[0] for one in family if one["attendance"] in ("in_room", "online") and one["admitted"]]
    if not late or not here:
        return ""
    names = listed_names(here)
    if len(here) == 1:
        return many(
            "{name} has not had the full time with {n} report.",
            "{name} has not had the full time with {n} reports.",
            len(late),
            name=names,
        )
    return many(
        "{names} have not had the full time with {n} report.",
        "{names} have not had the full time with {n} reports.",
        len(late),
        names=names,
    )


def _report(board: Board, report: ReportSeen, seen: View, times: Times, begins: datetime | None) -> ReportLine:
    person = seen.get(f"person/{report['from_person']}") or {}
    shared_at = datetime.fromisoformat(report["shared_at"]) if report["shared_at"] else None
    state = {True: _("In time"), False: _("Late"), None: _("Shared")}[report["in_time"]]
    return ReportLine(
        what=report["what"],
        who=str(person.get("name", "")),
        shared=times.stamp(shared_at).words if shared_at else _("Not shared"),
        how=" ".join(part for part in (_gone_through(board, report["id"]), report["what_was_done"]) if part),
        state=state if shared_at else _("Not shared"),
        by_how_much=_how_long(begins - shared_at) if begins and shared_at else "",
        is_fine=shared_at is not None and report["in_time"] is not False,
    )


def _gone_through(board: Board, report_id: Id) -> str:
    report = next(one for one in board.conference.reports if one.id == report_id)
    children = board.conference.children
    names = [children[id].name if id in children else board.people.named(id) for id in report.gone_through_with]
    return _("Gone through with {names}.", names=listed_names(names)) if names else ""


def _how_long(before: timedelta) -> str:
    hours = int(before.total_seconds() // 3600)
    if hours < 0:
        return _("after the start")
    days, hours = divmod(hours, 24)
    if not days:
        return many("{n} hour before", "{n} hours before", hours)
    if not hours:
        return many("{n} day before", "{n} days before", days)
    hours_in_words = many("{n} hour", "{n} hours", hours)
    return many("{n} day {hours} before", "{n} days {hours} before", days, hours=hours_in_words)


def _facts(board: Board, seen: View) -> Iterable[Fact]:
    people = [one for key, one in seen.items() if key.startswith("person/") and one["role"] != "room_screen"]
    invited = [one for one in people if one["admitted"]]
    children = [one for key, one in seen.items() if key.startswith("child/")]
    yield Fact(_("Children"), tuple(one["name"] + (f", {one['age']}" if one["age"] else "") for one in children))
    yield Fact(_("Invited"), (many("{n} person", "{n} people", len(invited)),))
    voices = [(key.removeprefix("child_facts/"), one["voice"]) for key, one in seen.items() if "child_facts/" in key]
    for child, voice in voices:
        if voice:
            yield Fact(_("How {child} is heard", child=seen[f"child/{child}"]["name"]), (voice,))
    yield Fact(
        _("Points brought beforehand"),
        tuple(_points(seen)) or (_("None yet"),),
        _("Nobody sees them until they are offered"),
    )
    yield Fact(_("Numbers"), (_(SHOWN[seen["conference"]["scale"]["show"]]),))
    yield Fact(_("Needs"), tuple(_needs(seen)) or (_("None noted"),))
    apart = [
        _("{name} may not see {other}’s part", name=board.people.named(other), other=member.name)
        for member in board.people.members.values()
        for other in sorted(member.hidden_from)
    ]
    if apart:
        yield Fact(_("Kept apart"), tuple(apart))
    if "cannot_share" in seen:
        kept = [
            f"{_agency(board, one['agency_id'])}: {one['text'] or _('nothing kept back')}"
            for one in seen["cannot_share"]
        ]
        yield Fact(_("Cannot be shared"), tuple(kept) or (_("Nobody asked yet"),), _("Only the chair sees this"))


def _points(seen: View) -> Iterable[str]:
    """How many wait, by the agency of whoever brings them; what they say stays where it is."""
    counts: dict[str, int] = {}
    for key, item in seen.items():
        if key.startswith(("offered/", "held/")):
            whose = item["source"]["agency"] or item["source"]["name"]
            counts[whose] = counts.get(whose, 0) + 1
    return (
        many("{whose}: {n} point", "{whose}: {n} points", number, whose=whose)
        for whose, number in sorted(counts.items())
    )


def _needs(seen: View) -> Iterable[str]:
    for each in seen.get("needs") or []:
        name = (seen.get(f"person/{each['person_id']}") or {}).get("name", "")
        words = ", ".join(_(NEEDS[need]) for need in each["needs"])
        yield f"{name}: {'. '.join(part for part in (words, each['text']) if part)}"


def _agency(board: Board, id: Id) -> str:
    agency = board.conference.agencies.get(id)
    return agency.name if agency else ""


def _seen(board: Board, person_id: Id) -> View:
    return see(board, frozenset(), audience_of(actor_of(board, person_id)))
