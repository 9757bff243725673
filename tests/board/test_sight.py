"""Two parents who may not see each other's part: neither is told what is the other's."""

import json

import pytest

from app.board.refusals import Reason
from tests.board import meeting as moments
from tests.board.meeting import Meeting, refused
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
    NURSE,
    PROJECTOR,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TEACHER,
)


@pytest.fixture
def apart() -> Meeting:
    return moments.apart()


def own_words(apart: Meeting) -> str:
    return apart.named["danas"]


@pytest.mark.parametrize("person", [CALLUM, SUPPORTER, PROJECTOR])
def test_what_one_parent_said_is_on_no_screen_of_the_others(apart: Meeting, person: str) -> None:
    assert f"item/{own_words(apart)}" not in apart.shared(person)
    assert f"item/{own_words(apart)}" in apart.shared(DANA)
    assert f"item/{own_words(apart)}" in apart.shared(NURSE)
    assert f"item/{own_words(apart)}" in apart.shared(GRANDMOTHER)


def test_what_others_wrote_waits_for_the_chair_for_whoever_is_kept_apart_and_for_nobody_else(apart: Meeting) -> None:
    card = apart.adds(CHAIR, "Dana fitted a chain to the door.")
    reading = {person: f"item/{card}" in apart.shared(person) for person in (DANA, CALLUM, PROJECTOR, NURSE, ADVOCATE)}
    assert reading == {DANA: False, CALLUM: False, PROJECTOR: False, NURSE: True, ADVOCATE: True}
    apart.lets_read(f"item/{card}", CALLUM)
    assert [f"item/{card}" in apart.shared(person) for person in (DANA, CALLUM, PROJECTOR)] == [False, True, False]
    apart.lets_read(f"item/{card}", DANA, CALLUM)
    assert f"item/{card}" in apart.shared(PROJECTOR)
    assert card in apart.shared(PROJECTOR)["order/worry/past_harm"]


def test_a_word_of_the_chairs_is_for_one_wording_and_can_be_taken_back(apart: Meeting) -> None:
    card = apart.named["worry"]
    apart.edits(SCRIBE, card, text="Dana was not at home.")
    assert f"item/{card}" not in apart.shared(CALLUM)
    with refused(Reason.CHANGED_MEANWHILE):
        apart.does(CHAIR, "let_read", key=f"item/{card}", version=card, people=[CALLUM])
    apart.lets_read(f"item/{card}", CALLUM)
    assert apart.shared(CALLUM)[f"item/{card}"]["earlier"] == []
    apart.lets_read(f"item/{card}")
    assert f"item/{card}" not in apart.shared(CALLUM)


def test_nobody_is_let_read_what_the_other_said(apart: Meeting) -> None:
    with refused(Reason.NOT_THEIRS_TO_READ):
        apart.lets_read(f"item/{own_words(apart)}", CALLUM)


def test_the_other_is_here_by_role_alone(apart: Meeting) -> None:
    screen = apart.screen(CALLUM)
    assert screen["unnamed"] == [{"role": "parent", "present": False}, {"role": "interpreter", "present": False}]
    for person in (DANA, INTERPRETER):
        assert person not in json.dumps(screen)
    assert "Dana" not in json.dumps({key: value for key, value in screen.items() if not key.startswith("item/")})
    assert f"person/{GRANDMOTHER}" in screen
    assert "unnamed" not in apart.shared(NURSE)


def test_an_answer_of_the_others_is_not_beside_a_point_that_both_read(apart: Meeting) -> None:
    card = apart.named["worry"]
    for person in (DANA, CALLUM, GRANDMOTHER):
        apart.does(person, "respond_to_item", item_id=card, agrees="no", text="Not so.")
    answers = {person: apart.shared(person)[f"item/{card}"]["responses"] for person in (DANA, CALLUM, NURSE, PROJECTOR)}
    assert {person: [each["person_id"] for each in of] for person, of in answers.items()} == {
        DANA: [DANA],
        CALLUM: [CALLUM],
        NURSE: [DANA, CALLUM, GRANDMOTHER],
        PROJECTOR: [],
    }


def test_what_an_interpreter_of_the_others_says_is_not_beside_a_point_that_both_read(apart: Meeting) -> None:
    """That there is one, and in which language, would tell of whom one may not know."""
    card = apart.named["worry"]
    apart.does(INTERPRETER, "translate_item", item_id=card, base_version=card, language="pl", text="Drzwi.")
    there = {person: "translations" in apart.shared(person)[f"item/{card}"] for person in (DANA, NURSE, CALLUM)}
    assert there == {DANA: True, NURSE: True, CALLUM: False}


