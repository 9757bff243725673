"""What the product itself says to a family and to a child is in everyday words."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.records.headings import PLAIN
from app.records.html import page_of
from app.records.recipient import DocumentCode
from tests.records.copies import copy, read_aloud
from tests.records.jargon import jargon_in
from tests.script.worked import worked


def said_by_people(part: Any) -> Iterator[str]:
    """Every text that stands in the file of the conference: not the product's words."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from (text for each in part.values() for text in said_by_people(each))
    elif isinstance(part, list):
        yield from (text for each in part for text in said_by_people(each))


def products_own(conference: str, text: str) -> str:
    """Without what anybody wrote or is called; and without the law's own words, which stand beside the plain ones."""
    given = worked(conference)
    people = sorted({" ".join(each.split()) for each in said_by_people(given.raw)}, key=len, reverse=True)
    categories = [name.plain for name in given.board.conference.settings.area.categories.names]
    for words in (*(each for each in people if len(each) > 12), *categories):
        text = text.replace(words, " ").replace(words[:1].upper() + words[1:], " ")
    return text


@pytest.mark.parametrize("conference", ["example-conference", "example-review"])
@pytest.mark.parametrize(
    ("code", "person", "child"),
    [
        ("family_copy", "p09", ""),
        ("outcome_letter", "p09", ""),
        ("outline_plan", "p09", ""),
        ("child_letter", "p08", "c1"),
    ],
)
def test_the_product_says_nothing_that_has_to_be_looked_up(
    conference: str, code: DocumentCode, person: str, child: str
) -> None:
    text = read_aloud(page_of(copy(worked(conference), code, person, "family", (), child)))
    assert jargon_in(products_own(conference, text)) == []


def test_the_headings_of_the_family_copy_are_plain() -> None:
    assert jargon_in(" / ".join(vars(PLAIN).values())) == []


def test_the_list_finds_what_it_is_for() -> None:
    assert jargon_in("Core group and threshold, by MASH") == ["threshold", "Core group", "MASH"]
