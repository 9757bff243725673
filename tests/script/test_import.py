"""What the worked files say is what stands on the board, and the rules were asked about all of it."""

import json
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.board.actor import CHAIR, SERVICES_AUDIENCE
from app.board.adding import ItemAdded
from app.board.board import COMMANDS, see
from app.board.items import Item
from app.board.offers import ItemPlaced, ItemReleased
from app.board.running import BreakEnded, BreakTaken, PhaseSet
from app.realtime.turn import events_of
from app.script.acts import CALL_OF, COMMAND_OF, FROM_WITHIN, said
from app.script.demo import HOME
from app.script.file import conference_file_from
from app.script.importer import import_conference
from app.script.play import play
from app.script.script import script_of
from app.store.log import EventLog
from tests.script.worked import Worked, everything_seen, worked


def local(conference: Worked, clock: str) -> datetime:
    day = datetime.fromisoformat(conference.raw["conference"]["held_on"])
    return datetime.combine(day, time.fromisoformat(clock), ZoneInfo("Europe/London")).astimezone(UTC)


def item(conference: Worked, file_id: str) -> Item:
    return conference.board.items.by_id[conference.of(file_id)]


def test_the_rules_refuse_nothing_of_the_worked_files(conference: Worked) -> None:
    assert conference.played.refused == ()
    assert len(conference.played.rows) == len(conference.steps)


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("example-conference", "8b9c0b77afb4be179b68878a245033d18de126eabc26bc012e9d5cc5d105f353"),
        ("example-review", "29686f104f71094817df0e031c8030d124af524c61ab4fa28a827d0690fda032"),
    ],
)
def test_the_worked_files_are_shipped_byte_for_byte(name: str, digest: str) -> None:
    assert sha256((HOME / f"{name}.json").read_bytes()).hexdigest() == digest


def test_every_child_agency_and_person_is_there_and_the_screen_on_the_wall(conference: Worked) -> None:
    board = conference.board
    assert {each["known_as"]: each["age"] for each in conference.raw["children"]} == {
        child.name: child.age for child in board.conference.children.values()
    }
    assert [each["name"] for each in conference.raw["agencies"]] == [
        each.name for each in board.conference.agencies.values()
    ]
    assert [(each["name"], each["role"], each["attendance"]) for each in conference.raw["people"]] == [
        (each.name, each.role, each.attendance) for each in board.people.members.values()
    ][:-1]
    wall = board.people.members[conference.of("room_screen")]
    assert (wall.name, wall.role) == ("Room screen", "room_screen")


def test_everybody_came_and_left_when_the_file_says(conference: Worked) -> None:
    for each in conference.raw["people"]:
        member = conference.board.people.members[conference.of(each["id"])]
        assert member.since == (local(conference, each["joined_at"]) if "joined_at" in each else None)
        assert member.left == (local(conference, each["left_at"]) if "left_at" in each else None)


def test_an_advocate_shares_the_screen_of_the_child_whose_words_they_bring(conference: Worked) -> None:
    bea = conference.board.people.members[conference.of("p08")]
    assert bea.sits_with == conference.of("c1")
    assert bea.children == {conference.of("c1")}


def test_every_item_has_the_words_kind_source_and_children_of_the_file(conference: Worked) -> None:
    for each in conference.raw["board_items"]:
        found = item(conference, each["id"])
        assert found.standing == "on_board"
        assert (found.column, found.sub_category) == (each["column"], each["sub_category"])
        assert (found.words.text, found.words.kind) == (each["text"], each["kind"])
        assert found.words.about_children == tuple(conference.of(child) for child in each["about_children"])
        assert found.source.person_id == conference.of(each["source"]["person_id"])
        assert found.source.basis == each["source"]["basis"]
        assert found.family_knows == each["family_knew_before_meeting"]
        assert (found.words.happened_on and found.words.happened_on.isoformat()) == each["happened_on"]


