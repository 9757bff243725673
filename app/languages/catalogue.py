"""A catalogue as it was compiled: the messages of one language."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from .languages import ENGLISH, WITH_CATALOGUE, Language

FOLDER = Path(__file__).resolve().parent


def compiled(code: str) -> Path:
    return FOLDER / f"{code}.mo"


@cache
def offered() -> tuple[Language, ...]:
    """English, and each whose compiled catalogue is there."""
    return (ENGLISH, *(each for each in WITH_CATALOGUE if compiled(each.code).exists()))


@cache
def catalogue_of(code: str) -> NullTranslations:
    """English needs none: its sentences are the keys."""
    if code == ENGLISH.code:
        return NullTranslations()
    with compiled(code).open("rb") as file:
        return GNUTranslations(file)


def language_named(code: str) -> Language | None:
    return next((each for each in offered() if each.code == code), None)
