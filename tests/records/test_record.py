"""What one person's record holds, and what it leaves out."""

from datetime import timedelta
from typing import Any

import pytest

from app.records.documents import make_document
from app.records.paper import Document
from app.records.parts import Card
from app.records.recipient import NotEntitled, Recipient, Version
from app.records.record import Record, build_record
from tests.board import meeting as moments
from tests.board.meeting import OUTCOMES, Meeting
from tests.cast import (
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    INTERPRETER,
    JOEL,
    NOON,
    NURSE,
    OBSERVER,
    OUTSIDER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)
from tests.records.copies import happened_in


def record(meeting: Meeting, person: str, version: Version = "family", *children: str) -> Record:
    recipient = Recipient(person, version, children)
    return build_record(meeting.board, recipient, meeting.now, "", happened_in(meeting.rows))


def cards(of: Record) -> list[Card]:
    return [card for column in of.columns for group in column.groups for card in group.cards]


def texts(of: Record) -> list[str]:
    return [card.text for card in cards(of)]


def deciding() -> Meeting:
    meeting = moments.views()
    meeting.enters("decision")
    return meeting


@pytest.fixture
def mapping() -> Meeting:
    return moments.mapping()


def test_an_absent_father_has_a_record_of_what_he_could_have_seen(mapping: Meeting) -> None:
    mapping.adds(SCRIBE, "Robin was alone in the street.")
    mapping.holds(NURSE, "The dentist saw Robin today.")
    assert texts(record(mapping, JOEL)) == texts(record(mapping, DANA))
    assert "Robin was alone in the street." in texts(record(mapping, JOEL))
    assert "dentist" not in repr(record(mapping, JOEL))


@pytest.mark.parametrize("nobody", [OBSERVER, PROJECTOR, OUTSIDER])
def test_who_is_nobody_of_the_conference_or_only_watches_has_no_record(mapping: Meeting, nobody: str) -> None:
    with pytest.raises(NotEntitled):
        record(mapping, nobody)


@pytest.mark.parametrize(("person", "version"), [(DANA, "full"), (DANA, "professional"), (CHAIR, "family")])
def test_a_copy_made_for_another_kind_of_reader_is_not_made(mapping: Meeting, person: str, version: Version) -> None:
    with pytest.raises(NotEntitled):
        record(mapping, person, version)


def test_a_record_about_one_child_has_what_is_about_them_and_what_is_shared(mapping: Meeting) -> None:
    mapping.adds(SCRIBE, "Of Tansy.", about_children=[TANSY])
    mapping.adds(SCRIBE, "Of Robin.", about_children=[ROBIN])
    mapping.adds(SCRIBE, "Of both.", about_children=[TANSY, ROBIN])
    mapping.adds(SCRIBE, "Of nobody alone.", about_children=[])
    mine = texts(record(mapping, CALLUM, "family", ROBIN))
    assert [text for text in mine if text.startswith("Of ")] == ["Of Robin.", "Of both.", "Of nobody alone."]
    assert "Of Tansy." not in repr(record(mapping, CALLUM, "family", ROBIN))


def test_a_step_that_names_no_child_is_about_those_of_its_goal(mapping: Meeting) -> None:
    of_tansy = _goal(mapping, TANSY, "Tansy sleeps.")
    step: dict[str, Any] = {"column": "next_step", "sub_category": "next_step", "kind": None, "about_children": []}
    mapping.adds(SCRIBE, "Quiet evenings.", **step, goal_id=of_tansy)
    mapping.adds(SCRIBE, "Ring the dentist.", **step)
    assert [step.what for step in record(mapping, CALLUM, "family", ROBIN).steps] == ["Ring the dentist."]
    (first, _) = record(mapping, DANA).steps
    assert (first.what, first.about, first.goal) == ("Quiet evenings.", "Tansy", "Tansy sleeps.")


def _goal(meeting: Meeting, child: str, text: str) -> str:
    danger = meeting.does(
        SOCIAL_WORKER, "write_danger_statement", danger_id=None, children=[child], text=f"Worried for {text}"
    )
    return meeting.does(SOCIAL_WORKER, "write_safety_goal", goal_id=None, danger_id=danger, text=text)