def test_every_group_stands_in_the_order_of_the_file(conference: Worked) -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for each in conference.raw["board_items"]:
        groups.setdefault((each["column"], each["sub_category"]), []).append(conference.of(each["id"]))
    order = conference.board.items.order
    assert {group: list(ids) for group, ids in order.items() if group[0] != "next_step"} == groups
    assert list(order["next_step", "next_step"]) == [conference.of(each["id"]) for each in conference.raw["next_steps"]]


def test_every_response_stands_beside_its_item(conference: Worked) -> None:
    for each in conference.raw["board_items"]:
        assert [(r.person_id, r.agrees, r.text) for r in item(conference, each["id"]).responses] == [
            (conference.of(r["person_id"]), r["agrees"], r["text"]) for r in each["responses"]
        ]


def test_each_point_was_typed_by_whoever_brought_it_or_read_it_out(conference: Worked) -> None:
    for each in conference.raw["board_items"]:
        typist = each.get("read_out_by", each["source"]["person_id"])
        assert item(conference, each["id"]).author == conference.of(typist)


def test_the_chair_places_what_others_offer_a_second_later(initial: Worked) -> None:
    events = [event for row in initial.rows for event in events_of(row)]
    added = {event.id: event for event in events if isinstance(event, ItemAdded)}
    placed = [event for event in events if isinstance(event, ItemPlaced)]
    assert len(placed) == 22  # of 25: two the chair read out herself, one was held
    for event in placed:
        assert event.by == initial.of("p01")
        assert (event.at - added[event.item_id].at).total_seconds() == 1


def test_what_was_new_to_the_family_was_held_until_they_had_heard_it(initial: Worked) -> None:
    events = [event for row in initial.rows for event in events_of(row)]
    (added,) = [each for each in events if isinstance(each, ItemAdded) and each.id == initial.of("b14")]
    (released,) = [each for each in events if isinstance(each, ItemReleased)]
    assert (added.standing, added.by, added.at) == ("held", initial.of("p06"), local(initial, "10:50"))
    assert (released.by, released.at) == (initial.of("p01"), local(initial, "11:02"))
    assert (released.told_by, released.told_at) == (initial.of("p06"), local(initial, "10:54"))
    assert item(initial, "b14").new_today
    before = [step for step in initial.steps if step.at < released.at]
    for who, view in everything_seen(play(before).board).items():
        may = who.startswith(("chair", "scribe")) or who == f"own {initial.of('p06')}"
        assert ("three health visitors" in json.dumps(view)) is may


def test_the_phases_and_the_break_come_at_their_times(initial: Worked) -> None:
    events = [event for row in initial.rows for event in events_of(row)]
    happened = [
        (
            event.at,
            "paused" if isinstance(event, BreakTaken) else "on" if isinstance(event, BreakEnded) else event.phase,
        )
        for event in events
        if isinstance(event, PhaseSet | BreakTaken | BreakEnded)
    ]
    expected = [(local(initial, each["at"]), each["phase"]) for each in initial.raw["timeline"]]
    expected[4] = (expected[4][0], "on")  # the phase stays through a break
    assert happened == expected


def test_danger_statements_keep_their_first_wording_and_why_it_changed(conference: Worked) -> None:
    for each in conference.raw["danger_statements"]:
        danger = conference.board.danger.statements[conference.of(each["id"])]
        assert danger.text == each["agreed_wording"]
        assert danger.brought_by == conference.of(each["brought_by"])
        if each["changed_at"]:
            (earlier,) = danger.earlier
            assert (earlier.text, earlier.why) == (each["first_wording"], each["changed_because"])
            assert earlier.replaced_at == local(conference, each["changed_at"])
        else:
            assert danger.earlier == ()


