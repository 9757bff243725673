"""Bank holidays, from the library that keeps them."""

from datetime import date
from functools import lru_cache

import holidays

from app.board.area_parts import Nation

SUBDIVISION: dict[Nation, str] = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


def bank_holidays(nation: Nation, around: date) -> tuple[date, ...]:
    """Those of the year before, of this year and of the next, in their order."""
    return _in_three_years(nation, around.year)


@lru_cache(maxsize=64)
def _in_three_years(nation: Nation, year: int) -> tuple[date, ...]:
    years = range(year - 1, year + 2)
    return tuple(sorted(holidays.country_holidays("GB", subdiv=SUBDIVISION[nation], years=years)))
