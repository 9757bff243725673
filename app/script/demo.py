"""The worked conference at a named moment, as if it were being held now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from app.board.adding import AddItem
from app.board.decision import RecordDecision
from app.board.offers import ReleaseItem
from app.board.running import SetPhase, TakeBreak
from app.board.scale import AnswerScale, OpenScale, RevealScale
from app.board.terms import Command, Id
from app.store.log import EventLog

from .file import read_conference_file
from .ids import conference_id_of
from .importer import import_steps
from .script import script_of
from .step import Step

INSTALLED = Path(__file__).resolve().parent.parent / "_demo"
CHECKOUT = Path(__file__).resolve().parent.parent.parent / "demo"
HOME = INSTALLED if INSTALLED.exists() else CHECKOUT
EXAMPLE = HOME / "example-conference.json"

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


def worked_conferences() -> set[Id]:
    """The made-up ones that come with the program."""
    return {conference_id_of(read_conference_file(path).conference.id) for path in HOME.glob("*.json")}


async def fill_demo(log: EventLog, moment: str, now: datetime, example: Path = EXAMPLE) -> Id:
    """The demonstration's conference, filled once: if it is there, it stays as it is, whatever was done to it."""
    file = read_conference_file(example)
    conference_id = conference_id_of(file.conference.id)
    if not await log.read(conference_id):
        steps = until(script_of(file), moment)
        await import_steps(log, conference_id, moved(steps, now - timedelta(minutes=1) - steps[-1].at))
    return conference_id


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
    times = {name: getattr(command, name) for name in type(command).model_fields}
    return command.model_copy(update={name: value + by for name, value in times.items() if isinstance(value, datetime)})
