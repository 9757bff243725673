"""What a word processor is given: real structure, nothing that runs, nothing about the machine, and every word."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from app.languages.directions import FIRST_STRONG_ISOLATE, POP
from app.records.docx import clean, docx_file
from app.records.paper import Document
from tests.records.papers import paper

HOSTILE = (
    "<w:p/>&amp;&#0;]]><!--",
    '"><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText>',
    "{ INCLUDEPICTURE https://elsewhere.example/x }",
    "W" * 280,
    "\u05e9\u05dc\u05d5\u05dd \u202ebackwards\u202c \u0645\u0631\u062d\u0628\u0627",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f9d1\U0001f3fd",
    "a\nb\r\nc\rd\te",
    "\x00\x0b\ufffe\uffff\ud800",
    "  two  blanks  ",
    "l\u0301o\u0302\u0308ng \u2028 \u0085 \u00a0",
)
WORDS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)


def opened(document: Document) -> Any:
    return docx.Document(BytesIO(docx_file(document)))


def parts(document: Document) -> dict[str, str]:
    with ZipFile(BytesIO(docx_file(document))) as file:
        return {name: file.read(name).decode("utf-8", errors="replace") for name in file.namelist()}


def paragraphs(word: Any) -> Iterator[str]:
    yield from (each.text for each in word.paragraphs)
    for table in word.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
    yield from (each.text for each in word.sections[0].footer.paragraphs)


def test_headings_are_headings_and_never_skip_a_level() -> None:
    headings = [each.style.name for each in opened(paper("Words")).paragraphs if each.style.name.startswith("Heading")]
    levels = [int(name.split()[1]) for name in headings]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_table_repeats_its_heading_row_and_breaks_no_row_over_a_page() -> None:
    (table,) = opened(paper("Words")).tables
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[1:])
    assert table.autofit is False


def test_words_are_never_parted_from_who_said_them_and_what_was_answered() -> None:
    every = opened(paper("Words")).paragraphs
    (card, *_) = [
        at for at, one in enumerate(every) if one.style.name == "List Bullet" and one.paragraph_format.keep_with_next
    ]
    assert every[card + 1].paragraph_format.keep_with_next, "the source, with the answer below it"


def test_each_numbered_list_begins_at_one() -> None:
    numbered = [each for each in opened(paper("Words")).paragraphs if each.style.name == "List Number"]
    lists = [each._p.pPr.numPr.numId.val for each in numbered]
    assert len(lists) == 4
    assert lists[0] == lists[1] != lists[2] == lists[3]


def test_it_says_its_language_and_title_and_nothing_of_whose_machine_made_it() -> None:
    word = opened(paper("Words"))
    about = word.core_properties
    assert (about.title, about.language) == ("Words", "en-GB")
    assert not [each for each in (about.author, about.last_modified_by, about.comments, about.keywords) if each]
    assert about.created.isoformat() == "2025-06-24T11:00:00+00:00"
    assert 'w:lang w:val="en-GB"' in parts(paper("Words"))["word/styles.xml"]
    assert not [name for name in parts(paper("Words")) if "thumbnail" in name]


def test_every_page_says_for_whom_it_is_and_from_which_decision() -> None:
    (foot,) = (
        opened(paper("Words", recipient="For Dana", conference="24 June", fingerprint="ABCD"))
        .sections[0]
        .footer.paragraphs
    )
    assert foot.text == "For Dana. 24 June. Made 12:00. Fingerprint ABCD."


def test_practice_says_so_on_every_page() -> None:
    assert "PRACTICE" in opened(paper("Words", practice=True)).sections[0].header.paragraphs[0].text
    assert not opened(paper("Words")).sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_it_runs_or_is_fetched(words: str) -> None:
    for name, part in parts(paper(words)).items():
        assert 'TargetMode="External"' not in part, name
        assert not re.search(r"<w:(instrText|fldSimple|fldChar|object|control|altChunk|hyperlink|subDoc)\b", part), name
        assert not name.endswith(".bin")


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_any_words_arrive_as_they_were_said(words: str) -> None:
    """Where another document says one letter, this one says all of them, and is else the same."""
    said = "\n".join(paragraphs(opened(paper(words))))
    assert not_set_apart(said) == not_set_apart(of_one_letter().replace("§", clean(words)))


def not_set_apart(text: str) -> str:
    """Without the marks around words that run the other way."""
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP, "")


@cache
def of_one_letter() -> str:
    return "\n".join(paragraphs(opened(paper("§"))))


def test_a_word_as_long_as_a_point_may_be_stays_on_the_page() -> None:
    """The columns of a table keep their width, whatever stands in them."""
    (table,) = opened(paper("W" * 280)).tables
    page = opened(paper("W")).sections[0]
    width = sum(cell.width or 0 for cell in table.rows[0].cells)
    assert 0 < width <= page.page_width - page.left_margin - page.right_margin
