"""Says a message in the language that is spoken here and now. A message is a whole English sentence, which is its key.

The language goes with the request, or with the paper that is being made; where nobody said one, it is English.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations
from typing import TypeVar

from .catalogue import catalogue_of
from .directions import isolated
from .languages import ENGLISH, Language

Code = TypeVar("Code")
_spoken: ContextVar[tuple[Language, NullTranslations]] = ContextVar("spoken")
_IN_ENGLISH = (ENGLISH, catalogue_of(ENGLISH.code))


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    before = _spoken.set((language, catalogue_of(language.code)))
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> Language:
    return _spoken.get(_IN_ENGLISH)[0]


def _(message: str, **places: object) -> str:
    """The message, with what stands in its places: `_("Made by {name}.", name=name)`."""
    said = _spoken.get(_IN_ENGLISH)[1].gettext(message) if message else ""
    return said.format(**_set_in(places)) if places else said


def many(one: str, several: str, n: int, **places: object) -> str:
    """The form that this number asks for; the number itself stands at `{n}`."""
    return _spoken.get(_IN_ENGLISH)[1].ngettext(one, several, n).format(n=n, **_set_in(places))


def _set_in(places: Mapping[str, object]) -> dict[str, object]:
    way = spoken().direction
    return {name: isolated(value, way) if isinstance(value, str) else value for name, value in places.items()}


def said(table: Mapping[Code, str]) -> dict[Code, str]:
    """Each of its messages in the language that is spoken."""
    return {code: _(message) for code, message in table.items()}


def word(message: str) -> str:
    """Marks a message that is said later, where it is shown."""
    return message
