"""The chair's decision, child by child, and disagreement with it."""

from datetime import timedelta
from typing import Any

import pytest

from app.areas.areas import area_named
from app.board.refusals import Reason, Refused
from tests import cast
from tests.board import meeting as moments
from tests.board.meeting import Meeting, number, refused
from tests.cast import CALLUM, CHAIR, DANA, GRANDMOTHER, NURSE, PROJECTOR, ROBIN, SOCIAL_WORKER, TANSY, TEACHER

UNKNOWN = number(0xDEAD)
WHY = {"reason": "There is no time for it today."}


@pytest.fixture
def deciding(views: Meeting) -> Meeting:
    views.enters("decision")
    return views


def test_a_decision_is_recorded_with_its_own_reasons_and_seen_by_everyone(deciding: Meeting) -> None:
    deciding.decides(ROBIN, views_considered="All of them.")
    for person in (CHAIR, TEACHER, DANA, PROJECTOR):
        seen = deciding.shared(person)[f"decision/{ROBIN}"]
        assert (seen["outcome"], seen["category"]) == ("child_protection_plan", "neglect")
        assert f"decision/{TANSY}" not in deciding.shared(person)
    with refused(Reason.ALREADY_DECIDED):
        deciding.decides(ROBIN, outcome="no_plan", category=None)


def test_a_plan_names_its_main_worry_and_no_plan_names_none(deciding: Meeting) -> None:
    with refused(Reason.CATEGORY_MISSING):
        deciding.decides(ROBIN, category=None)
    for outcome in ("no_plan", "child_in_need_plan"):
        with refused(Reason.CATEGORY_NOT_NEEDED):
            deciding.decides(ROBIN, outcome=outcome)
    deciding.decides(ROBIN, outcome="child_in_need_plan", category=None)


def test_in_england_a_plan_is_named_after_one_worry(deciding: Meeting) -> None:
    with refused(Reason.TOO_MANY_CATEGORIES):
        deciding.decides(ROBIN, also_categories=["physical_abuse"])
    deciding.decides(ROBIN)
    seen = deciding.shared(DANA)[f"decision/{ROBIN}"]
    assert (seen["also_categories"], seen["decided_how"]) == ([], "chair_after_views")


def test_where_several_may_be_named_each_is_named_once_and_all_are_of_the_area() -> None:
    meeting = moments.prepared(area=area_named("wales"))
    meeting.enters("decision")
    for fields, reason in (
        ({"also_categories": ["neglect"]}, Reason.LISTED_TWICE),
        ({"also_categories": ["physical_abuse", "physical_abuse"]}, Reason.LISTED_TWICE),
        ({"also_categories": ["kidnapping"]}, Reason.WRONG_CATEGORY),
        ({"also_categories": ["neglect"], "category": None, "outcome": "no_plan"}, Reason.CATEGORY_NOT_NEEDED),
    ):
        with refused(reason):
            meeting.decides(ROBIN, override=WHY, **fields)
    meeting.decides(ROBIN, override=WHY, also_categories=["financial_abuse", "physical_abuse"])
    seen = meeting.shared(DANA)[f"decision/{ROBIN}"]
    assert seen["also_categories"] == ["financial_abuse", "physical_abuse"]
    assert seen["decided_how"] == "practitioners_decide"


def test_an_outcome_belongs_to_the_kind_of_meeting(deciding: Meeting) -> None:
    with refused(Reason.WRONG_OUTCOME):
        deciding.decides(ROBIN, outcome="plan_continues")
    with refused(Reason.NOT_FOUND):
        deciding.decides(UNKNOWN)
    review = moments.prepared(review=True)
    review.enters("decision")
    with refused(Reason.WRONG_OUTCOME):
        review.decides(ROBIN, override=WHY)
    review.decides(ROBIN, outcome="plan_continues", override=WHY)
    review.decides(TANSY, outcome="plan_ends_no_plan", category=None, override=WHY)