def test_a_decision_about_one_child_is_not_in_the_record_about_the_other() -> None:
    meeting = deciding()
    meeting.decides(TANSY, reasons="Reasons of Tansy's own.", override={"reason": "Late."})
    meeting.decides(ROBIN, reasons="Reasons of Robin's own.", override={"reason": "Late."})
    narrowed = record(meeting, CALLUM, "family", ROBIN)
    assert [decision.child for decision in narrowed.decisions] == ["Robin"]
    assert [child.name for child in narrowed.children] == ["Robin"]
    assert "Tansy's own" not in repr(narrowed)
    assert [decision.child for decision in record(meeting, DANA).decisions] == ["Tansy", "Robin"]


def test_what_a_point_said_of_another_child_is_not_in_the_record_about_one(mapping: Meeting) -> None:
    """It was put under the wrong child first, and so was the danger statement."""
    item = mapping.adds(SCRIBE, "Tansy was alone.", about_children=[TANSY])
    danger = mapping.does(
        SOCIAL_WORKER, "write_danger_statement", danger_id=None, children=[TANSY], text="Tansy may be hurt."
    )
    goal = mapping.does(
        SOCIAL_WORKER, "write_safety_goal", goal_id=None, danger_id=danger, text="Tansy is never alone."
    )
    mapping.now += timedelta(minutes=5)
    mapping.edits(SCRIBE, item, text="Robin was alone.", about_children=[ROBIN])
    mapping.does(
        SOCIAL_WORKER, "write_safety_goal", goal_id=goal, danger_id=danger, text="An adult is there.", base_version=goal
    )
    mapping.does(
        SOCIAL_WORKER, "write_danger_statement", danger_id=danger, base_version=danger, children=[ROBIN],
        text="Robin may be hurt.",
    )  # fmt: skip
    of_robin = repr(record(mapping, CALLUM, "family", ROBIN))
    assert "Robin was alone." in of_robin
    assert not [text for text in ("Tansy was", "Tansy may", "Tansy is never") if text in of_robin]
    whole = repr(record(mapping, DANA))
    assert not [text for text in ("Tansy was", "Tansy may", "Tansy is never") if text not in whole]


def test_how_long_a_point_waited_or_was_held_is_on_no_paper_but_the_chairs(mapping: Meeting) -> None:
    item = mapping.holds(NURSE, "The dentist saw Robin.")
    mapping.now += timedelta(minutes=47)
    mapping.releases(CHAIR, item)
    mapping.now += timedelta(minutes=5)
    mapping.edits(SCRIBE, item, text="The dentist saw Robin twice.")

    def first_at(person: str, version: Version) -> str:
        (card,) = [card for card in cards(record(mapping, person, version)) if card.id == item]
        return card.wordings[0].at.words

    copies: list[tuple[str, Version]] = [(DANA, "family"), (NURSE, "full"), (CHAIR, "full")]
    assert [first_at(person, version) for person, version in copies] == ["12:47", "12:47", "12:00"]


def test_a_plan_holds_nothing_of_what_a_step_was_before_it_was_one(mapping: Meeting) -> None:
    item = mapping.adds(SCRIBE, "He shouts at Robin.")
    mapping.does(CALLUM, "respond_to_item", item_id=item, agrees="no", text="Not so.")
    mapping.moves(SCRIBE, item, column="next_step", sub="next_step")
    mapping.now += timedelta(minutes=5)
    mapping.edits(SCRIBE, item, text="Callum goes to the course.")
    plan = record(mapping, SOCIAL_WORKER, "plan_only")
    assert [step.what for step in plan.steps] == ["Callum goes to the course."]
    assert "shouts" not in repr(plan)
    assert "shouts" in repr(record(mapping, SOCIAL_WORKER, "professional"))