def test_goals_and_next_steps_say_who_does_what_by_when(conference: Worked) -> None:
    for each in conference.raw["safety_goals"]:
        goal = conference.board.danger.goals[conference.of(each["id"])]
        assert (goal.text, goal.for_how_long) == (each["text"], each["for_how_long"])
        assert goal.danger_id == conference.of(each["danger_statement_id"])
    for each in conference.raw["next_steps"]:
        words = item(conference, each["id"]).words
        assert (words.text, words.how_we_will_know) == (each["what"], each["how_we_will_know"])
        assert words.who == tuple(conference.of(person) for person in each["who"])
        assert (words.by and words.by.isoformat(), words.repeats) == (each["by"], each.get("repeats"))
        assert words.goal_id == conference.of(each["goal_id"])
    (if_wrong,) = conference.board.items.order["next_step", "if_things_go_wrong"]
    assert conference.board.items.by_id[if_wrong].words.text == conference.raw["if_things_go_wrong"]


def test_every_number_is_there_with_its_why_and_whose_it_is(conference: Worked) -> None:
    (each,) = conference.raw["scale_questions"]
    scale = conference.board.scales.by_id[conference.of("s1")]
    assert (scale.opened.question, scale.opened.direction) == (each["text"], each["direction"])
    assert scale.opened.show == "chair"
    assert f"10: {scale.opened.high_end}" == each["high_anchor"]
    assert f"0: {scale.opened.low_end}" == each["low_anchor"]
    assert scale.opened.at == local(conference, each["opened_at"])
    assert scale.revealed_at == local(conference, each["revealed_at"])
    assert [(a.person_id, a.for_child, a.score, a.passed, a.why) for a in scale.answers.values()] == [
        (
            conference.of(a["person_id"]),
            conference.of(a["on_behalf_of_child"]) if "on_behalf_of_child" in a else None,
            a["score"],
            a["passed"],
            a["why"],
        )
        for a in each["answers"]
    ]


def test_every_view_is_there_and_those_of_absent_agencies_are_from_their_report(conference: Worked) -> None:
    given = conference.board.views.of_agencies
    in_person = conference.raw["agency_views"]
    in_writing = conference.raw["written_views_from_absent_agencies"]
    assert len(given) == len(in_person) + len(in_writing)
    for each in (*in_person, *in_writing):
        view = given[conference.of(each["child_id"]), conference.of(each["agency_id"])]
        assert (view.view, view.why) == (each["view"], each["why"])
        assert view.by == conference.of(each.get("given_by", "p01"))
        assert view.report_id == (conference.of(each["from_report"]) if "from_report" in each else None)
    assert [(view.person_id, view.text) for view in conference.board.views.of_family.values()] == [
        (conference.of(each["person_id"]), each["view"]) for each in conference.raw["family_views"]
    ]
    assert conference.board.views.shown


def test_an_absent_parents_view_is_typed_by_the_chair_as_theirs(initial: Worked) -> None:
    view = initial.board.views.of_family[initial.of("p12")]
    assert view.by == initial.of("p01")


def test_each_child_has_their_own_decision_with_its_own_category(initial: Worked, review: Worked) -> None:
    for conference in (initial, review):
        for each in conference.raw["decisions"]:
            decision = conference.board.decisions.by_child[conference.of(each["child_id"])]
            assert (decision.outcome, decision.category) == (each["outcome"], each["category"])
            assert (decision.plain_words, decision.reasons) == (each["category_in_plain_words"], each["reasons"])
            assert decision.views_considered == each["views_considered"]
            assert decision.at == local(conference, each["decided_at"])
            assert (decision.override, decision.went_without) == (None, ())
    assert [each.category for each in initial.board.decisions.by_child.values()] == ["emotional_abuse", "neglect"]


def test_a_formal_disagreement_is_recorded_and_a_difference_is_not(review: Worked) -> None:
    (dissent,) = review.board.decisions.dissent
    assert (dissent.by, dissent.child_id) == (review.of("p05"), review.of("c1"))
    assert dissent.why.startswith("School thinks")
    assert dissent.at == local(review, "14:39")
    assert (
        review.board.conference.kept["differences_not_recorded_as_dissent"]
        == (review.raw["differences_not_recorded_as_dissent"])
    )


