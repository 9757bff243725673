"""A file becomes a conference in the log, through the rules, as often as one likes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.board.carried_over import earlier_from, hands_on
from app.board.earlier import Earlier
from app.board.terms import Id
from app.store.commits import AppendedElsewhere
from app.store.log import ConferenceExists, EventLog

from .earlier import earlier_by_file, previous_of, with_numbers
from .ids import conference_id_of
from .parts import ConferenceFile
from .past import board_of
from .play import RefusedStep, play
from .prepared import children_of, people_of
from .script import room_of, script_after
from .step import Step

TRIES = 5  # others may be writing to the same conference; more than a few times in a row is not chance


@dataclass(frozen=True)
class Imported:
    """How many acts were added, how many were there already, and those that the rules refused."""

    conference_id: Id
    added: int
    already: int
    refused: tuple[RefusedStep, ...]


async def import_conference(log: EventLog, file: ConferenceFile) -> Imported:
    """Saved in one commit. What is in the log stays; what the rules refuse is named, and the rest goes on.

    Where the conference before it is in the log and over, its plan and its board are handed on.
    """
    conference_id = conference_id_of(file.conference.id)
    there = board_of(await log.read(conference_id)).conference
    earlier = there.earlier if there.prepared else await earlier_in(log, file)
    return await import_steps(log, conference_id, script_after(earlier, file))


async def earlier_in(log: EventLog, file: ConferenceFile) -> Earlier | None:
    """What the log holds of the conference before this one, with the numbers that only the file knows; else what the
    file alone says of it.
    """
    if previous := previous_of(file):
        board = board_of(await log.read(conference_id_of(previous)))
        if hands_on(board):
            room = room_of(file, None)
            earlier = earlier_from(board, conference_id_of(previous), children_of(room), people_of(room))
            return with_numbers(earlier, file)
    return earlier_by_file(file)


async def import_steps(log: EventLog, conference_id: Id, steps: Sequence[Step]) -> Imported:
    with suppress(ConferenceExists):
        await log.create(conference_id)
    for attempt in range(TRIES):
        saved = await log.read(conference_id)
        played = play(steps, saved)
        try:
            await log.append(conference_id, played.rows, after=len(saved))
        except AppendedElsewhere:
            if attempt + 1 == TRIES:
                raise
        else:
            break
    return Imported(conference_id, len(played.rows), played.already, played.refused)
