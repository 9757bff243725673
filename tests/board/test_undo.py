"""Taking back what one did oneself, and never what somebody else did since."""

import pytest

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import CALLUM, CHAIR, DANA, NURSE, ROBIN, SCRIBE, SOCIAL_WORKER, TEACHER


def test_one_takes_back_ones_own_acts_one_by_one_and_does_them_again(mapping: Meeting) -> None:
    card = mapping.adds(SCRIBE, "One.")
    edit = mapping.edits(SCRIBE, card, text="Two.")
    move = mapping.moves(SCRIBE, card, sub="future_danger")
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(SCRIBE, card)  # first what came after it
    undone = mapping.undoes(SCRIBE, move)
    assert mapping.item(card)["sub_category"] == "past_harm"
    mapping.undoes(SCRIBE, edit)
    assert mapping.item(card)["text"] == "One."
    again = mapping.undoes(SCRIBE, undone)
    assert mapping.item(card)["sub_category"] == "future_danger"
    mapping.undoes(SCRIBE, again)
    mapping.undoes(SCRIBE, card)
    assert f"item/{card}" not in mapping.shared(DANA)
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(SCRIBE, card)


def test_nobody_takes_back_anothers_act_nor_one_that_never_was(mapping: Meeting) -> None:
    for of in (mapping.named["worry"], number(0xDEAD)):
        with refused(Reason.NOT_FOUND):
            mapping.undoes(SCRIBE, of)


