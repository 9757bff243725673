"""The end of a meeting: who leads, who meets when, who tells each child, and who gets which copy."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    GP,
    GRANDMOTHER,
    INTERPRETER,
    NURSE,
    OBSERVER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
HINT = "by post to her sister's in Mill Street"


def copy(person: str, version: str, **more: Any) -> dict[str, Any]:
    return {"person_id": person, "version": version, "children": [], "how": "by hand", **more}


def test_what_was_arranged_stands_on_every_screen(mapping: Meeting) -> None:
    assert "closing" not in mapping.shared(DANA)
    version = mapping.closes_with(SCRIBE)
    for person in (CHAIR, SCRIBE, SOCIAL_WORKER, DANA, CALLUM, PROJECTOR):
        assert mapping.shared(person)["closing"] == {
            "version": version,
            "lead_social_worker": SOCIAL_WORKER,
            "core_group": [SOCIAL_WORKER, NURSE, DANA],
            "core_group_on": "2026-12-03",
            "review_on": "2027-02-16",
            "tells": [{"child_id": TANSY, "person_id": DANA}],
            "told_how_to": ["Say that something in the record is wrong."],
        }


def test_who_gets_a_copy_and_how_is_for_chair_and_scribe(mapping: Meeting) -> None:
    listed = [copy(DANA, "family", how=HINT), copy(CALLUM, "plan_only", children=[ROBIN]), copy(GP, "professional")]
    mapping.closes_with(recipients=listed)
    for person in EVERYONE:
        assert (mapping.screen(person).get("recipients") == listed) is (person in (CHAIR, SCRIBE))
        assert ("Mill Street" in str(mapping.screen(person))) is (person in (CHAIR, SCRIBE))


def test_before_it_is_written_the_list_of_copies_is_empty(mapping: Meeting) -> None:
    assert mapping.shared(CHAIR)["recipients"] == []


def test_it_is_written_whole_over_the_version_that_was_read(mapping: Meeting) -> None:
    with refused(Reason.CHANGED_MEANWHILE):
        mapping.closes_with(base_version=UNKNOWN)
    first = mapping.closes_with()
    for stale in (None, UNKNOWN):
        with refused(Reason.CHANGED_MEANWHILE):
            mapping.closes_with(SCRIBE, base_version=stale, review_on=None)
    with refused(Reason.NOTHING_CHANGED):
        mapping.closes_with()
    second = mapping.closes_with(SCRIBE, base_version=first, lead_social_worker=None, tells=[], recipients=[])
    seen = mapping.shared(DANA)["closing"]
    assert (seen["version"], seen["lead_social_worker"], seen["tells"]) == (second, None, [])
    assert mapping.shared(CHAIR)["recipients"] == []
    with refused(Reason.NOT_UNDOABLE):
        mapping.undoes(SCRIBE, second)


@pytest.mark.parametrize(
    "fields",
    [
        {"lead_social_worker": UNKNOWN},
        {"lead_social_worker": PROJECTOR},
        {"core_group": [DANA, UNKNOWN]},
        {"core_group": [OBSERVER]},
        {"tells": [{"child_id": UNKNOWN, "person_id": DANA}]},
        {"tells": [{"child_id": TANSY, "person_id": UNKNOWN}]},
        {"tells": [{"child_id": DANA, "person_id": DANA}]},
        {"recipients": [copy(UNKNOWN, "plan_only")]},
        {"recipients": [copy(OBSERVER, "plan_only")]},
        {"recipients": [copy(DANA, "family", children=[UNKNOWN])]},
    ],
)
def test_everybody_in_it_belongs_to_the_conference(mapping: Meeting, fields: dict[str, Any]) -> None:
    with refused(Reason.NOT_FOUND):
        mapping.closes_with(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"core_group": [DANA, NURSE, DANA]},
        {"tells": [{"child_id": TANSY, "person_id": DANA}] * 2},
        {"recipients": [copy(DANA, "family"), copy(DANA, "plan_only")]},
    ],
)
def test_nobody_is_listed_twice(mapping: Meeting, fields: dict[str, Any]) -> None:
    with refused(Reason.LISTED_TWICE):
        mapping.closes_with(**fields)


def test_each_kind_of_copy_is_for_those_it_is_written_for(mapping: Meeting) -> None:
    family, beside = (DANA, CALLUM, GRANDMOTHER), (ADVOCATE, SUPPORTER, INTERPRETER)
    workers = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, GP)
    for version, people in (("family", workers), ("professional", family + beside), ("full", family + beside)):
        for person in people:
            with refused(Reason.WRONG_VERSION):
                mapping.closes_with(recipients=[copy(person, version)])
    fitting = [copy(person, "family") for person in (*family, ADVOCATE)] + [copy(SUPPORTER, "plan_only")]
    mapping.closes_with(recipients=[*fitting, copy(SOCIAL_WORKER, "full"), copy(GP, "professional")])


def test_it_stays_open_once_all_is_decided_and_ends_with_the_meeting(decided: Meeting, closed: Meeting) -> None:
    decided.closes_with()
    with refused(Reason.CLOSED):
        closed.closes_with()


def test_after_the_end_it_is_corrected_beside_it(decided: Meeting) -> None:
    decided.closes_with()
    decided.does(CHAIR, "close_conference")
    decided.does(CHAIR, "add_correction", about="closing", text="It is on the 4th.", why="A slip.")
    assert [value["text"] for key, value in decided.shared(DANA).items() if key.startswith("correction/")]
    decided.does(CHAIR, "add_correction", about="recipients", text="Not by post.", why="She moved.")
    texts = [value["text"] for key, value in decided.shared(DANA).items() if key.startswith("correction/")]
    assert texts == ["It is on the 4th."]
