"""Days and months in words."""

from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton

from .languages import ENGLISH
from .speaking import spoken

# Without the commas that the standard puts: so the house writes its days.
IN_ENGLISH = {
    "EEEEdMMMMy": "EEEE d MMMM y",
    "EEEEdMMMM": "EEEE d MMMM",
    "EEEdMMMMy": "EEE d MMMM y",
    "EEEdMMMM": "EEE d MMMM",
    "dMMMMy": "d MMMM y",
    "dMMM": "d MMM",
    "EEEE": "EEEE",
}


def long_day(day: date) -> str:
    """Thursday 12 March 2026."""
    return _said(day, "EEEEdMMMMy")


def day_words(day: date) -> str:
    """12 March 2026."""
    return _said(day, "dMMMMy")


def day_of_week(day: date) -> str:
    """Thursday 12 March."""
    return _said(day, "EEEEdMMMM")


def weekday(day: date) -> str:
    """Thursday."""
    return _said(day, "EEEE")


def short_weekday(day: date, *, year: bool) -> str:
    """Thu 12 March; with the year where it is asked for."""
    return _said(day, "EEEdMMMMy" if year else "EEEdMMMM")


def short_day(day: date) -> str:
    """12 Mar."""
    return _said(day, "dMMM")


def _said(day: date, parts: str) -> str:
    language = spoken()
    if language is ENGLISH:
        return format_date(day, IN_ENGLISH[parts], locale="en_GB")
    locale = Locale.parse(language.code)
    if parts == "EEEEdMMMMy":
        return format_date(day, "full", locale=locale)
    if parts == "dMMMMy":
        return format_date(day, "long", locale=locale)
    return format_skeleton(parts, day, locale=locale)
