"""What the plan still lacks is told to whoever writes it; it stops nothing."""

from tests.board.meeting import EVERYONE, Meeting
from tests.cast import CHAIR, DANA, NURSE, ROBIN, SCRIBE


def gaps(meeting: Meeting) -> list[tuple[str, str]]:
    assert meeting.shared(SCRIBE)["gaps"] == meeting.shared(CHAIR)["gaps"]
    return [(gap["what"], gap["of"]) for gap in meeting.shared(CHAIR)["gaps"]]


def test_a_whole_plan_has_no_gap(scaling_open: Meeting) -> None:
    assert gaps(scaling_open) == []


def test_each_gap_is_named_with_what_it_is_in(scaling_open: Meeting) -> None:
    meeting, named = scaling_open, scaling_open.named
    danger = meeting.does(CHAIR, "write_danger_statement", danger_id=None, children=[ROBIN], text="Robin may be cold.")
    assert gaps(meeting) == [("danger_without_goal", f"danger/{danger}")]
    goal = meeting.does(CHAIR, "write_safety_goal", goal_id=None, danger_id=danger, text="It is warm.")
    assert gaps(meeting) == [("goal_without_step", f"goal/{goal}")]
    step = meeting.adds(SCRIBE, "The boiler is mended.", column="next_step", sub_category="next_step", goal_id=goal)
    assert gaps(meeting) == [("step_without_who", f"item/{step}")]
    meeting.edits(SCRIBE, step, who=[DANA])
    assert gaps(meeting) == []
    meeting.removes(CHAIR, named["step"])
    assert gaps(meeting) == [("goal_without_step", f"goal/{named['goal']}")]


def test_a_step_that_waits_to_be_heard_fills_no_gap_and_is_none(scaling_open: Meeting) -> None:
    scaling_open.removes(CHAIR, scaling_open.named["step"])
    before = gaps(scaling_open)
    scaling_open.holds(NURSE, column="next_step", sub_category="next_step", goal_id=scaling_open.named["goal"])
    assert gaps(scaling_open) == before


def test_nobody_in_particular_does_what_happens_if_things_go_wrong(scaling_open: Meeting) -> None:
    scaling_open.adds(CHAIR, "Dana rings Grace.", column="next_step", sub_category="if_things_go_wrong")
    assert gaps(scaling_open) == []


def test_a_gap_stops_no_decision_and_nobody_else_is_told_of_it(views: Meeting) -> None:
    views.adds(SCRIBE, "The boiler is mended.", column="next_step", sub_category="next_step")
    assert len(gaps(views)) == 1
    for person in EVERYONE:
        assert ("gaps" in views.screen(person)) is (person in (CHAIR, SCRIBE))
    views.enters("decision")
    views.decides(ROBIN)
