"""Promises that hold whatever happens: over random meetings with people of every role, and nonsense."""

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter

from app.board.board import COMMANDS, evolve, replayed, see
from app.board.keys import OWN_VALUES, VALUES, TitleSeen, value_type
from app.board.refusals import Reason, Refused
from app.board.state import EMPTY, Board
from app.board.terms import Command
from app.board.undo import Undo
from app.realtime.turn import Saved, hash_of
from tests import cast
from tests.board import meeting as moments
from tests.board.histories import History, an_act, histories, screens_of_everyone, whole_conferences
from tests.board.meeting import AUDIENCES, EVERYONE, command_of, number
from tests.cast import (
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    NURSE,
    POLICE_OFFICER,
    SOCIAL_WORKER,
    TEACHER,
)

SCORERS = (SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, DANA, CALLUM, GRANDMOTHER)
SCORES = st.one_of(st.none(), st.integers(0, 10))


ANY_MEETING = st.one_of(histories(), whole_conferences())
FOR_THE_CHAIR = (
    "not_heard",
    "house_to_look_at/",
    "safety_prompt/",
    "still_thinking/",
    "missing/",
    "issued",
    "help/",
    "prompts",
    "cannot_share",
)
FOR_CHAIR_AND_SCRIBE = ("recipients", "letter/", "gaps", "quorum", "reports", "needs", "offered/", "held/", "removed/")


@given(ANY_MEETING)
def test_a_replay_of_what_is_stored_is_the_live_board(history: History) -> None:
    again = replayed(EMPTY, history.meeting.events())
    assert again == history.meeting.board
    for audience in AUDIENCES:  # and in the same order, which equality of maps does not say
        both = (json.dumps(see(board, frozenset(), audience)) for board in (again, history.meeting.board))
        assert next(both) == next(both)


def test_the_random_meetings_have_every_command_in_them() -> None:
    """Saved, and not only tried: what is never saved would be promised nothing by the rest of this file."""
    saved: set[str] = set()

    @settings(max_examples=300, derandomize=True, database=None, phases=[Phase.generate])
    @given(ANY_MEETING)
    def gather(history: History) -> None:
        saved.update(command.type for _, command in history.saved)  # type: ignore[attr-defined]

    gather()
    assert saved == set(COMMANDS)


@given(histories(longest=12), st.data())
def test_a_refusal_changes_nothing_and_is_judged_afresh(history: History, data: st.DataObject) -> None:
    before = history.meeting.board
    person, command = an_act(data.draw, history)  # type: ignore[arg-type]
    answer = history.sends(person, command)
    if isinstance(answer, Refused):
        assert history.meeting.board is before
        assert command.id not in history.meeting.known
        again = history.sends(person, command)
        assert isinstance(again, Refused)
        assert again.reason is answer.reason


@given(histories(longest=15), st.data())
def test_a_repeated_id_adds_nothing(history: History, data: st.DataObject) -> None:
    if not history.saved:
        return
    meeting = history.meeting
    board, rows = meeting.board, len(meeting.rows)
    person, command = data.draw(st.sampled_from(history.saved))
    other = data.draw(st.sampled_from([each for each in EVERYONE if each != person]))
    assert meeting.sends(person, command) == Saved(command.id)
    for who, what in ((other, command), (person, command_of("undo", command.id, of=number(0xABC)))):
        if who == person and hash_of(what) == hash_of(command):
            continue
        answer = meeting.sends(who, what)
        assert isinstance(answer, Refused)
        assert answer.reason is Reason.ID_REUSED
    assert meeting.board is board
    assert len(meeting.rows) == rows


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from(SCORERS), SCORES, min_size=2), st.data())
def test_after_the_reveal_nobody_can_tell_who_was_first(scores: dict[str, int | None], data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(scores)))
    screens = []
    for people in (list(scores), order):
        meeting = moments.scaling_open()
        scale = meeting.named["scale"]
        for person in people:
            meeting.answers(person, scale, scores[person], id=number(int(person[-3:], 16)))
        meeting.does(CHAIR, "reveal_scale", id=number(0xFFF), scale_id=scale)
        screens.append(json.dumps(screens_of_everyone(meeting)))
    assert screens[0] == screens[1]


