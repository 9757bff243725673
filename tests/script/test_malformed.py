"""A file that is not one is refused with one sentence that says where, and never what it holds."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.script.demo import EXAMPLE
from app.script.file import ImportRefused, conference_file_from, read_conference_file

GONE = object()
A_DAY = "must be a day such as 2025-06-24"
A_TIME = "must be a time such as 10:30"
A_VERSION = (
    "must be family, plan_only, professional or full, or part of one such as family_part_about_c2_and_shared_items"
)
PHASES = (
    "prepare, welcome, mapping, danger_statements, safety_goals, next_steps, scaling, agency_views, decision, close"
)


def refusal_of(raw: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        conference_file_from(raw)
    assert refused.value.__cause__ is None  # it would show what the file says
    return str(refused.value)


def refusal_with(value: object, place: str) -> str:
    """What is said of the worked file with this value at this place, or without what stood there."""
    raw = json.loads(EXAMPLE.read_bytes())
    *path, last = [
        int(step) if step.isdigit() else step for step in place.replace("]", "").replace("[", ".").split(".")
    ]
    part: Any = raw
    for step in path:
        part = part[step]
    if value is GONE:
        del part[last]
    else:
        part[last] = value
    return refusal_of(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("place", "value", "wrong"),
    [
        ("board_items[13].column", "worries", "must be worry, strength or next_step"),
        ("board_items[13].column", GONE, "is missing"),
        ("board_items[13].colour", "x", "is not known"),
        ("board_items", GONE, "is missing"),
        ("board_items", {}, "must be a list"),
        ("board_items[0]", "b01", "must be an object with named parts"),
        ("board_items[0].text", "", "is empty"),
        ("board_items[0].text", "  ", "is empty"),
        ("board_items[0].text", "a" * 281, "is longer than 280 characters"),
        ("board_items[0].text", 7, "must be text"),
        ("board_items[0].text", "a\x07b", "has a character that is not writing"),
        ("board_items[0].happened_on", "31/05/2025", A_DAY),
        ("board_items[0].happened_on", "2025-02-30", A_DAY),
        ("board_items[0].happened_on", 20250531, "must be text"),
        ("board_items[0].visibility", "family", "must be everyone"),
        ("board_items[1].responses[0].agrees", "maybe", "must be yes, partly or no"),
        ("board_items[0].family_knew_before_meeting", "yes", "must be true or false"),
        ("board_items[13].held.held_at", "25:10", A_TIME),
        ("board_items[13].held.released_at", GONE, "is missing"),
        ("timeline[0].at", "9:30", A_TIME),
        ("timeline[0].at", "09:30\n", A_TIME),
        ("timeline[3].phase", "lunch", f"must be {PHASES} or paused"),
        ("scale_questions[0].answers[0].score", 11, "should be less than or equal to 10"),
        ("scale_questions[0].answers[0].score", 3.5, "must be a whole number"),
        ("scale_questions[0].answers[0].score", "3", "must be a whole number"),
        ("scale_questions[0].answers[0].score", True, "must be a whole number"),
        ("scale_questions[0].high_anchor", "10: ", "is empty"),
        ("scale_questions[0].low_anchor", "0: " + "a" * 201, "is longer than 200 characters"),
        ("conference.held_on", "0001-01-01", A_DAY),
        ("conference.type", "other", "must be initial, review, pre_birth, transfer_in, supervision or practice"),
        ("conference.title", "One\nTwo", "has a character that is not writing"),
        ("conference", GONE, "is missing"),
        ("children", [], "is empty"),
        ("preparation.chair_met_family.at", "2025-06-24 09:30", "must be a day and time such as 2025-06-24T09:30"),
        ("settings_used.time_zone", "Mars/Base", "must be a time zone such as Europe/London"),
        ("settings_used.time_zone", "../../etc/passwd", "must be a time zone such as Europe/London"),
        ("quorum.each_child_known_by.c1[1]", 3, "must be text"),
        ("after.who_gets_the_record[0].copies", 2, "is not known"),
        ("after.who_gets_the_record[0].version", "most of it", A_VERSION),
        ("after.who_gets_the_record[1].version", "family_part_about_c9_and_shared_items", A_VERSION),
        ("after.family_told_how_to[0]", " ", "is empty"),
        (
            "settings_used.area",
            "narnia",
            "must be england, scotland, strengthening_families, wales, or the whole of another area",
        ),
        ("settings_used.area", "Wales", "must be a word such as child_protection_plan"),
        ("settings_used.area", 7, "must be an object with named parts"),
        ("board_items[1].id", "b01", "is the same id as board_items[0].id"),
        ("board_items[1].id", "p01", "is the same id as people[0].id"),
        ("board_items[1].id", "room_screen", "is the id of the screen on the wall, which no file lists"),
        ("board_items[1].id", "b 1", "must be one word"),
        ("people[3].agency_id", "a77", "is not one of the agencies"),
        ("people[3].works_with[1]", "c9", "is not one of the children"),
        ("people[7].sits_with", "c9", "is not one of the children or people"),
        ("people[1].role", "chair", "must not be chair: people[0] is the chair"),
        ("danger_statements[0].safety_goal_id", "g2", "is not a safety goal for this danger statement"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_by_its_place(place: str, value: object, wrong: str) -> None:
    assert refusal_with(value, place) == f"{place} {wrong}."


def test_a_conference_without_a_chair_is_refused() -> None:
    assert refusal_with("scribe", "people[0].role") == "people has nobody with the role chair."


def test_acts_of_another_file_are_refused() -> None:
    assert refusal_with({"of": "", "said": []}, "acts") == (
        "acts no longer fits the rest of the file, which was changed: take acts out to import the rest alone."
    )


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is not JSON: Expecting value at line 1, column 1."),
        (b'{"conference": }', "The file is not JSON: Expecting value at line 1, column 16."),
        (b'{"a": NaN}', "The file is not JSON: NaN is not a number."),
        (b'{"a": {"b": 1, "b": 2}}', 'The key "b" stands twice in the same object.'),
        (b"[]", "The file must be an object with named parts."),
        (b"{}", "conference is missing."),
        (b"\xff\xfe{}", "The file is not UTF-8 text: byte 1 cannot be read."),
        (b'{"notice": "' + b"\xe9" + b'"}', "The file is not UTF-8 text: byte 13 cannot be read."),
        (b"[" * 100_000, "The file is not a conference file: its parts are nested too deeply."),
        (b"1" * 5_000, "The file is not a conference file: a number in it is too long."),
        (b" " * 20_000_001, "The file is larger than 20 megabytes."),
    ],
    ids=range(11),
)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(raw: bytes, sentence: str) -> None:
    assert refusal_of(raw) == sentence


def test_half_a_character_is_refused() -> None:
    assert refusal_of(b'{"notice": "\\ud800"}').startswith("The file is not JSON: ")


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.json", "no such file or directory"), (tmp_path, "is a directory")):
        with pytest.raises(ImportRefused) as refused:
            read_conference_file(path)
        assert str(refused.value) == f"{path} cannot be read: {why}."


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.json"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.read_bytes())
    assert read_conference_file(path) == read_conference_file(EXAMPLE)


def test_no_sentence_shows_what_the_file_says() -> None:
    secret = "Hazel Close 4"
    for place, value in (
        ("board_items[0].column", secret),
        ("board_items[0].happened_on", secret),
        ("timeline[0].at", secret),
        ("scale_questions[0].answers[0].score", secret),
        ("board_items[1].id", secret),
        ("board_items[0].text", {"street": secret}),
        ("restricted", [secret]),
    ):
        assert secret not in refusal_with(value, place)
