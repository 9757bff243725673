"""Parts of a view that a conference may have or not: without them there is a record all the same."""

from datetime import date
from typing import Any

from app.board.board import View
from app.records.decided import closing_of, dates_of, decisions_of
from app.records.documents import full_record
from app.records.mapped import columns_of
from app.records.narrowing import of_children, of_the_plan
from app.records.planned import earlier_of
from app.records.reading import Reading, reading_of
from app.records.recipient import Recipient, entitled_view
from app.records.record import build_record
from app.records.scaled import scales_of
from tests.board import meeting as moments
from tests.cast import DANA, NOON, ROBIN, SCRIBE, SOCIAL_WORKER, TANSY

FOR_DANA = Recipient(DANA, "family")


def seen(**more: Any) -> View:
    view = entitled_view(moments.mapping().board, FOR_DANA, ())
    return {**view, **more}


def reading(view: View) -> Reading:
    return reading_of(view, FOR_DANA, (), plain=True)


SCALE: dict[str, Any] = {
    "id": "s", "question": "How safe?", "direction": "lower_is_safer", "low_end": "Safe", "high_end": "Unsafe",
    "children": [TANSY, ROBIN], "round": 1, "opened_at": "2026-11-23T12:30:00+00:00", "revealed": True,
}  # fmt: skip
ANSWER = {"person_id": DANA, "for_child": None, "score": 7, "passed": False, "why": "", "entered_by": None}


def test_a_round_that_was_called_off_is_one_line_without_numbers() -> None:
    voided = {**SCALE, "voided": True, "voided_why": "Two people misread it."}
    (of,) = scales_of(reading(seen(**{"scale/s": voided, "answer/s/1": ANSWER})))
    assert (of.voided, of.voided_why, of.answers) == (True, "Two people misread it.", ())


def test_earlier_numbers_stand_by_themselves_for_the_same_question_only() -> None:
    before = [
        {"held_on": "2026-03-03", "person_id": "x", "name": "Old Worker", "for_child": None, "score": 5},
        {"held_on": "2025-09-16", "person_id": DANA, "name": "Dana", "for_child": None, "score": 3},
    ]
    (of,) = scales_of(reading(seen(**{"scale/s": SCALE, "answer/s/1": ANSWER, "earlier_answers/s": before})))
    assert [[(each.name, each.score) for each in meeting.answers] for meeting in of.earlier] == [
        [("Dana, mother", 3)],
        [("Old Worker", 5)],
    ]
    assert of.direction == "A lower number is safer."


def test_the_day_itself_stands_in_place_of_the_last_day_for_it() -> None:
    closing = {"review_on": "2027-01-12", "core_group_on": None, "lead_social_worker": None}
    dates = {"review_by": "2027-02-23", "core_group_by": "2026-12-07", "working_days_used": 3}
    told = [(each.code, each.when.words) for each in dates_of(reading(seen(closing=closing, dates=dates)))]
    assert told == [("core_group_by", "Mon 7 December"), ("review_on", "Tue 12 January 2027")]


def test_the_end_of_the_meeting_is_told_in_names() -> None:
    closing = {
        "lead_social_worker": SOCIAL_WORKER,
        "core_group": [DANA, SOCIAL_WORKER],
        "tells": [{"child_id": TANSY, "person_id": SOCIAL_WORKER}, {"child_id": ROBIN, "person_id": DANA}],
        "told_how_to": ["get independent advice"],
    }
    view = seen(closing=closing)
    of = closing_of(reading(view))
    assert of.lead_social_worker == "Naomi"
    assert of.core_group == ("Dana, mother", "Naomi, social worker")
    assert [(each.child, each.name) for each in of.tellings][1] == ("Robin", "Dana, mother")
    assert [each.child for each in closing_of(reading(of_children(view, [ROBIN]))).tellings] == ["Robin"]
    assert closing_of(reading(of_the_plan(view))).tellings == ()
    assert closing_of(reading(seen(closing=None))).told_how_to == ()


def test_what_became_of_the_plan_before_this_one() -> None:
    view = seen(
        **{
            "earlier": {"held_on": "2026-03-03", "title": "First conference"},
            "earlier_goal/1": {"text": "Nobody shouts.", "progress": "partly", "note": "Once.", "said_by": DANA},
            "earlier_step/1": {"text": "Fit a latch.", "who": ["Callum", "Mr Oakes"], "progress": None, "note": ""},
        }
    )
    of = earlier_of(reading(view))
    assert of is not None
    assert [(each.text, each.who, each.progress, each.said_by) for each in (*of.goals, *of.steps)] == [
        ("Nobody shouts.", "", "Partly done", "Dana"),
        ("Fit a latch.", "Callum and Mr Oakes", "Not said", ""),
    ]
    assert earlier_of(reading(seen())) is None


def test_what_was_moved_says_where_it_came_from() -> None:
    meeting = moments.mapping()
    item = meeting.adds(SCRIBE, "Dana rings her mum.")
    view = entitled_view(meeting.board, FOR_DANA, ())
    moved = {**view[f"item/{item}"], "origin": {"column": "strength", "sub_category": "existing_safety"}}
    cards = [
        card
        for column in columns_of(reading({**view, f"item/{item}": moved}))
        for group in column.groups
        for card in group.cards
        if card.id == item
    ]
    assert [card.came_from for card in cards] == ["What already keeps Tansy and Robin safe"]


def test_more_than_one_kind_of_harm_is_named_where_the_area_allows_it() -> None:
    decision = {
        "child_id": TANSY, "outcome": "child_protection_plan", "category": "neglect",
        "also_categories": ["emotional_abuse"], "plain_words": None, "reasons": "Why.", "views_considered": None,
        "decided_at": NOON.isoformat(), "decided_by": SOCIAL_WORKER, "override": None, "dissent": [],
    }  # fmt: skip
    (of,) = decisions_of(reading(seen(**{f"decision/{TANSY}": decision})))
    assert of.categories == ("neglect", "emotional abuse")


def test_a_conference_at_which_nothing_has_happened_yet_has_a_record() -> None:
    board = moments.prepared().board
    document = full_record(build_record(board, Recipient(SOCIAL_WORKER, "full"), NOON))
    assert document.title == "About Tansy and Robin"
    assert date.fromisoformat("2026-11-23").strftime("%A") in document.conference


def test_an_area_that_has_gone_leaves_readable_words() -> None:
    of = reading(seen(area={}))
    assert (of.words.outcome("no_plan"), of.words.stage("mapping"), of.words.meeting) == (
        "No plan",
        "Mapping",
        "conference",
    )
