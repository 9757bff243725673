"""Views: one per agency and child, in words for the family, hidden until shown."""

from typing import Any

import pytest

from app.board.refusals import Reason
from tests.board.meeting import Meeting, number, refused
from tests.cast import (
    ADVOCACY,
    CALLUM,
    CHAIR,
    CHAIRING,
    DANA,
    FAMILY,
    GP_PRACTICE,
    GRANDMOTHER,
    HEALTH,
    JOEL,
    NURSE,
    PROJECTOR,
    ROBIN,
    SCHOOL,
    SCRIBE,
    TANSY,
    TEACHER,
)

UNKNOWN = number(0xDEAD)
VIEW: dict[str, Any] = {"child_id": TANSY, "view": "no_plan", "why": "She is well."}


@pytest.fixture
def asking(scaling_open: Meeting) -> Meeting:
    scaling_open.enters("agency_views")
    return scaling_open


def test_a_view_is_its_agencys_alone_until_the_chair_shows_the_views(asking: Meeting) -> None:
    asking.does(TEACHER, "give_view", **VIEW)
    for person in (CHAIR, SCRIBE, NURSE, DANA, PROJECTOR):
        assert "She is well." not in str(asking.screen(person))
    assert asking.own(TEACHER)[f"mine/view/{TANSY}"]["view"] == "no_plan"
    asking.does(CHAIR, "show_views", on=True)
    for person in (CHAIR, NURSE, DANA, PROJECTOR):
        assert asking.shared(person)[f"view/{TANSY}/{SCHOOL}"]["why"] == "She is well."
    asking.does(CHAIR, "show_views", on=False)
    assert f"view/{TANSY}/{SCHOOL}" not in asking.shared(DANA)


def test_a_view_may_change_until_it_was_shown_and_a_late_one_shows_at_once(asking: Meeting) -> None:
    asking.does(TEACHER, "give_view", **VIEW)
    asking.does(TEACHER, "give_view", **{**VIEW, "view": "not_able_to_say"})
    asking.does(DANA, "give_family_view", children=[TANSY], text="We manage.")
    asking.does(CHAIR, "show_views", on=True)
    asking.does(CHAIR, "show_views", on=False)
    with refused(Reason.VIEWS_SHOWN):
        asking.does(TEACHER, "give_view", **VIEW)
    with refused(Reason.VIEWS_SHOWN):
        asking.does(DANA, "give_family_view", children=[TANSY], text="We do not.")
    asking.does(CHAIR, "show_views", on=True)
    asking.does(NURSE, "give_view", **VIEW)
    assert f"view/{TANSY}/{HEALTH}" in asking.shared(DANA)


def test_nobody_gives_anothers_agencys_view(asking: Meeting) -> None:
    for agency in (HEALTH, GP_PRACTICE, CHAIRING, FAMILY, ADVOCACY):
        with refused(Reason.NOT_YOUR_AGENCY):
            asking.does(TEACHER, "give_view", **VIEW, agency_id=agency)
    for person in (CHAIR, SCRIBE):
        asking.does(person, "give_view", **VIEW, agency_id=GP_PRACTICE)  # absent, and wrote
        for other in (HEALTH, SCHOOL, None, CHAIRING, FAMILY):
            with refused(Reason.NOT_YOUR_AGENCY):
                asking.does(person, "give_view", **VIEW, agency_id=other)


def test_what_a_view_names_must_exist(asking: Meeting) -> None:
    for fields in ({"child_id": UNKNOWN}, {"agency_id": UNKNOWN}):
        with refused(Reason.NOT_FOUND):
            asking.does(TEACHER, "give_view", **{**VIEW, **fields})
    with refused(Reason.WRONG_OUTCOME):
        asking.does(TEACHER, "give_view", **{**VIEW, "view": "plan_continues"})
    with refused(Reason.NOT_FOUND):
        asking.does(DANA, "give_family_view", children=[UNKNOWN], text="We manage.")


def test_a_family_view_is_a_persons_own_words(asking: Meeting) -> None:
    asking.does(DANA, "give_family_view", children=[TANSY, ROBIN], text="We manage.")
    asking.does(SCRIBE, "give_family_view", children=[TANSY], text="He writes that he would help.", for_person=JOEL)
    assert asking.own(DANA)["mine/family_view"]["text"] == "We manage."
    assert "We manage." not in str(asking.screen(CALLUM))
    with refused(Reason.NOT_YOUR_WORDS):
        asking.does(DANA, "give_family_view", children=[], text="He agrees.", for_person=CALLUM)
    for fields in ({}, {"for_person": TEACHER}):
        with refused(Reason.NOT_YOUR_WORDS):
            asking.does(CHAIR, "give_family_view", children=[], text="They agree.", **fields)
    with refused(Reason.NOT_FOUND):
        asking.does(CHAIR, "give_family_view", children=[], text="They agree.", for_person=UNKNOWN)


def test_the_chair_alone_knows_whom_the_room_still_waits_for(asking: Meeting) -> None:
    asking.does(TEACHER, "give_view", **VIEW)
    waiting = asking.shared(CHAIR)["views"]["waiting"]
    assert {"child_id": TANSY, "agency_id": SCHOOL} not in waiting
    assert {"child_id": ROBIN, "agency_id": SCHOOL} in waiting
    for person in (SCRIBE, TEACHER, DANA, GRANDMOTHER, PROJECTOR):
        assert "waiting" not in asking.shared(person)["views"]


def test_views_belong_to_their_phases_and_are_read_only_once_all_is_decided(
    scaling_open: Meeting, decided: Meeting
) -> None:
    with refused(Reason.WRONG_PHASE):
        scaling_open.does(TEACHER, "give_view", **VIEW)
    with refused(Reason.WRONG_PHASE):
        scaling_open.does(CHAIR, "show_views", on=True)
    with refused(Reason.LOCKED):
        decided.does(TEACHER, "give_view", **VIEW)
    with refused(Reason.LOCKED):
        decided.does(DANA, "give_family_view", children=[TANSY], text="We manage.")
