"""The languages there are, and which of them somebody is shown."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    code: str  # the catalogue's name
    own_name: str
    tag: str  # what a page says that it is written in
    direction: str = "ltr"


ENGLISH = Language("en", "English", "en-GB")
WITH_CATALOGUE = (
    Language("cy", "Cymraeg", "cy"),
    Language("pl", "Polski", "pl"),
    Language("ur", "اردو", "ur", "rtl"),
    Language("ro", "Română", "ro"),
    Language("ar", "العربية", "ar", "rtl"),
)
# Those whose catalogue is not complete yet: nobody is offered them, and nothing asks them to be whole.
IN_THE_MAKING: frozenset[str] = frozenset()


def chosen(offered: Iterable[Language], *, cookie: str, accepted: str, setting: str) -> Language:
    """What this browser was told to show; else what it asks for; else what the installation says."""
    by_code = {each.code: each for each in offered}
    for code in (cookie, *wanted(accepted), setting):
        if code in by_code:
            return by_code[code]
    return ENGLISH


def wanted(header: str) -> list[str]:
    """The languages of an `Accept-Language`, the dearest first, without their countries."""
    weighed = []
    for part in header.lower().split(",")[:20]:
        tag, _, weight = part.partition(";")
        try:
            worth = float(weight.replace(" ", "").removeprefix("q=") or 1)
        except ValueError:
            continue
        if worth > 0:
            weighed.append((worth, tag.strip().partition("-")[0]))
    return [code for _, code in sorted(weighed, key=lambda each: -each[0])]
