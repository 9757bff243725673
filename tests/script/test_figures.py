"""Every figure that the rules work out is the one that the worked files have, each child, date and report by itself."""

from collections import Counter
from typing import Any

from app.board.actor import CHAIR, SERVICES_AUDIENCE
from app.board.board import View, see
from app.script.play import play
from tests.script.worked import Worked


def chair_sees(conference: Worked) -> View:
    return see(conference.board, frozenset(), CHAIR)


def all_of(view: View, kind: str) -> dict[str, Any]:
    return {key.removeprefix(kind): value for key, value in view.items() if key.startswith(kind)}


def test_working_days_used_are_those_of_the_file(conference: Worked) -> None:
    said = conference.raw["conference"]["trigger"].get("working_days_used")
    assert chair_sees(conference)["dates"]["working_days_used"] == said, "working_days_used"


def test_the_first_conference_used_thirteen_working_days(initial: Worked) -> None:
    assert chair_sees(initial)["dates"]["working_days_used"] == 13, "working_days_used"


def test_the_last_day_on_which_it_is_held_in_time_is_that_of_the_file(conference: Worked) -> None:
    said = conference.raw["conference"]["trigger"]["hold_conference_by"]
    assert chair_sees(conference)["dates"]["hold_by"] == said, "hold_conference_by"


def test_what_follows_the_meeting_is_due_when_the_file_says(conference: Worked) -> None:
    dates, after = chair_sees(conference)["dates"], conference.raw["after"]
    assert dates["core_group_by"] == after.get("core_group_by"), (
        "core_group_by"
    )  # none at a review: it is there already
    assert dates["review_by"] == after["review_by"], "review_by"
    assert dates["letter_by"] == after["letter_by"], "letter_by"
    assert dates["record_by"] == after["record_by"], "record_by"


def test_each_report_was_in_time_or_late_as_the_file_says(conference: Worked) -> None:
    worked_out = {report["id"]: report["in_time"] for report in chair_sees(conference)["reports"]}
    reports = conference.raw["preparation"]["reports"]
    assert len(worked_out) == len(reports), "number of reports"
    for report in reports:
        assert worked_out[conference.of(report["id"])] is report["in_time"], f"in_time of {report['id']}"


def during_the_meeting(conference: Worked) -> View:
    """Just before anybody left: whoever has gone counts no more."""
    first_gone = min(step.at for step in conference.steps if ".left_at" in step.place)
    board = play([step for step in conference.steps if step.at < first_gone]).board
    return see(board, frozenset(), CHAIR)


def test_the_agencies_that_know_the_children_are_those_of_the_file(conference: Worked) -> None:
    quorum, said = during_the_meeting(conference)["quorum"], conference.raw["quorum"]
    counted = [conference.of(agency) for agency in said["agencies_counted"]]
    assert quorum["agencies"] == counted, "quorum.agencies_counted"
    assert quorum["met"] is said["met"], "quorum.met"


def test_each_child_is_known_by_the_agencies_that_the_file_names(conference: Worked) -> None:
    quorum, said = during_the_meeting(conference)["quorum"], conference.raw["quorum"]["each_child_known_by"]
    assert set(quorum["known_by"]) == {conference.of(child) for child in said}, "children in quorum"
    for child, agencies in said.items():
        found = quorum["known_by"][conference.of(child)]
        assert found == [conference.of(agency) for agency in agencies], f"each_child_known_by.{child}"
    assert quorum["unknown_children"] == [], "children whom nobody here knows"


def test_the_number_of_answers_and_their_spread_are_those_of_the_file(conference: Worked) -> None:
    view = during_the_meeting(conference)
    for scale in conference.raw["scale_questions"]:
        seen = view[f"scale/{conference.of(scale['id'])}"]
        numbers = Counter(answer["score"] for answer in scale["answers"] if not answer["passed"])
        assert seen["answered"] == len(scale["answers"]), f"answers to {scale['id']}"
        assert seen["expected"] == len(scale["answers"]), f"answers expected to {scale['id']}"
        assert seen["spread"] == [numbers[score] for score in range(11)], f"spread of {scale['id']}"


