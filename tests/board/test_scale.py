"""The scale: private numbers, one reveal, no derivation."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GP,
    GRANDMOTHER,
    INTERPRETER,
    JOEL,
    NURSE,
    OBSERVER,
    POLICE_OFFICER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
SCREENS = (CHAIR, SCRIBE, TEACHER, DANA, CALLUM, PROJECTOR)


def seen(meeting: Meeting, person: str, scale: str) -> dict[str, Any]:
    return dict(meeting.shared(person)[f"scale/{scale}"])


@pytest.mark.parametrize(("show", "watchers"), [("chair", {CHAIR}), ("everyone", set(SCREENS)), ("nobody", set())])
def test_the_spread_is_watched_by_those_the_question_says(scaling_open: Meeting, show: str, watchers: set[str]) -> None:
    scale = scaling_open.opens(show=show)
    scaling_open.answers(TEACHER, scale, 4)
    for person in SCREENS:
        assert ("spread" in seen(scaling_open, person, scale)) is (person in watchers)
        assert seen(scaling_open, person, scale)["answered"] == 1
        assert seen(scaling_open, person, scale)["show"] == show
        assert not [key for key in scaling_open.shared(person) if key.startswith("answer/")]
    assert (f"still_thinking/{scale}" in scaling_open.shared(CHAIR)) is (show == "nobody")
    for person in SCREENS[1:]:
        assert not [key for key in scaling_open.shared(person) if key.startswith("still_thinking/")]


def test_the_chair_is_told_who_still_thinks_only_where_she_watches_no_spread(scaling_open: Meeting) -> None:
    scale = scaling_open.opens(show="nobody")
    scaling_open.answers(TEACHER, scale, None)
    waiting = scaling_open.shared(CHAIR)[f"still_thinking/{scale}"]["waiting"]
    assert TEACHER not in waiting
    assert DANA in waiting


def test_everybody_sees_the_numbers_after_the_reveal_in_the_order_of_the_table(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(DANA, scale, 6, why="I fitted the chain.")
    scaling_open.answers(SOCIAL_WORKER, scale, 3)
    scaling_open.answers(TEACHER, scale, None, why="I have not seen enough.")
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    for person in SCREENS:
        shared = scaling_open.shared(person)
        answers = [value for key, value in shared.items() if key.startswith("answer/")]
        assert [a["person_id"] for a in answers] == [SOCIAL_WORKER, TEACHER, DANA]
        assert answers[2] == {
            "person_id": DANA,
            "for_child": None,
            "score": 6,
            "passed": False,
            "why": "I fitted the chain.",
            "entered_by": None,
        }
        assert shared[f"scale/{scale}"]["spread"] == [0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]


def test_a_number_may_change_until_the_reveal_and_then_only_the_late_may_answer(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(TEACHER, scale, 4)
    scaling_open.answers(TEACHER, scale, 5)
    assert [a["score"] for a in scaling_open.own(TEACHER)[f"mine/answer/{scale}"]] == [5]
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    with refused(Reason.ALREADY_ANSWERED):
        scaling_open.answers(TEACHER, scale, 6)
    late = scaling_open.answers(NURSE, scale, 2)
    assert scaling_open.shared(DANA)[f"answer/{scale}/{late}"]["score"] == 2
    scaling_open.does(CHAIR, "close_scale", scale_id=scale)
    with refused(Reason.SCALE_CLOSED):
        scaling_open.answers(DANA, scale, 2)
    with refused(Reason.SCALE_CLOSED):
        scaling_open.does(CHAIR, "close_scale", scale_id=scale)


@pytest.mark.parametrize(("score", "passed"), [(None, False), (5, True)])
def test_a_number_or_a_pass_and_not_both(scaling_open: Meeting, score: int | None, passed: bool) -> None:
    with refused(Reason.SCORE_OR_PASS):
        scaling_open.does(
            DANA, "answer_scale", scale_id=scaling_open.named["scale"], score=score, passed=passed, why=""
        )


@pytest.mark.parametrize("person", [SOCIAL_WORKER, TEACHER, POLICE_OFFICER, DANA, GRANDMOTHER, BROTHER, GP])
def test_services_and_family_score_and_may_always_pass(scaling_open: Meeting, person: str) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(person, scale, 5)
    scaling_open.answers(person, scale, None)
    assert scaling_open.own(person)[f"mine/answer/{scale}"][0]["passed"] is True


@pytest.mark.parametrize("person", [CHAIR, SCRIBE])
def test_chair_and_scribe_type_for_a_named_person_and_never_score(scaling_open: Meeting, person: str) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(person, scale, 6, for_person=JOEL)
    scaling_open.answers(person, scale, 4, for_person=ADVOCATE, for_child=TANSY)
    for fields in (
        {},
        {"for_child": TANSY},
        *({"for_person": p} for p in (CHAIR, SCRIBE, SUPPORTER, INTERPRETER, OBSERVER)),
    ):
        with refused(Reason.NOT_YOURS_TO_SCORE):
            scaling_open.answers(person, scale, 5, **fields)
    with refused(Reason.NOT_FOUND):
        scaling_open.answers(person, scale, 5, for_person=UNKNOWN)
    assert f"mine/answer/{scale}" not in scaling_open.own(person)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    answers = [value for key, value in scaling_open.shared(DANA).items() if key.startswith("answer/")]
    assert {a["entered_by"] for a in answers} == {person}


def test_nobody_else_scores_for_anybody(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    for person, fields in (
        (DANA, {"for_person": CALLUM}),
        (TEACHER, {"for_child": TANSY}),
        (DANA, {"for_child": TANSY}),
    ):
        with refused(Reason.NOT_YOURS_TO_SCORE):
            scaling_open.answers(person, scale, 5, **fields)


def test_an_advocate_brings_their_childs_number_and_passes_for_themselves(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    expected = seen(scaling_open, DANA, scale)["expected"]
    scaling_open.answers(ADVOCATE, scale, 4, for_child=TANSY)
    scaling_open.answers(ADVOCATE, scale, None)
    assert len(scaling_open.own(ADVOCATE)[f"mine/answer/{scale}"]) == 2
    assert seen(scaling_open, DANA, scale)["answered"] == 2
    assert seen(scaling_open, DANA, scale)["expected"] == expected  # who is in does not show in how many are waited for
    for fields in ({}, {"for_child": ROBIN}, {"for_child": UNKNOWN}):
        with refused(Reason.NOT_YOURS_TO_SCORE):
            scaling_open.answers(ADVOCATE, scale, 5, **fields)


def test_whatever_scores_come_in_from_those_here_the_number_expected_stays(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    expected = seen(scaling_open, DANA, scale)["expected"]
    for person in (SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, DANA, CALLUM, GRANDMOTHER, BROTHER):
        scaling_open.answers(person, scale, 5)
        assert seen(scaling_open, DANA, scale)["expected"] == expected
    scaling_open.answers(ADVOCATE, scale, None)
    scaling_open.answers(ADVOCATE, scale, 5, for_child=TANSY)
    assert seen(scaling_open, DANA, scale)["answered"] == seen(scaling_open, DANA, scale)["expected"] == expected


def test_two_questions_at_once_do_not_mix(scaling_open: Meeting) -> None:
    one, two = scaling_open.named["scale"], scaling_open.opens(question="How worried are you?", children=[ROBIN])
    scaling_open.answers(TEACHER, one, 3)
    scaling_open.answers(TEACHER, two, 9)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=one)
    assert seen(scaling_open, DANA, one)["spread"][3] == 1
    assert "spread" not in seen(scaling_open, DANA, two)
    assert not [key for key in scaling_open.shared(DANA) if key.startswith(f"answer/{two}")]
    scaling_open.answers(TEACHER, two, 8)


def test_the_reveal_cannot_be_taken_back_only_taken_off_and_put_on_again(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    with refused(Reason.NOT_REVEALED):
        scaling_open.does(CHAIR, "hide_scale", scale_id=scale)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    first = seen(scaling_open, DANA, scale)["revealed_at"]
    with refused(Reason.ALREADY_REVEALED):
        scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    scaling_open.does(CHAIR, "hide_scale", scale_id=scale)
    assert (seen(scaling_open, DANA, scale)["revealed"], seen(scaling_open, DANA, scale)["on_screens"]) == (True, False)
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    assert seen(scaling_open, DANA, scale)["revealed_at"] == first


@pytest.mark.parametrize("show", ["chair", "everyone", "nobody"])
@pytest.mark.parametrize("shown", [True, False])
def test_a_voided_round_counts_for_nothing_and_shows_nothing(scaling_open: Meeting, shown: bool, show: str) -> None:
    scale = scaling_open.opens(show=show)
    scaling_open.answers(TEACHER, scale, 1, why="He was so tired.")
    scaling_open.answers(DANA, scale, 6, why="I fitted the chain.")
    if shown:
        scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    scaling_open.does(CHAIR, "void_scale", scale_id=scale, why="Half of us read it the other way round.")
    for person in (*SCREENS, NURSE, SOCIAL_WORKER):
        screen = scaling_open.screen(person)
        left = screen[f"scale/{scale}"]
        assert (left["voided"], left["voided_why"]) == (True, "Half of us read it the other way round.")
        assert (left["closed"], left["revealed"], left["revealed_at"], left["on_screens"]) == (True, False, None, False)
        assert "spread" not in left
        assert left["answered"] == 0
        assert [key for key in screen if key.endswith(f"/{scale}") or f"/{scale}/" in key] == [f"scale/{scale}"]
        assert "so tired" not in str(screen)
        assert "fitted the chain" not in str(screen)
    assert "scale_revealed" in scaling_open.shared(CHAIR)[f"missing/{ROBIN}"]


def test_after_it_was_voided_a_round_stays_so_and_a_new_one_may_be_asked(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    voided = scaling_open.does(CHAIR, "void_scale", scale_id=scale, why="Nobody heard the question.")
    for kind, more in (("reveal_scale", {}), ("void_scale", {"why": "Again."})):
        with refused(Reason.SCALE_VOIDED):
            scaling_open.does(CHAIR, kind, scale_id=scale, **more)
    with refused(Reason.SCALE_VOIDED):
        scaling_open.answers(DANA, scale, 5)
    with refused(Reason.SCALE_CLOSED):
        scaling_open.does(CHAIR, "close_scale", scale_id=scale)
    with refused(Reason.NOT_REVEALED):
        scaling_open.does(CHAIR, "hide_scale", scale_id=scale)
    with refused(Reason.NOT_UNDOABLE):
        scaling_open.undoes(CHAIR, voided)
    again = scaling_open.opens(again_of=scale)
    assert seen(scaling_open, DANA, again)["round"] == 2


def test_what_was_answered_in_a_voided_round_is_kept_in_the_log(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(DANA, scale, 6, why="I fitted the chain.")
    scaling_open.does(CHAIR, "void_scale", scale_id=scale, why="Nobody heard the question.")
    said = [event.model_dump() for event in scaling_open.events()]
    assert [event["why"] for event in said if event["type"] == "scale_answered"] == ["I fitted the chain."]


def test_a_new_round_asks_the_same_in_the_same_direction(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    again = scaling_open.opens(again_of=scale)
    assert seen(scaling_open, DANA, again)["round"] == 2
    for fields in ({"question": "Something else?"}, {"direction": "lower_is_safer"}):
        with refused(Reason.DIFFERENT_QUESTION):
            scaling_open.opens(again_of=scale, **fields)


def test_what_a_question_names_must_exist(scaling_open: Meeting) -> None:
    for fields in ({"children": [UNKNOWN]}, {"danger_id": UNKNOWN}, {"again_of": UNKNOWN}):
        with refused(Reason.NOT_FOUND):
            scaling_open.opens(**fields)
    for kind in ("reveal_scale", "hide_scale", "close_scale"):
        with refused(Reason.NOT_FOUND):
            scaling_open.does(CHAIR, kind, scale_id=UNKNOWN)
    with refused(Reason.NOT_FOUND):
        scaling_open.does(CHAIR, "void_scale", scale_id=UNKNOWN, why="Which?")
    with refused(Reason.NOT_FOUND):
        scaling_open.answers(DANA, UNKNOWN, 5)


def test_no_command_changes_what_froze_when_the_question_was_opened(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    before = {
        k: v for k, v in seen(scaling_open, DANA, scale).items() if k in ("direction", "show", "low_end", "high_end")
    }
    scaling_open.opens(show="everyone", direction="lower_is_safer")
    after = seen(scaling_open, DANA, scale)
    assert {k: after[k] for k in before} == before
    assert not {field for field in ("direction", "show") if field in scaling_open.board.scales.by_id[scale].__dict__}


def test_once_all_is_decided_the_numbers_are_read_only_but_can_be_taken_off(decided: Meeting) -> None:
    scale = decided.named["scale"]
    with refused(Reason.LOCKED):
        decided.answers(BROTHER, scale, 5)
    with refused(Reason.LOCKED):
        decided.opens()
    with refused(Reason.LOCKED):
        decided.does(CHAIR, "close_scale", scale_id=scale)
    with refused(Reason.LOCKED):
        decided.does(CHAIR, "void_scale", scale_id=scale, why="Too late.")
    decided.does(CHAIR, "hide_scale", scale_id=scale)
