"""What some of the family must not see, or what is held back, reaches no paper of theirs, in any format."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.records.html import page_of
from app.records.pdf import pdf_of
from app.records.recipient import Recipient
from app.script.demo import until
from app.script.play import play
from tests.records.copies import every_copy, happened_in
from tests.script.worked import worked

INITIAL = worked("example-conference")
RESTRICTED = ("new address is not given", "I hide in the wardrobe")
HELD = "The family has had three health visitors"


def may_read(recipient: Recipient) -> bool:
    """Chair and social worker are named for both; the advocate for one, but her papers are those of the family."""
    return recipient.person_id in {INITIAL.of("p01"), INITIAL.of("p03")} and recipient.version in (
        "professional",
        "full",
    )


@pytest.mark.parametrize("words", RESTRICTED)
def test_restricted_words_are_on_the_pages_of_those_they_name_and_on_no_other(words: str) -> None:
    told = untold = 0
    for recipient, document in every_copy(INITIAL.board, happened_in(INITIAL.played.rows)):
        there = words in page_of(document)
        assert there == (may_read(recipient) and document.code == "full_record"), document.recipient
        told, untold = told + there, untold + (not there)
    assert told
    assert untold > 50


def test_no_pdf_of_the_family_holds_restricted_words() -> None:
    family = {INITIAL.of(person) for person in ("p09", "p10", "p11", "p12")}
    for recipient, document in every_copy(INITIAL.board, happened_in(INITIAL.played.rows)):
        if recipient.person_id in family and document.code == "family_copy":
            made = pdf_of(document)
            text = " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
            assert not any(words in " ".join(text.split()) for words in RESTRICTED)


def test_while_it_is_held_it_is_in_the_councils_copy_alone() -> None:
    meeting = play(until(INITIAL.steps, "mapping"))
    given = {
        (recipient.person_id, recipient.version, document.code)
        for recipient, document in every_copy(meeting.board, happened_in(meeting.rows))
        if HELD in page_of(document)
    }
    assert given == {(INITIAL.of(person), "full", "full_record") for person in ("p01", "p02")}
