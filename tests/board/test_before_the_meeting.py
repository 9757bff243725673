"""Before the meeting: seats, children, reports, needs, and what cannot be shared; and a late comer after it began."""

import json
from datetime import date
from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import EVERYONE, Meeting, number, refused
from tests.cast import (
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    HEALTH,
    INTERPRETER,
    NURSE,
    POLICE,
    POLICE_OFFICER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SUPPORTER,
    TANSY,
    TEACHER,
)


@pytest.fixture
def prepared() -> Meeting:
    return moments.prepared()


def changed(meeting: Meeting, person: str = CHAIR, **fields: Any) -> str:
    return meeting.does(person, "change_conference", **{**body_of(meeting, "change_conference"), **fields})


def seated(meeting: Meeting, person: str = CHAIR, **fields: Any) -> str:
    return meeting.does(person, "seat_person", **{**body_of(meeting, "seat_person"), **fields})


def test_a_late_comer_gets_a_seat_of_their_own_and_everybody_sees_who_they_are(mapping: Meeting) -> None:
    sunil = seated(mapping)
    for person in (CHAIR, DANA, PROJECTOR):
        assert mapping.shared(person)[f"person/{sunil}"]["name"] == "Sunil"
    assert mapping.own(sunil)["me"]["role"] == "professional"
    mapping.adds(sunil, "Robin came to the clinic in May.")


def test_once_the_meeting_has_begun_only_the_chair_lets_somebody_new_in(mapping: Meeting, prepared: Meeting) -> None:
    seated(prepared, SCRIBE)
    with refused(Reason.NOT_ALLOWED):
        seated(mapping, SCRIBE)


@pytest.mark.parametrize("theirs", [CHAIR, DANA, TANSY, HEALTH])
def test_nobody_takes_anothers_place_by_naming_its_id(prepared: Meeting, theirs: str) -> None:
    for kind in ("seat_person", "add_agency", "note_report"):
        with refused(Reason.ID_REUSED):
            prepared.does(CHAIR, kind, **{**body_of(prepared, kind), "id": theirs})
    child = {"id": theirs, "name": "Somebody"}
    if theirs != TANSY:
        with refused(Reason.ID_REUSED):
            changed(prepared, children=[*body_of(prepared, "change_conference")["children"], child])


def test_there_is_one_chair_and_no_seat_becomes_another(prepared: Meeting) -> None:
    with refused(Reason.CANNOT_CHAIR):
        seated(prepared, role="chair")
    with refused(Reason.CANNOT_CHAIR):
        prepared.does(CHAIR, "change_seat", person_id=NURSE, name="Grace", role="chair")
    with refused(Reason.SEAT_SETTLED):
        prepared.does(CHAIR, "change_seat", person_id=CHAIR, name="Hester", role="professional")
    prepared.does(CHAIR, "change_seat", person_id=CHAIR, name="Hester Vale", role="chair")
    assert prepared.shared(DANA)[f"person/{CHAIR}"]["name"] == "Hester Vale"


def test_a_part_in_the_meeting_is_settled_once_it_has_begun_and_a_name_is_not(mapping: Meeting) -> None:
    with refused(Reason.SEAT_SETTLED):
        mapping.does(CHAIR, "change_seat", person_id=GRANDMOTHER, name="Maureen", role="supporter", sits_with=DANA)
    mapping.does(CHAIR, "change_seat", person_id=NURSE, name="Grace T", role="professional", agency_id=HEALTH)
    nurse = mapping.board.people.members[NURSE]
    assert (nurse.name, nurse.since is not None) == ("Grace T", True)


@pytest.mark.parametrize(
    "fields", [{"agency_id": number(1)}, {"children": [number(1)]}, {"sits_with": number(1)}, {"sits_with": HEALTH}]
)
def test_a_seat_names_only_who_and_what_is_there(prepared: Meeting, fields: dict[str, Any]) -> None:
    with refused(Reason.NOT_FOUND):
        seated(prepared, **fields)


def test_nobody_sits_with_themselves(prepared: Meeting) -> None:
    with refused(Reason.NOT_FOUND):
        prepared.does(
            CHAIR, "change_seat", person_id=INTERPRETER, name="Ines", role="interpreter", sits_with=INTERPRETER
        )


def test_at_most_as_many_watch_as_the_area_allows(prepared: Meeting) -> None:
    with refused(Reason.NOT_ALLOWED):
        seated(prepared, role="observer", agency_id=None)


