"""What a file says of an area, of dates and of reports is worked out anew, and comes out as the file has it."""

import json
from datetime import date
from typing import Any

import pytest

from app.areas.areas import area_named, load_areas
from app.board.actor import CHAIR
from app.board.area import Area
from app.board.area_parts import MeetingType
from app.board.board import see
from app.board.conference import PrepareConference, Settings
from app.script.export import export_conference, file_of
from app.script.file import ImportRefused, conference_file_from
from app.script.importer import import_conference
from app.script.past import board_of
from app.script.play import play
from app.script.script import script_of
from app.script.step import Step
from app.store.log import EventLog
from tests.script.worked import Worked, imported, saved


def prepared_with(conference: Worked, **changes: Any) -> list[Step]:
    first = conference.steps[0]
    command = first.command.model_copy(update=changes)
    return [Step(first.at, first.person_id, command, first.place), *conference.steps[1:]]


def changed(conference: Worked, settings_used: dict[str, Any]) -> bytes:
    raw = json.loads(json.dumps(conference.raw))
    raw["settings_used"] |= settings_used
    return json.dumps(raw).encode()


def test_the_dates_of_a_worked_conference_are_those_of_its_file(conference: Worked) -> None:
    dates = see(conference.board, frozenset(), CHAIR)["dates"]
    trigger, after = conference.raw["conference"]["trigger"], conference.raw["after"]
    assert dates["hold_by"] == trigger["hold_conference_by"]
    assert dates["working_days_used"] == trigger.get("working_days_used")
    for name in ("core_group_by", "review_by", "letter_by", "record_by"):
        assert dates[name] == after.get(name, dates[name]), name


def test_whether_a_report_was_in_time_is_as_its_file_says(conference: Worked) -> None:
    reports = see(conference.board, frozenset(), CHAIR)["reports"]
    said = {conference.of(each["id"]): each["in_time"] for each in conference.raw["preparation"]["reports"]}
    assert {each["id"]: each["in_time"] for each in reports} == said
    assert set(said.values()) <= {True, False, None}


def test_what_was_prepared_about_the_children_comes_with_the_file(review: Worked) -> None:
    seen = see(review.board, frozenset(), CHAIR)
    assert seen[f"child/{review.of('c2')}"] | {"place": 1} == {
        "place": 1,
        "name": "Robin",
        "age": 4,
        "plan_now": "child_protection_plan",
        "category_now": "neglect",
        "plan_since": "2025-06-24",
    }
    assert seen[f"child_facts/{review.of('c1')}"]["surname"] == "Wrenfield"
    assert seen["conference"]["place"] == review.raw["conference"]["place"]
    assert seen["conference"]["why_we_are_meeting"] == review.raw["conference"]["why_we_are_meeting"]


def test_limits_of_a_file_are_kept_to(initial: Worked) -> None:
    played = play(script_of(conference_file_from(changed(initial, {"record_working_days": 20}))))
    assert see(played.board, frozenset(), CHAIR)["dates"]["record_by"] == "2025-07-22"


@pytest.mark.parametrize("code", ["wales", "strengthening_families"])
def test_a_conference_of_another_area_is_exported_with_it_and_comes_back(initial: Worked, code: str) -> None:
    settings = Settings(area=area_named(code), bank_holidays=(date(2025, 7, 1),))
    played = play(prepared_with(initial, settings=settings))
    file = file_of(initial.id, saved(played.rows))
    assert file.settings_used.area == area_named(code)
    assert file.settings_used.bank_holidays == ("2025-07-01",)
    again = imported(file)
    assert again.refused == played.refused
    assert again.board.conference == played.board.conference


def test_a_file_without_its_acts_still_names_its_area(initial: Worked) -> None:
    settings = Settings(area=area_named("wales"), bank_holidays=(date(2025, 7, 1),))
    file = file_of(initial.id, saved(play(prepared_with(initial, settings=settings)).rows))
    command = script_of(file.model_copy(update={"acts": None}))[0].command
    assert isinstance(command, PrepareConference)
    assert command.settings.area == area_named("wales")
    assert command.settings.bank_holidays == (date(2025, 7, 1),)


def test_what_was_prepared_without_a_file_can_be_read_in_its_export(initial: Worked) -> None:
    file = file_of(initial.id, saved(play(prepared_with(initial, kept={})).rows))
    assert file.conference.place == initial.raw["conference"]["place"]
    assert file.conference.trigger is not None
    assert file.conference.trigger.what == "strategy_discussion"
    assert [each.surname for each in file.children] == ["Wrenfield", "Ockley"]
    shared = [each.shared_with_family_at for each in file.preparation.reports]
    assert shared == [each["shared_with_family_at"] for each in initial.raw["preparation"]["reports"]]


def for_area(initial: Worked, area: Area) -> dict[str, Any]:
    """The worked conference as it would have been held there."""
    raw: dict[str, Any] = json.loads(json.dumps(initial.raw))
    raw["settings_used"] = {"area": area.code, "scale_direction": area.scale.direction}
    raw["threshold_explained"]["outcomes_named"] = [each.code for each in meeting_in(area).outcomes]
    for scale in raw["scale_questions"]:
        scale["direction"] = area.scale.direction
    if area.categories.mode == "none":
        for decision in raw["decisions"]:
            decision["category"] = decision["category_in_plain_words"] = None
    return raw


def meeting_in(area: Area) -> MeetingType:
    meeting = area.meeting("initial")
    assert meeting
    return meeting


@pytest.mark.parametrize("code", sorted(load_areas()))
async def test_a_conference_whose_area_is_named_by_its_code_is_imported_and_exported(
    log: EventLog, initial: Worked, code: str
) -> None:
    area = area_named(code)
    raw = for_area(initial, area)
    there = await import_conference(log, conference_file_from(json.dumps(raw).encode()))
    assert there.refused == ()
    board = board_of(await log.read(initial.id))
    assert board.conference.settings.area == area
    assert see(board, frozenset(), CHAIR)["area"]["code"] == code
    assert board.conference.closed_at
    exported = await export_conference(log, initial.id)
    assert exported == raw


@pytest.mark.parametrize(
    ("settings_used", "sentence"),
    [
        ({"record_working_days": 1001}, "settings_used.record_working_days should be less than or equal to 1000."),
        ({"area": {"code": "Wales"}}, "settings_used.area.code must be a word such as child_protection_plan."),
        ({"area": {"colour": "red"}}, "settings_used.area.colour is not known."),
        ({"bank_holidays": ["Easter"]}, "settings_used.bank_holidays[0] must be a day such as 2025-06-24."),
    ],
)
def test_settings_that_are_none_are_refused(initial: Worked, settings_used: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        conference_file_from(changed(initial, settings_used))
    assert str(refused.value) == sentence