def test_each_number_is_that_of_the_file(conference: Worked) -> None:
    view = chair_sees(conference)
    for scale in conference.raw["scale_questions"]:
        answers = all_of(view, f"answer/{conference.of(scale['id'])}/").values()
        seen = {(answer["person_id"], answer["for_child"]): answer["score"] for answer in answers}
        for answer in scale["answers"]:
            child = answer.get("on_behalf_of_child")
            whose = (conference.of(answer["person_id"]), conference.of(child) if child else None)
            assert seen[whose] == answer["score"], f"score of {answer['person_id']} {child or ''} in {scale['id']}"


def test_each_view_of_an_agency_is_that_of_the_file(conference: Worked) -> None:
    view, raw = chair_sees(conference), conference.raw
    for each in (*raw["agency_views"], *raw["written_views_from_absent_agencies"]):
        seen = view[f"view/{conference.of(each['child_id'])}/{conference.of(each['agency_id'])}"]
        assert seen["view"] == each["view"], f"view of {each['agency_id']} on {each['child_id']}"


def test_each_childs_outcome_and_category_are_those_of_the_file(conference: Worked) -> None:
    view = chair_sees(conference)
    assert len(all_of(view, "decision/")) == len(conference.raw["decisions"]), "number of decisions"
    for decision in conference.raw["decisions"]:
        seen = view[f"decision/{conference.of(decision['child_id'])}"]
        assert seen["outcome"] == decision["outcome"], f"outcome for {decision['child_id']}"
        assert seen["category"] == decision["category"], f"category for {decision['child_id']}"
        assert seen["plain_words"] == decision["category_in_plain_words"], f"plain words for {decision['child_id']}"
        dissent = [conference.of(each["person_id"]) for each in decision["dissent"]]
        assert [each["person_id"] for each in seen["dissent"]] == dissent, f"dissent for {decision['child_id']}"


def test_what_was_arranged_at_the_end_is_what_the_file_says(conference: Worked) -> None:
    view, after = chair_sees(conference), conference.raw["after"]
    closing = view["closing"]
    assert closing["lead_social_worker"] == conference.of(after["lead_social_worker"]), "lead_social_worker"
    assert closing["core_group"] == [conference.of(person) for person in after["core_group"]], "core_group"
    assert closing["core_group_on"] == after["core_group_on"], "core_group_on"
    assert closing["review_on"] == after["review_on"], "review_on"
    assert closing["told_how_to"] == after["family_told_how_to"], "family_told_how_to"
    if by := view["dates"]["core_group_by"]:
        assert closing["core_group_on"] <= by, "the core group meets in time"
    assert closing["review_on"] <= view["dates"]["review_by"], "the review is held in time"


def test_the_earlier_numbers_of_naomi_are_three_and_five(review: Worked) -> None:
    naomi = [score for whose, score in earlier_numbers(review) if whose == (review.of("p03"), None)]
    assert naomi == [3, 5]


def test_each_earlier_number_is_that_of_the_file_in_the_order_of_the_conferences(review: Worked) -> None:
    (scale,) = review.raw["scale_questions"]
    for answer in scale["answers"]:
        child = answer.get("on_behalf_of_child")
        whose = (review.of(answer["person_id"]), review.of(child) if child else None)
        found = [score for each, score in earlier_numbers(review) if each == whose]
        assert found == [answer["earlier"]["conf-1"], answer["earlier"]["conf-2"]], f"earlier of {answer['person_id']}"


def earlier_numbers(review: Worked) -> list[tuple[tuple[str, str | None], int | None]]:
    view = see(review.board, frozenset(), SERVICES_AUDIENCE)
    before = sorted(view[f"earlier_answers/{review.of('s1')}"], key=lambda answer: str(answer["held_on"]))
    return [((answer["person_id"], answer["for_child"]), answer["score"]) for answer in before]


def test_the_earlier_numbers_stand_at_the_days_of_their_conferences(review: Worked) -> None:
    view = see(review.board, frozenset(), SERVICES_AUDIENCE)
    days = dict.fromkeys(answer["held_on"] for answer in view[f"earlier_answers/{review.of('s1')}"])
    assert list(days) == ["2025-06-24", "2025-09-16"]
