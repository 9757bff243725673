"""A script played through the rules, one act after another, and what they refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.board.actor import Actor
from app.board.board import decide, replayed
from app.board.conference import PrepareConference
from app.board.refusals import Reason, Refused
from app.board.state import EMPTY, Board
from app.board.terms import Command, Id
from app.realtime.turn import Asked, Broken, events_of, folded, row_of, take_turn
from app.store.commits import NewRow, SavedRow

from .acts import said
from .step import Step

# Whoever reads a file in again cannot write it again, which is what the rule says to people at a screen.
OTHERWISE_HERE = "This is here already, and not as the file has it now. What is here stays as it was saved."
# A file has no presence in it: where somebody took the chair over, whoever had it was lost then.
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class RefusedStep:
    """`str()` of it is the line for whoever imported the file: the place, the reason, the sentence."""

    place: str
    reason: Reason
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}: {self.sentence}"


@dataclass(frozen=True)
class Played:
    """The rows to append behind those that were there, how many acts those held already, and what was refused."""

    board: Board
    rows: tuple[NewRow, ...]
    already: int
    refused: tuple[RefusedStep, ...]


def play(steps: Iterable[Step], saved: Iterable[SavedRow] = ()) -> Played:
    """Pure. Acts that are in the log already, with the same words, change nothing; what is refused, others outlive."""
    board, latest = EMPTY, None
    known: dict[Id, tuple[Id, Command]] = {}
    for row in saved:
        events = events_of(row)
        known[row.id] = (row.person_id, said(board, events))
        board, latest = folded(board, row), row.at
    rows: list[NewRow] = []
    refused: list[RefusedStep] = []
    already = 0
    for step in steps:
        if step.command.id in known:
            if known[step.command.id] == (step.person_id, step.command):
                already += 1
            else:
                refused.append(RefusedStep(step.place, Reason.ID_REUSED, OTHERWISE_HERE))
            continue
        at = max(step.at, latest) if latest else step.at  # times never run backwards
        try:
            board, new = _turn(board, step, at)
        except Refused as no:
            refused.append(_refused(step, no))
        else:
            rows.append(new)
            known[new.id] = (step.person_id, step.command)
    return Played(board, tuple(rows), already, tuple(refused))


def _turn(board: Board, step: Step, at: datetime) -> tuple[Board, NewRow]:
    if isinstance(step.command, PrepareConference):  # nobody belongs to the conference yet, so nobody can be looked up
        events = decide(board, step.command, Actor(step.person_id, "chair"), at)
        return replayed(board, events), row_of(step.command, step.person_id, events, at)
    turned = take_turn(board, [Asked(step.command, step.person_id)], {}, at, lambda person: NEVER)
    (answer,) = turned.answers
    if isinstance(answer, Refused):
        raise answer
    if isinstance(answer, Broken):
        raise answer.cause
    return turned.board, turned.rows[0]


def _refused(step: Step, no: Refused) -> RefusedStep:
    return RefusedStep(step.place, no.reason, no.sentence)