@settings(max_examples=20)
@given(
    st.sampled_from(["chair", "nobody", "everyone"]),
    st.dictionaries(st.sampled_from(SCORERS), SCORES, min_size=2),
    st.data(),
)
def test_before_the_reveal_nobody_but_the_owner_tells_two_scores_apart(
    show: str, scores: dict[str, int | None], data: st.DataObject
) -> None:
    """Nor who gave which: the spread stays the same when two people exchange their numbers."""
    one, two = data.draw(st.permutations(list(scores)))[:2]
    exchanged = {**scores, one: scores[two], two: scores[one]}
    changed = {**scores, one: data.draw(SCORES)}
    first, second, third = (_screens_with(show, each) for each in (scores, exchanged, changed))
    watching = {"chair": {"chair ", CHAIR}, "nobody": set(), "everyone": set(first)}[show]
    for who in set(first) - {one, two}:
        assert first[who] == second[who]
        if who not in watching:
            assert first[who] == third[who]


def _screens_with(show: str, scores: dict[str, int | None]) -> dict[str, str]:
    meeting = moments.scaling_open()
    scale = meeting.opens(show=show)
    for person, score in scores.items():
        meeting.answers(person, scale, score, why="")
    return {who: json.dumps(screen) for who, screen in screens_of_everyone(meeting).items()}


@given(ANY_MEETING)
def test_what_is_not_on_the_board_is_on_no_screen_but_the_chairs_the_scribes_and_the_authors(history: History) -> None:
    board = history.meeting.board
    screens = {who: _words_in(screen) for who, screen in screens_of_everyone(history.meeting).items()}
    for who, screen in screens.items():
        role = board.people.members[who].role if who in board.people.members else who.strip()
        if role in ("chair", "scribe"):
            continue
        for item in board.items.by_id.values():
            if who == item.author:
                continue
            shown = {item.words.text, *(each.words.text for each in item.earlier[item.shown_from :])}
            ever = {item.words.text, *(each.words.text for each in item.earlier)}
            for text in ever - shown if item.standing == "on_board" else ever:
                assert text not in screen
            if item.standing != "on_board":
                assert f"/{item.id}" not in screen
                assert item.id not in json.dumps([v for k, v in json.loads(screen).items() if k.startswith("order/")])


def _words_in(screen: dict[str, Any]) -> str:
    """Without one's own calls for help: what one asked about may have gone since."""
    return json.dumps({key: value for key, value in screen.items() if key != "mine/help"})


@settings(max_examples=25)
@given(histories())
def test_a_restricted_item_reaches_those_it_names_and_the_chair(history: History) -> None:
    board = history.meeting.board
    screens = {who: json.dumps(screen) for who, screen in screens_of_everyone(history.meeting).items()}
    for each in board.restricted.by_id.values():
        for who, screen in screens.items():
            member = board.people.members.get(who)
            entitled = member and (member.role == "chair" or who in each.visible_to or who == each.by)
            if not entitled:
                assert each.id not in screen
                assert each.text not in screen


@settings(max_examples=25)
@given(ANY_MEETING)
def test_what_is_for_chair_and_scribe_is_on_no_other_screen(history: History) -> None:
    board = history.meeting.board
    copies = board.closing.written.recipients if board.closing.written else ()
    letters = [letter.worried for letter in board.letters.by_child.values()]
    reason = [board.quorum.went_on.reason] if board.quorum.went_on else []
    for who, screen in screens_of_everyone(history.meeting).items():
        role = board.people.members[who].role if who in board.people.members else who.strip()
        if role != "chair":
            assert not [key for key in screen if key.startswith(FOR_THE_CHAIR)]
        if role not in ("chair", "scribe"):
            assert not [key for key in screen if key.startswith(FOR_CHAIR_AND_SCRIBE)]
            words = json.dumps(screen)
            for text in (*(copy.how for copy in copies), *letters, *reason):
                assert text not in words


