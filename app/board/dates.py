"""When things are due: computed from the area's rules and the day of the meeting, and never typed in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import AwareDatetime
from typing_extensions import TypedDict

from .terms import Code, Frozen, Id
from .working_days import months_after, working_days_after, working_days_between

if TYPE_CHECKING:
    from .conference import Conference
    from .state import Board

FIRST_CONFERENCE = "initial_conference"  # what leads to the first review; any other review follows a review


class Trigger(Frozen):
    """What led to this conference, and on which day: `strategy_discussion`, `previous_review` …"""

    what: Code
    on: date


class Report(Frozen):
    """A report for the conference, and when the family had it."""

    id: Id
    from_person: Id
    what: str
    shared_at: AwareDatetime | None = None
    gone_through_with: tuple[Id, ...] = ()
    what_was_done: str = ""


class WithinSeen(TypedDict):
    """The area's rules from which the last days are worked out, to be said beside them."""

    core_group_working_days: int
    review_months: int
    letter_working_days: int
    record_working_days: int


class DatesSeen(TypedDict):
    hold_by: str | None
    working_days_used: int | None
    core_group_by: str | None
    review_by: str | None
    letter_by: str | None
    record_by: str | None
    within: WithinSeen | None


class ReportSeen(TypedDict):
    id: str
    from_person: str
    what: str
    shared_at: str | None
    in_time: bool | None
    what_was_done: str


def see_dates(board: Board) -> DatesSeen:
    """What follows a decision is due only where one is made; at a review the core group is there already."""
    conference, held_on = board.conference, board.conference.held_on
    rules, closed = conference.settings.area.deadlines, conference.settings.bank_holidays
    months = rules.later_review_months if conference.meeting.reviews else rules.first_review_months
    if conference.meeting.review_within_months is not None:
        months = conference.meeting.review_within_months

    within: WithinSeen = {
        "core_group_working_days": rules.core_group_working_days,
        "review_months": months,
        "letter_working_days": rules.letter_working_days,
        "record_working_days": rules.record_working_days,
    }

    def due(count: int) -> str | None:
        return _seen(working_days_after(held_on, count, closed) if conference.meeting.decides else None)

    return {
        "hold_by": _seen(hold_by(conference)),
        "working_days_used": working_days_used(conference),
        "core_group_by": None if conference.meeting.reviews else due(rules.core_group_working_days),
        "review_by": _seen(months_after(held_on, months) if conference.meeting.decides else None),
        "letter_by": due(rules.letter_working_days),
        "record_by": due(rules.record_working_days),
        "within": within if conference.meeting.decides else None,
    }


def hold_by(conference: Conference) -> date | None:
    """The last day on which this conference is held in time, where the area has a rule for it."""
    trigger, meeting, rules = conference.trigger, conference.meeting, conference.settings.area.deadlines
    if trigger is None:
        return None
    if meeting.hold_within_working_days is not None:
        return working_days_after(trigger.on, meeting.hold_within_working_days, conference.settings.bank_holidays)
    if meeting.hold_within_calendar_days is not None:
        return trigger.on + timedelta(days=meeting.hold_within_calendar_days)
    if meeting.reviews:
        first = trigger.what == FIRST_CONFERENCE
        return months_after(trigger.on, rules.first_review_months if first else rules.later_review_months)
    return None


def working_days_used(conference: Conference) -> int | None:
    """Of the working days within which it is to be held."""
    trigger = conference.trigger
    if trigger is None or conference.meeting.hold_within_working_days is None:
        return None
    return working_days_between(trigger.on, conference.held_on, conference.settings.bank_holidays)


def _seen(day: date | None) -> str | None:
    return day.isoformat() if day else None


def see_reports(board: Board) -> list[ReportSeen]:
    """Which reports there are and whether the family had them in time. For those who lead the meeting."""
    begins = board.conference.starts_at or board.running.started_at
    return [
        {
            "id": report.id,
            "from_person": report.from_person,
            "what": report.what,
            "shared_at": report.shared_at.isoformat() if report.shared_at else None,
            "in_time": in_time(board.conference, report.shared_at, begins),
            "what_was_done": report.what_was_done,
        }
        for report in board.conference.reports
    ]


def in_time(conference: Conference, shared_at: datetime | None, begins: datetime | None) -> bool | None:
    """Whether the family had it long enough before the meeting; nothing where one of the two is not known."""
    rules = conference.settings.area.deadlines
    if shared_at is None:
        return None
    if conference.meeting.reviews:
        closed, wanted = conference.settings.bank_holidays, rules.report_before_review_working_days
        return working_days_after(shared_at.date(), wanted, closed) <= conference.held_on
    return None if begins is None else shared_at <= begins - timedelta(hours=rules.report_before_initial_hours)
