"""What some of the family must not see reaches nobody but the people it names, and the chair."""

import json

import pytest

from app.board.refusals import Refused
from app.script.demo import MOMENTS, until
from app.script.play import play
from tests.script.worked import Worked, everything_seen

WORDS = {
    "x01": "new address is not given",
    "x02": "I hide in the wardrobe",
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("restricted", WORDS)
def test_restricted_words_reach_only_those_they_name_and_the_chair(
    initial: Worked, restricted: str, moment: str
) -> None:
    (part,) = [each for each in initial.raw["restricted"]["items"] if each["id"] == restricted]
    may = {f"own {initial.of(person)}" for person in (*part["visible_to"], "p01")}
    seen = everything_seen(play(until(initial.steps, moment)).board)
    told = {who for who, view in seen.items() if WORDS[restricted] in json.dumps(view)}
    assert told == (may if moment != "start" else set())


@pytest.mark.parametrize("restricted", WORDS)
def test_nothing_about_a_restricted_item_is_in_anybody_elses_view(initial: Worked, restricted: str) -> None:
    """Neither its id nor, for the worked items, its reason; also not in what was kept for the chair's screen."""
    (part,) = [each for each in initial.raw["restricted"]["items"] if each["id"] == restricted]
    may = {f"own {initial.of(person)}" for person in (*part["visible_to"], "p01")}
    for who, view in everything_seen(initial.board).items():
        if who not in may:
            shown = json.dumps(view)
            assert initial.of(restricted) not in shown
            assert part["reason"] not in shown


def test_what_was_kept_for_the_chair_holds_no_restricted_words(initial: Worked) -> None:
    kept = json.dumps(dict(initial.board.conference.kept))
    assert not any(words in kept for words in WORDS.values())


def test_a_refusal_tells_where_and_never_what(initial: Worked) -> None:
    """The line goes to a terminal, perhaps to a log."""
    from app.board.refusals import Reason
    from app.script.play import RefusedStep

    no = Refused(Reason.NOT_FOUND)
    assert str(RefusedStep("restricted.items[0] (x01)", no.reason, no.sentence)) == (
        "restricted.items[0] (x01): not_found: That is not on the board."
    )
