"""Remembering what was seen makes a room quick and changes nothing of what anybody sees."""

from collections.abc import Iterator

import pytest
from hypothesis import given

from app.board.board import View, evolve, see, see_own
from app.board.memory import Memory
from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.state import EMPTY, Board
from tests.board.histories import History, histories
from tests.board.meeting import AUDIENCES


@given(histories())
def test_a_room_that_remembers_shows_what_one_that_forgets_would(history: History) -> None:
    memory = Memory()
    for present, board in moments_of(history):
        for audience in AUDIENCES:
            assert see(board, present, audience, memory) == see(board, present, audience)
        for own, forgetful in own_parts(board, memory):
            assert own == forgetful


def test_that_comparison_notices_a_memory_that_takes_old_for_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.board.memory.is_", lambda was, now: True)
    with pytest.raises(AssertionError):
        test_a_room_that_remembers_shows_what_one_that_forgets_would()


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
