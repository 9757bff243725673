"""A file becomes a conference in the log, through the rules, as often as one likes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.board.terms import Id
from app.store.log import AppendedElsewhere, ConferenceExists, EventLog

from .ids import conference_id_of
from .parts import ConferenceFile
from .play import RefusedStep, play
from .script import script_of
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
    """Saved in one commit. What is in the log stays; what the rules refuse is named, and the rest goes on."""
    return await import_steps(log, conference_id_of(file.conference.id), script_of(file))


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
