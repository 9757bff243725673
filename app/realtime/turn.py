"""One turn: commands decided one after another on a working copy, and the rows that will be appended in one commit."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.board.board import EVENTS, decide, replayed
from app.board.chair import GoneSince
from app.board.fingerprint import fingerprinted
from app.board.people import actor_of
from app.board.refusals import Reason, Refused
from app.board.state import Board
from app.board.terms import Command, Event, Id
from app.store.commits import NewRow, SavedRow

from .accounted import acts_of


@dataclass(frozen=True)
class Asked:
    """A command that waits for its turn, and whose it is."""

    command: Command
    person_id: Id


@dataclass(frozen=True)
class Saved:
    """On disk, now or since an earlier time that the same id was sent."""

    id: Id


@dataclass(frozen=True)
class Broken:
    """Our own fault met this command: it changed nothing, and nobody else's command suffers from it."""

    cause: Exception


Answer = Saved | Refused | Broken


@dataclass(frozen=True)
class Turned:
    """What a turn came to: the next board, what to append, and an answer to each command in order."""

    asked: tuple[Asked, ...]
    board: Board
    rows: tuple[NewRow, ...]
    answers: tuple[Answer, ...]


Known = tuple[Id, bytes]  # who sent a saved command, and the hash of what it said


def nobody_gone(person_id: Id) -> None:
    return None


def take_turn(
    board: Board,
    asked: Sequence[Asked],
    known: Mapping[Id, Known],
    now: datetime,
    gone_since: GoneSince = nobody_gone,
) -> Turned:
    """Pure. Who a person is, is judged here and not when the command arrived; times never run backwards."""
    rows: list[NewRow] = []
    answers: list[Answer] = []
    fresh: dict[Id, Known] = {}
    for each in asked:
        command, said = each.command, hash_of(each.command)
        before = known.get(command.id) or fresh.get(command.id)
        if before is not None:
            same = before == (each.person_id, said)
            answers.append(Saved(command.id) if same else Refused(Reason.ID_REUSED))
            continue
        try:
            events = decide(board, command, actor_of(board, each.person_id), now, gone_since)
            after, row = replayed(board, events), row_of(command, each.person_id, events, now, said)
        except Refused as no:
            answers.append(no)
            continue
        except Exception as cause:
            answers.append(Broken(cause))
            continue
        board = after
        rows.append(row)
        fresh[command.id] = (each.person_id, said)
        answers.append(Saved(command.id))
    return Turned(tuple(asked), board, tuple(rows), tuple(answers))


def row_of(command: Command, person_id: Id, events: list[Event], now: datetime, said: bytes | None = None) -> NewRow:
    """The one row of this command. Its id is also the id of what it made and the version of what it changed."""
    body = EVENTS.dump_json(events, by_alias=True)
    return NewRow(command.id, person_id, now, said or hash_of(command), body, acts_of(events, person_id))


def hash_of(command: Command) -> bytes:
    """Over what was said, so that the same id with other words is noticed."""
    return hashlib.sha256(command.model_dump_json(by_alias=True, exclude_unset=True).encode()).digest()


def events_of(row: SavedRow) -> list[Event]:
    return EVENTS.validate_json(row.body)


def folded(board: Board, row: SavedRow) -> Board:
    """The board after this row of the log, as the room that saved it has it."""
    return fingerprinted(replayed(board, events_of(row)), row.id, row.hash)
