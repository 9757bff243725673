"""Counting days. A working day is no Saturday, no Sunday and no bank holiday where the children live."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

DAY = timedelta(days=1)


def is_working_day(day: date, closed: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in closed


def working_days_after(start: date, count: int, closed: Collection[date]) -> date:
    """The day that is this many working days later. The day after `start` is the first that may count."""
    day = start
    for _ in range(count):
        day += DAY
        while not is_working_day(day, closed):
            day += DAY
    return day


def working_days_between(start: date, end: date, closed: Collection[date]) -> int:
    """How many working days there are after `start`, up to and with `end`; none where `end` is not later."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day, closed) for day in days)


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or the last of that month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
