"""A letter to each child, written when there is time for it, and seen by chair and scribe."""

import pytest

from app.board.refusals import Reason
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import CHAIR, NOON, ROBIN, SCRIBE, TANSY

UNKNOWN = number(0xDEAD)


def test_a_letter_is_for_chair_and_scribe_to_read(mapping: Meeting) -> None:
    version = mapping.writes_letter(SCRIBE, will_happen=["Grace comes.", "The door has a chain."])
    for person in EVERYONE:
        assert (f"letter/{TANSY}" in mapping.screen(person)) is (person in (CHAIR, SCRIBE))
        assert ("worried about the door" in str(mapping.screen(person))) is (person in (CHAIR, SCRIBE))
    letter = mapping.shared(CHAIR)[f"letter/{TANSY}"]
    assert letter.pop("written_at") > NOON.isoformat()
    assert letter == {
        "version": version,
        "worried": "We were worried about the door.",
        "going_well": "You are at school every day.",
        "will_happen": ["Grace comes.", "The door has a chain."],
        "if_worried": "Tell Bea.",
        "written_by": SCRIBE,
    }
    assert f"letter/{ROBIN}" not in mapping.shared(CHAIR)


def test_two_who_write_it_at_once_lose_no_word(mapping: Meeting) -> None:
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.writes_letter(base_version=UNKNOWN)
    mapping.writes_letter()
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.writes_letter(SCRIBE, base_version=None, worried="Something else.")
    with refused(Reason.NOTHING_CHANGED):
        mapping.writes_letter(SCRIBE)
    last = mapping.writes_letter(SCRIBE, if_worried="Tell Bea or Leila.")
    assert mapping.shared(CHAIR)[f"letter/{TANSY}"]["version"] == last
    with refused(Reason.NOT_UNDOABLE):
        mapping.undoes(SCRIBE, last)
    mapping.writes_letter(child=ROBIN)  # each child has their own


def test_it_is_written_to_a_child_of_this_conference(mapping: Meeting) -> None:
    with refused(Reason.NOT_FOUND):
        mapping.writes_letter(child=UNKNOWN)


@pytest.mark.parametrize("person", [CHAIR, SCRIBE])
def test_it_may_be_written_after_the_end_and_touches_nothing_that_is_over(closed: Meeting, person: str) -> None:
    before = closed.shared(CHAIR)
    closed.writes_letter(person)
    after = closed.shared(CHAIR)
    assert {key: value for key, value in after.items() if key != f"letter/{TANSY}"} == before
