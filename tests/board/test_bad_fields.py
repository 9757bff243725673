"""What is not a command never reaches the rules: wrong types, unknown or missing fields, characters nobody writes."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from app.board.board import ANY_COMMAND, COMMANDS
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import number
from tests.cast import CHAIR, DANA

MEETING = moments.scaling_open()


def frame(kind: str, /, **fields: Any) -> dict[str, Any]:
    return {"id": number(1), "type": kind, **body_of(MEETING, kind), **fields}


def invalid(sent: dict[str, Any] | str | bytes) -> None:
    with pytest.raises(ValidationError):
        ANY_COMMAND.validate_json(json.dumps(sent) if isinstance(sent, dict) else sent)


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_a_plausible_body_is_taken_and_one_unknown_field_is_not(kind: str) -> None:
    assert type(ANY_COMMAND.validate_json(json.dumps(frame(kind)))) is COMMANDS[kind]
    invalid(frame(kind, colour="red"))
    invalid(frame(kind, by_whom=number(2)))


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_a_field_that_is_needed_cannot_be_left_out(kind: str) -> None:
    for name, field in COMMANDS[kind].model_fields.items():
        if field.is_required():
            body = frame(kind)
            del body[field.alias or name]
            invalid(body)
    body = frame(kind)
    del body["type"]
    invalid(body)


@pytest.mark.parametrize("kind", sorted(COMMANDS))
@pytest.mark.parametrize(
    "id", ["", "1", "not-a-uuid", number(1).upper().replace("1", "A"), f"{number(1)}\n", f" {number(1)}", 1, None, True]
)
def test_an_id_is_a_uuid(kind: str, id: object) -> None:
    invalid(frame(kind) | {"id": id})


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_no_field_takes_a_value_of_another_type(kind: str) -> None:
    wrong: Any
    for name, value in body_of(MEETING, kind).items():
        for wrong in (1.5, {"a": 1}, [[]], 12345):
            if isinstance(value, dict) and isinstance(wrong, dict):
                continue
            invalid(frame(kind, **{name: wrong}))
        if isinstance(value, bool):
            for truthy in (1, 0, "true", "yes", None):
                invalid(frame(kind, **{name: truthy}) if (name, truthy) != ("family_knows", None) else "")


@pytest.mark.parametrize("score", [11, -1, 7.0, 7.5, True, False, "7", "", [7], {"score": 7}, 10**30])
def test_what_is_not_a_whole_number_from_0_to_10_is_no_score(score: object) -> None:
    invalid(frame("answer_scale", score=score))


@pytest.mark.parametrize("score", [*range(11), None])
def test_whole_numbers_from_0_to_10_and_none_are_scores(score: int | None) -> None:
    command = ANY_COMMAND.validate_json(json.dumps(frame("answer_scale", score=score, passed=score is None)))
    assert command.score == score  # type: ignore[attr-defined]


TEXTS = [
    ("add_item", "text", 1, 280),
    ("edit_item", "text", 1, 280),
    ("write_danger_statement", "text", 1, 1500),
    ("write_safety_goal", "text", 1, 1500),
    ("open_scale", "question", 1, 200),
    ("open_scale", "low_end", 1, 200),
    ("open_scale", "high_end", 1, 200),
    ("respond_to_item", "text", 0, 500),
    ("translate_item", "text", 0, 500),
    ("answer_scale", "why", 0, 500),
    ("give_view", "why", 1, 500),
    ("give_family_view", "text", 1, 500),
    ("record_decision", "reasons", 1, 1500),
    ("record_decision", "plain_words", 0, 500),
    ("record_dissent", "why", 1, 500),
    ("return_item", "why", 1, 500),
    ("add_restricted", "text", 1, 1500),
    ("add_correction", "text", 1, 1500),
]


@pytest.mark.parametrize(("kind", "field", "least", "most"), TEXTS)
def test_a_text_has_its_length_in_code_points(kind: str, field: str, least: int, most: int) -> None:
    for fitting in ("x" * most, "🦔" * most, "é" * most):
        command = ANY_COMMAND.validate_json(json.dumps(frame(kind, **{field: fitting})))
        assert getattr(command, field) == fitting
    invalid(frame(kind, **{field: "x" * (most + 1)}))
    invalid(frame(kind, **{field: "🦔" * (most + 1)}))
    if least:
        invalid(frame(kind, **{field: ""}))
        invalid(frame(kind, **{field: " \n "}))
    else:
        ANY_COMMAND.validate_json(json.dumps(frame(kind, **{field: ""})))


@pytest.mark.parametrize(("kind", "field", "least", "most"), TEXTS)
@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\t", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f"])
def test_a_control_character_is_not_writing(kind: str, field: str, least: int, most: int, character: str) -> None:
    invalid(frame(kind, **{field: f"one{character}two"}))


@pytest.mark.parametrize(("kind", "field", "least", "most"), TEXTS)
@pytest.mark.parametrize("half", [r"\ud800", r"\udfff", r"\ude00\ud83d"])
def test_half_a_character_is_not_writing(kind: str, field: str, least: int, most: int, half: str) -> None:
    invalid(json.dumps(frame(kind, **{field: "HERE"})).replace("HERE", half))


@pytest.mark.parametrize("text", ["two\nlines", "  spaces kept  ", "Žofie, ذات, 母", "a\u0301 is not á", "'\"<&>"])
def test_words_are_kept_exactly_as_sent(text: str) -> None:
    meeting = moments.mapping()
    card = meeting.adds(CHAIR, text)
    assert meeting.shared(DANA)[f"item/{card}"]["text"] == text


@pytest.mark.parametrize("sent", ["", "{", "null", "[]", "7", '"add_item"', "{}", '{"type": "add_item"}', b"\xff\xfe"])
def test_what_is_no_command_at_all(sent: str | bytes) -> None:
    invalid(sent)


@pytest.mark.parametrize("kind", ["prepare_conference", "item_added", "decide", "ADD_ITEM", "", None, 7])
def test_a_command_that_is_not_in_the_contract(kind: object) -> None:
    invalid(frame("add_item") | {"type": kind})


@pytest.mark.parametrize(
    ("kind", "field", "wrong"),
    [
        ("add_item", "column", "worries"),
        ("add_item", "sub_category", "grey area"),
        ("add_item", "kind", "rumour"),
        ("add_item", "happened_on", "yesterday"),
        ("add_item", "happened_on", "2026-02-30"),
        ("add_item", "family_knows", "no"),
        ("add_item", "source", {"person_id": number(2)}),
        ("add_item", "source", {"person_id": number(2), "basis": "rumour"}),
        ("add_item", "about_children", "Robin"),
        ("edit_item", "family_knows", True),
        ("edit_item", "column", "worry"),
        ("edit_item", "source", {"person_id": number(2), "basis": "report"}),
        ("respond_to_item", "agrees", "maybe"),
        ("translate_item", "language", "Polish"),
        ("set_phase", "phase", "break"),
        ("blank", "screens", "family"),
        ("take_break", "until", "2026-11-23T12:00:00"),
        ("open_scale", "direction", "up"),
        ("open_scale", "show", "family"),
        ("give_view", "view", "A plan"),
        ("record_decision", "category", "Violence"),
        ("record_decision", "outcome", ""),
        ("record_decision", "override", {}),
        ("record_decision", "override", "late"),
        ("record_decision", "override", {"reason": ""}),
        ("mark_attendance", "how", "here"),
        ("mark_attendance", "from", "12:00"),
        ("mark_attendance", "from_", "2026-11-23T12:00:00Z"),
    ],
)
def test_what_can_be_no_code_of_any_area(kind: str, field: str, wrong: object) -> None:
    invalid(frame(kind, **{field: wrong}))
