"""A review knows what the conference before it decided: from the log where it is there, else from its own file."""

import json
from typing import Any

import pytest

from app.board.actor import CHAIR, ROOM, SERVICES_AUDIENCE
from app.board.board import View, see
from app.board.state import Board
from app.script.export import export_conference, file_of
from app.script.file import conference_file_from, written
from app.script.importer import import_conference
from app.script.parts import ConferenceFile
from app.script.past import board_of
from app.script.play import play
from app.script.script import script_of
from app.store.log import EventLog
from tests.script.worked import Live, Worked, everything_seen, imported, saved


async def both(log: EventLog, initial: Worked, review: Worked) -> Board:
    """The first conference is imported, then the review."""
    assert (await import_conference(log, initial.file)).refused == ()
    assert (await import_conference(log, review.file)).refused == ()
    return board_of(await log.read(review.id))


def everybody_sees(board: Board) -> View:
    return see(board, frozenset(), ROOM)


def changed(conference: Worked, **parts: Any) -> ConferenceFile:
    return conference_file_from(json.dumps(json.loads(json.dumps(conference.raw)) | parts).encode())


def part(conference: Worked, name: str, **changes: Any) -> dict[str, Any]:
    whole: dict[str, Any] = conference.raw[name] | changes
    return whole


async def test_the_review_is_handed_what_the_first_conference_in_the_log_left(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    seen = everybody_sees(await both(log, initial, review))
    assert seen["earlier"] == {"held_on": "2025-06-24", "title": initial.raw["conference"]["title"]}
    steps = [value["text"] for key, value in seen.items() if key.startswith("earlier_step/")]
    assert steps == [step["what"] for step in initial.raw["next_steps"]]
    points = {value["text"] for key, value in seen.items() if key.startswith("earlier_item/")}
    assert points == {item["text"] for item in initial.raw["board_items"]} | {initial.raw["if_things_go_wrong"]}


async def test_what_was_restricted_at_the_first_conference_is_not_handed_on(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    board = await both(log, initial, review)
    views = json.dumps(everything_seen(board))
    assert board.conference.earlier
    for item in initial.raw["restricted"]["items"]:
        assert item["text"] not in views
        assert item["text"] not in board.conference.earlier.model_dump_json()


async def test_each_earlier_step_and_goal_says_how_it_went(log: EventLog, initial: Worked, review: Worked) -> None:
    seen = everybody_sees(await both(log, initial, review))
    expected = {"done": "done", "done_and_carrying_on": "done", "done_late": "done"}
    for step in review.raw["earlier_next_steps"]:
        found = seen[f"earlier_step/{initial.of(step['id'])}"]
        assert (found["progress"], found["note"]) == (expected[step["progress"]], step.get("note", "")), step["id"]
    assert seen[f"earlier_step/{initial.of('n3')}"]["progress"] is None
    goals = {goal["id"]: goal for goal in review.raw["safety_goals"]}
    for id, progress in (("g1", "done"), ("g2", "partly")):
        found = seen[f"earlier_goal/{initial.of(id)}"]
        assert (found["progress"], found["note"]) == (progress, goals[id]["progress_note"]), id


async def test_numbers_of_the_review_between_them_are_added_from_the_file(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    seen = see(await both(log, initial, review), frozenset(), SERVICES_AUDIENCE)
    answers = seen[f"earlier_answers/{review.of('s1')}"]
    of_naomi = [(each["held_on"], each["score"]) for each in answers if each["person_id"] == review.of("p03")]
    assert of_naomi == [("2025-06-24", 3), ("2025-09-16", 5)]
    assert ("2025-06-24", review.of("p04"), 3) in [(a["held_on"], a["person_id"], a["score"]) for a in answers]


def test_a_review_alone_says_what_its_own_file_knows(review: Worked) -> None:
    seen = everybody_sees(review.board)
    assert seen["earlier"]["held_on"] == "2025-06-24"
    assert not [key for key in seen if key.startswith(("earlier_step/", "earlier_item/"))]
    goals = [value for key, value in seen.items() if key.startswith("earlier_goal/")]
    assert [goal["danger_text"] for goal in goals] == [
        danger["first_wording"] for danger in review.raw["danger_statements"]
    ]
    assert [goal["progress"] for goal in goals] == ["done", "partly"]


def test_a_first_conference_has_none_before_it(initial: Worked) -> None:
    assert initial.board.conference.earlier is None


async def test_importing_both_again_adds_nothing(log: EventLog, initial: Worked, review: Worked) -> None:
    await both(log, initial, review)
    for conference in (initial, review):
        again = await import_conference(log, conference.file)
        assert (again.added, again.refused) == (0, ())


async def test_a_review_that_was_imported_first_stays_as_it_is(log: EventLog, initial: Worked, review: Worked) -> None:
    for conference in (review, initial, review):
        last = await import_conference(log, conference.file)
    assert (last.added, last.refused) == (0, ())


async def test_a_first_conference_that_is_not_over_hands_nothing_on(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    await log.create(initial.id)
    await log.append(initial.id, initial.played.rows[:-1], after=0)
    await import_conference(log, review.file)
    earlier = board_of(await log.read(review.id)).conference.earlier
    assert earlier
    assert earlier.items == ()


async def test_both_are_exported_byte_for_byte_and_bring_both_back(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    await both(log, initial, review)
    for conference in (initial, review):
        exported = await export_conference(log, conference.id)
        assert exported == conference.raw
        assert list(exported) == list(conference.raw)


async def test_without_the_first_conference_an_export_carries_what_was_handed_on(
    log: EventLog, initial: Worked, review: Worked
) -> None:
    board = await both(log, initial, review)
    await log.delete(initial.id)
    exported = await export_conference(log, review.id)
    again = play(script_of(conference_file_from(json.dumps(exported).encode())))
    assert again.refused == ()
    now, then = everything_seen(again.board), everything_seen(board)
    for view in then.values():
        view.pop("fingerprint", None)  # it is of the rows of one log
    assert now == then


def test_progress_that_was_marked_anew_stands_in_the_export(initial: Worked, review: Worked) -> None:
    before_the_end = [step for step in review.steps if step.at < review.steps[-1].at]
    played = play(before_the_end[: [step.place for step in before_the_end].index("threshold_explained")])
    meeting = Live(review, played.board, list(played.rows), played.rows[-1].at)
    meeting.does("p03", "mark_progress", of=initial.of("g2"), progress="not", note="Not yet.")
    file = meeting.exported()
    assert [(goal.progress, goal.progress_note) for goal in file.safety_goals] == [
        ("met", review.raw["safety_goals"][0]["progress_note"]),
        ("not", "Not yet."),
    ]
    assert everything_seen(imported(file).board) == everything_seen(meeting.board)


def test_a_word_for_progress_that_the_board_has_not_is_kept_and_not_said(review: Worked) -> None:
    goals = [dict(goal, progress="in_a_way") for goal in review.raw["safety_goals"]]
    file = changed(review, safety_goals=goals)
    played = play(script_of(file))
    assert (played.refused, played.board.marked.by_id) == ((), {})
    again = file_of(review.id, saved(played.rows))
    assert [goal.progress for goal in again.safety_goals] == ["in_a_way", "in_a_way"]
    assert again.acts is None


def test_a_conference_that_names_itself_as_the_one_before_has_none(review: Worked) -> None:
    dangers = [dict(danger, from_conference="conf-3") for danger in review.raw["danger_statements"]]
    file = changed(review, danger_statements=dangers, earlier_next_steps=[])
    played = play(script_of(file))
    assert (played.refused, played.board.conference.earlier) == ((), None)


@pytest.mark.parametrize(
    ("version", "kind", "children"),
    [
        ("family", "family", []),
        ("plan_only", "plan_only", []),
        ("family_part_about_c2_and_shared_items", "family", ["c2"]),
        ("family_part_about_c1_and_c2_and_shared_items", "family", ["c1", "c2"]),
    ],
)
def test_who_gets_which_copy_is_arranged_as_the_file_says(
    initial: Worked, version: str, kind: str, children: list[str]
) -> None:
    recipients = [{"person_id": "p09", "version": version, "how": "by hand"}]
    file = changed(initial, after=part(initial, "after", who_gets_the_record=recipients))
    played = play(script_of(file))
    assert played.refused == ()
    (seen,) = see(played.board, frozenset(), CHAIR)["recipients"]
    assert seen == {
        "person_id": initial.of("p09"),
        "version": kind,
        "children": [initial.of(child) for child in children],
        "how": "by hand",
    }
    assert json.loads(written(file_of(initial.id, saved(played.rows)))) == json.loads(written(file))


def test_how_somebody_gets_their_copy_is_for_chair_and_scribe_alone(initial: Worked) -> None:
    for who, view in everything_seen(initial.board).items():
        assert ("at his brother's" in json.dumps(view.get("recipients", []))) is who.startswith(("chair", "scribe")), (
            who
        )


def test_dates_alone_arrange_nothing(initial: Worked) -> None:
    dates = {name: initial.raw["after"][name] for name in ("core_group_by", "review_by", "letter_by", "record_by")}
    file = changed(initial, after=dates)
    played = play(script_of(file))
    assert (played.refused, played.board.closing.written) == ((), None)
    assert json.loads(written(file_of(initial.id, saved(played.rows)))) == json.loads(written(file))


def test_a_copy_that_the_rules_do_not_give_is_refused_by_its_place(initial: Worked) -> None:
    recipients = [{"person_id": "p09", "version": "full", "how": ""}]
    played = play(script_of(changed(initial, after=part(initial, "after", who_gets_the_record=recipients))))
    assert [f"{each.place}: {each.reason}" for each in played.refused] == ["after: wrong_version"]
