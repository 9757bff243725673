"""The list of plain words is plain, an area changes it without a release, and a mistake in it is told in a sentence."""

import re
from pathlib import Path

import pytest

from app.areas.areas import AreaRefused, load_areas, plain_words_in, read_area_file
from app.areas.plain_words import Term, bare, for_every_area
from tests.areas.test_areas import ENGLAND

OWN = """
[plain_words]
out = ["marac"]

[[plain_words.terms]]
write = { "placement" = "foster home" }
means = "Where you stay."

[[plain_words.terms]]
words = ["Team Ash"]
say = "say which worker"
"""
HARD = re.compile(r"\b(ICPC|multi-agency|utilise|facilitate|prior to|perpetrator|victim|vote|client)\b", re.IGNORECASE)


def area_with(tmp_path: Path, words: str) -> Path:
    file = tmp_path / "ashmere.toml"
    text = ENGLAND.read_text(encoding="utf-8").replace('code = "england"', 'code = "ashmere"', 1)
    file.write_text(text + words, encoding="utf-8")
    return file


def term_of(word: str, terms: tuple[Term, ...]) -> Term | None:
    return next((term for term in terms if bare(word) in term.heads), None)


def test_there_are_enough_and_each_spelling_belongs_to_one() -> None:
    terms = for_every_area()
    assert len(terms) >= 150
    assert sum(term.means is not None for term in terms) >= 150
    heads = [bare(word) for term in terms for word in term.spellings]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize("code", load_areas())
def test_what_stands_for_a_word_is_plain_itself(code: str) -> None:
    for term in plain_words_in(code):
        for said in (*term.write.values(), term.say or "", term.means or ""):
            assert not HARD.search(said), said
            assert len(said.split()) <= 20, said
        if term.means:
            assert term.means[0].isupper(), term.means
            assert term.means[-1] == ".", term.means
        for said in (*term.write.values(), *((term.say,) if term.say else ())):
            assert said[-1].isalnum() or said[-1] == "?", said


def test_an_area_takes_out_stands_in_for_and_adds(tmp_path: Path) -> None:
    area_with(tmp_path, OWN)
    own, everywhere = plain_words_in("ashmere", tmp_path), plain_words_in("england", tmp_path)
    assert term_of("MARAC", everywhere)
    assert term_of("MARAC", own) is None
    placement = term_of("placement", own)
    assert placement is not None
    assert placement.write == {"placement": "foster home"}
    assert term_of("placements", own) is None  # a term stands in for the whole of another
    assert term_of("team ash", own) is not None
    assert {bare(word) for term in everywhere for word in term.spellings} >= {"marac", "placement", "placements"}
    assert plain_words_in("narnia", tmp_path) == for_every_area()


def test_scotland_and_wales_have_words_of_their_own() -> None:
    assert term_of("IRD", plain_words_in("scotland"))
    assert term_of("care and support plan", plain_words_in("wales"))
    assert not term_of("IRD", plain_words_in("england"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            '[plain_words]\nout = ["narnia"]',
            "plain_words.out: narnia is no word of the list that is there for every area",
        ),
        ("[plain_words]\nin = []", "plain_words.in is not a key of an area file"),
        ("[[plain_words.terms]]\nmeans = 'A.'", "plain_words.terms[0]: there is neither write nor words"),
        ("[[plain_words.terms]]\nwords = ['LAC']", "plain_words.terms[0]: words and say stand together"),
        ("[[plain_words.terms]]\nwords = ['A-b', 'a b']\nsay = 'c'", "plain_words: a b stands there twice"),
        ("[[plain_words.terms]]\nwrite = { LAC = 1 }", "plain_words.terms[0].write.LAC is 1, but must be text"),
        ("[[plain_words.terms]]\nwrite = { LAC = ' ' }", "must be something that is not empty"),
    ],
)
def test_what_is_wrong_with_an_areas_words_is_named(tmp_path: Path, words: str, sentence: str) -> None:
    with pytest.raises(AreaRefused) as refused:
        read_area_file(area_with(tmp_path, "\n" + words))
    assert sentence in str(refused.value)
