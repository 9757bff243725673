"""The conference before this one: what it left, how each part of it went, and its numbers beside today's."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.board.carried_over import earlier_from, people_after
from app.board.conference import Child, Person
from app.board.refusals import Reason
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    CHILDREN,
    DANA,
    EARLIER,
    EARLIER_GOAL,
    EARLIER_ITEM,
    EARLIER_STEP,
    JOEL,
    NURSE,
    PEOPLE,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
BEFORE = number(0xBEF0)
SEES = (CHAIR, SCRIBE, TEACHER, DANA, CALLUM, PROJECTOR)


@pytest.fixture
def review() -> Meeting:
    return moments.reviewing()


def test_everybody_sees_what_the_conference_before_left(review: Meeting) -> None:
    for person in SEES:
        shared = review.shared(person)
        assert shared["earlier"] == {"held_on": "2026-08-24", "title": "First conference about Tansy and Robin"}
        goal, step = shared[f"earlier_goal/{EARLIER_GOAL}"], shared[f"earlier_step/{EARLIER_STEP}"]
        assert (goal["danger_text"], goal["for_how_long"]) == ("Robin may be hurt in the street.", "three months")
        assert (step["who"], step["by"], step["goal_id"]) == (["Dana", "Mr Oakes"], "2026-09-01", EARLIER_GOAL)
        assert (goal["children"], step["children"], goal["progress"], step["note"]) == ([ROBIN], [ROBIN], None, "")
        item = shared[f"earlier_item/{EARLIER_ITEM}"]
        assert (item["kind"], item["said_by"]) == ("allegation", "Grace")
        assert item["responses"] == [{"name": "Dana", "agrees": "partly", "text": "It was once."}]  # never without


def test_a_conference_that_looks_back_at_nothing_shows_nothing_of_it(scaling_open: Meeting) -> None:
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scaling_open.named["scale"])
    for person in EVERYONE:
        assert not [key for key in scaling_open.screen(person) if key.startswith("earlier")]
    with refused(Reason.NOT_FOUND):
        scaling_open.marks(CHAIR, EARLIER_GOAL)


def test_how_it_went_is_marked_in_front_of_everybody_and_the_latest_word_stands(review: Meeting) -> None:
    review.marks(NURSE, EARLIER_STEP, "not", "The landlord says no.")
    first = review.marks(SOCIAL_WORKER, EARLIER_GOAL, "partly", "But for January.", said_by=DANA)
    review.marks(SCRIBE, EARLIER_GOAL, "done", "", said_by=TANSY)
    for person in SEES:
        goal = review.shared(person)[f"earlier_goal/{EARLIER_GOAL}"]
        step = review.shared(person)[f"earlier_step/{EARLIER_STEP}"]
        assert (goal["progress"], goal["note"], goal["said_by"], goal["marked_by"]) == ("done", "", TANSY, SCRIBE)
        assert (step["progress"], step["note"], step["said_by"], step["marked_by"]) == (
            "not",
            "The landlord says no.",
            None,
            NURSE,
        )
    with refused(Reason.NOT_UNDOABLE):
        review.undoes(SOCIAL_WORKER, first)


def test_progress_is_that_of_a_goal_or_step_said_by_somebody_of_this_conference(review: Meeting) -> None:
    for of in (EARLIER_ITEM, review.named["worry"], UNKNOWN):
        with refused(Reason.NOT_FOUND):
            review.marks(CHAIR, of)
    with refused(Reason.NOT_FOUND):
        review.marks(CHAIR, EARLIER_GOAL, said_by=UNKNOWN)


def test_before_the_meeting_services_mark_nothing_that_the_family_would_read_first() -> None:
    meeting = moments.prepared(review=True)
    for person in (SOCIAL_WORKER, TEACHER):
        with refused(Reason.NOT_YET):
            meeting.marks(person, EARLIER_GOAL)
    meeting.marks(SCRIBE, EARLIER_GOAL)


def answers(meeting: Meeting, scale: str, person: str = DANA) -> Any:
    return meeting.shared(person).get(f"earlier_answers/{scale}")


def test_earlier_numbers_stand_beside_todays_once_those_are_shown(review: Meeting) -> None:
    scale = review.named["scale"]
    review.answers(DANA, scale, 7)
    for person in EVERYONE:
        assert not [key for key in review.screen(person) if key.startswith("earlier_answers/")]
    review.does(CHAIR, "reveal_scale", scale_id=scale)
    for person in SEES:
        said = [(each["held_on"], each["name"], each["for_child"], each["score"]) for each in answers(review, scale)]
        assert said == [
            ("2026-05-26", "Dana", None, 3),
            ("2026-05-26", "Bea", None, None),
            ("2026-05-26", "Bea", TANSY, 4),
            ("2026-08-24", "Dana", None, 5),
            ("2026-08-24", "Bea", None, None),
            ("2026-08-24", "Bea", TANSY, 4),
        ]
        assert answers(review, scale, person) == answers(review, scale)
    review.does(CHAIR, "void_scale", scale_id=scale, why="Half of us read it the other way round.")
    assert answers(review, scale) is None


@pytest.mark.parametrize("other", [{"question": "How worried are you?"}, {"direction": "lower_is_safer"}])
def test_numbers_of_different_questions_are_never_put_together(review: Meeting, other: dict[str, str]) -> None:
    scale = review.opens(**other)
    review.does(CHAIR, "reveal_scale", scale_id=scale)
    assert answers(review, scale) is None


# ---- from one conference to the next


def at_its_end() -> Meeting:
    """With a secret of every kind, which the room screen never showed."""
    meeting = moments.scaling_open()
    meeting.does(CHAIR, "respond_to_item", item_id=meeting.named["worry"], agrees="no", text="Once.", for_person=DANA)
    meeting.adds(TEACHER, "SECRET offered")
    meeting.holds(NURSE, "SECRET held")
    meeting.removes(CHAIR, meeting.adds(SCRIBE, "SECRET removed"))
    said: dict[str, Any] = {"reason": "SECRET", "source": {"person_id": JOEL, "basis": "letter"}, "visible_to": [CHAIR]}
    meeting.does(CHAIR, "add_restricted", text="SECRET restricted", **said)
    meeting.answers(DANA, meeting.opens(question="SECRET? Never shown."), 1, why="SECRET")
    meeting.adds(CHAIR, "We ring Grace.", column="next_step", sub_category="if_things_go_wrong")
    meeting.answers(DANA, meeting.named["scale"], 2)
    meeting.does(CHAIR, "reveal_scale", scale_id=meeting.named["scale"])
    again = meeting.opens(again_of=meeting.named["scale"])
    meeting.answers(DANA, again, 6, why="SECRET why, which stays with its conference")
    meeting.answers(ADVOCATE, again, 4, for_child=TANSY)
    meeting.does(CHAIR, "reveal_scale", scale_id=again)
    meeting.closes_with(recipients=[{"person_id": DANA, "version": "family", "how": "SECRET address"}])
    meeting.writes_letter(worried="SECRET letter")
    return meeting


def test_what_is_handed_on_is_what_the_room_screen_showed() -> None:
    meeting = at_its_end()
    earlier = earlier_from(meeting.board, BEFORE)
    assert (earlier.conference_id, earlier.held_on) == (BEFORE, date(2026, 11, 23))
    assert [danger.text for danger in earlier.dangers] == ["Robin may be hurt in the street."]
    assert [(goal.text, goal.danger_id) for goal in earlier.goals] == [
        ("An adult is with Robin whenever the door is open.", meeting.named["danger"])
    ]
    assert [(step.text, step.who, step.by, step.children) for step in earlier.steps] == [
        ("Grace visits on Tuesday.", ("Grace",), date(2026, 12, 1), (ROBIN,))
    ]
    texts = [item.text for item in earlier.items]
    assert "We ring Grace." in texts
    assert "Robin was found alone in the street." in texts
    (answered,) = [item for item in earlier.items if item.responses]
    assert (answered.responses[0].name, answered.responses[0].text) == ("Dana", "Once.")
    (scale,) = earlier.scales  # the last round of the question
    assert [(each.name, each.for_child, each.score) for each in scale.answers] == [("Dana", None, 6), ("Bea", TANSY, 4)]
    assert "SECRET" not in earlier.model_dump_json()


def test_a_screen_that_rested_at_the_end_takes_nothing_with_it() -> None:
    meeting = at_its_end()
    before = earlier_from(meeting.board, BEFORE)
    meeting.does(CHAIR, "blank", screens="all")
    assert earlier_from(meeting.board, BEFORE) == before


def test_whoever_was_taken_out_is_named_no_more_than_on_the_room_screen() -> None:
    meeting = at_its_end()
    meeting.does(CHAIR, "remove_person", person_id=NURSE)
    assert [step.who for step in earlier_from(meeting.board, BEFORE).steps] == [()]


def test_whoever_is_in_both_conferences_has_the_id_of_the_new_one() -> None:
    meeting = at_its_end()
    tansy, dana = Child(id=number(0x71), name="Tansy"), Person(id=number(0x72), name="Dana", role="parent")
    earlier = earlier_from(meeting.board, BEFORE, [tansy], [dana])
    (scale,) = earlier.scales
    assert [(each.person_id, each.for_child) for each in scale.answers] == [
        (number(0x72), None),
        (ADVOCATE, number(0x71)),
    ]


def test_what_is_only_about_a_child_who_is_not_in_the_next_one_is_not_handed_on() -> None:
    """Another child's father sits there, who may know nothing of Robin."""
    meeting = at_its_end()
    meeting.adds(CHAIR, "Tansy reads to her class.", about_children=[TANSY])
    earlier = earlier_from(meeting.board, BEFORE, [Child(id=number(0x71), name="Tansy")])
    assert (earlier.dangers, earlier.goals, earlier.steps) == ((), (), ())
    assert "Robin" not in " ".join(item.text for item in earlier.items)
    assert [item.text for item in earlier.items if item.about_children] == ["Tansy reads to her class."]


