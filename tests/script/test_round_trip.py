"""What was imported comes back as it was; what was done live comes back with it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.board.actor import SERVICES_AUDIENCE
from app.board.board import see
from app.script.demo import MOMENTS
from app.script.export import export_conference, file_of
from app.script.file import ImportRefused, conference_file_from, written
from app.script.importer import import_conference
from app.script.parts import ConferenceFile
from app.script.play import play
from app.script.script import script_of
from app.store.commits import UnknownConference
from app.store.log import EventLog
from tests.script.worked import FILES, Live, Worked, everything_seen, imported, live, saved


def test_an_export_is_the_file_again_byte_for_byte(conference: Worked) -> None:
    text = written(file_of(conference.id, conference.rows))
    assert json.loads(text) == conference.raw
    assert text == json.dumps(conference.raw, ensure_ascii=False, indent=1) + "\n"


async def test_the_export_goes_to_json_as_it_is(log: EventLog, conference: Worked) -> None:
    await import_conference(log, conference.file)
    assert await export_conference(log, conference.id) == conference.raw


async def test_a_conference_that_is_not_there_cannot_be_exported(log: EventLog, conference: Worked) -> None:
    with pytest.raises(UnknownConference):
        await export_conference(log, conference.id)


def test_whoever_typed_a_point_for_somebody_else_is_named_even_if_the_file_left_it_open(initial: Worked) -> None:
    raw = changed(initial, lambda raw: raw["board_items"][9].pop("read_out_by"))
    assert exported_again(raw)["board_items"][9]["read_out_by"] == "p01"


def test_the_ends_of_a_scale_get_their_numbers(initial: Worked) -> None:
    raw = changed(initial, lambda raw: raw["scale_questions"][0].update(high_anchor="safe", low_anchor="not safe"))
    scale = exported_again(raw)["scale_questions"][0]
    assert (scale["high_anchor"], scale["low_anchor"]) == ("10: safe", "0: not safe")


def test_a_meeting_starts_with_its_first_phase(initial: Worked) -> None:
    raw = changed(initial, lambda raw: raw["conference"].update(started_at="09:59"))
    assert exported_again(raw)["conference"]["started_at"] == "10:00"


def test_views_and_decisions_stand_in_the_order_in_which_they_came(initial: Worked) -> None:
    raw = changed(initial, lambda raw: raw["decisions"].reverse())
    assert [each["child_id"] for each in exported_again(raw)["decisions"]] == ["c1", "c2"]


def test_a_point_comes_back_in_its_second_language_whichever_way_it_came_to_the_board(initial: Worked) -> None:
    def with_interpreter(raw: Any) -> None:
        seat = {"id": "p99", "name": "Ines Lis", "role": "interpreter", "sits_with": "p09", "attendance": "in_room"}
        raw["people"].append({**raw["people"][8], **seat, "job_or_relationship": "Interpreter"})
        raw["people"][-1].pop("makes_legal_decisions_for")
        for item in raw["board_items"]:
            item["translations"] = [{"language": "pl", "text": f"Po polsku: {item['id']}", "by": "p99"}]

    raw = changed(initial, with_interpreter)
    assert {bool(item.get("held")) for item in raw["board_items"]} == {True, False}
    assert exported_again(raw)["board_items"] == raw["board_items"]


def changed(conference: Worked, change: Callable[[Any], object]) -> Any:
    raw = json.loads(json.dumps(conference.raw))
    change(raw)
    return raw


def exported_again(raw: Any) -> Any:
    file = conference_file_from(json.dumps(raw).encode())
    played = play(script_of(file))
    assert played.refused == ()
    again = json.loads(written(file_of(Worked(raw, file, [], played).id, saved(played.rows))))
    assert "acts" not in again
    return again


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_conference_that_stopped_anywhere_comes_back_for_every_audience(name: str, moment: str) -> None:
    require_round_trip(live(name, moment))


def require_round_trip(meeting: Live) -> ConferenceFile:
    """The same view for every audience, the same ids, and the same file from the second time."""
    file = meeting.exported()
    played = imported(file)
    assert played.refused == ()
    assert everything_seen(played.board) == everything_seen(meeting.board)
    assert [row.id for row in played.rows] == [row.id for row in meeting.rows]
    assert written(file_of(meeting.worked.id, saved(played.rows))) == written(file)
    return file


def worked_on() -> Live:
    """A mapping that went on: points offered, placed, moved, edited, returned, held, removed, undone, answered anew."""
    meeting = live(moment="mapping")
    about, said = ["c2"], {"basis": "said_in_meeting"}
    meeting.does("p01", "give_floor", person_id="p09")
    dana = meeting.does(
        "p09", "add_item", column="strength", text="He laughed all day.", source={"person_id": "p09", **said}
    )
    meeting.does(
        "p01",
        "place_item",
        item_id=dana,
        base_version=dana,
        sub_category="existing_strength",
        kind="observation",
        about_children=about,
    )
    meeting.does("p01", "move_item", item_id="b15", column="strength", sub_category="existing_safety", after=None)
    meeting.does("p01", "move_item", item_id="b04", column="worry", sub_category="past_harm", after="b01")
    meeting.does(
        "p02",
        "edit_item",
        item_id="b01",
        base_version=meeting.version("b01"),
        text="A cut of 2 cm.",
        why="Shorter",
        said_by="p04",
    )
    meeting.does("p02", "edit_item", item_id="b06", base_version=meeting.version("b06"), happened_on="2025-06-01")
    meeting.does("p02", "edit_item", item_id="b06", base_version=meeting.version("b06"), happened_on=None)
    point = {"column": "worry", "sub_category": "past_harm", "kind": "opinion", "about_children": about}
    offered = meeting.does(
        "p05", "add_item", **point, text="Offered.", source={"person_id": "p05", **said}, family_knows=True
    )
    meeting.does("p05", "edit_item", item_id=offered, base_version=offered, text="Offered again.")
    back = meeting.does(
        "p06", "add_item", **point, text="Given back.", source={"person_id": "p06", **said}, family_knows=True
    )
    meeting.does("p01", "return_item", item_id=back, base_version=back, why="Is it a fact?")
    meeting.does("p03", "add_item", **point, text="Held.", source={"person_id": "p03", **said}, family_knows=False)
    meeting.does("p01", "remove_item", item_id="b03", why="Said twice")
    meeting.does("p01", "respond_to_item", item_id="b01", agrees="no", text="Not so big.", for_person="p09")
    meeting.does("p10", "respond_to_item", item_id="b02", agrees="no", text="I have thought about it.")
    step = meeting.does(
        "p01", "add_item", column="next_step", text="Ring the dentist.", who=["p09"], by="2025-07-01", repeats="weekly"
    )
    meeting.does("p01", "move_item", item_id="b10", column="next_step", sub_category="next_step", after=step)
    meeting.does("p01", "add_item", column="next_step", sub_category="if_things_go_wrong", text="Ring Nana Mo.")
    meeting.does("p01", "add_item", column="next_step", sub_category="if_things_go_wrong", text="Ring 999.")
    undone = meeting.does("p01", "set_phase", phase="next_steps")
    meeting.does("p01", "undo", of=undone)
    meeting.does("p01", "spotlight", key=f"item/{meeting.worked.of('b16')}")
    meeting.does("p10", "ask_for_break", on=True)
    meeting.does("p07", "raise_hand", on=True, key=f"item/{meeting.worked.of('b17')}")
    meeting.does("p01", "take_break", until="2025-06-24T11:00:00Z")
    meeting.does("p01", "blank", screens="room")
    return meeting


def decided_otherwise() -> Live:
    """From the open scale to the end, with a new chair, an override, a disagreement and a correction."""
    meeting = live(moment="scale_open")
    meeting.does("p09", "answer_scale", scale_id=meeting.worked.of("s1"), score=2, why="Bad week")
    meeting.does("p09", "answer_scale", scale_id=meeting.worked.of("s1"), score=5, why="Better")
    meeting.does("p01", "answer_scale", scale_id=meeting.worked.of("s1"), passed=True, for_person="p11")
    meeting.does("p01", "reveal_scale", scale_id=meeting.worked.of("s1"))
    meeting.does("p01", "hide_scale", scale_id=meeting.worked.of("s1"))
    again = meeting.does(
        "p01",
        "open_scale",
        question=meeting.worked.raw["scale_questions"][0]["text"],
        direction="higher_is_safer",
        low_end="Unsafe",
        high_end="Safe",
        children=["c2"],
        danger_id="d2",
        show="nobody",
        again_of=meeting.worked.of("s1"),
    )
    meeting.does("p08", "answer_scale", scale_id=again, score=4, why="", for_child="c1")
    meeting.does("p01", "close_scale", scale_id=again)
    meeting.does(
        "p03",
        "write_danger_statement",
        danger_id="d1",
        children=["c1"],
        text="Shorter.",
        base_version=meeting.board.danger.statements[meeting.worked.of("d1")].version,
        why="Too long",
        said_by="p09",
    )
    new = meeting.does("p03", "write_danger_statement", danger_id=None, children=["c2"], text="A third one.")
    goal = meeting.does("p01", "write_safety_goal", goal_id=None, danger_id=new, text="Seen.", for_how_long=None)
    meeting.does(
        "p01",
        "write_safety_goal",
        goal_id=goal,
        danger_id=new,
        text="Seen every day.",
        base_version=goal,
        for_how_long="a year",
    )
    meeting.does(
        "p03",
        "add_restricted",
        text="Only for Grace.",
        reason="police",
        source={"person_id": "p04", "basis": "letter"},
        visible_to=["p06"],
    )
    meeting.does("p01", "mark_attendance", person_id="p12", how="online")
    meeting.does("p01", "remove_person", person_id="p07")
    meeting.does("p01", "hand_over", person_id="p02")
    meeting.does("p02", "set_phase", phase="agency_views")
    meeting.does("p04", "give_view", child_id="c1", view="not_able_to_say", why="New here.")
    meeting.does("p02", "give_view", child_id="c1", view="no_plan", why="By letter.", agency_id="a8")
    meeting.does("p12", "give_family_view", children=["c1"], text="I am here after all.")
    meeting.does("p02", "show_views", on=True)
    meeting.does("p02", "set_phase", phase="decision")
    for child in ("c1", "c2"):
        meeting.does(
            "p02",
            "record_decision",
            child_id=child,
            outcome="no_plan",
            category=None,
            reasons="Enough is in place.",
            override={"reason": "Some had to leave."},
        )
    meeting.does("p05", "record_dissent", child_id="c1", why="Too early.")
    meeting.does("p02", "close_conference")
    meeting.does("p02", "add_correction", about=f"child/{meeting.worked.of('c1')}", text="She is ten.", why="Birthday")
    return meeting


@pytest.mark.parametrize("changed", [worked_on, decided_otherwise])
def test_what_was_done_live_comes_back_for_every_audience(changed: Callable[[], Live]) -> None:
    file = require_round_trip(changed())
    assert file.acts


def test_ids_of_the_file_come_back_as_they_were_and_new_ones_stay(initial: Worked) -> None:
    meeting = worked_on()
    written_items = [each.id for each in meeting.exported().board_items]
    assert {"b01", "b15", "b17"} <= set(written_items)
    assert meeting.sent[1] in written_items  # Dana's point
    assert initial.of("b01") not in written_items


def test_points_stand_in_the_file_as_they_stand_in_their_group() -> None:
    meeting = worked_on()
    file = meeting.exported()
    for (column, sub), ids in meeting.board.items.order.items():
        if column != "next_step":
            found = [each.id for each in file.board_items if (each.column, each.sub_category) == (column, sub)]
            standing = [
                each.id for each in file.board_items if each.standing or (each.held and not each.held.released_at)
            ]
            assert [meeting.worked.of(each) for each in found if each not in standing] == list(ids)


def test_without_its_acts_an_export_still_gives_the_points_their_ids_words_and_standing() -> None:
    meeting = worked_on()
    alone = ConferenceFile.model_validate_json(written(meeting.exported().model_copy(update={"acts": None})))
    board = play(script_of(alone)).board
    before = meeting.board.items.by_id
    for item_id, item in board.items.by_id.items():
        if item_id in before and item.column != "next_step":
            was = before[item_id]
            assert (item.words.text, item.standing) == (was.words.text, was.standing)
            assert (item.returned_why, item.removed_why) == (was.returned_why, was.removed_why)
    for group, ids in meeting.board.items.order.items():
        if group != ("next_step", "if_things_go_wrong"):  # the file has room for one, and the other is a point
            assert board.items.order.get(group, ()) == ids


def test_an_export_with_acts_that_was_edited_by_hand_is_refused_whole() -> None:
    """Or the one or the other half of it would be silently ignored."""
    raw = json.loads(written(worked_on().exported()))
    raw["board_items"][0]["text"] = "Somebody else's words."
    with pytest.raises(ImportRefused, match="take acts out to import the rest alone"):
        conference_file_from(json.dumps(raw).encode())


@pytest.mark.parametrize(
    ("at", "said", "sentence"),
    [
        ("2025-06-24T11:00:00+00:00", {"type": "sing"}, "acts.said[0].said is not what a command can say."),
        ("2025-06-24T11:00:00+00:00", {"type": "set_phase"}, "acts.said[0].said.id is not what a command can say."),
        ("2025-06-24T11:00:00.000", {}, "acts.said[0].at must be a moment such as 2025-06-24T09:30:00+00:00."),
    ],
)
def test_an_act_that_nobody_can_say_is_refused(initial: Worked, at: str, said: Any, sentence: str) -> None:
    file = initial.file.model_dump(mode="json", by_alias=True, exclude_unset=True)
    file["acts"] = {"of": "", "said": [{"at": at, "by": initial.of("p01"), "said": said}]}
    with pytest.raises(ImportRefused) as refused:
        script_of(ConferenceFile.model_validate_json(json.dumps(file)))
    assert str(refused.value) == sentence


async def test_what_was_done_live_survives_importing_the_file_again(log: EventLog, initial: Worked) -> None:
    """The log keeps what people did; acts of the file that were never made are added where the board now stands."""
    meeting = worked_on()
    await log.create(initial.id)
    await log.append(initial.id, meeting.rows, after=0)
    again = await import_conference(log, meeting.exported())
    assert (again.added, again.already, again.refused) == (0, len(meeting.rows), ())
    before = see(meeting.board, frozenset(), SERVICES_AUDIENCE)["item/" + meeting.worked.of("b01")]
    await import_conference(log, initial.file)
    rows = await log.read(initial.id)
    assert see(play([], rows).board, frozenset(), SERVICES_AUDIENCE)["item/" + initial.of("b01")] == before
    assert [row.at for row in rows] == sorted(row.at for row in rows)


def test_a_conference_that_came_from_no_file_can_be_exported_and_imported(initial: Worked) -> None:
    """Prepared with random ids and nothing kept."""
    steps = [
        step
        if number
        else type(step)(step.at, step.person_id, step.command.model_copy(update={"kept": {}}), step.place)
        for number, step in enumerate(initial.steps)
    ]
    played = play(steps)
    assert played.refused == ()
    file = file_of(initial.id, saved(played.rows))
    assert file.conference.id == initial.id
    again = imported(file)
    assert again.refused == ()
    assert everything_seen(again.board) == everything_seen(played.board)


def test_who_may_not_see_whom_and_who_is_deputy_come_back(initial: Worked) -> None:
    def apart(raw: Any) -> None:
        people = {each["id"]: each for each in raw["people"]}
        people["p09"]["hidden_from"] = ["p10"]
        people["p02"]["deputy"] = True
        for item in raw["board_items"]:  # whoever is kept apart answers what they were let read, not a file
            item["responses"] = [each for each in item["responses"] if each["person_id"] != "p10"]

    raw = changed(initial, apart)
    again = {each["id"]: each for each in exported_again(raw)["people"]}
    assert again["p09"]["hidden_from"] == ["p10"]
    assert again["p02"]["deputy"] is True
    raw["people"][8]["hidden_from"] = ["p99"]
    with pytest.raises(ImportRefused):
        conference_file_from(json.dumps(raw).encode())
