"""A point in a second language: an interpreter says the same again, beside it, on every screen that shows it."""

import pytest

from app.board.refusals import Reason
from app.board.translations import MOST_LANGUAGES
from tests.board.meeting import Meeting, refused
from tests.cast import CALLUM, CHAIR, DANA, INTERPRETER, NURSE, PROJECTOR, TEACHER


def says_it(meeting: Meeting, card: str, language: str = "pl", text: str = "Drzwi były otwarte.") -> str:
    version = meeting.board.items.by_id[card].version
    return meeting.does(INTERPRETER, "translate_item", item_id=card, base_version=version, language=language, text=text)


def shown(meeting: Meeting, person: str, card: str) -> list[dict[str, str]]:
    return meeting.shared(person)[f"item/{card}"].get("translations", [])  # type: ignore[no-any-return]


def test_a_second_language_stands_beside_the_first_on_every_screen_and_the_latest_counts(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    says_it(mapping, card, text="Drzwi.")
    says_it(mapping, card, text=" Drzwi były otwarte. ")
    says_it(mapping, card, "ur", "دروازہ کھلا تھا۔")
    for person in (CHAIR, TEACHER, DANA, CALLUM, PROJECTOR):
        assert shown(mapping, person, card) == [
            {"language": "pl", "text": "Drzwi były otwarte.", "person_id": INTERPRETER, "name": "Ines"},
            {"language": "ur", "text": "دروازہ کھلا تھا۔", "person_id": INTERPRETER, "name": "Ines"},
        ]
    says_it(mapping, card, text="")
    assert [each["language"] for each in shown(mapping, DANA, card)] == ["ur"]


def test_with_other_words_the_second_language_is_gone_and_the_old_ones_are_not_translated(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    says_it(mapping, card)
    before = mapping.board.items.by_id[card].version
    mapping.does(CHAIR, "edit_item", item_id=card, base_version=before, kind="opinion")
    assert shown(mapping, DANA, card), "the words are the same"
    now = mapping.board.items.by_id[card].version
    mapping.does(CHAIR, "edit_item", item_id=card, base_version=now, text="The gate was open.")
    assert shown(mapping, DANA, card) == []
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.does(INTERPRETER, "translate_item", item_id=card, base_version=now, language="pl", text="Drzwi.")


def test_an_interpreter_adds_nothing_of_their_own_and_nothing_that_is_not_there_for_all(mapping: Meeting) -> None:
    for card in (mapping.adds(TEACHER), mapping.holds(NURSE)):
        with refused(Reason.NOT_FOUND):
            says_it(mapping, card)
    with refused(Reason.NOT_ALLOWED):
        mapping.adds(INTERPRETER)
    card = mapping.named["worry"]
    says_it(mapping, card)
    for text in ("Drzwi były otwarte.", " Drzwi były otwarte."):
        with refused(Reason.NOTHING_CHANGED):
            says_it(mapping, card, text=text)
    with refused(Reason.NOTHING_CHANGED):
        says_it(mapping, card, "ro", " ")


@pytest.mark.parametrize("languages", [["cy", "ur", "ro", "ar"]])
def test_there_is_room_for_a_few_languages(mapping: Meeting, languages: list[str]) -> None:
    card = mapping.named["worry"]
    assert len(languages) == MOST_LANGUAGES
    for language in languages:
        says_it(mapping, card, language)
    with refused(Reason.TOO_MANY_LANGUAGES):
        says_it(mapping, card, "pl")
    says_it(mapping, card, "ur", "دروازہ کھلا تھا۔")