def test_numbers_of_more_than_one_earlier_conference_come_along(review: Meeting) -> None:
    scale = review.named["scale"]
    review.answers(DANA, scale, 7)
    review.does(CHAIR, "reveal_scale", scale_id=scale)
    earlier = earlier_from(review.board, BEFORE, CHILDREN, PEOPLE)
    assert [each.held_on for each in earlier.scales] == [date(2026, 5, 26), date(2026, 8, 24), date(2026, 11, 23)]
    assert [each.answers[0].score for each in earlier.scales] == [3, 5, 7]
    assert earlier.scales[0].answers == EARLIER.scales[0].answers
    assert earlier.held_on - earlier.scales[1].held_on > timedelta(days=60)


def test_a_review_asks_the_same_people_again_and_keeps_apart_who_was() -> None:
    """Under ids of their own; without whoever led it, watched it, or was taken out; and about the children it has."""
    before = moments.apart()
    before.does(CHAIR, "remove_person", person_id=TEACHER)
    new_ids = iter(number(0x700 + n) for n in range(100))
    agencies, people = people_after(before.board, [Child(id=UNKNOWN, name="Robin")], lambda: next(new_ids))
    by_name = {person.name: person for person in people}
    assert {"Naomi", "Grace", "Dana", "Callum", "Joel", "Dr Kerr"} <= by_name.keys()
    assert not {"Hester", "Idris", "Odd", "Room screen", "Leila"} & by_name.keys()
    dana, callum, grace = by_name["Dana"], by_name["Callum"], by_name["Grace"]
    assert (dana.hidden_from, callum.hidden_from) == ((callum.id,), (dana.id,))
    assert by_name["Ines"].sits_with == dana.id
    assert (grace.children, by_name["Bea"].children, by_name["Bea"].sits_with) == ((UNKNOWN,), (), None)
    assert grace.agency_id == next(agency.id for agency in agencies if agency.name == "Health visiting")
    assert not {person.id for person in people} & before.board.people.members.keys()
