"""Looking back: the board as it stood after any act of the meeting, as each audience saw it then."""

import asyncio
from collections.abc import Iterable

from typing_extensions import TypedDict

from app.board.actor import audience_of
from app.board.board import see
from app.board.people import actor_of
from app.board.running import PhaseSet
from app.board.state import EMPTY, Board
from app.board.terms import Id, Phase
from app.store.commits import SavedRow
from app.store.log import EventLog

from .protocol import ViewFrame
from .shown import Shown
from .turn import events_of, folded


class MomentSeen(TypedDict):
    """One act on the time line, without a word of what it said."""

    n: int  # how many acts were saved by then
    at: str
    what: str
    phase: Phase


async def moments_of(log: EventLog, conference_id: Id) -> list[MomentSeen]:
    """Every act since the conference was prepared, in order."""
    rows = await log.read(conference_id)
    return await asyncio.to_thread(_moments, rows)


def _moments(rows: Iterable[SavedRow]) -> list[MomentSeen]:
    phase: Phase = "prepare"
    seen: list[MomentSeen] = []
    for row in rows:
        events = events_of(row)
        for event in events:
            if isinstance(event, PhaseSet):
                phase = event.phase
        what: str = events[0].type  # type: ignore[attr-defined]
        seen.append({"n": row.seq, "at": row.at.isoformat(), "what": what, "phase": phase})
    return seen


async def view_after(log: EventLog, conference_id: Id, n: int, person_id: Id) -> ViewFrame:
    """What this person and whoever shares their audience saw after act `n`, whoever was connected.

    Raises Refused for somebody who was not admitted at that moment.
    """
    rows = await log.read(conference_id)
    return await asyncio.to_thread(lambda: view_then(board_after(rows[:n]), person_id))


def board_after(rows: Iterable[SavedRow]) -> Board:
    board = EMPTY
    for row in rows:
        board = folded(board, row)
    return board


def view_then(board: Board, person_id: Id) -> ViewFrame:
    shown = Shown()
    shown.show((see(board, frozenset(), audience_of(actor_of(board, person_id))),))
    return shown.whole()