@settings(max_examples=25)
@given(whole_conferences())
def test_a_round_that_was_taken_back_is_a_question_and_nothing_more(history: History) -> None:
    voided = [scale.id for scale in history.meeting.board.scales.by_id.values() if scale.voided]
    for screen in screens_of_everyone(history.meeting).values():
        for id in voided:
            assert not [key for key in screen if f"/{id}" in key and key != f"scale/{id}"]
            left = screen.get(f"scale/{id}", {"answered": 0, "revealed": False})
            assert (left["answered"], left["revealed"], "spread" in left) == (0, False, False)


@settings(max_examples=25)
@given(whole_conferences())
def test_earlier_numbers_stand_only_beside_a_shown_round_of_the_same_question(history: History) -> None:
    asked = {(before.question, before.direction) for before in cast.EARLIER.scales}
    board = history.meeting.board
    for screen in screens_of_everyone(history.meeting).values():
        for key in (key for key in screen if key.startswith("earlier_answers/")):
            scale = board.scales.by_id[key.removeprefix("earlier_answers/")]
            assert scale.revealed
            assert (scale.opened.question, scale.opened.direction) in asked


@settings(max_examples=25)
@given(whole_conferences())
def test_once_all_is_decided_nothing_that_the_decisions_rest_on_changes(history: History) -> None:
    """Not an answer, a view, a statement, nor how the plan before went; what is on the screens may."""
    board = EMPTY
    for event in history.meeting.events():
        board = evolve(board, event)
        if board.decisions.all_made(board):
            break
    assert _rested_on(board) == _rested_on(history.meeting.board)


def _rested_on(board: Board) -> list[Any]:
    answers = [(scale.opened, scale.answers, scale.revealed, scale.voided) for scale in board.scales.by_id.values()]
    views = board.views.of_agencies, board.views.of_family
    return [answers, views, board.danger, board.marked, board.decisions.by_child]


STRICT = ConfigDict(extra="forbid", strict=True)


