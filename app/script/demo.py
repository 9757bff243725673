"""The worked conference at a named moment, as if it were being held now."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import JsonValue

from app.board.adding import AddItem
from app.board.conference import PrepareConference
from app.board.decision import RecordDecision
from app.board.letters import WriteLetter
from app.board.offers import ReleaseItem
from app.board.running import SetPhase, TakeBreak
from app.board.scale import AnswerScale, OpenScale, RevealScale
from app.board.terms import Command, Id
from app.store.log import EventLog

from .file import read_conference_file
from .ids import FileId, conference_id_of
from .importer import earlier_in, import_steps
from .parts import ConferenceFile
from .script import room_of, script_after, script_of
from .step import Room, Step
from .timeline import end_of

INSTALLED = Path(__file__).resolve().parent.parent / "_demo"
CHECKOUT = Path(__file__).resolve().parent.parent.parent / "demo"
HOME = INSTALLED if INSTALLED.exists() else CHECKOUT
EXAMPLE, EXAMPLE_REVIEW = HOME / "example-conference.json", HOME / "example-review.json"
LETTERS = HOME / "letters.json"

# Each moment with what it means; `before_scale` is where a demonstration starts.
MOMENTS: dict[str, str] = {
    "start": "everybody is here and the board is empty",
    "mapping": "most points are on the board, and one is held back from the family",
    "before_scale": "the test is explained, and the chair is about to ask for numbers",
    "scale_open": "the question is open, and nobody has answered",
    "scale_shown": "the numbers are on every screen",
    "decision": "the chair is about to decide",
    "end": "the meeting is over",
}


REVIEW = "review"
# Where a demonstration may start: at a moment of the first conference, or at the review of what that one decided.
STARTS = MOMENTS | {REVIEW: "the first conference is over, and the chair of the review is about to ask for numbers"}


def worked_conferences() -> set[Id]:
    """The made-up ones that come with the program."""
    return {conference_id_of(read_conference_file(path).conference.id) for path in (EXAMPLE, EXAMPLE_REVIEW)}


async def fill_demo(log: EventLog, start: str, now: datetime) -> Id:
    """The demonstration's conference, filled once: if it is there, it stays as it is, whatever was done to it."""
    if start == REVIEW:
        first = read_conference_file(EXAMPLE)
        await _fill(log, first, script_of(first) + letter_steps(room_of(first, None)))
        review = read_conference_file(EXAMPLE_REVIEW)
        return await _fill(log, review, until(script_after(await earlier_in(log, review), review), "before_scale"), now)
    file = read_conference_file(EXAMPLE)
    steps = until(script_of(file), start)
    return await _fill(log, file, steps + (letter_steps(room_of(file, None)) if start == "end" else []), now)


async def _fill(log: EventLog, file: ConferenceFile, steps: list[Step], now: datetime | None = None) -> Id:
    """Its last act a minute ago; without `now` on its own day."""
    conference_id = conference_id_of(file.conference.id)
    if not await log.read(conference_id):
        by = now - timedelta(minutes=1) - steps[-1].at if now else timedelta()
        await import_steps(log, conference_id, moved(steps, by))
    return conference_id


def letter_steps(room: Room) -> list[Step]:
    """To each child, written when the meeting is over. No conference file holds any."""
    letters = json.loads(LETTERS.read_bytes())
    over = end_of(room)
    return [
        Step(over + timedelta(minutes=10 * number), room.chair, _letter(room, child, words), f"letters.{child}")
        for number, (child, words) in enumerate(letters.items(), start=1)
    ]


def _letter(room: Room, child: FileId, words: dict[str, JsonValue]) -> WriteLetter:
    named = {"id": room.ids.at(f"letters/{child}"), "child_id": room.ids.of(child), "base_version": None}
    return WriteLetter.model_validate_json(json.dumps(named | words))


def until(steps: Sequence[Step], moment: str) -> list[Step]:
    """The script up to this moment of `MOMENTS`; the whole of it where the moment never comes."""
    for number, step in enumerate(steps):
        if _is_beyond(step.command, moment):
            return list(steps[:number])
    return list(steps)


def _is_beyond(command: Command, moment: str) -> bool:
    """Whether this act comes after the moment."""
    match moment:
        case "start":
            return isinstance(command, AddItem) or (isinstance(command, SetPhase) and command.phase == "mapping")
        case "mapping":
            left = isinstance(command, SetPhase) and command.phase == "danger_statements"
            return left or isinstance(command, TakeBreak | ReleaseItem)
        case "before_scale":
            return isinstance(command, OpenScale)
        case "scale_open":
            return isinstance(command, AnswerScale | RevealScale)
        case "scale_shown":
            return isinstance(command, SetPhase) and command.phase in ("agency_views", "decision", "close")
        case "decision":
            return isinstance(command, RecordDecision)
    return False


def moved(steps: Iterable[Step], by: timedelta) -> list[Step]:
    """All acts at another time, and every time that they name; the day of the conference and its dates stay."""
    return [replace(step, at=step.at + by, command=_moved(step.command, by)) for step in steps]


def _moved(command: Command, by: timedelta) -> Command:
    if isinstance(command, PrepareConference):
        return command  # the day for which it was prepared
    times = {name: getattr(command, name) for name in type(command).model_fields}
    return command.model_copy(update={name: value + by for name, value in times.items() if isinstance(value, datetime)})
