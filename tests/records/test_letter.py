"""The letter that a child keeps."""

from dataclasses import replace

import pytest

from app.records.documents import child_letter, make_document
from app.records.html import page_of
from app.records.letter import Letter, build_letter
from app.records.parts import When
from app.records.recipient import NotEntitled, Recipient
from tests.board import meeting as moments
from tests.cast import ADVOCATE, CALLUM, CHAIR, DANA, ROBIN, TANSY
from tests.records.copies import ISSUED, copy, every_copy, happened_in, read_aloud
from tests.script.worked import worked

WRITTEN = Letter(
    child="Isla",
    siblings=("Robin",),
    met_on="Thursday",
    held_on=When("Thursday 12 March 2026", "2026-03-12"),
    title="Whitlow family",
    family_here=("Dana", "Callum", "Jean"),
    voice="Priya told everyone what you said.",
    worried="People are worried about the times when no grown-up could look after you properly.",
    going_well="People also said how you run to Mum at the gate.",
    will_happen=("Mum will see Steph every Tuesday.",),
    if_worried="If you are worried, ring Nan, or tell Joe or Priya. You can say anything.",
    chair="Ruth",
    issued_at=When("13 March 2026, 09:00", "2026-03-13T09:00:00"),
    fingerprint="",
    recipient_name="Priya Nair",
    practice=False,
)


def test_a_letter_says_what_was_written_for_the_child() -> None:
    assert read_aloud(page_of(child_letter(WRITTEN))).splitlines()[:8] == [
        "# For Isla",
        "On Thursday lots of grown-ups met to talk about you and Robin. Dana, Callum and Jean were there. "
        "Priya told everyone what you said.",
        "People are worried about the times when no grown-up could look after you properly. That is not your fault, "
        "and it is not your job to fix it.",
        "People also said how you run to Mum at the gate.",
        "## What will happen now",
        "Mum will see Steph every Tuesday.",
        "If you are worried, ring Nan, or tell Joe or Priya. You can say anything.",
        "Ruth, who ran the meeting",
    ]
    assert child_letter(WRITTEN).missing == ()


def test_what_nobody_wrote_is_left_out_and_the_chair_is_told() -> None:
    bare = child_letter(replace(WRITTEN, worried="", going_well="", if_worried="", will_happen=()))
    page = read_aloud(page_of(bare))
    assert "not your fault" not in page
    assert len(bare.missing) == 4
    assert not any(each in page for each in bare.missing)


def test_a_child_never_reads_the_plan_in_the_grown_ups_words() -> None:
    letter = copy(worked("example-conference"), "child_letter", "p08", "family", (), "c1")
    page = read_aloud(page_of(letter))
    assert "What will happen now" not in page
    assert "Clearwater" not in page
    assert "Bea told everyone what you said." in page
    assert letter.recipient == "For Tansy, given to Bea Lindqvist"


def test_the_letter_that_was_written_for_a_child_is_in_no_other_paper() -> None:
    meeting = moments.mapping()
    words = {"worried": "It was loud at night.", "going_well": "You read so well.", "if_worried": "Ring Nana Mo."}
    meeting.does(
        CHAIR, "write_letter", child_id=TANSY, base_version=None, will_happen=["Bea comes on Monday."], **words
    )
    happened = happened_in(meeting.rows)
    written = make_document("child_letter", meeting.board, Recipient(ADVOCATE, "family"), ISSUED, "", happened, TANSY)
    page = read_aloud(page_of(written))
    assert [each for each in (*words.values(), "Bea comes on Monday.") if each not in page] == []
    assert written.missing == ()
    for recipient, document in every_copy(meeting.board, happened):
        if document.title != "For Tansy":
            assert not [each for each in words.values() if each in page_of(document)], recipient


def test_a_child_who_stands_alone_is_spoken_to_alone() -> None:
    assert "talk about you. Dana was there." in read_aloud(
        page_of(child_letter(replace(WRITTEN, siblings=(), family_here=("Dana",))))
    )


def test_nobody_is_given_the_letter_of_a_child_whose_record_is_not_theirs() -> None:
    board = moments.mapping().board
    assert build_letter(board, TANSY, Recipient(DANA, "family"), ISSUED, "", ()).child == "Tansy"
    assert build_letter(board, TANSY, Recipient(ADVOCATE, "family", (TANSY,)), ISSUED, "", ()).child == "Tansy"
    with pytest.raises(NotEntitled):
        build_letter(board, TANSY, Recipient(CALLUM, "family", (ROBIN,)), ISSUED, "", ())
