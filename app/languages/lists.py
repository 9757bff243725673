"""Several things in one sentence."""

from collections.abc import Sequence
from typing import Literal

from babel.lists import format_list

from .languages import ENGLISH
from .speaking import spoken


def listed(names: Sequence[str]) -> str:
    """ "Tansy", "Tansy and Robin", "Tansy, Robin and Ash"."""
    return _joined(names, "standard")


def one_of(names: Sequence[str]) -> str:
    """ "Tansy or Robin"."""
    return _joined(names, "or")


def _joined(names: Sequence[str], how: Literal["standard", "or"]) -> str:
    if len(names) < 2:
        return "".join(names)
    language = spoken()
    if language is ENGLISH:
        return f"{', '.join(names[:-1])} {'and' if how == 'standard' else 'or'} {names[-1]}"
    return format_list(names, how, language.code)