def test_the_others_number_is_in_no_count_spread_or_answer(apart: Meeting) -> None:
    scale = apart.named["scale"]
    before = apart.shared(CALLUM)[f"scale/{scale}"]
    apart.answers(DANA, scale, 1, why="He frightens me.")
    assert apart.shared(CALLUM)[f"scale/{scale}"] == before
    apart.answers(CALLUM, scale, 8)
    apart.answers(TEACHER, scale, 4, why="Dana is tired.")
    apart.does(CHAIR, "reveal_scale", scale_id=scale)
    seen = apart.shared(CALLUM)
    assert (seen[f"scale/{scale}"]["answered"], seen[f"scale/{scale}"]["spread"][1]) == (2, 0)
    assert [value["person_id"] for key, value in seen.items() if key.startswith("answer/")] == [CALLUM]
    teachers = next(key for key, v in apart.shared(NURSE).items() if key.startswith("answer/") and v["score"] == 4)
    apart.lets_read(teachers, CALLUM)
    assert teachers in apart.shared(CALLUM)
    assert apart.shared(NURSE)[f"scale/{scale}"]["spread"][1] == 1


def test_a_statement_a_goal_and_a_decision_wait_for_the_chair_each(apart: Meeting) -> None:
    danger, goal = f"danger/{apart.named['danger']}", f"goal/{apart.named['goal']}"
    assert not {danger, goal} & apart.shared(CALLUM).keys()
    apart.lets_read(goal, CALLUM)
    assert goal not in apart.shared(CALLUM)  # it stands under a statement that he may not read
    apart.lets_read(danger, CALLUM)
    assert {danger, goal} <= apart.shared(CALLUM).keys()


def test_what_is_hidden_is_answered_as_what_is_not_there(apart: Meeting) -> None:
    for card in (own_words(apart), apart.named["second"], "00000bad-1111-4111-8111-111111111111"):
        with refused(Reason.NOT_FOUND):
            apart.does(CALLUM, "respond_to_item", item_id=card, agrees="no", text="No.")
        with refused(Reason.NOT_FOUND):
            apart.does(CALLUM, "ask_meaning", on=True, key=f"item/{card}")


def test_the_chair_is_told_what_waits_and_for_whom(apart: Meeting) -> None:
    seen = apart.shared(CHAIR)["kept_apart"]
    lines = {line["key"]: line for line in seen["lines"]}
    assert seen["people"] == [DANA, CALLUM]
    assert lines[f"item/{apart.named['strength']}"]["waits_for"] == [DANA]
    assert lines[f"item/{apart.named['strength']}"]["read_by"] == [CALLUM]
    theirs = lines[f"item/{own_words(apart)}"]  # hers to read, and nobody's to let him
    assert (theirs["read_by"], theirs["waits_for"]) == ([], [])
    for person in (SCRIBE, NURSE, DANA, PROJECTOR):
        assert "kept_apart" not in apart.shared(person)
    assert "kept_apart" not in moments.mapping().shared(CHAIR)


def test_the_lamp_lights_only_what_hangs_on_the_wall(apart: Meeting) -> None:
    with refused(Reason.NOT_ON_SCREEN):
        apart.does(CHAIR, "spotlight", key=f"item/{apart.named['strength']}")
    apart.does(CHAIR, "spotlight", key=f"item/{apart.named['worry']}")


def test_one_may_take_back_ones_own_though_the_other_answered(apart: Meeting) -> None:
    """That somebody answered, whom one may not know of, is no reason for a no."""
    apart.does(CHAIR, "give_floor", person_id=CALLUM)
    card = apart.adds(CALLUM, "It is better now.", family_knows=None)
    apart.lets_read(f"item/{card}", CALLUM)
    with refused(Reason.NOT_THEIRS_TO_READ):
        apart.lets_read(f"item/{card}", DANA)
    apart.undoes(CALLUM, card)


def test_released_to_the_board_a_point_is_read_by_neither_until_they_are_let(apart: Meeting) -> None:
    apart.does(CHAIR, "begin_without_family", reason="A word among ourselves.")
    card = apart.adds(NURSE, "A word among ourselves.", family_knows=None)
    readers = apart.shared(CHAIR)[f"private/{card}"]["readers"]
    assert GRANDMOTHER in readers
    assert not {DANA, CALLUM, PROJECTOR, INTERPRETER, SUPPORTER} & set(readers)


def test_services_see_all(apart: Meeting) -> None:
    whole = moments.scaling_open().shared(SOCIAL_WORKER)
    apart.does(CHAIR, "name_deputy", person_id=None)
    assert {**apart.shared(SOCIAL_WORKER), "chair": whole["chair"]} == whole
