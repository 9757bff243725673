"""A browser counts syllables by vowels, since a dictionary outweighs its page. It is held against one here.

`reading_age.test.ts` holds the same file against the browser's own sum, so both sides are compared over the same texts.
"""

import json
import re
from pathlib import Path
from statistics import mean

import pyphen

AGES = Path(__file__).resolve().parent.parent.parent / "web" / "src" / "lib" / "reading_age.json"
# American words are divided as they sound, British ones by where they come from.
DIVIDED = pyphen.Pyphen(lang="en_US", left=1, right=1)
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
MEAN_YEARS, MOST_YEARS = 1, 2


def reading_age(text: str) -> float:
    """Flesch and Kincaid's grade level (1975), five years on."""
    sentences = [words for each in re.split(r"[.!?]+(?=\s|$)|\n", text) if (words := WORD.findall(each))]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(len(DIVIDED.positions(word)) + 1 for word in words)
    return 5 + 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def test_the_reading_age_that_a_writer_is_told_is_near_the_one_by_a_dictionary() -> None:
    ages = json.loads(AGES.read_text(encoding="utf-8"))
    off = [abs(each["age"] - reading_age(each["text"])) for each in ages]
    assert len(off) >= 15
    assert {each["age"] > 14 for each in ages} == {True, False}
    assert mean(off) <= MEAN_YEARS
    assert max(off) <= MOST_YEARS