def test_the_test_for_a_plan_was_explained_and_the_conference_is_closed(conference: Worked) -> None:
    threshold = conference.board.running.threshold
    assert threshold
    assert threshold.at == local(conference, conference.raw["threshold_explained"]["at"])
    assert conference.board.conference.closed_at == local(conference, conference.raw["conference"]["ended_at"])
    assert conference.board.running.started_at == local(conference, conference.raw["conference"]["started_at"])


def test_what_no_command_says_is_kept_for_the_chair_alone(review: Worked) -> None:
    kept: Any = review.board.conference.kept
    for name in ("preparation", "quorum", "settings_used", "earlier_next_steps"):
        assert kept[name] == review.raw[name]
    assert kept["after"] == {name: review.raw["after"][name] for name in ("review_by", "letter_by", "record_by")}
    assert kept["safety_goals"][1]["progress"] == "partly_met"
    assert kept["scale_questions"][0]["answers"][0]["earlier"] == {"conf-1": 3, "conf-2": 5}
    assert kept["children"][0]["plan_now"] == "child_protection_plan"
    assert "prepared" in see(review.board, frozenset(), CHAIR)
    assert "prepared" not in see(review.board, frozenset(), SERVICES_AUDIENCE)
    assert "text" not in json.dumps(kept["board_items"])


def test_no_act_comes_before_the_one_that_it_follows(conference: Worked) -> None:
    times = [step.at for step in conference.steps]
    assert times == sorted(times)


async def test_an_import_is_one_conference_in_the_log(log: EventLog, conference: Worked) -> None:
    imported = await import_conference(log, conference.file)
    assert imported.conference_id == conference.id
    assert (imported.added, imported.already, imported.refused) == (len(conference.steps), 0, ())
    assert [row.body for row in await log.read(conference.id)] == [row.body for row in conference.rows]
    assert await log.verify(conference.id) is None


async def test_importing_again_adds_nothing(log: EventLog, conference: Worked) -> None:
    await import_conference(log, conference.file)
    again = await import_conference(log, conference.file)
    assert (again.added, again.already, again.refused) == (0, len(conference.steps), ())
    assert await log.conferences() == [conference.id]


async def test_both_conferences_live_in_one_log(log: EventLog, initial: Worked, review: Worked) -> None:
    """They share the names of people and points; what the one hands on to the other is in `test_earlier`."""
    await import_conference(log, review.file)
    imported = await import_conference(log, initial.file)
    assert (imported.added, imported.refused) == (len(initial.steps), ())
    assert initial.of("b01") != review.of("b01")
    assert set(await log.conferences()) == {initial.id, review.id}


async def test_an_import_that_broke_off_goes_on_where_it_stopped(log: EventLog, initial: Worked) -> None:
    await log.create(initial.id)
    await log.append(initial.id, initial.played.rows[:40], after=0)
    imported = await import_conference(log, initial.file)
    assert (imported.added, imported.already) == (len(initial.steps) - 40, 40)


async def test_another_wording_under_the_same_id_is_named_and_changes_nothing(log: EventLog, initial: Worked) -> None:
    await import_conference(log, initial.file)
    raw = json.loads(json.dumps(initial.raw))
    raw["board_items"][3]["text"] = "Other words."
    imported = await import_conference(log, conference_file_from(json.dumps(raw).encode()))
    assert imported.added == 0
    (refused,) = imported.refused
    assert str(refused).startswith("board_items[3] (b04): id_reused: ")


