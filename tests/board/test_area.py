"""A conference runs under its area's rules and words, and under those of the day on which it was prepared."""

import json
from typing import Any

import pytest

from app.areas.areas import area_named
from app.board.actor import CHAIR as CHAIRS_AUDIENCE
from app.board.actor import OBSERVER, ROOM, SCRIBE, SERVICES_AUDIENCE, Actor, Audience
from app.board.area import Area
from app.board.board import EVENTS, decide, replayed, see
from app.board.conference import Settings
from app.board.refusals import Reason
from app.board.state import EMPTY
from app.realtime.turn import hash_of, row_of
from tests import cast
from tests.board import meeting as moments
from tests.board.meeting import Meeting, refused
from tests.cast import CHAIR, DANA, NOON, PROJECTOR, ROBIN, SOCIAL_WORKER, TANSY, TEACHER

WORKERS = tuple(each for each in cast.PEOPLE if each.role in ("chair", "scribe", "social_worker", "professional"))


def meeting_of(**changes: Any) -> Meeting:
    command = cast.preparation().model_copy(update=changes)
    events = decide(EMPTY, command, Actor(CHAIR, "chair"), NOON)
    row = row_of(command, CHAIR, events, NOON)
    return Meeting(replayed(EMPTY, events), rows=[row], known={command.id: (CHAIR, hash_of(command))}, sent=0x1000)


def in_area(code: str, kind: str = "initial") -> Meeting:
    return meeting_of(settings=Settings(area=area_named(code)), conference_type=kind)


def supervision() -> Meeting:
    return meeting_of(conference_type="supervision", people=WORKERS)


# What is stored


def test_what_was_prepared_before_there_were_areas_is_england() -> None:
    (event,) = EVENTS.validate_json(moments.prepared().rows[0].body)
    stored = json.loads(EVENTS.dump_json([event], by_alias=True))
    for name in ("starts_at", "place", "why_we_are_meeting", "trigger", "reports"):
        del stored[0][name]
    for name in ("area", "bank_holidays"):
        del stored[0]["settings"][name]
    for child in stored[0]["children"]:
        for name in set(child) - {"id", "name", "age"}:
            del child[name]
    old = replayed(EMPTY, EVENTS.validate_json(json.dumps(stored)))
    assert old.conference.settings.area == Area()
    assert see(old, frozenset(), CHAIRS_AUDIENCE) == moments.prepared().shared(CHAIR)


@pytest.mark.parametrize("code", ["england", "scotland", "strengthening_families", "wales"])
def test_an_area_comes_back_from_the_log_as_it_was(code: str) -> None:
    meeting = in_area(code)
    assert replayed(EMPTY, meeting.events()).conference.settings.area == area_named(code)


# What is seen


def test_everybody_has_the_areas_words_and_only_the_chair_what_to_ask(mapping: Meeting) -> None:
    everyone = (SCRIBE, SERVICES_AUDIENCE, ROOM, Audience("family", DANA))
    area = see(mapping.board, frozenset(), CHAIRS_AUDIENCE)["area"]
    assert area["type"] == {"code": "initial", "words": "First conference", "plain": "first child protection meeting"}
    assert [outcome["code"] for outcome in area["outcomes"]] == moments.OUTCOMES
    assert (area["family"], area["decides"], area["practice"], area["reviews"]) == (True, True, False, False)
    assert [stage["words"] for stage in area["stages"]][:3] == ["Welcome", "Map", "Danger and goal"]
    assert {prompt["at"] for prompt in mapping.shared(CHAIR)["prompts"]} >= {"worry", "scale", "card"}
    for audience in everyone:
        seen = see(mapping.board, frozenset(), audience)
        assert seen["area"] == area
        assert "prompts" not in seen


def test_a_blanked_screen_and_a_watcher_to_whom_nobody_agreed_have_no_words_of_the_area(mapping: Meeting) -> None:
    assert "area" not in see(mapping.board, frozenset(), OBSERVER)
    mapping.does(CHAIR, "blank", screens="all")
    assert "area" not in mapping.screen(DANA)