def test_what_comes_first_is_named_and_a_typed_reason_goes_on_without_it() -> None:
    meeting = moments.prepared()
    meeting.enters("decision")
    with pytest.raises(Refused) as no:
        meeting.decides(ROBIN)
    assert no.value.reason is Reason.STEPS_MISSING
    for words in ("mark who is here", "safety goal", "next steps", "explain the test", "show the numbers", "family"):
        assert words in no.value.sentence
    assert len(meeting.shared(CHAIR)[f"missing/{ROBIN}"]) == 9
    meeting.decides(ROBIN, override=WHY)
    assert meeting.shared(DANA)[f"decision/{ROBIN}"]["override"] == WHY["reason"]


def test_each_step_counts_by_itself(deciding: Meeting) -> None:
    assert deciding.shared(CHAIR)[f"missing/{ROBIN}"] == []

    def missing_after(person: str, kind: str, **fields: Any) -> list[str]:
        meeting = deciding.fork()
        meeting.does(person, kind, **fields)
        return list(meeting.shared(CHAIR)[f"missing/{ROBIN}"])

    named = deciding.named
    assert missing_after(CHAIR, "remove_item", item_id=named["step"], why="") == ["next_steps"]
    lonely: dict[str, Any] = {"danger_id": None, "children": [ROBIN], "text": "A danger without a goal."}
    assert missing_after(CHAIR, "write_danger_statement", **lonely) == ["danger_and_goal"]
    new_here = {"person_id": cast.GP, "how": "online"}
    assert missing_after(CHAIR, "mark_attendance", **new_here) == ["agencies_asked"]
    joel = {"person_id": cast.JOEL, "how": "online"}
    assert missing_after(CHAIR, "mark_attendance", **joel) == ["family_asked"]


def test_a_held_point_does_not_count_as_mapped() -> None:
    meeting = moments.prepared()
    meeting.holds()
    meeting.holds(column="strength", sub_category="existing_safety")
    assert "mapped_items" in meeting.shared(CHAIR)[f"missing/{ROBIN}"]


def test_what_is_missing_is_told_to_the_chair_only(deciding: Meeting) -> None:
    for person in (SOCIAL_WORKER, TEACHER, DANA, PROJECTOR, cast.SCRIBE):
        assert not [key for key in deciding.shared(person) if key.startswith("missing/")]


def test_a_decision_waits_for_its_phase(views: Meeting) -> None:
    with refused(Reason.WRONG_PHASE):
        views.decides(ROBIN)


def test_a_professional_disagrees_formally_once_for_each_child(decided: Meeting) -> None:
    decided.does(NURSE, "record_dissent", child_id=ROBIN, why="It is not enough.")
    decided.does(NURSE, "record_dissent", child_id=TANSY, why="Nor here.")
    decided.does(TEACHER, "record_dissent", child_id=ROBIN, why="Nor I.")
    with refused(Reason.ALREADY_DISSENTED):
        decided.does(NURSE, "record_dissent", child_id=ROBIN, why="Again.")
    with refused(Reason.NOT_FOUND):
        decided.does(NURSE, "record_dissent", child_id=UNKNOWN, why="Who?")
    names = [each["name"] for each in decided.shared(DANA)[f"decision/{ROBIN}"]["dissent"]]
    assert names == ["Grace", "Leila"]
    for person in (DANA, GRANDMOTHER, CALLUM, CHAIR):
        with refused(Reason.NOT_ALLOWED):
            decided.does(person, "record_dissent", child_id=ROBIN, why="No.")


def test_there_is_no_disagreement_before_the_decision(deciding: Meeting) -> None:
    with refused(Reason.NOT_DECIDED):
        deciding.does(NURSE, "record_dissent", child_id=ROBIN, why="No.")


def test_disagreement_is_taken_for_seventy_two_hours_after_the_end(closed: Meeting) -> None:
    late = closed.fork()
    closed.now += timedelta(hours=71, minutes=59)
    closed.does(NURSE, "record_dissent", child_id=ROBIN, why="It is not enough.")
    late.now += timedelta(hours=72, seconds=5)
    with refused(Reason.TOO_LATE):
        late.does(NURSE, "record_dissent", child_id=ROBIN, why="It is not enough.")
