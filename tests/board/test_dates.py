"""Days are counted as guidance counts them: from the day after, without weekends and bank holidays."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.areas.areas import area_named
from app.areas.bank_holidays import bank_holidays
from app.board.actor import CHAIR, ROOM, Actor, Audience
from app.board.board import decide, replayed, see
from app.board.conference import PrepareConference, Settings
from app.board.dates import Report, Trigger
from app.board.state import EMPTY, Board
from app.board.working_days import is_working_day, months_after, working_days_after, working_days_between
from tests import cast
from tests.cast import DANA, NOON, SOCIAL_WORKER

BST = timezone(timedelta(hours=1))
WITHIN = {"core_group_working_days": 10, "letter_working_days": 1, "record_working_days": 15}
CHRISTMAS = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
closings = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


def prepared(**changes: object) -> Board:
    command = cast.preparation().model_copy(update=changes)
    return replayed(EMPTY, decide(EMPTY, command, Actor(cast.CHAIR, "chair"), NOON))


def dates(**changes: object) -> dict[str, object]:
    seen: dict[str, object] = see(prepared(**changes), frozenset(), ROOM)["dates"]
    return seen


def england(around: date) -> Settings:
    return Settings(bank_holidays=bank_holidays("england", around))


# The dates of the two worked conferences, counted by hand on a calendar.


def test_the_first_conference_of_june_2025() -> None:
    day = date(2025, 6, 24)  # a Tuesday; the strategy discussion was on Thursday the 5th
    trigger = Trigger(what="strategy_discussion", on=date(2025, 6, 5))
    assert dates(held_on=day, trigger=trigger, settings=england(day)) == {
        "hold_by": "2025-06-26",
        "working_days_used": 13,
        "core_group_by": "2025-07-08",
        "review_by": "2025-09-24",
        "letter_by": "2025-06-25",
        "record_by": "2025-07-15",
        "within": {**WITHIN, "review_months": 3},
    }


def test_the_second_review_of_march_2026() -> None:
    day = date(2026, 3, 3)
    trigger = Trigger(what="previous_review", on=date(2025, 9, 16))
    changes = {"conference_type": "review", "held_on": day, "trigger": trigger, "settings": england(day)}
    assert dates(**changes) == {
        "hold_by": "2026-03-16",
        "working_days_used": None,
        "core_group_by": None,  # at a review the core group is there already
        "review_by": "2026-09-03",
        "letter_by": "2026-03-04",
        "record_by": "2026-03-24",
        "within": {**WITHIN, "review_months": 6},
    }


def test_a_first_review_is_held_within_three_months() -> None:
    trigger = Trigger(what="initial_conference", on=date(2025, 11, 30))
    assert dates(conference_type="review", trigger=trigger)["hold_by"] == "2026-02-28"


def test_a_conference_before_christmas() -> None:
    day = date(2026, 12, 18)
    found = dates(held_on=day, settings=england(day))
    assert found["record_by"] == "2027-01-13"
    assert found["letter_by"] == "2026-12-21"
    assert found["core_group_by"] == "2027-01-06"
    assert found["hold_by"] is None


def test_scotland_counts_calendar_days_to_the_meeting_and_working_days_after_it() -> None:
    day = date(2026, 11, 20)
    settings = Settings(area=area_named("scotland"), bank_holidays=bank_holidays("scotland", day))
    trigger = Trigger(what="strategy_discussion", on=date(2026, 10, 30))
    found = dates(held_on=day, trigger=trigger, settings=settings)
    assert (found["hold_by"], found["working_days_used"]) == ("2026-11-27", None)
    assert found["core_group_by"] == "2026-12-14"  # St Andrew's Day is a Monday here
    assert found["review_by"] == "2027-05-20"
    before_birth = dates(conference_type="pre_birth", held_on=day, trigger=trigger, settings=settings)
    assert before_birth["review_by"] == "2027-02-20"


def test_where_nothing_is_decided_nothing_is_due() -> None:
    people = tuple(person for person in cast.PEOPLE if person.role in ("chair", "social_worker", "professional"))
    trigger = Trigger(what="strategy_discussion", on=date(2026, 11, 2))
    found = dates(conference_type="supervision", people=people, trigger=trigger)
    assert set(found.values()) == {None}


def test_everybody_knows_the_dates() -> None:
    board = prepared(trigger=Trigger(what="strategy_discussion", on=date(2026, 11, 2)))
    assert len({str(see(board, frozenset(), who)["dates"]) for who in (CHAIR, ROOM, Audience("family", DANA))}) == 1


# Reports


def report(shared_at: datetime | None, what_was_done: str = "") -> Report:
    return Report(
        id="00000000-0000-4000-8000-0000000009a1",
        from_person=SOCIAL_WORKER,
        what="A report",
        shared_at=shared_at,
        what_was_done=what_was_done,
    )


def in_time(shared_at: datetime | None, **changes: object) -> bool | None:
    board = prepared(reports=(report(shared_at),), **changes)
    (seen,) = see(board, frozenset(), CHAIR)["reports"]
    verdict: bool | None = seen["in_time"]
    return verdict


JUNE = {"held_on": date(2025, 6, 24), "starts_at": datetime(2025, 6, 24, 10, 0, tzinfo=BST)}


@pytest.mark.parametrize(
    ("shared_at", "verdict"),
    [
        (datetime(2025, 6, 20, 15, 30, tzinfo=BST), True),
        (datetime(2025, 6, 19, 9, 10, tzinfo=BST), True),
        (datetime(2025, 6, 23, 10, 0, tzinfo=BST), True),
        (datetime(2025, 6, 23, 10, 1, tzinfo=BST), False),
        (datetime(2025, 6, 23, 16, 0, tzinfo=BST), False),
        (None, None),
    ],
)
def test_a_family_has_a_report_a_day_before_the_first_conference(
    shared_at: datetime | None, verdict: bool | None
) -> None:
    assert in_time(shared_at, **JUNE) is verdict


@pytest.mark.parametrize(
    ("shared_at", "verdict"),
    [
        (datetime(2026, 2, 24, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 2, 25, 14, 0, tzinfo=UTC), True),
        (datetime(2026, 2, 26, 23, 59, tzinfo=UTC), True),
        (datetime(2026, 2, 27, 9, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 9, 0, tzinfo=UTC), False),
        (None, None),
    ],
)
def test_a_family_has_a_report_three_working_days_before_a_review(
    shared_at: datetime | None, verdict: bool | None
) -> None:
    assert in_time(shared_at, conference_type="review", held_on=date(2026, 3, 3)) is verdict


def test_nobody_knows_whether_a_report_is_in_time_while_nobody_knows_when_it_begins() -> None:
    assert in_time(datetime(2026, 11, 1, tzinfo=UTC)) is None


def test_the_reports_are_for_those_who_lead() -> None:
    board = prepared(reports=(report(NOON, "Read with Naomi."),))
    (seen,) = see(board, frozenset(), CHAIR)["reports"]
    assert seen == {
        "id": "00000000-0000-4000-8000-0000000009a1",
        "from_person": SOCIAL_WORKER,
        "what": "A report",
        "shared_at": "2026-11-23T12:00:00+00:00",
        "in_time": None,
        "what_was_done": "Read with Naomi.",
    }
    for who in (ROOM, Audience("family", DANA), Audience("services")):
        assert "reports" not in see(board, frozenset(), who)


def test_a_day_that_nobody_can_count_from_is_no_day_of_a_conference() -> None:
    fields = {name: getattr(cast.preparation(), name) for name in PrepareConference.model_fields}
    for year in (1, 9999):
        with pytest.raises(ValueError, match="held_on"):
            PrepareConference(**{**fields, "held_on": date(year, 1, 1)})


# Counting


def test_fifteen_working_days_over_christmas() -> None:
    assert working_days_after(date(2026, 12, 18), 15, CHRISTMAS) == date(2027, 1, 13)
    assert working_days_between(date(2026, 12, 18), date(2027, 1, 13), CHRISTMAS) == 15


@given(days, st.integers(0, 200), closings)
def test_so_many_working_days_later_is_so_many_working_days_away(
    start: date, count: int, closed: frozenset[date]
) -> None:
    end = working_days_after(start, count, closed)
    assert working_days_between(start, end, closed) == count
    assert end >= start
    assert count == 0 or is_working_day(end, closed)


@given(days, st.integers(1, 200), closings)
def test_one_more_day_is_the_next_working_day(start: date, count: int, closed: frozenset[date]) -> None:
    before, after = working_days_after(start, count, closed), working_days_after(start, count + 1, closed)
    between = [before + timedelta(days=number) for number in range(1, (after - before).days)]
    assert before < after
    assert not any(is_working_day(day, closed) for day in between)


@given(days, days, closings)
def test_a_closed_day_never_makes_a_term_shorter(start: date, end: date, closed: frozenset[date]) -> None:
    assert working_days_between(start, end, closed) <= working_days_between(start, end, ())
    assert working_days_after(start, 15, closed) >= working_days_after(start, 15, ())
    assert end > start or working_days_between(start, end, closed) == 0


@given(days, days, days, closings)
def test_counting_in_two_parts_is_counting_in_one(a: date, b: date, c: date, closed: frozenset[date]) -> None:
    a, b, c = sorted((a, b, c))
    parts = working_days_between(a, b, closed) + working_days_between(b, c, closed)
    assert parts == working_days_between(a, c, closed)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 6, 24), 3, date(2025, 9, 24)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 3, 31), 6, date(2025, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


@given(days, st.integers(0, 60))
def test_a_month_later_is_in_the_month_that_is_so_much_later(start: date, months: int) -> None:
    end = months_after(start, months)
    assert (end.year - start.year) * 12 + end.month - start.month == months
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])
