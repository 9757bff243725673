"""The invariants of docs/invariants.md, by their numbers. Each subject's own file has the details."""

import json
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from pydantic import TypeAdapter

from app.board.board import COMMANDS, replayed, see
from app.board.keys import OWN_VALUES, VALUES
from app.board.refusals import Reason, Refused
from app.board.state import EMPTY
from tests import cast
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import AUDIENCES, EVERYONE, Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    INTERPRETER,
    NURSE,
    OBSERVER,
    PROJECTOR,
    ROBIN,
    ROLES,
    SCHOOL,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TANSY,
    TEACHER,
)

OTHER_ROLES = [role for role in ROLES if role != "chair"]
CHAIRS_OWN = (
    *("record_decision", "set_phase", "admit", "remove_person", "reveal_scale", "release_item", "hand_over"),
    *("void_scale", "go_on_without_quorum", "name_deputy", "begin_without_family", "end_without_family"),
    *("release_private", "let_read"),
)


@pytest.mark.parametrize("role", OTHER_ROLES)
@pytest.mark.parametrize("kind", CHAIRS_OWN)
@pytest.mark.parametrize("moment", [moments.mapping, moments.views, moments.closed])
def test_invariant_1_only_the_chair(kind: str, role: str, moment: Callable[[], Meeting]) -> None:
    meeting = moment()
    with refused(Reason.NOT_ALLOWED):
        meeting.does(ROLES[role], kind, **body_of(meeting, kind))
    assert kind not in meeting.may(ROLES[role])


def test_invariant_1_also_not_by_undo_nor_after_handing_over(mapping: Meeting) -> None:
    phase = mapping.enters("next_steps")
    mapping.does(CHAIR, "hand_over", person_id=SCRIBE)
    with refused(Reason.NOT_ALLOWED):
        mapping.undoes(CHAIR, phase)


def test_invariant_2_one_decision_for_each_child_with_reasons_of_its_own(views: Meeting) -> None:
    views.enters("decision")
    command = COMMANDS["record_decision"]
    required = {name for name, field in command.model_fields.items() if field.is_required()}
    assert required >= {"child_id", "outcome", "category", "reasons"}  # nothing of it has a default
    assert not [name for name in command.model_fields if "children" in name]  # nor goes to all
    views.decides(TANSY)
    assert f"decision/{ROBIN}" not in views.shared(DANA)
    with refused(Reason.ALREADY_DECIDED):
        views.decides(TANSY, reasons="Other reasons.")


def test_invariant_3_a_decision_needs_what_comes_first_or_a_typed_reason(mapping: Meeting) -> None:
    mapping.enters("decision")
    with refused(Reason.STEPS_MISSING):
        mapping.decides(ROBIN)
    mapping.decides(ROBIN, override={"reason": "Both must be safe tonight."})
    stored = mapping.events()[-1].model_dump()
    assert stored["override"] == "Both must be safe tonight."
    assert {"danger_and_goal", "scale_revealed", "family_asked"} <= set(stored["went_without"])


def test_invariant_4_numbers_and_views_change_nothing_about_a_decision() -> None:
    """Whatever the scores and the views, the same decisions are possible and the same things are missing."""
    outcomes = []
    for score, view in ((0, "child_protection_plan"), (10, "no_plan"), (None, "not_able_to_say")):
        meeting = moments.scaling_open()
        for person in (SOCIAL_WORKER, TEACHER, NURSE):
            meeting.answers(person, meeting.named["scale"], score)
        meeting.does(CHAIR, "reveal_scale", scale_id=meeting.named["scale"])
        meeting.enters("decision")
        meeting.does(TEACHER, "give_view", child_id=ROBIN, view=view, why="So I see it.")
        meeting.does(CHAIR, "show_views", on=True)
        screen = dict(meeting.shared(CHAIR))
        area = [screen.pop("area"), screen.pop("prompts")]  # written before the meeting, in its own words
        told = [screen["views"], screen[f"missing/{ROBIN}"], screen["conference"], meeting.own(CHAIR), area]
        outcomes.append(json.dumps(told))
        for word in ("average", "mean", "median", "suggest", "majority", "tally"):
            assert word not in json.dumps(screen).lower().replace("meaning", "")
        for outcome, category in (("no_plan", None), ("child_protection_plan", "neglect")):
            meeting.fork().decides(ROBIN, outcome=outcome, category=category, override={"reason": "Time."})
    assert len(set(outcomes)) == 1


