"""A conference to practise in: the worked family at the beginning of its map, with no other dates and nobody real."""

from datetime import date, datetime, timedelta
from itertools import takewhile
from uuid import uuid4

from app.board.running import EndBreak, TakeBreak
from app.board.scale import AnswerScale, expected_slots
from app.board.state import Board
from app.board.terms import Id

from .demo import EXAMPLE, moved
from .file import read_conference_file
from .ids import Ids
from .parts import ConferenceFile
from .script import script_of
from .step import Step

POINTS = ("b01", "b02", "b04", "b06", "b15", "b16", "b18")  # enough to move and light; the chair adds her own
CHAIR = "p01"


def practice_steps(conference_id: Id, title: str, now: datetime) -> list[Step]:
    """Until the map is to be left, without the break that they had; the last act a minute ago."""
    told = script_of(_file(conference_id, title, now.date()))
    mapped = takewhile(lambda step: getattr(step.command, "phase", "") != "danger_statements", told)
    steps = [step for step in mapped if not isinstance(step.command, TakeBreak | EndBreak)]
    return moved(steps, now - timedelta(minutes=1) - steps[-1].at)


def chairs_seat(conference_id: Id) -> Id:
    return Ids(conference_id).of(CHAIR)


def next_number(board: Board, conference_id: Id) -> tuple[Id, AnswerScale] | None:
    """Whose number is in next, and what they say: as in the worked conference. None where nobody is waited for."""
    scale = next((one for one in board.scales.by_id.values() if not (one.revealed or one.closed_at)), None)
    if scale is None:
        return None
    waiting = {slot for slot in expected_slots(board, scale) if slot not in scale.answers}
    for step in script_of(_file(conference_id, "Practice", board.conference.held_on)):
        said = step.command
        if isinstance(said, AnswerScale) and (step.person_id, said.for_child) in waiting:
            return step.person_id, said.model_copy(update={"id": str(uuid4()), "scale_id": scale.id})
    return None


def _file(conference_id: Id, title: str, today: date) -> ConferenceFile:
    """Nothing led to it, no report is due for it, and it does not begin at any hour."""
    file = read_conference_file(EXAMPLE)
    said: dict[str, str | None] = {
        "id": conference_id,
        "type": "practice",
        "title": title,
        "held_on": today.isoformat(),
    }
    said |= dict.fromkeys(("starts_at", "trigger", "place"))
    return file.model_copy(
        update={
            "conference": file.conference.model_copy(update=said),
            "preparation": file.preparation.model_copy(update={"reports": ()}),
            "restricted": file.restricted.model_copy(update={"items": ()}),
            "board_items": tuple(one for one in file.board_items if one.id in POINTS),
        }
    )
