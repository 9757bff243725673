"""A paper speaks the language of whoever is given it; what people said stays as they said it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from docx.oxml.ns import qn

from app.board.preparing import NoteNeeds
from app.board.state import Board
from app.languages import catalogue, speaking
from app.languages.directions import FIRST_STRONG_ISOLATE, direction_of, isolated
from app.languages.languages import WITH_CATALOGUE
from app.realtime.turn import Asked, take_turn
from app.records.docx import docx_file
from app.records.html import page_of
from app.records.issue import Wanted, make_file
from app.records.recipient import Recipient
from tests.languages.pseudo import outside_of, pseudo, write_pseudo
from tests.records.copies import copy, happened_in
from tests.records.test_docx import opened
from tests.records.test_golden import COPIES
from tests.script.worked import FILES, Worked, worked

WELSH, ARABIC = WITH_CATALOGUE[0], WITH_CATALOGUE[4]
DATES = {
    name
    for names in (Locale("cy").days["format"], Locale("cy").months["format"])
    for way in ("wide", "abbreviated")
    for name in " ".join(names[way].values()).split()
}
NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def _pseudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything of a catalogue stands in brackets."""
    monkeypatch.setattr(catalogue, "FOLDER", write_pseudo(tmp_path))
    catalogue.offered.cache_clear()
    catalogue.catalogue_of.cache_clear()
    yield
    catalogue.offered.cache_clear()
    catalogue.catalogue_of.cache_clear()


def with_language(of: Worked, person: str, language: str) -> Board:
    note = NoteNeeds(id="00000000-0000-4000-8000-000000000001", person_id=of.of(person), language=language)
    chair = next(id for id, member in of.board.people.members.items() if member.role == "chair")
    return take_turn(of.board, [Asked(note, chair)], {}, NOW).board


@pytest.mark.usefixtures("_pseudo")
def test_a_paper_is_in_the_language_that_was_noted_for_whoever_is_given_it() -> None:
    of = worked("example-conference")
    board, happened = with_language(of, "p09", "cy"), happened_in(of.played.rows)

    def made(person: str, format: Any, document: Any = "family_copy", version: Any = "family") -> str:
        wanted = Wanted(Recipient(of.of(person), version), document, format)
        return make_file(board, wanted, happened, NOW).decode()

    with speaking.speaking(WELSH):  # what the chair's own screen speaks makes no difference
        assert '<html lang="cy" dir="ltr"' in made("p09", "html")
        assert pseudo("What was said") in made("p09", "html")
        assert '<html lang="en-GB" dir="ltr"' in made("p10", "html")
        assert "⟦" not in made("p10", "html")
        assert "⟦" not in made("p10", "csv", "outline_plan")
        assert pseudo("Safety goal") in made("p09", "csv", "outline_plan")


@pytest.mark.usefixtures("_pseudo")
@pytest.mark.parametrize("conference", FILES)
def test_no_word_of_any_paper_stands_outside_the_catalogues(conference: str) -> None:
    """Whatever does not come from one was said by somebody of the meeting, or is a day."""
    of = worked(conference)
    said = " ".join(strings_of(of.raw)).lower()
    for code, person, version, children, child in COPIES:
        with speaking.speaking(WELSH):
            page = page_of(copy(of, code, person, version, children, child))
        for part in outside_of(page.replace("ABCD-EFGH-JKLM-NPQR", "")):
            words = re.split(r"[\s,;]+", part)
            others = [word for word in words if word not in DATES and not word.isdigit()]
            assert " ".join(words).lower() in said or " ".join(others).lower() in said, (code, person, part)


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.replace(",", " ").replace(";", " ").split())
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings_of(each)


class Arabic(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Next steps": "الخطوات التالية", "by {day}": "بحلول {day}", "For {name}": "إلى {name}"}.get(
            message, message
        )


def test_in_a_paper_from_right_to_left_english_words_keep_their_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(speaking, "catalogue_of", lambda code: Arabic())
    with speaking.speaking(ARABIC):
        document = copy(worked("example-conference"), "full_record", "p03", "full")
        page = page_of(document)
        word = opened(document)
    assert '<html lang="ar" dir="rtl"' in page
    assert '<p class="say" dir="ltr">' in page
    assert f"إلى {FIRST_STRONG_ISOLATE}Naomi Trask" in page
    heading = next(each for each in word.paragraphs if each.text == "الخطوات التالية")
    assert heading._p.pPr.find(qn("w:bidi")) is not None
    assert heading.runs[0]._r.rPr.find(qn("w:rtl")) is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in word.tables)
    english = next(each for each in word.paragraphs if each.text.startswith("Police were called"))
    assert english._p.pPr.find(qn("w:bidi")) is None


def test_a_paper_in_english_is_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the other direction is in it, so nothing is set apart."""
    document = copy(worked("example-conference"), "full_record", "p03", "full")
    assert 'dir="rtl"' not in re.sub("<style>.*?</style>", "", page_of(document), flags=re.DOTALL)
    assert FIRST_STRONG_ISOLATE not in page_of(document)
    assert b"w:bidiVisual" not in docx_file(document)


def test_words_are_set_apart_only_among_words_of_the_other_direction() -> None:
    assert direction_of("12:30", "rtl") == "rtl"
    assert direction_of("12. شكرا Dana", "ltr") == "rtl"
    assert isolated("Dana", "ltr") == "Dana"
    assert isolated("شكرا", "rtl") == "شكرا"
    assert isolated("شكرا", "ltr") == "\u2068شكرا\u2069"