def test_what_was_prepared_about_a_child_reaches_the_chair_alone() -> None:
    tansy = cast.CHILDREN[0].model_copy(
        update={"surname": "Wrenfield", "lives_with": "Her aunt", "voice": "Three Houses", "plan_now": "no_plan"}
    )
    meeting = meeting_of(children=(tansy, cast.CHILDREN[1]))
    facts = {"surname": "Wrenfield", "lives_with": "Her aunt", "voice": "Three Houses"}
    assert meeting.shared(CHAIR)[f"child_facts/{TANSY}"] == facts
    assert meeting.shared(DANA)[f"child/{TANSY}"] == {"place": 0, "name": "Tansy", "age": 9, "plan_now": "no_plan"}
    assert meeting.shared(DANA)[f"child/{ROBIN}"] == {"place": 1, "name": "Robin", "age": 3}
    for person in (DANA, SOCIAL_WORKER, cast.SCRIBE, cast.PROJECTOR):
        assert "aunt" not in json.dumps(meeting.screen(person))


# Groups


def test_a_group_of_another_area_is_refused(mapping: Meeting) -> None:
    with refused(Reason.WRONG_GROUP):
        mapping.adds(SOCIAL_WORKER, sub_category="grey_area")
    with refused(Reason.WRONG_GROUP):
        mapping.moves(CHAIR, mapping.named["worry"], sub="grey_area")
    with refused(Reason.WRONG_GROUP):
        mapping.edits(CHAIR, mapping.named["worry"], sub_category="grey_area")
    with refused(Reason.WRONG_GROUP):
        mapping.adds(SOCIAL_WORKER, sub_category="existing_safety")


def test_a_grey_area_is_a_group_where_the_area_has_one() -> None:
    meeting = in_area("strengthening_families")
    meeting.enters("mapping")
    item = meeting.adds(CHAIR, "Nobody knows who the visitors are.", sub_category="grey_area")
    assert meeting.shared(cast.PROJECTOR)["order/worry/grey_area"] == [item]
    assert meeting.shared(DANA)[f"item/{item}"]["sub_category"] == "grey_area"


# Phases and kinds of meeting


@pytest.mark.parametrize("screens", ["all", "room"])
def test_a_practice_conference_says_so_on_a_blanked_screen_too(screens: str) -> None:
    meeting = in_area("england", "practice")
    meeting.does(CHAIR, "blank", screens=screens)
    assert meeting.shared(PROJECTOR)["conference"] == {"title": cast.preparation().title, "practice": True}


def test_a_service_is_not_asked_what_the_family_heard_where_no_family_comes(mapping: Meeting) -> None:
    with refused(Reason.FAMILY_KNOWS_MISSING):
        mapping.adds(TEACHER, family_knows=None)
    meeting = supervision()
    meeting.enters("mapping")
    meeting.adds(TEACHER, family_knows=None)


def test_a_stage_that_this_kind_of_meeting_does_not_have_is_refused() -> None:
    meeting = supervision()
    for phase in ("welcome", "mapping", "scaling", "welcome", "prepare", "close"):
        meeting.enters(phase)
    for phase in ("agency_views", "decision"):
        with refused(Reason.WRONG_PHASE):
            meeting.enters(phase)


def test_a_kind_of_meeting_that_the_area_does_not_hold_is_refused() -> None:
    for changes in (
        {"conference_type": "party"},
        {"conference_type": "supervision", "people": WORKERS, "settings": Settings(area=area_named("wales"))},
    ):
        with refused(Reason.WRONG_TYPE):
            meeting_of(**changes)


@pytest.mark.parametrize("person", [DANA, cast.BROTHER, cast.ADVOCATE, cast.SUPPORTER, cast.INTERPRETER])
def test_nobody_from_the_family_has_a_seat_where_only_workers_meet(person: str) -> None:
    somebody = next(each for each in cast.PEOPLE if each.id == person)
    with refused(Reason.WRONG_TYPE):
        meeting_of(conference_type="supervision", people=(*WORKERS, somebody))