@pytest.mark.parametrize("entry", ["offered", "direct"])
@pytest.mark.parametrize("person", [CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER])
def test_invariant_5_what_is_new_to_the_family_waits_until_released(person: str, entry: str) -> None:
    meeting = moments.mapping(entry=entry)
    meeting.does(CHAIR, "give_floor", person_id=person)
    card = meeting.holds(person, "New and hard.")
    for kind, more in (
        ("place_item", {"base_version": card}),
        ("move_item", {"column": "worry", "sub_category": "past_harm", "after": None}),
    ):
        for typist in (CHAIR, SCRIBE):
            with refused(Reason.HELD_ITEM):
                meeting.does(typist, kind, item_id=card, **more)
    meeting.undoes(CHAIR, meeting.removes(CHAIR, card))
    for somebody in EVERYONE:
        if somebody not in (CHAIR, SCRIBE, person):
            assert "New and hard." not in json.dumps(meeting.screen(somebody))
    with refused(Reason.NOT_ALLOWED):
        meeting.releases(SCRIBE, card)
    meeting.releases(CHAIR, card)
    assert meeting.shared(DANA)[f"item/{card}"]["new_today"] is True


def test_invariant_6_nothing_hints_at_what_is_hidden(mapping: Meeting) -> None:
    """Every audience's bytes stay the same while things are held and kept back; `test_two_worlds` has the rest."""
    others = [a for a in AUDIENCES if a.kind not in ("chair", "scribe")]
    before = [json.dumps(see(mapping.board, frozenset(), audience)) for audience in others]
    card = mapping.holds(NURSE)
    mapping.edits(NURSE, card, text="Said again.")
    mapping.does(
        CHAIR, "add_restricted", text="x", reason="y", source={"person_id": NURSE, "basis": "report"}, visible_to=[]
    )
    mapping.does(DANA, "raise_hand", on=True)
    mapping.removes(NURSE, card)
    assert [json.dumps(see(mapping.board, frozenset(), audience)) for audience in others] == before


@pytest.mark.parametrize("moment", [moments.mapping, moments.scaling_open, moments.views, moments.decided])
def test_invariant_7_the_room_screen_shows_what_everyone_may_see(moment: Callable[[], Meeting]) -> None:
    meeting = moment()
    meeting.holds(NURSE) if moment is not moments.decided else None
    room = meeting.shared(PROJECTOR)
    for person in (SOCIAL_WORKER, TEACHER, DANA, CALLUM, ADVOCATE):
        assert room.items() <= meeting.shared(person).items()
    assert set(meeting.own(PROJECTOR)) == {"me"}


def test_invariant_8_every_point_has_a_source_and_a_kind_and_its_replies(mapping: Meeting) -> None:
    offer = mapping.does(DANA, "add_item", column="worry", sub_category="past_harm", text="It gets loud.")
    with refused(Reason.KIND_MISSING):
        mapping.places(CHAIR, offer)
    mapping.places(CHAIR, offer, kind="allegation")
    for key, item in mapping.shared(PROJECTOR).items():
        if key.startswith("item/"):
            assert item["source"]["name"]
            assert item["kind"]
            assert item["responses"] == []  # "not asked yet" is never left out


def test_invariant_9_words_are_never_overwritten(mapping: Meeting) -> None:
    card = mapping.named["worry"]
    said = [mapping.item(card)["text"], "Two.", "Three."]
    for text in said[1:]:
        last = mapping.edits(SCRIBE, card, text=text)
    mapping.moves(CHAIR, card, column="strength", sub="existing_strength")
    mapping.undoes(SCRIBE, last)
    seen = mapping.shared(DANA)[f"item/{card}"]
    assert [each["text"] for each in seen["earlier"]] == said
    assert (seen["text"], seen["source"]["person_id"]) == ("Two.", NURSE)


