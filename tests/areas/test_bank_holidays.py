"""Bank holidays are those of the nation, in the years around a conference."""

from datetime import date

import pytest

from app.areas.bank_holidays import bank_holidays
from app.board.area_parts import Nation

NATIONS: tuple[Nation, ...] = ("england", "wales", "scotland", "northern_ireland")


def test_english_bank_holidays_of_christmas_2026() -> None:
    known = bank_holidays("england", date(2026, 12, 18))
    assert [day for day in known if date(2026, 12, 18) < day < date(2027, 1, 13)] == [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 28),
        date(2027, 1, 1),
    ]


def test_nations_differ() -> None:
    around = date(2026, 6, 1)
    assert date(2026, 4, 6) in bank_holidays("england", around)
    assert bank_holidays("wales", around) == bank_holidays("england", around)
    assert date(2026, 4, 6) not in bank_holidays("scotland", around)  # Easter Monday
    assert date(2026, 1, 2) in bank_holidays("scotland", around)
    assert date(2026, 3, 17) in bank_holidays("northern_ireland", around)


@pytest.mark.parametrize("nation", NATIONS)
def test_the_year_before_and_the_next_are_there_too(nation: Nation) -> None:
    known = bank_holidays(nation, date(2026, 6, 1))
    assert {day.year for day in known} == {2025, 2026, 2027}
    assert list(known) == sorted(set(known))