def test_a_plan_holds_no_worry_no_number_no_view_and_no_decision() -> None:
    meeting = deciding()
    meeting.decides(TANSY, override={"reason": "Late."})
    plan = record(meeting, DANA, "plan_only")
    empty = (plan.decisions, plan.dangers, cards(plan), plan.scales, plan.agency_views, plan.family_views, plan.people)
    assert not any(empty)
    assert plan.threshold is None


@pytest.mark.parametrize(
    ("person", "version"), [(DANA, "family"), (SCRIBE, "full"), (SOCIAL_WORKER, "plan_only"), (TEACHER, "full")]
)
def test_restricted_words_are_on_no_paper_but_that_of_those_they_name(
    mapping: Meeting, person: str, version: Version
) -> None:
    mapping.does(
        CHAIR, "add_restricted", text="12 Mill Street", reason="address_safety",
        source={"person_id": JOEL, "basis": "letter"}, visible_to=[SOCIAL_WORKER, DANA],
    )  # fmt: skip
    assert record(mapping, person, version).restricted == ()
    assert "12 Mill Street" not in repr(record(mapping, person, version))
    (said,) = record(mapping, SOCIAL_WORKER, "professional").restricted
    assert said.text == "12 Mill Street"


def test_what_is_held_offered_or_taken_off_is_in_the_councils_own_record_alone(mapping: Meeting) -> None:
    mapping.holds(NURSE, "Held back.")
    mapping.adds(CALLUM, "Offered.", sub_category=None, kind=None, about_children=[])
    mapping.removes(CHAIR, mapping.adds(SCRIBE, "Taken off."), "Not for this board.")
    council = record(mapping, CHAIR, "full")
    assert [card.text for card in council.held] == ["Held back."]
    assert "Offered." in [card.text for card in council.offered]
    (gone,) = [card for card in council.taken_off if card.text == "Taken off."]
    assert "Not for this board." in gone.remark
    assert not {"Held back.", "Taken off."} & set(texts(record(mapping, CHAIR, "professional")))
    assert record(mapping, CHAIR, "professional").held == ()
    others: list[tuple[str, Version]] = [(DANA, "family"), (SOCIAL_WORKER, "full"), (NURSE, "full")]
    assert not [person for person, version in others if "Held back." in repr(record(mapping, person, version))]


def test_a_point_stands_on_paper_in_its_second_language_too(mapping: Meeting) -> None:
    item = mapping.adds(SCRIBE, "The door was open.")
    said = {"item_id": item, "base_version": item, "language": "pl", "text": "Drzwi były otwarte."}
    mapping.does(INTERPRETER, "translate_item", **said)
    for person, version in ((DANA, "family"), (CHAIR, "full")):
        (card,) = [card for card in cards(record(mapping, person, version)) if card.id == item]  # type: ignore[arg-type]
        (same,) = card.translations
        assert (same.language, same.text, same.by) == ("pl", "Drzwi były otwarte.", "Ines")


def test_a_claim_stands_with_its_answer_or_with_not_asked_yet(mapping: Meeting) -> None:
    asked = mapping.adds(SCRIBE, "He threw it.", kind="allegation")
    mapping.adds(SCRIBE, "She shouted.", kind="allegation")
    mapping.does(CALLUM, "respond_to_item", item_id=asked, agrees="no", text="I did not.")
    of = {card.text: card for card in cards(record(mapping, DANA))}
    (answer,) = of["He threw it."].answers
    assert (answer.name, answer.agrees, answer.text) == ("Callum", "does not agree", "I did not.")
    assert (of["He threw it."].not_asked, of["She shouted."].not_asked) == (False, True)


def test_a_screen_that_rests_takes_nothing_out_of_a_record(mapping: Meeting) -> None:
    mapping.adds(SCRIBE, "Robin was alone in the street.")
    before = texts(record(mapping, DANA))
    mapping.does(CHAIR, "blank", screens="all")
    assert texts(record(mapping, DANA)) == before


