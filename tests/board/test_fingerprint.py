"""A few letters that everybody can hold against their copy, from the latest decision's row and from nothing else."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.board.board import see
from app.board.fingerprint import CROCKFORD, fingerprint_of, fingerprinted
from app.board.state import Board
from tests.board import meeting as moments
from tests.board.meeting import AUDIENCES, Meeting
from tests.cast import CHAIR, DANA, PROJECTOR, ROBIN, TANSY


def about_to_decide() -> Meeting:
    meeting = moments.views()
    meeting.enters("decision")
    return meeting


def row_hash(of: str) -> bytes:
    return sha256(of.encode()).digest()


def kept(meeting: Meeting, of: str) -> Board:
    meeting.board = fingerprinted(meeting.board, of, row_hash(of))
    return meeting.board


def test_it_is_read_aloud_in_four_groups_of_four() -> None:
    assert fingerprint_of(bytes(32)) == "0000-0000-0000-0000"
    assert fingerprint_of(bytes([255] * 32)) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert fingerprint_of(bytes(range(1, 33))) == "0410-6105-0R3G-G28A"


@given(st.binary(min_size=32, max_size=32), st.integers(0, 79))
def test_it_has_no_letter_that_is_taken_for_another_and_every_bit_counts(hash: bytes, bit: int) -> None:
    text = fingerprint_of(hash)
    assert set(text) <= set(CROCKFORD) | {"-"}
    other = bytes([*hash[: bit // 8], hash[bit // 8] ^ 1 << bit % 8, *hash[bit // 8 + 1 :]])
    assert fingerprint_of(other) != text


def test_there_is_none_before_a_decision_is_saved() -> None:
    meeting = about_to_decide()
    before = list(meeting.rows)
    for row in before:
        assert kept(meeting, row.id) is meeting.board
    meeting.decides(ROBIN)
    assert "fingerprint" not in meeting.shared(CHAIR)


def test_everybody_sees_that_of_the_latest_decision_and_no_other_act_changes_it() -> None:
    meeting = about_to_decide()
    first = meeting.decides(ROBIN)
    kept(meeting, first)
    second = meeting.decides(TANSY)
    kept(meeting, first)
    assert meeting.shared(CHAIR)["fingerprint"] == {"text": fingerprint_of(row_hash(first))}
    kept(meeting, second)
    kept(meeting, first)
    kept(meeting, meeting.enters("close"))
    for audience in AUDIENCES:
        seen = see(meeting.board, frozenset(), audience)
        if "decision/" + ROBIN in seen:
            assert seen["fingerprint"] == {"text": fingerprint_of(row_hash(second))}
    assert {"fingerprint", f"decision/{ROBIN}"} <= meeting.shared(DANA).keys() & meeting.shared(PROJECTOR).keys()


@pytest.mark.parametrize("screens", ["room", "all"])
def test_a_rested_screen_does_not_show_it(screens: str) -> None:
    meeting = about_to_decide()
    kept(meeting, meeting.decides(ROBIN))
    meeting.does(CHAIR, "blank", screens=screens)
    assert "fingerprint" not in meeting.shared(PROJECTOR)
    assert "fingerprint" in meeting.shared(CHAIR)
