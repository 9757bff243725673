"""Danger statements and safety goals, paired, amended in front of everyone."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import CHAIR, DANA, PROJECTOR, ROBIN, SCRIBE, SOCIAL_WORKER, TANSY, TEACHER

UNKNOWN = number(0xDEAD)


@pytest.mark.parametrize("person", [SOCIAL_WORKER, CHAIR, SCRIBE])
def test_a_statement_and_its_goal_are_seen_by_everyone_paired(mapping: Meeting, person: str) -> None:
    danger = mapping.does(person, "write_danger_statement", danger_id=None, children=[ROBIN], text="He may be hurt.")
    goal = mapping.does(
        person, "write_safety_goal", goal_id=None, danger_id=danger, text="Watched.", for_how_long="Long."
    )
    for somebody in (CHAIR, TEACHER, DANA, PROJECTOR):
        shared = mapping.shared(somebody)
        assert shared[f"danger/{danger}"]["goal_ids"] == [goal]
        assert shared[f"danger/{danger}"]["brought_by"] == person
        assert (shared[f"goal/{goal}"]["danger_id"], shared[f"goal/{goal}"]["children"]) == (danger, [ROBIN])


def test_an_amendment_names_the_wording_it_read_and_keeps_it(scaling_open: Meeting) -> None:
    danger, goal = scaling_open.named["danger"], scaling_open.named["goal"]
    body: dict[str, Any] = {"danger_id": danger, "children": [ROBIN, TANSY], "text": "Both may be hurt."}
    for version in (None, UNKNOWN):
        with refused(Reason.CHANGED_MEANWHILE):
            scaling_open.does(SCRIBE, "write_danger_statement", **body, base_version=version)
    new = scaling_open.does(
        SCRIBE, "write_danger_statement", **body, base_version=danger, why="Tansy too.", said_by=DANA
    )
    seen = scaling_open.shared(DANA)[f"danger/{danger}"]
    assert (seen["version"], seen["brought_by"]) == (new, CHAIR)
    assert [(each["text"], each["why"]) for each in seen["earlier"]] == [
        ("Robin may be hurt in the street.", "Tansy too.")
    ]
    with refused(Reason.NOTHING_CHANGED):
        scaling_open.does(SCRIBE, "write_danger_statement", **body, base_version=new)
    amended: dict[str, Any] = {"goal_id": goal, "danger_id": danger, "text": "Both are watched."}
    with refused(Reason.CHANGED_MEANWHILE):
        scaling_open.does(SCRIBE, "write_safety_goal", **amended)
    again = scaling_open.does(SCRIBE, "write_safety_goal", **amended, base_version=goal)
    with refused(Reason.NOTHING_CHANGED):
        scaling_open.does(SCRIBE, "write_safety_goal", **amended, base_version=again)


def test_what_a_statement_or_goal_names_must_exist(scaling_open: Meeting) -> None:
    danger: dict[str, Any] = {"danger_id": None, "children": [ROBIN], "text": "New."}
    for wrong in ({"danger_id": UNKNOWN}, {"children": [UNKNOWN]}, {"said_by": UNKNOWN}):
        with refused(Reason.NOT_FOUND):
            scaling_open.does(CHAIR, "write_danger_statement", **{**danger, **wrong})
    goal: dict[str, Any] = {"goal_id": None, "danger_id": scaling_open.named["danger"], "text": "New."}
    for wrong in ({"danger_id": UNKNOWN}, {"goal_id": UNKNOWN}):
        with refused(Reason.NOT_FOUND):
            scaling_open.does(CHAIR, "write_safety_goal", **{**goal, **wrong})


def test_once_all_is_decided_both_stay_as_they_are(decided: Meeting) -> None:
    danger = decided.named["danger"]
    with refused(Reason.LOCKED):
        decided.does(CHAIR, "write_danger_statement", danger_id=None, children=[ROBIN], text="New.")
    with refused(Reason.LOCKED):
        decided.does(CHAIR, "write_safety_goal", goal_id=None, danger_id=danger, text="New.")