def test_views_that_were_shown_stay_in_the_record_and_a_later_one_does_not_come_in() -> None:
    meeting = moments.scaling_open()
    meeting.enters("agency_views")
    meeting.does(NURSE, "give_view", child_id=ROBIN, view="no_plan", why="He laughs.")
    assert record(meeting, DANA).agency_views == ()
    meeting.does(CHAIR, "show_views", on=True)
    meeting.does(CHAIR, "show_views", on=False)
    meeting.does(TEACHER, "give_view", child_id=TANSY, view="no_plan", why="Never shown.")
    meeting.does(CHAIR, "show_views", on=False)  # pressed again, while nothing is shown
    assert [view.why for view in record(meeting, DANA).agency_views] == ["He laughs."]


def test_numbers_that_nobody_was_shown_are_in_no_record() -> None:
    meeting = moments.scaling_open()
    scale = meeting.named["scale"]
    meeting.answers(TEACHER, scale, 3, why="Tired.")
    copies: list[tuple[str, Version]] = [(CHAIR, "full"), (TEACHER, "full"), (DANA, "family")]
    assert [record(meeting, person, version).scales for person, version in copies] == [(), (), ()]
    meeting.does(CHAIR, "reveal_scale", scale_id=scale)
    (shown,) = record(meeting, DANA).scales
    assert [(answer.mark, answer.score, answer.why) for answer in shown.answers if answer.why] == [
        ("Leila", 3, "Tired.")
    ]
    assert (shown.low_end, shown.high_end) != ("", "")


def test_who_was_here_and_from_when_to_when(mapping: Meeting) -> None:
    def marks(**more: Any) -> None:
        mapping.does(SCRIBE, "mark_attendance", person_id=TEACHER, how="in_room", **more)

    marks(left="2026-11-23T13:00:00Z")
    mapping.now += timedelta(hours=2)
    marks()
    people = {person.id: person for person in record(mapping, DANA).people}
    stays = [(stay.since and stay.since.words, stay.left and stay.left.words) for stay in people[TEACHER].stays]
    assert [left for _, left in stays] == ["13:00", None]
    assert str(stays[1][0]) >= "14:00"
    assert not people[JOEL].was_here
    assert PROJECTOR not in people


def test_a_break_is_a_part_of_the_meeting(mapping: Meeting) -> None:
    mapping.does(CHAIR, "take_break")
    mapping.does(CHAIR, "end_break")
    words = [stage.words for stage in record(mapping, DANA).stages]
    assert words[-2:] == ["Break", words[-3]]


def test_a_correction_stands_beside_what_it_corrects_and_only_for_whom_that_is() -> None:
    meeting = deciding()
    for child in (TANSY, ROBIN):
        meeting.decides(child, override={"reason": "Late."})
    meeting.does(CHAIR, "add_correction", about=f"decision/{TANSY}", text="It was May.", why="A slip.")
    (added,) = record(meeting, DANA).corrections
    assert (added.about, added.text, added.why) == ("The decision about Tansy", "It was May.", "A slip.")
    assert record(meeting, CALLUM, "family", ROBIN).corrections == ()


@pytest.mark.parametrize("about", [f"child/{TANSY}", f"letter/{TANSY}"])
def test_what_was_put_right_about_one_child_is_not_in_the_record_about_the_other(about: str) -> None:
    meeting = deciding()
    meeting.writes_letter(child=TANSY)
    for child in (TANSY, ROBIN):
        meeting.decides(child, override={"reason": "Late."})
    meeting.does(CHAIR, "add_correction", about=about, text="Tansy is six.", why="A slip.")
    assert record(meeting, CHAIR, "full", ROBIN).corrections == ()
    assert record(meeting, CALLUM, "family", ROBIN).corrections == ()
    assert len(record(meeting, CHAIR, "full", TANSY).corrections) == 1


def test_what_was_put_right_about_a_step_goes_with_it_when_that_is_taken_off() -> None:
    meeting = deciding()
    step = meeting.adds(
        CHAIR, "Tansy sees a doctor.", column="next_step", sub_category="next_step", kind=None, about_children=[TANSY]
    )
    for child in (TANSY, ROBIN):
        meeting.decides(child, override={"reason": "Late."})
    meeting.does(CHAIR, "add_correction", about=f"item/{step}", text="On Friday.", why="A slip.")
    meeting.removes(CHAIR, step, "Said twice.")
    assert record(meeting, CHAIR, "full", ROBIN).corrections == ()
    assert len(record(meeting, CHAIR, "full").corrections) == 1


