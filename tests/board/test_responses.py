"""The answer of the person a point is about: beside it, whatever it says."""

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import CALLUM, CHAIR, DANA, GRANDMOTHER, JOEL, NURSE, PROJECTOR, SCRIBE, TEACHER

UNKNOWN = number(0xDEAD)


def test_a_reply_stands_beside_the_point_on_every_screen_and_the_latest_counts(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    assert mapping.shared(PROJECTOR)[f"item/{card}"]["responses"] == []
    for agrees, text in (("no", "That is not true."), ("partly", "The door was open.")):
        mapping.does(CALLUM, "respond_to_item", item_id=card, agrees=agrees, text=text)
    mapping.does(DANA, "respond_to_item", item_id=card, agrees="yes", text="")
    for person in (CHAIR, TEACHER, DANA, PROJECTOR):
        assert mapping.shared(person)[f"item/{card}"]["responses"] == [
            {"person_id": CALLUM, "name": "Callum", "agrees": "partly", "text": "The door was open."},
            {"person_id": DANA, "name": "Dana", "agrees": "yes", "text": ""},
        ]


def test_family_answer_for_themselves_chair_and_scribe_write_down_what_one_says(mapping: Meeting) -> None:
    answer = {"item_id": mapping.named["worry"], "agrees": "no", "text": "No."}
    for person in (CHAIR, SCRIBE):
        mapping.does(person, "respond_to_item", **answer, for_person=JOEL)
        for somebody in (None, TEACHER, person):
            with refused(Reason.NOT_YOUR_WORDS):
                mapping.does(person, "respond_to_item", **answer, for_person=somebody)
    with refused(Reason.NOT_YOUR_WORDS):
        mapping.does(DANA, "respond_to_item", **answer, for_person=CALLUM)
    mapping.does(DANA, "respond_to_item", **answer, for_person=DANA)


def test_only_what_is_on_the_board_is_answered(mapping: Meeting) -> None:
    removed = mapping.named["second"]
    mapping.removes(CHAIR, removed)
    for card in (UNKNOWN, mapping.adds(TEACHER), mapping.holds(NURSE), mapping.adds(GRANDMOTHER), removed):
        with refused(Reason.NOT_FOUND):
            mapping.does(GRANDMOTHER, "respond_to_item", item_id=card, agrees="no", text="")


def test_once_all_is_decided_no_reply_is_added(decided: Meeting) -> None:
    with refused(Reason.LOCKED):
        decided.does(DANA, "respond_to_item", item_id=decided.named["worry"], agrees="no", text="")
