"""Days and times as people read them, in the conference's own zone."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from app.languages.dates import day_words, long_day, short_weekday
from app.languages.speaking import _

from .parts import When


@dataclass(frozen=True)
class Times:
    zone: tzinfo
    held_on: date
    met_on: date  # the day it really began; `held_on` until then, and nearly always

    def day(self, iso: str | None) -> When | None:
        """ "Fri 20 March"; with the year where it is not the conference's."""
        if not iso:
            return None
        on = date.fromisoformat(iso)
        return When(short_weekday(on, year=on.year != self.held_on.year), iso)

    def long_day(self, iso: str) -> When:
        """ "Thursday 12 March 2026"."""
        return When(long_day(date.fromisoformat(iso)), iso)

    def clock(self, moment: datetime | str) -> When:
        """ "10:47" on the day of the meeting; on any other day, which day as well."""
        return self._clock(moment, self.met_on)

    def beginning(self, moment: datetime | str) -> When:
        """The same beside the day for which it was called: says for all others which day it was."""
        return self._clock(moment, self.held_on)

    def _clock(self, moment: datetime | str, expected: date) -> When:
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        local = moment.astimezone(self.zone)
        clock = f"{local:%H:%M}"
        if local.date() != expected:
            clock = _("{time} on {day}", time=clock, day=day_words(local.date()))
        return When(clock, local.isoformat(timespec="seconds"))

    def stamp(self, moment: datetime | str) -> When:
        """Day and time: "24 June 2025, 12:22"."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment)
        local = moment.astimezone(self.zone)
        day, time = day_words(local.date()), f"{local:%H:%M}"
        words = _("{day}, {time}", day=day, time=time)
        return When(words, local.isoformat(timespec="seconds"))


def times_of(time_zone: str, held_on: str, started_at: str | None = None) -> Times:
    zone, called_for = ZoneInfo(time_zone), date.fromisoformat(held_on)
    met_on = datetime.fromisoformat(started_at).astimezone(zone).date() if started_at else called_for
    return Times(zone, called_for, met_on)