@cache
def _adapter(key_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(list[key_type], config=STRICT)  # the list carries the strictness to all that is inside


@settings(max_examples=25)
@given(ANY_MEETING)
def test_every_value_of_every_view_has_the_shape_it_promises(history: History) -> None:
    board = history.meeting.board
    for audience in AUDIENCES:
        view = see(board, frozenset({DANA, CHAIR}), audience)
        _check(view)
        assert not [key for key in view if key == "me" or key.startswith("mine/")]
        assert not [key for key in view if key in OWN_VALUES]
    for person, member in board.people.members.items():
        if member.admitted:
            own = history.meeting.own(person)
            _check(own)
            assert not set(own) & set(VALUES)


def _check(view: dict[str, Any]) -> None:
    blank = set(view) <= {"conference", "blank", "phase", "without_family", "unnamed"}
    for key, value in view.items():
        shape = TitleSeen if key == "conference" and blank else value_type(key)
        assert _adapter(shape).validate_python([value]) == [value], key
        json.dumps(value, allow_nan=False)


def test_the_check_of_shapes_can_fail() -> None:
    blank = moments.mapping().shared(CHAIR)["phase"]
    for wrong in ({**blank, "more": 1}, {}, {"phase": 1}):
        with pytest.raises(ValueError, match=r"phase|more"):
            _adapter(value_type("phase")).validate_python([wrong])


def _without_history(value: Any) -> Any:
    """What is visible but for the versions: words are never overwritten, so undoing makes one more."""
    if isinstance(value, dict):
        return {k: _without_history(v) for k, v in value.items() if k not in ("version", "earlier", "base_version")}
    return [_without_history(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=25)
@given(histories(longest=20))
def test_undo_then_redo_gives_the_same_board_to_everyone(history: History) -> None:
    meeting = history.meeting
    acts = [(person, command) for person, command in history.saved if not isinstance(command, Undo)]
    for person, command in acts[:-4:-1]:
        member = meeting.board.people.members[person]
        if not member.admitted:
            continue
        before = screens_of_everyone(meeting)
        undoing = command_of("undo", history.fresh_id(), of=command.id)
        if isinstance(history.sends(person, undoing), Refused):
            continue
        undone = screens_of_everyone(meeting)
        redoing = command_of("undo", history.fresh_id(), of=undoing.id)
        answer = history.sends(person, redoing)
        if isinstance(answer, Refused):  # what one may no longer do, one does not redo: a floor that is gone
            assert answer.reason in (Reason.NOT_ALLOWED, Reason.CHANGED_SINCE)
            continue
        assert _without_history(screens_of_everyone(meeting)) == _without_history(before)
        again = command_of("undo", history.fresh_id(), of=redoing.id)
        if isinstance(history.sends(person, again), Saved):
            assert _without_history(screens_of_everyone(meeting)) == _without_history(undone)
            history.sends(person, command_of("undo", history.fresh_id(), of=again.id))


Part = tuple[str, str]


def _parts(board: Board) -> dict[Part, Any]:
    """Everything that a person can change and take back, and what it is now."""
    parts: dict[Part, Any] = {
        ("phase", ""): board.running.phase,
        ("floor", ""): board.running.floor,
        ("lamp", ""): board.running.lamp,
    }
    for item in board.items.by_id.values():
        parts[("wording", item.id)] = item.words
        parts[("group", item.id)] = (item.column, item.sub_category)
        parts[("standing", item.id)] = item.standing
        parts[("responses", item.id)] = item.responses
    parts |= {("statement", each.id): each.text for each in board.danger.statements.values()}
    parts |= {("statement", each.id): each.text for each in board.danger.goals.values()}
    parts[("people", "")] = board.people
    parts[("answers", "")] = (board.scales, board.views, board.decisions, board.restricted, board.conference)
    parts[("written", "")] = (board.quorum, board.marked, board.closing, board.letters, board.issued)
    return parts


@given(st.data())
@settings(max_examples=50)
def test_undo_never_changes_what_somebody_else_changed(data: st.DataObject) -> None:
    history = History(data.draw(st.sampled_from([moments.mapping, moments.scaling_open]))())
    acts: list[tuple[str, Command, set[Part]]] = []
    taken_back: set[str] = set()
    for _ in range(data.draw(st.integers(2, 30))):
        before = _parts(history.meeting.board)
        person, command = an_act(data.draw, history)  # type: ignore[arg-type]
        if isinstance(history.sends(person, command), Refused):
            continue
        after = _parts(history.meeting.board)
        changed = {part for part in before.keys() | after.keys() if before.get(part) != after.get(part)}
        if isinstance(command, Undo):
            assert _foreign_acts(acts, taken_back, person, command.of, changed) == []
            assert not changed & {("people", ""), ("answers", ""), ("written", "")}
            assert not {part for part in changed if part[0] == "responses"}
            taken_back.add(command.of)
            if command.of in {each.id for _, each, _ in acts if isinstance(each, Undo)}:
                taken_back -= {each.of for _, each, _ in acts if isinstance(each, Undo) and each.id == command.of}
        acts.append((person, command, changed))


def _foreign_acts(
    acts: list[tuple[str, Command, set[Part]]], taken_back: set[str], person: str, of: str, changed: set[Part]
) -> list[Command]:
    """What somebody else did to the same part since, and has not taken back."""
    since = [command.id for _, command, _ in acts].index(of) if of in [c.id for _, c, _ in acts] else -1
    return [
        command
        for who, command, parts in acts[since + 1 :]
        if who != person and parts & changed and command.id not in taken_back and not isinstance(command, Undo)
    ]


@pytest.mark.soak
@settings(settings.get_profile("rules-soak"))
@given(histories(longest=150))
def test_a_long_meeting_replays_too(history: History) -> None:
    assert replayed(EMPTY, history.meeting.events()) == history.meeting.board
