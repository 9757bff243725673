"""Every refusal has a name that is used, and a sentence that a nine-year-old could read."""

import re
from pathlib import Path

import pytest

from app.board.decision import STEPS_IN_WORDS
from app.board.refusals import SENTENCES, Reason

# Words of the trade that a family need not know, and names that are never used for people.
JARGON = [
    "icpc",
    "rcpc",
    "cin",
    "cp",
    "section",
    "strategy",
    "significant",
    "threshold",
    "category",
    "neglect",
    "emotional",
    "safeguarding",
    "multi-agency",
    "complicating",
    "protective",
    "scaling",
    "risk",
    "disclosed",
    "allegation",
    "perpetrator",
    "dv",
    "da",
    "coercive",
    "substance",
    "engage",
    "hostile",
    "disguised",
    "compliance",
    "dna",
    "wnb",
    "presented",
    "attachment",
    "placement",
    "siblings",
    "lac",
    "pr",
    "mash",
    "camhs",
    "marac",
    "dsl",
    "plo",
    "fgc",
    "nfa",
    "quorate",
    "quorum",
    "dissent",
    "contingency",
    "vote",
    "votes",
    "voting",
    "case",
    "cases",
    "client",
    "clients",
    "victim",
    "victims",
    "outcomes-framework",
]
PHRASES = ("core group", "step down", "failed to", "child protection plan", "protective factors")
BOARD = Path(__file__).parents[2] / "app"


@pytest.mark.parametrize("reason", list(Reason))
def test_every_no_has_a_sentence_in_everyday_words(reason: Reason) -> None:
    sentence = SENTENCES[reason]
    words = re.findall(r"[a-z'-]+", sentence.lower())
    assert not set(words) & set(JARGON)
    assert not [phrase for phrase in PHRASES if phrase in sentence.lower()]
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    for part in re.split(r"(?<=[.:?]) ", sentence):
        assert len(part.split()) < 20, part


def test_the_steps_that_come_first_are_named_in_everyday_words() -> None:
    for words in STEPS_IN_WORDS.values():
        assert not set(words.lower().split()) & set(JARGON)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_given_somewhere(reason: Reason) -> None:
    """By the rules; a repeated id is noticed by the turn, which alone knows what was saved before, and who has to show
    again that it is them by the room, which alone knows their session.
    """
    elsewhere = {Reason.ID_REUSED: "turn.py", Reason.CONFIRM_FIRST: "room.py"}
    home = BOARD / "realtime" / elsewhere[reason] if reason in elsewhere else BOARD / "board"
    files = [home] if home.is_file() else [file for file in home.glob("*.py") if file.name != "refusals.py"]
    assert any(f"Reason.{reason.name}" in file.read_text(encoding="utf-8") for file in files)


def test_no_two_reasons_share_a_sentence() -> None:
    assert len(set(SENTENCES.values())) == len(SENTENCES) == len(Reason)