def test_what_the_rules_refuse_is_named_by_its_place_and_the_rest_goes_on(initial: Worked) -> None:
    raw = json.loads(json.dumps(initial.raw))
    raw["board_items"][13]["sub_category"] = "existing_strength"
    raw["board_items"][14]["source"]["person_id"] = "p99"
    raw["scale_questions"][0]["answers"][0]["passed"] = True
    played = play(script_of(conference_file_from(json.dumps(raw).encode())))
    assert [f"{each.place}: {each.reason}" for each in played.refused] == [
        "board_items[14] (b15): not_admitted",
        "board_items[13] (b14): wrong_group",
        "board_items[13] (b14).held: not_found",
        "board_items[13].responses[0] (b14): not_found",
        "scale_questions[0].answers[0] (s1): score_or_pass",
    ]
    assert len(played.board.items.order["worry", "past_harm"]) == 6
    assert played.board.conference.closed_at


def test_every_command_can_be_read_back_from_what_it_led_to(conference: Worked) -> None:
    """Or a repeated import could not tell that nothing changed."""
    board = play([]).board
    for step, row in zip(conference.steps, conference.rows, strict=True):
        assert said(board, events_of(row)) == step.command
        board = play([], conference.rows[: row.seq]).board


def test_no_command_is_forgotten_by_what_reads_them_back() -> None:
    assert {*COMMAND_OF.values(), *CALL_OF.values()} == {*COMMANDS, *FROM_WITHIN}


def test_a_group_keeps_its_order_where_its_first_point_was_held(initial: Worked) -> None:
    raw = json.loads(json.dumps(initial.raw))
    first, second, third = (item for item in raw["board_items"] if item["sub_category"] == "future_danger")
    first["family_knew_before_meeting"] = False
    first["held"] = raw["board_items"][13]["held"]
    second["responses"] = third["responses"] = [{"person_id": "p09", "agrees": "yes", "text": "I know."}]
    played = play(script_of(conference_file_from(json.dumps(raw).encode())))
    assert played.refused == ()
    assert played.board.items.order["worry", "future_danger"] == tuple(
        initial.of(item["id"]) for item in (first, second, third)
    )


def test_a_point_whose_id_is_a_uuid_keeps_it(initial: Worked) -> None:
    """It came from a board, and screens may know it."""
    raw = json.loads(json.dumps(initial.raw))
    raw["board_items"][3]["id"] = "0b9e0bb4-5a54-4a5c-8a2e-0d4ad1b8a6ff"
    board = play(script_of(conference_file_from(json.dumps(raw).encode()))).board
    assert board.items.by_id["0b9e0bb4-5a54-4a5c-8a2e-0d4ad1b8a6ff"].words.text == raw["board_items"][3]["text"]


def test_a_childs_own_words_under_the_childs_name_come_with_their_advocate(initial: Worked) -> None:
    raw = json.loads(json.dumps(initial.raw))
    raw["board_items"][4]["source"]["person_id"] = "c1"
    raw["restricted"]["items"][1]["source"]["person_id"] = "c1"
    played = play(script_of(conference_file_from(json.dumps(raw).encode())))
    assert played.refused == ()
    assert played.board.items.by_id[initial.of("b05")].author == initial.of("p08")
    assert played.board.restricted.by_id[initial.of("x02")].by == initial.of("p08")


@pytest.mark.parametrize("count", [0, 1])
def test_a_conference_that_has_barely_begun_can_be_imported(count: int) -> None:
    raw: dict[str, Any] = json.loads(json.dumps(worked("example-conference").raw))
    for name in ("board_items", "danger_statements", "safety_goals", "next_steps", "scale_questions", "agency_views"):
        raw[name] = []
    for name in ("written_views_from_absent_agencies", "family_views", "decisions"):
        raw[name] = []
    raw["timeline"] = raw["timeline"][:count]
    raw["restricted"]["items"] = []
    raw["if_things_go_wrong"] = raw["threshold_explained"] = raw["conference"]["ended_at"] = None
    for person in raw["people"]:
        person.pop("left_at", None)
    played = play(script_of(conference_file_from(json.dumps(raw).encode())))
    assert played.refused == ()
    assert played.board.running.phase == "prepare"
