"""Who has not been heard is told to the chair, and to nobody else."""

from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting
from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
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


def not_heard(meeting: Meeting) -> list[str]:
    people: list[str] = meeting.shared(CHAIR)["not_heard"]
    return people


def test_at_first_nobody_has_been_heard_who_has_something_to_bring(prepared: Meeting) -> None:
    assert not_heard(prepared) == [], "nobody has come yet"
    moments.everybody_comes(prepared)
    family = [DANA, CALLUM, GRANDMOTHER, BROTHER]
    assert not_heard(prepared) == [SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, *family, ADVOCATE]
    assert not {CHAIR, SCRIBE, INTERPRETER, SUPPORTER, OBSERVER, PROJECTOR} & set(not_heard(prepared))


def test_the_floor_a_point_an_answer_and_a_view_are_being_heard(scaling_open: Meeting) -> None:
    meeting = scaling_open
    assert {DANA, NURSE} & set(not_heard(meeting)) == set()  # their words were typed by the chair
    meeting.does(CHAIR, "give_floor", person_id=CALLUM)
    meeting.does(CHAIR, "give_floor", person_id=None)
    assert CALLUM not in not_heard(meeting)
    meeting.does(CHAIR, "respond_to_item", item_id=meeting.named["worry"], agrees="no", text="", for_person=BROTHER)
    assert BROTHER not in not_heard(meeting)
    meeting.enters("agency_views")
    meeting.does(TEACHER, "give_view", child_id=TANSY, view="no_plan", why="She is well.")
    meeting.does(GRANDMOTHER, "give_family_view", children=[ROBIN], text="We manage.")
    assert not_heard(meeting) == [SOCIAL_WORKER, POLICE_OFFICER, ADVOCATE]


def test_a_point_counts_once_it_stands_on_the_board(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    assert TEACHER in not_heard(mapping)
    mapping.places(CHAIR, card)
    assert TEACHER not in not_heard(mapping)
    mapping.removes(CHAIR, card)
    assert TEACHER in not_heard(mapping)


def test_an_advocate_is_heard_with_their_childs_words(mapping: Meeting) -> None:
    card = mapping.adds(ADVOCATE, "I hide.", family_knows=None, child_speaking=TANSY, child_agreed=True)
    mapping.places(CHAIR, card)
    assert ADVOCATE not in not_heard(mapping)


def test_whoever_is_not_here_is_not_waited_for(prepared: Meeting) -> None:
    prepared.does(CHAIR, "mark_attendance", person_id=TEACHER, how="absent")
    prepared.does(CHAIR, "remove_person", person_id=CALLUM)
    prepared.does(CHAIR, "mark_attendance", person_id=DANA, how="in_room", left="2026-11-23T12:30:00Z")
    assert not {TEACHER, CALLUM, DANA} & set(not_heard(prepared))


def test_a_number_is_no_way_of_being_heard_since_it_would_tell_whose_is_in(scaling_open: Meeting) -> None:
    before = not_heard(scaling_open)
    for person in (TEACHER, POLICE_OFFICER, CALLUM):
        scaling_open.answers(person, scaling_open.named["scale"], 5)
    assert not_heard(scaling_open) == before


def test_only_the_chair_is_told() -> None:
    for moment in (moments.prepared, moments.mapping, moments.views):
        meeting = moment()
        for person in EVERYONE:
            assert ("not_heard" in meeting.screen(person)) is (person == CHAIR)