def test_day_children_and_question_are_changed_until_it_begins(prepared: Meeting) -> None:
    mila = {"id": number(0xC3), "name": "Mila", "age": 1, "voice": "Her health visitor watches her play."}
    children = [*body_of(prepared, "change_conference")["children"], mila]
    changed(
        prepared,
        SCRIBE,
        title="About all three",
        children=children,
        trigger={"what": "strategy_discussion", "on": "2026-11-10"},
    )
    seen = prepared.shared(CHAIR)
    assert (seen["conference"]["title"], seen["conference"]["held_on"]) == ("About all three", "2026-11-24")
    assert seen["conference"]["scale"]["question"] == "How safe?"
    assert seen["dates"]["hold_by"] == date(2026, 12, 1).isoformat()
    assert seen[f"child/{mila['id']}"]["name"] == "Mila"
    assert seen[f"child_facts/{mila['id']}"]["voice"] == "Her health visitor watches her play."
    changed(prepared)  # and Mila is taken off again
    assert f"child/{mila['id']}" not in prepared.shared(CHAIR)
    prepared.enters("welcome")
    with refused(Reason.WRONG_PHASE):
        changed(prepared)


def test_a_child_whom_somebody_works_with_stays_on_the_list(prepared: Meeting) -> None:
    with refused(Reason.STILL_NAMED):
        changed(prepared, children=[{"id": TANSY, "name": "Tansy"}])
    with refused(Reason.NO_CHILD):
        changed(prepared, children=[])
    with refused(Reason.LISTED_TWICE):
        changed(prepared, children=[{"id": each, "name": "T"} for each in (TANSY, ROBIN, ROBIN)])


def test_the_kind_of_meeting_is_one_that_has_seats_for_those_who_are_on_the_list(prepared: Meeting) -> None:
    for kind in ("supervision", "court"):
        with refused(Reason.WRONG_TYPE):
            changed(prepared, conference_type=kind)
    prepared.adds(TEACHER, "Tansy is at school every day.")
    with refused(Reason.STILL_NAMED):
        changed(prepared, conference_type="pre_birth")


def test_a_report_is_asked_for_and_then_shared_and_is_late_or_in_time_by_the_rule(prepared: Meeting) -> None:
    changed(prepared, starts_at="2026-11-24T10:00:00Z")
    asked = prepared.does(CHAIR, "note_report", from_person=NURSE, what="Health report")
    (seen,) = prepared.shared(SCRIBE)["reports"]
    assert (seen["id"], seen["shared_at"], seen["in_time"]) == (asked, None, None)
    for at, in_time in (("2026-11-23T10:00:00Z", True), ("2026-11-23T10:00:01Z", False)):
        prepared.does(
            SCRIBE, "note_report", report_id=asked, from_person=NURSE, what="Health report", shared_at=at,
            gone_through_with=[DANA, TANSY], what_was_done="Read with Grace.",
        )  # fmt: skip
        (seen,) = prepared.shared(CHAIR)["reports"]
        assert (seen["in_time"], seen["what_was_done"]) == (in_time, "Read with Grace.")
    prepared.does(CHAIR, "drop_report", report_id=asked)
    assert prepared.shared(CHAIR)["reports"] == []
    with refused(Reason.NOT_FOUND):
        prepared.does(CHAIR, "drop_report", report_id=asked)


def test_what_is_needed_reaches_those_who_lead_and_what_cannot_be_shared_the_chair_alone(prepared: Meeting) -> None:
    prepared.does(SCRIBE, "note_needs", person_id=GRANDMOTHER, needs=["large_text", "large_text"], text="Canary one.")
    prepared.does(CHAIR, "note_cannot_share", agency_id=POLICE, text="Canary two.")
    prepared.does(CHAIR, "note_cannot_share", agency_id=HEALTH, text="")
    assert prepared.shared(CHAIR)["needs"][0]["needs"] == ["large_text"]
    assert [one["text"] for one in prepared.shared(CHAIR)["cannot_share"]] == ["Canary two.", ""]
    for person in EVERYONE:
        screen = json.dumps(prepared.screen(person))
        assert ("Canary one." in screen) is (person in (CHAIR, SCRIBE))
        assert ("Canary two." in screen) is (person == CHAIR)
    prepared.does(CHAIR, "note_needs", person_id=GRANDMOTHER)
    assert prepared.shared(CHAIR)["needs"] == []


def test_a_point_prepared_beforehand_waits_in_its_own_list(prepared: Meeting) -> None:
    point = prepared.adds(POLICE_OFFICER, "We were called three times.")
    assert f"offered/{point}" in prepared.shared(CHAIR)
    for person in (DANA, TEACHER, PROJECTOR):
        assert point not in json.dumps(prepared.screen(person))


def test_two_parents_may_be_kept_apart_later(prepared: Meeting) -> None:
    callum = {"name": "Callum", "role": "parent"}
    prepared.does(CHAIR, "change_seat", person_id=CALLUM, **callum, hidden_from=[DANA])
    assert prepared.board.people.members[CALLUM].hidden_from == {DANA}
    with refused(Reason.NOT_FOUND):
        prepared.does(CHAIR, "change_seat", person_id=CALLUM, **callum, hidden_from=[NURSE])
    with refused(Reason.NOT_ALLOWED):
        prepared.does(CHAIR, "change_seat", person_id=CALLUM, **callum, sits_with=None, hidden_from=[SUPPORTER])
