"""Whether enough agencies are here is the area's own rule, and is counted again whenever somebody comes or goes."""

from typing import Any

from app.areas.areas import area_named
from app.board.area import Area
from app.board.refusals import Reason
from tests.board import meeting as moments
from tests.board.meeting import Meeting, refused
from tests.cast import (
    CHAIR,
    DANA,
    HEALTH,
    NURSE,
    POLICE_OFFICER,
    ROBIN,
    SCHOOL,
    SCRIBE,
    SOCIAL_CARE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)


def quorum_of(meeting: Meeting) -> dict[str, Any]:
    seen: dict[str, Any] = meeting.shared(CHAIR)["quorum"]
    return seen


def gathered(**settings: Any) -> Meeting:
    """Everybody who was expected has come."""
    meeting = moments.prepared(**settings)
    moments.everybody_comes(meeting)
    return meeting


def leaves(meeting: Meeting, person: str) -> None:
    meeting.does(CHAIR, "mark_attendance", person_id=person, how="absent")


def test_in_england_social_care_and_two_others_that_know_a_child_are_enough(mapping: Meeting) -> None:
    quorum = quorum_of(mapping)
    assert (quorum["met"], quorum["missing"], quorum["unknown_children"]) == (True, [], [])
    assert quorum["agencies"] == [SOCIAL_CARE, SCHOOL, HEALTH]  # the police are here and know neither child
    assert quorum["in_words"] == "Social care and at least two other agencies that know a child"


def test_who_is_missing_is_said_in_words(mapping: Meeting) -> None:
    leaves(mapping, TEACHER)
    assert quorum_of(mapping)["missing"] == ["one other agency that knows a child"]
    leaves(mapping, NURSE)
    assert quorum_of(mapping)["missing"] == ["2 other agencies that know a child"]
    leaves(mapping, SOCIAL_WORKER)
    assert quorum_of(mapping)["missing"] == ["social care", "2 other agencies that know a child"]
    assert quorum_of(mapping)["met"] is False


def test_two_others_without_social_care_are_not_enough(mapping: Meeting) -> None:
    leaves(mapping, SOCIAL_WORKER)
    assert (quorum_of(mapping)["met"], quorum_of(mapping)["missing"]) == (False, ["social care"])


def test_a_child_whom_nobody_here_knows_is_named(mapping: Meeting) -> None:
    leaves(mapping, NURSE)
    leaves(mapping, SOCIAL_WORKER)
    assert quorum_of(mapping)["unknown_children"] == [ROBIN]
    assert quorum_of(mapping)["known_by"] == {TANSY: [SCHOOL], ROBIN: []}


def test_in_scotland_social_work_health_and_police_are_enough() -> None:
    meeting = gathered(area=area_named("scotland"))
    meeting.enters("welcome")
    assert quorum_of(meeting)["missing"] == ["police"]
    leaves(meeting, TEACHER)
    assert quorum_of(meeting)["missing"] == ["police"]
    assert quorum_of(meeting)["in_words"] == "Social work, health and police"


def test_a_council_may_ask_for_any_number_of_any_kind() -> None:
    area = Area()
    rule = area.quorum.model_copy(update={"must": ("education", "social_care"), "others": 0})
    meeting = gathered(area=area.model_copy(update={"quorum": rule}))
    assert quorum_of(meeting)["met"] is True
    anybody = area.quorum.model_copy(update={"must": (), "others": 4})
    meeting = gathered(area=area.model_copy(update={"quorum": anybody}))
    assert quorum_of(meeting)["missing"] == ["one agency that knows a child"]


def test_the_count_is_for_chair_and_scribe(mapping: Meeting) -> None:
    assert mapping.shared(SCRIBE)["quorum"] == quorum_of(mapping)
    for person in (DANA, TEACHER, POLICE_OFFICER):
        assert "quorum" not in mapping.screen(person)


def test_with_too_few_the_chair_goes_on_once_she_has_written_why(views: Meeting) -> None:
    with refused(Reason.ENOUGH_HERE):
        views.does(CHAIR, "go_on_without_quorum", reason="No need.")
    leaves(views, NURSE)
    assert views.shared(CHAIR)[f"missing/{ROBIN}"] == ["quorum"]
    assert quorum_of(views)["went_on"] is None
    views.does(CHAIR, "go_on_without_quorum", reason="Both must be safe tonight.")
    assert views.shared(CHAIR)[f"missing/{ROBIN}"] == []
    assert quorum_of(views)["went_on"]["reason"] == "Both must be safe tonight."
    assert quorum_of(views)["met"] is False  # why she goes on makes nobody come
    assert views.events()[-1].model_dump()["missing"] == ("one other agency that knows a child",)
    views.enters("decision")
    views.decides(ROBIN)


def test_why_she_goes_on_can_be_written_again_and_not_taken_back(mapping: Meeting) -> None:
    leaves(mapping, TEACHER)
    first = mapping.does(CHAIR, "go_on_without_quorum", reason="The school is late.")
    with refused(Reason.NOT_UNDOABLE):
        mapping.undoes(CHAIR, first)
    mapping.does(CHAIR, "go_on_without_quorum", reason="The school is ill.")
    assert quorum_of(mapping)["went_on"]["reason"] == "The school is ill."
    assert "The school" not in str(mapping.screen(DANA))


def strict() -> Area:
    area = Area()
    return area.model_copy(update={"quorum": area.quorum.model_copy(update={"ending_needs_it": True})})


def test_where_the_area_says_so_no_plan_ends_while_too_few_are_here() -> None:
    why: dict[str, Any] = {"override": {"reason": "There is no time for it today."}}
    meeting = gathered(review=True, area=strict())
    meeting.enters("decision")
    leaves(meeting, NURSE)
    meeting.does(CHAIR, "go_on_without_quorum", reason="Both must be safe tonight.")
    for outcome in ("plan_ends_no_plan", "plan_ends_child_in_need_plan"):
        with refused(Reason.INQUORATE_CANNOT_END):
            meeting.decides(ROBIN, outcome=outcome, category=None, **why)
    meeting.decides(ROBIN, outcome="plan_continues", **why)
    meeting.does(CHAIR, "mark_attendance", person_id=NURSE, how="in_room")
    meeting.decides(TANSY, outcome="plan_ends_no_plan", category=None, **why)


def test_elsewhere_a_plan_may_end_with_her_reason() -> None:
    meeting = gathered(review=True)
    meeting.enters("decision")
    leaves(meeting, NURSE)
    why: dict[str, Any] = {"override": {"reason": "There is no time for it today."}}
    meeting.decides(ROBIN, outcome="plan_ends_no_plan", category=None, **why)
