"""The plan in a spreadsheet: as it was agreed, and as words only."""

import csv
import unicodedata
from dataclasses import replace
from functools import cache
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.records.plan_csv import HEADINGS, guarded, plan_csv
from app.records.recipient import Recipient
from app.records.record import Record, build_record
from tests.board import meeting as moments
from tests.cast import DANA, NOON

FORMULAS = tuple("=+-@\t\r")
HARMLESS = st.text(alphabet=" \t\r\n'\"`“”‘’«»\u00a0\u2003\u200b\u200e\ufeff\u00ad()[]", max_size=5)
CELL = st.builds("".join, st.tuples(HARMLESS, st.sampled_from((*FORMULAS, *"＝＋－＠", "")), st.text(max_size=20)))
WORDS = CELL | st.builds("{}{}{}".format, CELL, st.sampled_from(";\n\r\t"), CELL)


@cache
def made() -> Record:
    record = build_record(moments.decided().board, Recipient(DANA, "family"), NOON)
    assert record.goals
    assert record.steps
    return record


def with_step(words: str) -> Record:
    return replace(made(), steps=(replace(made().steps[0], what=words),))


def cells(file: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def computes(cell: str) -> bool:
    """What a spreadsheet would take for a formula, seen as kindly as possible from its side."""
    bare = unicodedata.normalize("NFKC", cell)
    seen = [letter for letter in bare if letter in FORMULAS or letter == "'" or letter.isalnum()]
    return cell.startswith(FORMULAS) or bool(seen and seen[0] in FORMULAS)


def test_each_goal_step_and_date_has_a_row_with_its_own_heading() -> None:
    record = made()
    heads, *rows = cells(plan_csv(record))
    assert tuple(heads) == HEADINGS
    assert all(len(row) == len(HEADINGS) for row in rows)
    said = [row[2] for row in rows]
    for each in (*(goal.text for goal in record.goals), record.steps[0].what, *(date.words for date in record.dates)):
        assert each in said


def test_a_plan_that_was_made_to_practise_says_so_before_anything_else() -> None:
    meeting = replace(made().meeting, practice=True)
    (mark, *rest), heads, *_ = cells(plan_csv(replace(made(), meeting=meeting)))
    assert mark == "PRACTICE. Everyone in it is made up."
    assert (len([mark, *rest]), tuple(heads)) == (len(HEADINGS), HEADINGS)


def test_a_spreadsheet_knows_its_letters_by_the_mark_in_front() -> None:
    assert plan_csv(with_step("Tansy’s café £5")).startswith(b"\xef\xbb\xbf")
    assert "Tansy’s café £5" in plan_csv(with_step("Tansy’s café £5")).decode("utf-8-sig")


@given(WORDS)
@example('=HYPERLINK("https://elsewhere.example")')
@example(" \u200b'\"=1+1")
@example("＝1+1")
@example("a;=1+1")
@example("a\n-1")
def test_a_spreadsheet_computes_nothing_wherever_it_splits(words: str) -> None:
    file = plan_csv(with_step(words))
    (found,) = [row[2] for row in cells(file) if row[0] == "Next step"]
    assert not computes(found)
    for delimiter in ";\t":
        assert not [cell for row in cells(file, delimiter) for cell in row if computes(cell)]


@given(WORDS)
def test_nothing_is_taken_from_the_words(words: str) -> None:
    assert guarded(words).replace("'", "") == words.replace("'", "")
    (found,) = [row[2] for row in cells(plan_csv(with_step(words))) if row[0] == "Next step"]
    assert found == guarded(words)


@pytest.mark.parametrize("words", ["Dana fits a chain.", "10 - 12 o’clock", "Call @ 9", "(see above)", "£5", "a, b"])
def test_ordinary_words_stay_as_they_are(words: str) -> None:
    assert guarded(words) == words
