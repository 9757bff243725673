"""The dates that come after the meeting, for anybody's calendar: when, and nothing about whom or why.

A calendar is shared with a household, an employer, a telephone company. So it holds no name, place, title or word of
the conference, nor of this program, and its ids cannot be compared with those in somebody else's calendar.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import CLASS, Calendar, Event

from app.board.board import View
from app.board.terms import Id
from app.languages.speaking import _, word

ARRANGED, LAST_DAY = word("Meeting"), word("Last day for a meeting")
# The day that was arranged, and else the last day that the rules allow.
MEETINGS = (("core_group_on", "core_group_by"), ("review_on", "review_by"))


def calendar_file(seen: View, conference_id: Id, person_id: Id, now: datetime) -> bytes | None:
    """The dates in what this person sees, as an .ics file; None while there are none, and in a practice.

    Taking the file again moves the same entries and adds no second ones.
    """
    if (seen.get("area") or {}).get("practice"):
        return None
    calendar = Calendar.new(prodid="-//Dates//EN", version="2.0", uid=_uid(conference_id, person_id, "all"))
    for what, words, day in _days(seen):
        calendar.add_component(_whole_day(_uid(conference_id, person_id, what), _(words), day, now))
    return calendar.to_ical() if calendar.events else None


def _days(seen: View) -> Iterator[tuple[str, str, date]]:
    closing, dates = seen.get("closing") or {}, seen.get("dates") or {}
    for arranged, latest in MEETINGS:
        if closing.get(arranged):
            yield arranged, ARRANGED, date.fromisoformat(closing[arranged])
        elif dates.get(latest):
            yield arranged, LAST_DAY, date.fromisoformat(dates[latest])


def _whole_day(uid: str, words: str, day: date, now: datetime) -> Event:
    """The board knows the day and no hour; whoever reads the calendar with its owner need not know even that."""
    event = Event.new(
        uid=uid, summary=words, start=day, end=day + timedelta(days=1), stamp=now, classification=CLASS.PRIVATE
    )
    event.add("transp", "TRANSPARENT")
    return event


def _uid(*parts: str) -> str:
    """Looks random to whoever does not know both ids already, and differs between two people of one meeting."""
    return str(UUID(bytes=hashlib.sha256("/".join(parts).encode()).digest()[:16], version=4))
