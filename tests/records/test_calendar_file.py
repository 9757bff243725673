"""The dates after the meeting, in a calendar that other people read too."""

from datetime import date, timedelta
from typing import Any

from icalendar import Calendar

from app.records.calendar_file import ARRANGED, LAST_DAY, calendar_file
from tests.cast import CONFERENCE, DANA, NOON, SOCIAL_WORKER

LATEST = {"core_group_by": "2026-12-07", "review_by": "2027-02-23", "hold_by": "2026-11-25", "letter_by": None}
CLOSING = {"core_group_on": "2026-12-03", "review_on": "2027-02-16", "lead_social_worker": SOCIAL_WORKER}


def entries(closing: dict[str, Any] | None, dates: dict[str, Any] | None, person: str = DANA) -> list[Any]:
    file = calendar_file({"closing": closing, "dates": dates}, CONFERENCE, person, NOON)
    return list(Calendar.from_ical(file).events) if file else []


def days(events: list[Any]) -> list[tuple[str, date]]:
    return [(str(event["summary"]), event.start) for event in events]


def test_the_arranged_days_are_whole_days() -> None:
    events = entries(CLOSING, LATEST)
    assert days(events) == [(ARRANGED, date(2026, 12, 3)), (ARRANGED, date(2027, 2, 16))]
    for event in events:
        assert event.duration == timedelta(days=1)
        assert "rrule" not in event


def test_while_no_day_is_arranged_the_last_day_is_there_and_moves_when_one_is() -> None:
    before = entries({**CLOSING, "review_on": None}, LATEST)
    assert days(before) == [(ARRANGED, date(2026, 12, 3)), (LAST_DAY, date(2027, 2, 23))]
    after = entries(CLOSING, LATEST)
    assert [event["uid"] for event in before] == [event["uid"] for event in after]


def test_where_there_is_no_date_there_is_no_file() -> None:
    assert calendar_file({}, CONFERENCE, DANA, NOON) is None
    assert not entries(None, {**LATEST, "core_group_by": None, "review_by": None})
    assert len(entries(None, {**LATEST, "review_by": None})) == 1


def test_nothing_in_it_says_what_it_is_about() -> None:
    seen = {
        "closing": {**CLOSING, "told_how_to": ["CANARY"], "tells": [{"child_id": "CANARY", "person_id": "CANARY"}]},
        "dates": LATEST,
        "conference": {"title": "CANARY"},
        "child/1": {"name": "CANARY"},
    }
    file = calendar_file(seen, CONFERENCE, DANA, NOON)
    assert file
    text = file.decode().lower()
    for word in ("canary", "kinboard", "child", "protect", "conference", "core", "review", "social", CONFERENCE, DANA):
        assert word not in text
    names = {line.partition(":")[0].partition(";")[0] for line in file.decode().split("\r\n") if line}
    assert names == {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "CLASS",
        "TRANSP",
    }
    assert "CLASS:PRIVATE" in file.decode()


def test_two_peoples_calendars_cannot_be_laid_side_by_side() -> None:
    """An employer who runs the calendars of two people cannot see that they go to one meeting by its id."""
    danas, naomis = (entries(CLOSING, LATEST, person) for person in (DANA, SOCIAL_WORKER))
    assert not {event["uid"] for event in danas} & {event["uid"] for event in naomis}
    assert len({event["uid"] for event in danas}) == 2
    assert danas[0]["uid"] == entries(CLOSING, LATEST)[0]["uid"], "taking it again adds no second entry"
