"""Times as a file writes them: on the clock of the room, on the day the conference is held."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _clock(text: str) -> str:
    if not _CLOCK.fullmatch(text):
        raise ValueError("must be a time such as 10:30")
    return text


def _day(text: str) -> str:
    try:
        if not _DAY.fullmatch(text) or not 1900 <= date.fromisoformat(text).year <= 2200:
            raise ValueError
    except ValueError:
        raise ValueError("must be a day such as 2025-06-24") from None
    return text


def _day_and_clock(text: str) -> str:
    day, _, clock = text.partition("T")
    try:
        _day(day)
        _clock(clock)
    except ValueError:
        raise ValueError("must be a day and time such as 2025-06-24T09:30") from None
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("must be a time zone such as Europe/London") from None
    return text


# Kept as text, so that what is written back is what was read.
Clock = Annotated[str, AfterValidator(_clock)]
Day = Annotated[str, AfterValidator(_day)]
DayAndClock = Annotated[str, AfterValidator(_day_and_clock)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]


@dataclass(frozen=True)
class RoomClock:
    """The clock on the wall, on the day of the conference."""

    day: date
    zone: ZoneInfo

    def instant(self, clock: Clock) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(clock), self.zone).astimezone(UTC)

    def at(self, when: DayAndClock) -> datetime:
        """On another day, in the offset that the room had then, so that it stays that day."""
        return datetime.fromisoformat(when).replace(tzinfo=self.zone)

    def day_and_time(self, moment: datetime) -> DayAndClock:
        return (
            moment.astimezone(self.zone).replace(tzinfo=None).isoformat(timespec="auto" if moment.second else "minutes")
        )

    def reads(self, at: datetime) -> Clock:
        """What it shows, to the minute where that is exact."""
        shown = at.astimezone(self.zone).time()
        return shown.isoformat("auto" if shown.second or shown.microsecond else "minutes")
