"""Offered, held, placed, returned, released."""

from typing import Any

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import CALLUM, CHAIR, DANA, NURSE, PROJECTOR, ROBIN, SCRIBE, TEACHER

UNKNOWN = number(0xDEAD)


def test_placing_shows_it_to_everyone_and_ends_the_authors_own_copy(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    placed = mapping.places(SCRIBE, card)
    assert mapping.shared(DANA)[f"item/{card}"]["version"] == placed
    assert f"mine/item/{card}" not in mapping.own(TEACHER)
    with refused(Reason.NOT_OFFERED):
        mapping.places(CHAIR, card)


def test_placing_chooses_what_was_left_open_and_nothing_else(mapping: Meeting) -> None:
    card = mapping.does(DANA, "add_item", column="strength", text="My mum comes.")
    with refused(Reason.GROUP_MISSING):
        mapping.places(CHAIR, card)
    with refused(Reason.KIND_MISSING):
        mapping.places(CHAIR, card, sub_category="existing_safety")
    with refused(Reason.WRONG_GROUP):
        mapping.places(CHAIR, card, sub_category="past_harm", kind="fact")
    with refused(Reason.NOT_FOUND):
        mapping.places(CHAIR, card, sub_category="existing_safety", kind="fact", about_children=[UNKNOWN])
    mapping.places(CHAIR, card, sub_category="existing_safety", kind="observation", about_children=[ROBIN])
    chosen = mapping.adds(TEACHER)
    others: dict[str, Any] = {"sub_category": "future_danger", "kind": "opinion", "about_children": []}
    for field, other in others.items():
        with refused(Reason.ALREADY_CHOSEN):
            mapping.places(CHAIR, chosen, **{field: other})


def test_placing_and_returning_name_the_version_that_was_read(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    mapping.edits(TEACHER, card, text="Other words.")
    bodies: dict[str, dict[str, Any]] = {"place_item": {}, "return_item": {"why": "When?"}}
    for kind, fields in bodies.items():
        with refused(Reason.CHANGED_MEANWHILE):
            mapping.does(CHAIR, kind, item_id=card, base_version=card, **fields)
    held = mapping.holds()
    mapping.edits(NURSE, held, text="Other words.")
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.does(CHAIR, "release_item", item_id=held, base_version=held)


def test_earlier_wordings_of_an_offer_stay_with_those_who_saw_them(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER, "Callum hit him.")
    mapping.edits(TEACHER, card, text="Robin had a bruise.")
    mapping.places(CHAIR, card)
    mapping.edits(CHAIR, card, text="Robin had a bruise on Monday.")
    for person in (DANA, CALLUM, NURSE, PROJECTOR):
        assert [each["text"] for each in mapping.shared(person)[f"item/{card}"]["earlier"]] == ["Robin had a bruise."]
    assert len(mapping.shared(CHAIR)[f"item/{card}"]["earlier"]) == 2


def test_a_returned_point_goes_back_to_its_author_with_the_reason(mapping: Meeting) -> None:
    card = mapping.adds(TEACHER)
    mapping.does(CHAIR, "return_item", item_id=card, base_version=card, why="Please say when.")
    own = mapping.own(TEACHER)[f"mine/item/{card}"]
    assert (own["standing"], own["returned_why"]) == ("returned", "Please say when.")
    assert card not in str(mapping.screen(DANA))
    for refusing in ("place_item", "return_item"):
        with refused(Reason.NOT_OFFERED):
            fields = {"why": "Again."} if refusing == "return_item" else {}
            mapping.does(CHAIR, refusing, item_id=card, base_version=mapping.version(card), **fields)
    with refused(Reason.NOT_FOUND):
        mapping.edits(NURSE, card, text="Not mine.")


def test_what_is_held_cannot_be_placed_only_released_whoever_added_it(mapping: Meeting) -> None:
    for person in (NURSE, SCRIBE, CHAIR):
        card = mapping.holds(person)
        with refused(Reason.HELD_ITEM):
            mapping.places(CHAIR, card)
        with refused(Reason.NOT_ALLOWED):
            mapping.releases(SCRIBE, card)
        mapping.releases(CHAIR, card, told_by=CHAIR, told_at="2026-11-23T12:20:00Z")
        seen = mapping.shared(DANA)[f"item/{card}"]
        assert seen["new_today"] is True
        assert "family_knows" not in seen


def test_only_what_is_held_is_released(mapping: Meeting) -> None:
    for card in (mapping.adds(TEACHER), mapping.named["worry"]):
        with refused(Reason.NOT_HELD):
            mapping.releases(CHAIR, card)
    with refused(Reason.NOT_FOUND):
        mapping.releases(CHAIR, mapping.holds(), told_by=UNKNOWN)


def test_once_all_is_decided_nothing_is_placed_on_the_map(views: Meeting) -> None:
    card, held = views.adds(TEACHER), views.holds()
    views.enters("decision")
    for child in (ROBIN, "00000000-0000-4000-8000-000000000201"):
        views.decides(child)
    with refused(Reason.LOCKED):
        views.places(CHAIR, card)
    with refused(Reason.LOCKED):
        views.releases(CHAIR, held)
    with refused(Reason.LOCKED):
        views.removes(TEACHER, card)