@pytest.mark.parametrize("show", ["chair", "everyone", "nobody"])
def test_invariant_10_numbers_stay_hidden_until_shown_and_never_stand_alone(scaling_open: Meeting, show: str) -> None:
    scale = scaling_open.opens(show=show)
    other = scaling_open.opens(show=show, question="How worried are you?", direction="lower_is_safer")
    scaling_open.answers(TEACHER, scale, 4)
    scaling_open.answers(TEACHER, other, 9)
    scaling_open.answers(DANA, scale, None)  # passing is always allowed
    watching = {"chair": {CHAIR}, "nobody": set(), "everyone": set(EVERYONE)}[show]
    for person in set(EVERYONE) - {OBSERVER}:
        screen = scaling_open.screen(person)
        for each in (scale, other):
            assert ("spread" in screen[f"scale/{each}"]) is (person in watching)
        assert not [key for key in screen if key.startswith("answer/")]
    scaling_open.does(CHAIR, "reveal_scale", scale_id=scale)
    for person in set(EVERYONE) - {OBSERVER}:
        shared = scaling_open.shared(person)
        assert {key.split("/")[1] for key in shared if key.startswith("answer/")} == {scale}
        for seen in (value for key, value in shared.items() if key.startswith("scale/")):
            assert seen["low_end"]
            assert seen["high_end"]
            assert seen["direction"]
    with refused(Reason.DIFFERENT_QUESTION):
        scaling_open.opens(again_of=scale, direction="lower_is_safer")


