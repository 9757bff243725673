"""What some or all of the family must not see reaches those it names, its writer and the chair."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import ADVOCATE, CHAIR, DANA, NURSE, OBSERVER, PROJECTOR, ROBIN, SOCIAL_WORKER, TANSY, TEACHER

UNKNOWN = number(0xDEAD)


def item(**fields: Any) -> dict[str, Any]:
    body = {
        "text": "When it is loud I hide.",
        "reason": "She asked.",
        "source": {"person_id": TANSY, "basis": "letter"},
        "visible_to": [TEACHER, OBSERVER],
    }
    return {**body, **fields}


@pytest.mark.parametrize("writer", [CHAIR, SOCIAL_WORKER, ADVOCATE])
def test_it_reaches_whom_it_names_its_writer_and_the_chair_and_nobody_else(mapping: Meeting, writer: str) -> None:
    restricted = mapping.does(writer, "add_restricted", **item())
    for person in EVERYONE:
        entitled = person in (writer, CHAIR, TEACHER)  # an observer has no screen of their own
        assert (f"mine/restricted/{restricted}" in mapping.own(person)) is entitled
        assert restricted not in str(mapping.shared(person))


def test_what_it_names_must_exist_and_be_a_person(mapping: Meeting) -> None:
    for fields in (
        {"visible_to": [UNKNOWN]},
        {"visible_to": [PROJECTOR]},
        {"source": {"person_id": UNKNOWN, "basis": "letter"}},
    ):
        with refused(Reason.NOT_FOUND):
            mapping.does(CHAIR, "add_restricted", **item(**fields))


@pytest.mark.parametrize("source", [ROBIN, DANA, NURSE])
def test_an_advocate_keeps_back_only_what_their_child_entrusted(mapping: Meeting, source: str) -> None:
    with refused(Reason.NOT_YOUR_WORDS):
        mapping.does(ADVOCATE, "add_restricted", **item(source={"person_id": source, "basis": "letter"}))
