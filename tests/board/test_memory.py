"""Remembering what was seen makes a room quick and changes nothing of what anybody sees."""

from collections.abc import Iterator

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.board import board as verbs
from app.board.board import View, evolve, see, see_own, see_parts
from app.board.memory import Memory
from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.state import EMPTY, Board
from tests.board.histories import History, histories, whole_conferences
from tests.board.meeting import AUDIENCES

ANY_MEETING = st.one_of(histories(), whole_conferences())


@settings(max_examples=60)
@given(ANY_MEETING)
def test_a_room_that_remembers_shows_what_one_that_forgets_would(history: History) -> None:
    compare(history)


def compare(history: History) -> None:
    memory = Memory()
    for present, board in moments_of(history):
        for audience in AUDIENCES:
            assert see(board, present, audience, memory) == see(board, present, audience)
        for own, forgetful in own_parts(board, memory):
            assert own == forgetful


def is_noticed() -> bool:
    """In some random meeting; the first will do, it need not be the simplest."""
    search = settings(max_examples=400, database=None, derandomize=True, phases=[Phase.generate])
    try:
        search(given(ANY_MEETING)(compare))()
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("broken", [("is_", True), ("is_not", False)])
def test_that_comparison_notices_a_memory_that_takes_old_for_new(
    broken: tuple[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, answer = broken
    monkeypatch.setattr(f"app.board.memory.{name}", lambda was, now: answer)
    assert is_noticed()


# Each part of the board that a view is made of, but the conference itself, which is made once, and what only a page of
# ours does, which no random meeting has in it. What is let read and what is private are in no line that all are shown.
DEPENDENCIES = (
    *("people", "running", "items.by_id", "items.order", "danger", "scales", "views", "decisions", "quorum"),
    *("marked", "closing", "letters", "houses", "preparing", "present", "seat"),
)


RARE = {"marked", "quorum", "seat"}  # in few random meetings, so that the search for one takes long


@pytest.mark.parametrize(
    "left_out", [pytest.param(name, marks=pytest.mark.soak) if name in RARE else name for name in DEPENDENCIES]
)
def test_it_notices_a_part_that_does_not_say_what_it_is_made_of(left_out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    forgetful = {
        whose: tuple((made_of - {left_out}, see_part) for made_of, see_part in parts)
        for whose, parts in verbs._PARTS.items()
    }
    monkeypatch.setattr(verbs, "_PARTS", forgetful)
    assert is_noticed()


def test_every_part_of_the_board_is_one_that_is_looked_at() -> None:
    assert {*verbs._NAMES} - {"conference", "restricted", "issued", "apart", "private"} == {*DEPENDENCIES}


@settings(max_examples=20)
@given(ANY_MEETING)
def test_no_key_stands_in_two_parts_of_a_view(history: History) -> None:
    memory = Memory()
    for audience in AUDIENCES:
        keys = [key for part in see_parts(history.meeting.board, frozenset(), audience, memory) for key in part]
        assert len(keys) == len({*keys})


def moments_of(history: History) -> Iterator[tuple[frozenset[str], Board]]:
    """Every board on the way, with somebody coming in or going out at each."""
    board = EMPTY
    for number, event in enumerate(history.meeting.events()):
        board = evolve(board, event)
        people = list(board.people.members)
        yield frozenset(people[: number % (len(people) + 1)]), board


def own_parts(board: Board, memory: Memory) -> Iterator[tuple[View, View]]:
    for person in board.people.members:
        try:
            actor = actor_of(board, person)
        except Refused:
            continue
        yield see_own(board, actor, memory), see_own(board, actor)