def test_what_was_settled_at_the_end_is_in_the_record_but_not_who_gets_it_and_how(mapping: Meeting) -> None:
    mapping.does(
        CHAIR, "write_closing", base_version=None, lead_social_worker=SOCIAL_WORKER, core_group=[DANA, SOCIAL_WORKER],
        core_group_on="2026-12-03", review_on="2027-02-16", tells=[{"child_id": TANSY, "person_id": SOCIAL_WORKER}],
        recipients=[{"person_id": JOEL, "version": "family", "children": [TANSY], "how": "by post to Mill Street"}],
        told_how_to=["get independent advice"],
    )  # fmt: skip
    of = record(mapping, DANA)
    assert of.closing.lead_social_worker == "Naomi"
    assert [(date.code, date.when.words) for date in of.dates if date.code.endswith("_on")] == [
        ("core_group_on", "Thu 3 December"),
        ("review_on", "Tue 16 February 2027"),
    ]
    copies: list[tuple[str, Version]] = [(CHAIR, "full"), (SOCIAL_WORKER, "full"), (DANA, "family")]
    assert not [person for person, version in copies if "Mill Street" in repr(record(mapping, person, version))]


def test_a_round_that_was_called_off_leaves_one_line() -> None:
    meeting = moments.scaling_open()
    scale = meeting.named["scale"]
    meeting.answers(TEACHER, scale, 3, why="Tired.")
    meeting.does(CHAIR, "void_scale", scale_id=scale, why="Two people misread it.")
    copies: list[tuple[str, Version]] = [(CHAIR, "full"), (TEACHER, "full"), (DANA, "family")]
    for person, version in copies:
        of = record(meeting, person, version)
        assert [(each.voided, each.answers) for each in of.scales] == [(True, ())]
        assert "Tired." not in repr(of)


def test_dissent_stands_beside_the_decision() -> None:
    meeting = deciding()
    meeting.decides(TANSY, override={"reason": "Late."})
    meeting.does(TEACHER, "record_dissent", child_id=TANSY, why="Too soon.")
    (decision,) = record(meeting, BROTHER).decisions
    assert [each.why for each in decision.dissent] == ["Too soon."]


def test_every_outcome_that_was_named_is_in_the_record(mapping: Meeting) -> None:
    mapping.does(CHAIR, "explain_threshold", outcomes_named=OUTCOMES)
    named = record(mapping, TEACHER, "professional").threshold
    assert named is not None
    assert len(named.outcomes) == len(OUTCOMES)
    assert all(outcome.means for outcome in named.outcomes)


def test_a_letter_to_whoever_is_kept_apart_tells_nothing_of_a_decision_that_they_may_not_read() -> None:
    """It says what is true for them, and the same whether there is a decision or none."""

    def letter(meeting: Meeting, person: str) -> Document:
        recipient = Recipient(person, "family")
        return make_document("outcome_letter", meeting.board, recipient, NOON, "", happened_in(meeting.rows))

    undecided = moments.apart()
    undecided.enters("decision")
    decided = undecided.fork()
    decided.decides(ROBIN, override={"reason": "He must be safe tonight."})
    assert letter(decided, CALLUM) == letter(undecided, CALLUM)
    said = repr(letter(decided, CALLUM).sections)
    assert "No decision about Tansy and Robin is written here for you yet. Hester can tell you more." in said
    assert "ecided" not in said
    assert "Nothing has been decided yet." in repr(letter(undecided, JOEL).sections)
    assert "Robin needs more looking after." in repr(letter(decided, JOEL).sections)
    decided.lets_read(f"decision/{ROBIN}", CALLUM)
    said = repr(letter(decided, CALLUM).sections)
    assert "Robin needs more looking after." in said
    assert "No decision about Tansy is written here for you yet." in said