def test_an_edit_that_somebody_edited_since_stays(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    edit = mapping.edits(SCRIBE, card, text="Two.")
    mapping.edits(CHAIR, card, text="Three.")
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(SCRIBE, edit)


def test_taking_back_an_edit_leaves_the_card_where_somebody_moved_it(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    edit = mapping.edits(SCRIBE, card, text="Two.")
    mapping.moves(CHAIR, card, column="strength", sub="existing_strength")
    mapping.undoes(SCRIBE, edit)
    item = mapping.item(card)
    assert (item["text"], item["column"], item["sub_category"]) == (
        "Robin was found alone in the street.",
        "strength",
        "existing_strength",
    )
    assert card in mapping.shared(DANA)["order/strength/existing_strength"]


def test_taking_back_another_group_puts_the_card_back_where_it_stood_unless_somebody_moved_it(mapping: Meeting) -> None:
    one, two = mapping.named["worry"], mapping.named["second"]
    regrouped = mapping.edits(SCRIBE, one, sub_category="future_danger")
    mapping.undoes(SCRIBE, regrouped)
    assert mapping.shared(DANA)["order/worry/past_harm"] == [one, two]
    again = mapping.edits(SCRIBE, one, sub_category="future_danger")
    mapping.moves(CHAIR, one, column="strength", sub="existing_strength")
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(SCRIBE, again)


def test_an_add_that_somebody_answered_moved_or_edited_stays(mapping: Meeting) -> None:
    answered, moved, edited = (mapping.adds(SCRIBE) for _ in range(3))
    mapping.does(CALLUM, "respond_to_item", item_id=answered, agrees="no", text="I was not there.")
    mapping.moves(CHAIR, moved)
    mapping.edits(CHAIR, edited, text="Other words.")
    for card in (answered, moved, edited):
        with refused(Reason.CHANGED_SINCE):
            mapping.undoes(SCRIBE, card)


def test_nothing_is_taken_back_of_a_card_that_was_taken_off_until_it_is_back(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    edit = mapping.edits(SCRIBE, card, text="Two.")
    removal = mapping.removes(CHAIR, card, "Said twice.")
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(SCRIBE, edit)
    undone = mapping.undoes(CHAIR, removal)
    mapping.undoes(CHAIR, undone)
    assert mapping.item(card)["removed_why"] == "Said twice."


def test_an_answered_card_can_be_taken_off_again(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    mapping.does(DANA, "respond_to_item", item_id=card, agrees="no", text="No.")
    undone = mapping.undoes(CHAIR, mapping.removes(CHAIR, card))
    mapping.undoes(CHAIR, undone)
    assert f"item/{card}" not in mapping.shared(DANA)


def test_a_placing_taken_back_and_done_again_is_the_same_placing(mapping: Meeting) -> None:
    card = mapping.does(DANA, "add_item", column="worry", text="It gets loud.")
    placing = mapping.places(CHAIR, card, sub_category="past_harm", kind="fact", about_children=[ROBIN])
    later = mapping.adds(CHAIR)
    order = mapping.shared(DANA)["order/worry/past_harm"]
    undone = mapping.undoes(CHAIR, placing)
    assert mapping.item(card)["open"] == ["sub_category", "kind", "about_children"]
    assert card not in str(mapping.screen(CALLUM))
    mapping.undoes(CHAIR, undone)
    assert mapping.shared(DANA)["order/worry/past_harm"] == order
    assert order[-1] == later


def test_an_author_does_not_change_a_placed_point_by_taking_back_an_edit(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER, "First words.")
    edit = mapping.edits(TEACHER, card, text="Second words.")
    mapping.places(CHAIR, card)
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(TEACHER, edit)


def test_a_return_is_taken_back_to_where_it_was_and_said_again_with_its_reason(mapping: Meeting) -> None:
    for card, standing in ((mapping.adds(TEACHER), "offered"), (mapping.holds(TEACHER), "held")):
        back = mapping.does(CHAIR, "return_item", item_id=card, base_version=card, why="Please say when.")
        undone = mapping.undoes(CHAIR, back)
        assert mapping.item(card)["standing"] == standing
        mapping.undoes(CHAIR, undone)
        assert mapping.own(TEACHER)[f"mine/item/{card}"]["returned_why"] == "Please say when."


def test_saying_that_the_family_does_not_know_is_not_taken_back(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    held = mapping.edits(TEACHER, card, family_knows=False)
    with refused(Reason.NOT_UNDOABLE):
        mapping.undoes(TEACHER, held)


def test_what_was_released_revealed_answered_decided_or_admitted_stays(views: Meeting) -> None:
    released = views.releases(CHAIR, views.holds())
    scale = views.opens()
    answered = views.answers(TEACHER, scale, 4)
    revealed = views.does(CHAIR, "reveal_scale", scale_id=scale)
    response = views.does(DANA, "respond_to_item", item_id=views.named["worry"], agrees="yes", text="")
    view = views.does(DANA, "give_family_view", children=[ROBIN], text="We manage.")
    views.enters("decision")
    decided = views.decides(ROBIN)
    admitted = views.does(CHAIR, "admit", person_id=DANA)
    restricted = views.does(
        CHAIR,
        "add_restricted",
        text="The address.",
        reason="Asked.",
        source={"person_id": DANA, "basis": "letter"},
        visible_to=[],
    )
    acts = [(CHAIR, act) for act in (released, scale, revealed, decided, admitted, restricted)]
    for person, act in [*acts, (TEACHER, answered), (DANA, response), (DANA, view)]:
        with refused(Reason.NOT_UNDOABLE):
            views.undoes(person, act)


def test_phase_floor_and_lamp_go_back(mapping: Meeting) -> None:
    phase = mapping.enters("next_steps")
    floor = mapping.does(CHAIR, "give_floor", person_id=DANA)
    lamp = mapping.does(CHAIR, "spotlight", key="column/worry")
    for act in (phase, floor, lamp):
        mapping.undoes(CHAIR, act)
    seen = mapping.shared(DANA)
    assert (seen["phase"], seen["floor"], seen["spotlight"]) == (
        {"phase": "mapping"},
        {"person_id": None},
        {"key": None},
    )


def test_a_chair_who_handed_over_takes_back_nothing_that_is_the_chairs(mapping: Meeting) -> None:
    phase = mapping.enters("next_steps")
    mapping.undoes(CHAIR, mapping.removes(CHAIR, mapping.named["second"]))
    removal = mapping.removes(CHAIR, mapping.named["danas"])
    move = mapping.moves(CHAIR, mapping.named["worry"], sub="future_danger")
    lamp = mapping.does(CHAIR, "spotlight", key="column/worry")
    floor = mapping.does(CHAIR, "give_floor", person_id=DANA)
    offer = mapping.adds(TEACHER)
    placing = mapping.places(CHAIR, offer)
    edit = mapping.edits(CHAIR, mapping.named["strength"], text="Tansy likes school.")
    mapping.does(CHAIR, "hand_over", person_id=SOCIAL_WORKER)
    for act in (phase, move, lamp, floor, placing, edit):
        with refused(Reason.NOT_ALLOWED):
            mapping.undoes(CHAIR, act)
    with refused(Reason.NOT_ALLOWED):
        other = mapping.fork()
        other.does(SOCIAL_WORKER, "hand_over", person_id=SCRIBE)
        other.undoes(CHAIR, phase)
    assert mapping.shared(DANA)["phase"] == {"phase": "next_steps"}
    assert removal in mapping.known


def test_a_removed_person_does_not_get_the_floor_back(mapping: Meeting) -> None:
    mapping.does(CHAIR, "give_floor", person_id=CALLUM)
    given = mapping.does(CHAIR, "give_floor", person_id=DANA)
    mapping.does(CHAIR, "remove_person", person_id=CALLUM)
    with refused(Reason.CHANGED_SINCE):
        mapping.undoes(CHAIR, given)


def test_a_statement_goes_back_and_a_first_one_goes_unless_something_stands_on_it(scaling_open: Meeting) -> None:
    meeting = scaling_open
    danger, goal = meeting.named["danger"], meeting.named["goal"]
    amended = meeting.does(
        CHAIR, "write_danger_statement", danger_id=danger, children=[ROBIN], text="Amended.", base_version=danger
    )
    undone = meeting.undoes(CHAIR, amended)
    assert meeting.shared(DANA)[f"danger/{danger}"]["text"] == "Robin may be hurt in the street."
    meeting.undoes(CHAIR, undone)
    assert meeting.shared(DANA)[f"danger/{danger}"]["text"] == "Amended."
    with refused(Reason.CHANGED_SINCE):
        meeting.undoes(CHAIR, goal)  # a next step names it
    fresh = meeting.does(CHAIR, "write_danger_statement", danger_id=None, children=[ROBIN], text="New.")
    back = meeting.undoes(CHAIR, fresh)
    assert f"danger/{fresh}" not in meeting.shared(DANA)
    meeting.undoes(CHAIR, back)
    meeting.opens(danger_id=fresh)
    with refused(Reason.CHANGED_SINCE):
        meeting.undoes(CHAIR, fresh)


def test_a_goal_that_only_a_held_point_names_can_go_and_the_point_does_without(scaling_open: Meeting) -> None:
    meeting = scaling_open
    goal = meeting.does(
        SOCIAL_WORKER, "write_safety_goal", goal_id=None, danger_id=meeting.named["danger"], text="Watched."
    )
    held = meeting.holds(NURSE, column="next_step", sub_category="next_step", goal_id=goal)
    meeting.undoes(SOCIAL_WORKER, goal)
    meeting.edits(NURSE, held, text="Other words.")
    meeting.releases(CHAIR, held)
    assert meeting.shared(DANA)[f"item/{held}"]["goal_id"] is None


@pytest.mark.parametrize("what", ["worry", "danger"])
def test_once_all_is_decided_the_map_and_the_statements_stay(views: Meeting, what: str) -> None:
    act = views.adds(CHAIR)
    if what == "danger":
        act = views.does(CHAIR, "write_danger_statement", danger_id=None, children=[], text="New.")
    step = views.edits(CHAIR, views.named["step"], text="Grace visits on Friday.")
    views.enters("decision")
    views.decides(ROBIN, override={"reason": "In a hurry."})
    views.decides("00000000-0000-4000-8000-000000000201", override={"reason": "In a hurry."})
    with refused(Reason.LOCKED):
        views.undoes(CHAIR, act)
    views.undoes(CHAIR, step)


def test_the_last_fifty_acts_can_be_taken_back(mapping: Meeting) -> None:
    first = mapping.moves(SCRIBE, mapping.named["worry"])
    acts = [mapping.adds(SCRIBE) for _ in range(50)]
    with refused(Reason.NOT_FOUND):
        mapping.undoes(SCRIBE, first)
    mapping.undoes(SCRIBE, acts[-1])
