"""Points on the board: who writes them, whose words they are, how they change and where they stand."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests import cast
from tests.board import meeting as moments
from tests.board.meeting import Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GP,
    GRANDMOTHER,
    JOEL,
    NURSE,
    POLICE_OFFICER,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
SAID = {"basis": "said_in_meeting"}


@pytest.mark.parametrize("person", [CHAIR, SCRIBE])
def test_what_chair_and_scribe_type_is_on_every_board_at_once(mapping: Meeting, person: str) -> None:
    card = mapping.adds(person, "Robin was alone.")
    for somebody in (CHAIR, TEACHER, DANA, CALLUM, cast.PROJECTOR):
        assert mapping.shared(somebody)[f"item/{card}"]["text"] == "Robin was alone."
        assert mapping.shared(somebody)["order/worry/past_harm"][-1] == card


@pytest.mark.parametrize("person", [TEACHER, SOCIAL_WORKER, DANA, GRANDMOTHER, BROTHER])
def test_what_others_bring_waits_for_the_chair(mapping: Meeting, person: str) -> None:
    card = mapping.adds(person)
    assert f"offered/{card}" in mapping.shared(CHAIR)
    assert f"offered/{card}" in mapping.shared(SCRIBE)
    assert mapping.own(person)[f"mine/item/{card}"]["standing"] == "offered"
    assert card not in str(mapping.screen(CALLUM))


def test_whoever_has_the_floor_writes_on_the_board_until_it_moves_on(mapping: Meeting) -> None:
    mapping.does(CHAIR, "give_floor", person_id=DANA)
    assert f"item/{mapping.adds(DANA)}" in mapping.shared(CALLUM)
    assert f"offered/{mapping.adds(DANA, sub_category=None)}" in mapping.shared(CHAIR)
    mapping.does(CHAIR, "give_floor", person_id=None)
    assert f"offered/{mapping.adds(DANA)}" in mapping.shared(CHAIR)


def test_where_the_area_says_direct_everybody_writes_on_the_board_but_nothing_new_to_the_family() -> None:
    meeting = moments.mapping(entry="direct")
    assert f"item/{meeting.adds(TEACHER)}" in meeting.shared(DANA)
    assert f"held/{meeting.holds(TEACHER)}" in meeting.shared(CHAIR)


def test_before_the_meeting_only_chair_scribe_and_services_add(prepared: Meeting) -> None:
    for person in (CHAIR, SCRIBE, TEACHER, SOCIAL_WORKER):
        prepared.adds(person)
    for person in (DANA, GRANDMOTHER, BROTHER):
        with refused(Reason.NOT_YET):
            prepared.adds(person)


def test_a_family_offer_may_leave_group_kind_and_children_to_the_chair(mapping: Meeting) -> None:
    card = mapping.does(DANA, "add_item", column="strength", text="My mum comes at once.")
    assert mapping.item(card)["open"] == ["sub_category", "kind", "about_children"]
    for field, reason in (("sub_category", Reason.GROUP_MISSING), ("kind", Reason.KIND_MISSING)):
        empty: dict[str, Any] = {field: None}
        with refused(reason):
            mapping.adds(TEACHER, **empty)


def test_a_group_belongs_to_its_column(mapping: Meeting) -> None:
    with refused(Reason.WRONG_GROUP):
        mapping.adds(CHAIR, sub_category="existing_safety")
    card = mapping.named["worry"]
    with refused(Reason.WRONG_GROUP):
        mapping.edits(CHAIR, card, sub_category="existing_safety")
    with refused(Reason.WRONG_GROUP):
        mapping.moves(CHAIR, card, sub="existing_safety")


def test_an_agency_says_of_a_next_step_too_whether_it_is_new(mapping: Meeting) -> None:
    step: dict[str, Any] = {"column": "next_step", "sub_category": "next_step", "kind": None}
    with refused(Reason.FAMILY_KNOWS_MISSING):
        mapping.adds(TEACHER, family_knows=None, **step)
    new = mapping.adds(TEACHER, family_knows=False, **step)
    assert mapping.item(new)["standing"] == "held"
    mapping.adds(CHAIR, family_knows=None, **step)  # a step that the room agrees is typed in it


def test_services_say_whether_the_family_knows(mapping: Meeting) -> None:
    with refused(Reason.FAMILY_KNOWS_MISSING):
        mapping.adds(TEACHER, family_knows=None)
    with refused(Reason.FAMILY_WORDS_NOT_HELD):
        mapping.adds(DANA, family_knows=False)
    with refused(Reason.FAMILY_WORDS_NOT_HELD):
        mapping.adds(CHAIR, source={"person_id": DANA, **SAID}, family_knows=False)


@pytest.mark.parametrize("field", ["about_children", "who", "goal_id", "source"])
def test_what_a_point_names_must_exist(mapping: Meeting, field: str) -> None:
    wrong: dict[str, Any] = {
        "about_children": [UNKNOWN],
        "who": [UNKNOWN],
        "goal_id": UNKNOWN,
        "source": {"person_id": UNKNOWN, **SAID},
    }
    with refused(Reason.NOT_FOUND):
        mapping.adds(CHAIR, **{field: wrong[field]})


def test_nobody_puts_words_into_anothers_mouth(mapping: Meeting) -> None:
    for person, other in ((TEACHER, NURSE), (TEACHER, DANA), (DANA, CALLUM), (DANA, TEACHER), (TEACHER, TANSY)):
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.adds(person, source={"person_id": other, **SAID}, family_knows=True)


def test_a_professional_reads_out_the_report_of_somebody_absent_only(mapping: Meeting) -> None:
    mapping.adds(NURSE, source={"person_id": GP, "basis": "report"})
    mapping.adds(SOCIAL_WORKER, source={"person_id": JOEL, "basis": "letter"})
    for source in ({"person_id": GP, **SAID}, {"person_id": POLICE_OFFICER, "basis": "report"}):
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.adds(NURSE, source=source)
    with refused(Reason.NOT_YOUR_WORDS):
        mapping.adds(DANA, source={"person_id": JOEL, "basis": "letter"})


def test_an_advocate_brings_their_childs_words_and_no_others(mapping: Meeting) -> None:
    own: dict[str, Any] = {"family_knows": None, "child_speaking": TANSY, "child_agreed": True}
    mapping.adds(ADVOCATE, source={"person_id": ADVOCATE, "basis": "childs_own_words"}, **own)
    mapping.adds(ADVOCATE, source={"person_id": TANSY, "basis": "childs_own_words"}, **own)
    for source, fields in (
        (ADVOCATE, {"child_speaking": None}),
        (POLICE_OFFICER, {}),
        (DANA, {}),
        (ADVOCATE, {"child_speaking": ROBIN}),
        (ROBIN, {"child_speaking": ROBIN}),
    ):
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.adds(ADVOCATE, source={"person_id": source, **SAID}, **{**own, "family_knows": True, **fields})


@pytest.mark.parametrize("person", [CHAIR, SCRIBE, TEACHER])
def test_a_childs_words_need_the_childs_name_and_agreement(mapping: Meeting, person: str) -> None:
    source = {"person_id": TEACHER, "basis": "childs_own_words"}
    for fields in (
        {},
        {"child_speaking": TANSY},
        {"child_speaking": TANSY, "child_agreed": False},
        {"child_agreed": True},
        {"child_speaking": UNKNOWN, "child_agreed": True},
    ):
        with refused(Reason.CHILD_NOT_AGREED):
            mapping.adds(person, source=source, **fields)
    mapping.adds(person, source=source, child_speaking=TANSY, child_agreed=True, family_knows=None)


def test_a_child_who_wrote_a_letter_agreed_to_it_first(mapping: Meeting) -> None:
    with refused(Reason.CHILD_NOT_AGREED):
        mapping.adds(CHAIR, source={"person_id": TANSY, "basis": "letter"}, family_knows=None)


def test_a_child_at_the_meeting_speaks_for_themselves(mapping: Meeting) -> None:
    mapping.adds(BROTHER, source={"person_id": BROTHER, "basis": "childs_own_words"})


def test_an_edit_makes_a_version_and_names_the_one_it_read(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    read = mapping.version(card)
    edit = mapping.edits(SCRIBE, card, text="Robin was alone in Mill Street.", why="The street is known.")
    seen = mapping.shared(DANA)[f"item/{card}"]
    assert (seen["text"], seen["version"]) == ("Robin was alone in Mill Street.", edit)
    assert [(each["text"], each["by"], each["why"]) for each in seen["earlier"]] == [
        ("Robin was found alone in the street.", "Idris", "The street is known.")
    ]
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.does(CHAIR, "edit_item", item_id=card, base_version=read, text="Late.")
    with refused(Reason.NOTHING_CHANGED):
        mapping.edits(CHAIR, card, text="Robin was alone in Mill Street.")
    with refused(Reason.NOTHING_CHANGED):
        mapping.edits(CHAIR, card, text=None)


def test_on_the_board_only_chair_and_scribe_change_a_services_point(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    mapping.edits(TEACHER, card, text="Said better.")
    with refused(Reason.NOT_YOUR_WORDS):
        mapping.edits(CHAIR, card, text="The chair's words.")
    mapping.places(CHAIR, card)
    with refused(Reason.NOT_ALLOWED):
        mapping.edits(TEACHER, card, text="Said later.")
    mapping.edits(CHAIR, card, text="Corrected.", said_by=TEACHER)
    with refused(Reason.NOT_FOUND):
        mapping.edits(CHAIR, card, text="Corrected again.", said_by=UNKNOWN)


def test_the_familys_words_are_theirs_to_change_or_a_slip_of_whoever_typed_them(mapping: Meeting) -> None:
    card = mapping.named["danas"]  # typed by the chair
    mapping.edits(DANA, card, text="I ring my mum when it is too much.")
    mapping.edits(CHAIR, card, text="I ring my mum when it's too much.")
    for person in (SCRIBE, CALLUM, TEACHER):
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.edits(person, card, text="She rings her mum.")
    mapping.edits(SCRIBE, card, happened_on="2026-11-01")  # that is not her words
    for fields in ({"sub_category": "existing_strength"}, {"text": "Mum helps.", "sub_category": "existing_strength"}):
        with refused(Reason.NOT_ALLOWED):
            mapping.edits(DANA, card, **fields)


def test_not_yet_heard_can_be_said_later_but_never_taken_back(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    mapping.edits(TEACHER, card, family_knows=False)
    assert mapping.item(card)["standing"] == "held"
    with refused(Reason.NOT_ALLOWED):
        mapping.edits(TEACHER, card, family_knows=False)
    with refused(Reason.NOT_ALLOWED):
        mapping.edits(CHAIR, mapping.named["worry"], family_knows=False)
    own = mapping.adds(DANA, family_knows=True)
    with refused(Reason.FAMILY_WORDS_NOT_HELD):
        mapping.edits(DANA, own, family_knows=False)


def test_a_kind_and_a_group_once_chosen_are_not_cleared(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    with refused(Reason.KIND_MISSING):
        mapping.edits(CHAIR, card, kind=None)
    with refused(Reason.GROUP_MISSING):
        mapping.edits(CHAIR, card, sub_category=None)


def test_what_an_edit_names_must_exist(scaling_open: Meeting) -> None:
    card = scaling_open.named["step"]
    for fields in ({"about_children": [UNKNOWN]}, {"who": [UNKNOWN]}, {"goal_id": UNKNOWN}):
        with refused(Reason.NOT_FOUND):
            scaling_open.edits(CHAIR, card, **fields)
    scaling_open.edits(CHAIR, card, goal_id=None, by=None, how_we_will_know="He laughs.", who=[DANA])
    seen = scaling_open.shared(DANA)[f"item/{card}"]
    assert (seen["goal_id"], seen["by"], seen["who"], seen["how_we_will_know"]) == (None, None, [DANA], "He laughs.")


def test_a_card_moves_behind_another_to_the_front_or_the_end(mapping: Meeting) -> None:
    one, two = mapping.named["worry"], mapping.named["second"]
    three = mapping.adds(CHAIR)

    def order() -> list[str]:
        return list(mapping.shared(DANA)["order/worry/past_harm"])

    mapping.moves(SCRIBE, three)
    assert order() == [three, one, two]
    mapping.moves(CHAIR, three, after=one)
    assert order() == [one, three, two]
    mapping.moves(CHAIR, one, after=one)  # behind itself: it stays
    assert order() == [one, three, two]
    mapping.moves(CHAIR, two, sub="future_danger")
    mapping.moves(CHAIR, one, after=two)  # that one has left the group
    assert order() == [three, one]
    with refused(Reason.NOT_FOUND):
        mapping.moves(CHAIR, one, after=UNKNOWN)


def test_a_move_keeps_who_said_it_and_what(mapping: Meeting) -> None:
    card = mapping.named["danas"]
    before = mapping.shared(CALLUM)[f"item/{card}"]
    mapping.moves(SCRIBE, card, column="worry", sub="complicating_factor")
    after = mapping.shared(CALLUM)[f"item/{card}"]
    origin = {"column": "strength", "sub_category": "existing_safety"}
    assert after == {**before, "column": "worry", "sub_category": "complicating_factor", "origin": origin}


def test_a_card_that_went_to_another_column_says_where_it_stood_first(mapping: Meeting) -> None:
    card = mapping.named["worry"]

    def origin() -> Any:
        return mapping.shared(DANA)[f"item/{card}"].get("origin")

    mapping.moves(CHAIR, card, sub="complicating_factor")
    assert origin() is None  # within its column nobody took it for something else
    mapping.moves(SCRIBE, card, column="strength", sub="existing_strength")
    assert origin() == {"column": "worry", "sub_category": "complicating_factor"}
    last = mapping.moves(CHAIR, card, column="next_step", sub="next_step")
    assert origin() == {"column": "worry", "sub_category": "complicating_factor"}
    mapping.undoes(CHAIR, last)
    assert origin() == {"column": "worry", "sub_category": "complicating_factor"}
    mapping.moves(CHAIR, card, sub="past_harm")
    assert origin() is None  # it is back


def test_a_card_moved_to_the_next_steps_keeps_its_kind_and_needs_one_to_leave(scaling_open: Meeting) -> None:
    card = scaling_open.named["worry"]
    scaling_open.moves(CHAIR, card, column="next_step", sub="next_step")
    assert scaling_open.shared(DANA)[f"item/{card}"]["kind"] == "fact"
    with refused(Reason.KIND_MISSING):
        scaling_open.moves(CHAIR, scaling_open.named["step"])


def test_only_what_is_on_the_board_moves(mapping: Meeting) -> None:
    with refused(Reason.NOT_ON_BOARD):
        mapping.moves(CHAIR, mapping.adds(TEACHER))
    with refused(Reason.HELD_ITEM):
        mapping.moves(CHAIR, mapping.holds())


def test_the_chair_takes_off_and_brings_back_the_author_only_while_it_waits(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    with refused(Reason.NOT_ALLOWED):
        mapping.removes(SCRIBE, card)
    mapping.removes(CHAIR, card, "Said twice.")
    assert f"item/{card}" not in mapping.shared(TEACHER)
    with refused(Reason.NOT_ON_BOARD):
        mapping.removes(CHAIR, card)
    with refused(Reason.NOT_ON_BOARD):
        mapping.edits(CHAIR, card, text="Gone.")
    with refused(Reason.NOT_ALLOWED):
        mapping.does(SCRIBE, "restore_item", item_id=card, why="")
    mapping.does(CHAIR, "restore_item", item_id=card, why="")
    with refused(Reason.NOT_REMOVED):
        mapping.does(CHAIR, "restore_item", item_id=card, why="")
    assert f"item/{card}" in mapping.shared(TEACHER)
    own = mapping.adds(TEACHER)
    mapping.removes(TEACHER, own)
    assert mapping.own(TEACHER)[f"mine/item/{own}"]["standing"] == "removed"
    mapping.does(TEACHER, "restore_item", item_id=own, why="")
    assert f"offered/{own}" in mapping.shared(CHAIR)


def test_once_all_is_decided_the_map_is_locked_and_next_steps_are_not(decided: Meeting) -> None:
    worry, step = decided.named["worry"], decided.named["step"]
    with refused(Reason.LOCKED):
        decided.adds(CHAIR)
    with refused(Reason.LOCKED):
        decided.edits(CHAIR, worry, text="Later.")
    with refused(Reason.LOCKED):
        decided.moves(CHAIR, worry)
    with refused(Reason.LOCKED):
        decided.moves(CHAIR, step, column="worry")
    with refused(Reason.LOCKED):
        decided.moves(CHAIR, worry, column="next_step", sub="next_step")
    with refused(Reason.LOCKED):
        decided.removes(CHAIR, worry)
    decided.edits(CHAIR, step, text="Grace visits on Wednesday.")
    decided.moves(CHAIR, step, column="next_step", sub="if_things_go_wrong")
    decided.does(SCRIBE, "add_item", column="next_step", text="Dana rings Maureen.", who=[DANA], family_knows=True)