def test_invariant_10_a_round_that_was_taken_back_is_on_no_screen(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.answers(TEACHER, scale, 1, why="So tired.")
    scaling_open.does(CHAIR, "void_scale", scale_id=scale, why="Half of us read it the other way round.")
    for person in EVERYONE:
        assert not [key for key in scaling_open.screen(person) if scale in key and key != f"scale/{scale}"]
        assert "So tired." not in json.dumps(scaling_open.screen(person))


def test_invariant_11_who_never_scores_or_gives_a_view_and_one_view_for_each_agency(scaling_open: Meeting) -> None:
    scale = scaling_open.named["scale"]
    scaling_open.enters("agency_views")
    for person in (SUPPORTER, INTERPRETER, OBSERVER, SCRIBE, PROJECTOR, CHAIR):
        for kind, body in (
            ("answer_scale", {"scale_id": scale, "score": 5, "why": ""}),
            ("answer_scale", {"scale_id": scale, "score": None, "passed": True, "why": ""}),
            ("give_view", {"child_id": ROBIN, "view": "no_plan", "why": "So."}),
            ("give_family_view", {"children": [ROBIN], "text": "So."}),
        ):
            with pytest.raises(Refused):
                scaling_open.does(person, kind, **body)
    for view in ("no_plan", "not_able_to_say"):
        scaling_open.does(TEACHER, "give_view", child_id=ROBIN, view=view, why="So.")
    scaling_open.does(CHAIR, "show_views", on=True)
    views = {key: value for key, value in scaling_open.shared(DANA).items() if key.startswith("view/")}
    assert {key: value["view"] for key, value in views.items()} == {f"view/{ROBIN}/{SCHOOL}": "not_able_to_say"}


@pytest.mark.parametrize("moment", [moments.prepared, moments.mapping, moments.closed])
def test_invariant_12_everyone_is_visible_to_everyone_by_name_and_role(moment: Callable[[], Meeting]) -> None:
    board, connected = moment().board, frozenset({DANA, OBSERVER, PROJECTOR})
    for audience in AUDIENCES:
        if audience.kind == "observer":
            continue  # until chair and family agree, whoever watches sees nobody, and is seen by all
        seen = see(board, connected, audience)
        for person in cast.PEOPLE:
            value = seen[f"person/{person.id}"]
            assert (value["name"], value["role"], value["present"]) == (
                person.name,
                person.role,
                person.id in connected,
            )


@pytest.mark.parametrize("person", [CHAIR, SCRIBE, TEACHER, SOCIAL_WORKER, ADVOCATE])
def test_invariant_13_a_childs_words_need_the_word_of_the_adult_and_stay_as_said(mapping: Meeting, person: str) -> None:
    source = {"person_id": person if person not in (CHAIR, SCRIBE) else ADVOCATE, "basis": "childs_own_words"}
    words = {"source": source, "child_speaking": TANSY, "family_knows": None}
    with refused(Reason.CHILD_NOT_AGREED):
        mapping.adds(person, "i hide in the wardrob", **words)
    card = mapping.adds(person, "i hide in the wardrob", **words, child_agreed=True)
    if person not in (CHAIR, SCRIBE):
        mapping.places(CHAIR, card)
    assert mapping.shared(DANA)[f"item/{card}"]["text"] == "i hide in the wardrob"
    for somebody in {CHAIR, SCRIBE, NURSE, DANA} - {person}:
        with refused(Reason.NOT_YOUR_WORDS):
            mapping.edits(somebody, card, text="I hide in the wardrobe.")


def test_invariant_14_nothing_on_the_board_asks_for_an_address_a_number_or_a_day_of_birth(mapping: Meeting) -> None:
    """Nor for anything like it; where somebody lives, and how a copy reaches them, is for who runs the meeting."""
    shapes = json.dumps([TypeAdapter(shape).json_schema() for shape in (*VALUES.values(), *OWN_VALUES.values())])
    fields = set(re.findall(r'"(\w+)":', shapes))
    commands = {name for command in COMMANDS.values() for name in command.model_fields}
    for word in ("address", "phone", "telephone", "mobile", "email", "postcode", "birth", "born", "dob", "nhs"):
        assert not [field for field in fields | commands if word in field.lower()], word
    copy = {"person_id": DANA, "version": "family", "how": "by post to her sister's"}
    mapping.closes_with(recipients=[copy])
    for person in EVERYONE:
        screen = mapping.screen(person)
        assert ("by post to her sister's" in json.dumps(screen)) is (person in (CHAIR, SCRIBE))
        assert bool([key for key in screen if key.startswith("child_facts/")]) is (person == CHAIR)


# What is added with its date, what is only shown or taken off, and in which language somebody's papers are made.
STILL_OPEN = {"add_correction", "record_dissent", "write_letter", "let_read", "show_house", "note_needs"}


@pytest.mark.parametrize("kind", sorted(set(COMMANDS) - STILL_OPEN))
def test_invariant_15_after_the_close_only_dated_additions(closed: Meeting, kind: str) -> None:
    before = closed.shared(DANA)
    for person in ROLES.values():
        with pytest.raises(Refused) as no:
            closed.does(person, kind, **body_of(closed, kind))
        assert no.value.reason in (Reason.CLOSED, Reason.NOT_ALLOWED)
    closed.does(CHAIR, "add_correction", about=f"decision/{ROBIN}", text="The 3rd of June.", why="A slip.")
    after = closed.shared(DANA)
    assert {key: value for key, value in after.items() if not key.startswith("correction/")} == before
    (correction,) = (value for key, value in after.items() if key.startswith("correction/"))
    assert correction["at"].startswith("2026-11-23")
    assert correction["why"] == "A slip."


def test_invariant_16_one_act_blanks_every_screen_but_the_chairs(decided: Meeting) -> None:
    before = decided.shared(CHAIR)
    decided.does(CHAIR, "blank", screens="all")
    for person in EVERYONE:
        if person != CHAIR:
            assert set(decided.screen(person)) == {"conference", "blank", "me"}
            assert set(decided.shared(person)["conference"]) == {"title"}
    assert {**decided.shared(CHAIR), "blank": before["blank"]} == before


def test_invariant_17_what_is_sent_again_after_the_line_dropped_is_saved_and_happens_once(mapping: Meeting) -> None:
    """Here by the rules; `test_saved_once` and `test_kills` with a real line and a real disk."""
    id = number(0x17)
    mapping.adds(CHAIR, "Robin was alone.", id=id)
    before, rows = mapping.board, len(mapping.rows)
    mapping.adds(CHAIR, "Robin was alone.", id=id)
    assert mapping.board is before
    assert len(mapping.rows) == rows
    with refused(Reason.ID_REUSED):
        mapping.adds(CHAIR, "Robin was not alone.", id=id)
    assert mapping.board is before


@pytest.mark.parametrize("moment", [moments.prepared, moments.mapping, moments.views, moments.closed])
def test_the_board_is_what_its_stored_events_made_it(moment: Callable[[], Meeting]) -> None:
    meeting = moment()
    again = replayed(EMPTY, meeting.events())
    for part in fields(again):
        here: Any = getattr(meeting.board, part.name)
        assert getattr(again, part.name) == here, part.name
    assert number(1) not in meeting.known
