"""A letter to each child: what the grown-ups worried about, what goes well, and what will happen now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .conference import require_children
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Id, Line, Reply

if TYPE_CHECKING:
    from .state import Board


class WriteLetter(Command):
    type: Literal["write_letter"] = "write_letter"
    child_id: Id
    base_version: Id | None
    worried: Reply
    going_well: Reply
    will_happen: tuple[Line, ...]
    if_worried: Reply


class LetterWritten(Event):
    type: Literal["letter_written"] = "letter_written"
    child_id: Id
    worried: str
    going_well: str
    will_happen: tuple[str, ...]
    if_worried: str


@dataclass(frozen=True)
class Letters:
    by_child: Mapping[Id, LetterWritten] = field(default_factory=dict)


def decide_letter(board: Board, command: WriteLetter, actor: Actor, now: datetime) -> list[Event]:
    """Also after the end: it is written when there is time for it. Every earlier wording stays in the log."""
    require_children(board, (command.child_id,))
    was = board.letters.by_child.get(command.child_id)
    if command.base_version != (was.id if was else None):
        refuse(Reason.CHANGED_MEANWHILE)
    written = LetterWritten(
        child_id=command.child_id,
        worried=command.worried,
        going_well=command.going_well,
        will_happen=command.will_happen,
        if_worried=command.if_worried,
        **stamp(command, actor, now),
    )
    if was and _words(was) == _words(written):
        refuse(Reason.NOTHING_CHANGED)
    return [written]


def _words(letter: LetterWritten) -> tuple[object, ...]:
    return (letter.worried, letter.going_well, letter.will_happen, letter.if_worried)


def evolve_letter(board: Board, event: LetterWritten) -> Board:
    return replace(board, letters=Letters({**board.letters.by_child, event.child_id: event}))


class LetterSeen(TypedDict):
    version: str
    worried: str
    going_well: str
    will_happen: list[str]
    if_worried: str
    written_by: str
    written_at: str


def see_letters(board: Board) -> dict[str, LetterSeen]:
    """For chair and scribe, who write them. A child is given theirs by an adult, on paper."""
    return {
        f"letter/{child}": {
            "version": letter.id,
            "worried": letter.worried,
            "going_well": letter.going_well,
            "will_happen": list(letter.will_happen),
            "if_worried": letter.if_worried,
            "written_by": letter.by,
            "written_at": letter.at.isoformat(),
        }
        for child, letter in board.letters.by_child.items()
    }


DECIDE = {WriteLetter: decide_letter}
EVOLVE = {LetterWritten: evolve_letter}
