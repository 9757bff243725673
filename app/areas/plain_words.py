"""Words of the trade in everyday words: one list for every area, and what an area's own file says differently.

They help people to write and to read, and no rule asks for them. So no conference keeps them: what is edited is there
when a board is opened next.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from app.board.terms import Frozen, Label, Line

SHIPPED = Path(__file__).with_suffix(".json")


class Term(Frozen):
    """One thing in the words of the trade, however it is spelled.

    What is spelled with two capitals or more is found as it stands, all else in large and small letters.
    """

    write: dict[Label, Label] = Field(default_factory=dict)  # with what can stand in its place
    words: tuple[Label, ...] = ()  # where nothing can,
    say: Line | None = None  # and this helps
    means: Line | None = None  # what the family is told; without it only whoever writes is told
    unless: tuple[Label, ...] = ()  # everyday phrases with one of these words in them, which are left alone

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if not self.spellings:
            raise ValueError("there is neither write nor words")
        if bool(self.words) is (self.say is None):
            raise ValueError("words and say stand together")
        return self

    @property
    def spellings(self) -> tuple[Label, ...]:
        return (*self.write, *self.words)

    @property
    def heads(self) -> set[str]:
        return {bare(each) for each in self.spellings}


class PlainWords(Frozen):
    """A term stands in for those of every area with one of its words; `out` takes out those with one of these."""

    terms: tuple[Term, ...] = ()
    out: tuple[Label, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: set[str] = set()
        for word in (word for term in self.terms for word in (*term.spellings, *term.unless)):
            if not bare(word):
                raise ValueError(f"{word} has no letter")
            if bare(word) in seen:
                raise ValueError(f"{word} stands there twice")
            seen.add(bare(word))
        return self


NONE = PlainWords()


@cache
def for_every_area() -> tuple[Term, ...]:
    return PlainWords.model_validate_json(SHIPPED.read_bytes()).terms


def with_own(own: PlainWords) -> Iterator[Term]:
    """The list of an area that says this differently."""
    gone = {bare(word) for word in own.out}.union(*(term.heads for term in own.terms))
    yield from (term for term in for_every_area() if gone.isdisjoint(term.heads))
    yield from own.terms


def unknown_in(words: Iterable[str]) -> str | None:
    """The first of these that is in no term of every area."""
    known = set().union(*(term.heads for term in for_every_area()))
    return next((word for word in words if bare(word) not in known), None)


def bare(word: str) -> str:
    """Without what is spelled in more than one way: capitals, apostrophes, hyphens."""
    return " ".join(re.findall(r"[^\W_]+", re.sub("['’]", "", word.casefold())))