def test_no_more_watch_than_the_area_allows() -> None:
    observer = next(each for each in cast.PEOPLE if each.role == "observer")
    another = observer.model_copy(update={"id": "00000000-0000-4000-8000-0000000009b1"})
    with refused(Reason.NOT_ALLOWED):
        meeting_of(people=(*cast.PEOPLE, another))
    area = Area().model_copy(update={"observers_at_most": 2})
    meeting_of(people=(*cast.PEOPLE, another), settings=Settings(area=area))


def test_a_meeting_that_decides_nothing_is_closed_without_a_decision() -> None:
    meeting = supervision()
    meeting.enters("mapping")
    meeting.adds(SOCIAL_WORKER, "We never asked who watches Robin at night.", source=None)
    meeting.enters("close")
    assert meeting.shared(CHAIR)["conference"]["locked"] is False
    assert (meeting.shared(CHAIR)["conference"]["outcomes"], meeting.shared(CHAIR)["area"]["outcomes"]) == ([], [])
    with refused(Reason.WRONG_OUTCOME):
        meeting.does(CHAIR, "explain_threshold", outcomes_named=[])
    with refused(Reason.NOT_LOCKED):
        meeting.does(CHAIR, "add_correction", about=f"child/{TANSY}", text="She is ten.", why="A slip.")
    meeting.does(CHAIR, "close_conference")
    assert meeting.shared(CHAIR)["conference"]["locked"] is True
    meeting.does(CHAIR, "add_correction", about=f"child/{TANSY}", text="She is ten.", why="A slip.")
    with refused(Reason.CLOSED):
        meeting.adds(SOCIAL_WORKER, "Too late.", source=None)


def test_a_meeting_that_decides_is_not_closed_without_a_decision(views: Meeting) -> None:
    with refused(Reason.NOT_DECIDED):
        views.does(CHAIR, "close_conference")


def test_a_practice_conference_is_run_like_a_real_one() -> None:
    meeting = meeting_of(conference_type="practice")
    assert meeting.shared(DANA)["area"]["practice"] is True
    meeting.enters("decision")
    with refused(Reason.STEPS_MISSING):
        meeting.decides(TANSY)


# Outcomes and categories


def test_an_outcome_or_a_view_of_another_kind_of_meeting_is_refused(views: Meeting) -> None:
    views.enters("decision")
    for outcome in ("plan_continues", "removed_from_home", "not_able_to_say"):
        with refused(Reason.WRONG_OUTCOME):
            views.decides(TANSY, outcome=outcome)
    with refused(Reason.WRONG_OUTCOME):
        views.does(TEACHER, "give_view", child_id=TANSY, view="plan_continues", why="It goes on.")


def test_a_category_of_another_area_is_refused(views: Meeting) -> None:
    views.enters("decision")
    with refused(Reason.WRONG_CATEGORY):
        views.decides(TANSY, category="financial_abuse")
    with refused(Reason.CATEGORY_MISSING):
        views.decides(TANSY, category=None)
    with refused(Reason.CATEGORY_NOT_NEEDED):
        views.decides(TANSY, outcome="no_plan", category="neglect")


def decided_in(code: str, category: str | None, kind: str = "initial", outcome: str = "child_protection_plan") -> Any:
    meeting = in_area(code, kind)
    meeting.enters("decision")
    meeting.decides(TANSY, outcome=outcome, category=category, override={"reason": "A test."})
    return meeting.shared(DANA)[f"decision/{TANSY}"]


def test_in_wales_money_can_be_what_a_plan_is_about() -> None:
    assert decided_in("wales", "financial_abuse")["category"] == "financial_abuse"


def test_in_scotland_a_plan_has_no_category() -> None:
    assert decided_in("scotland", None)["category"] is None
    assert decided_in("scotland", None, "review", "plan_continues")["category"] is None
    with refused(Reason.CATEGORY_NOT_NEEDED):
        decided_in("scotland", "neglect")
