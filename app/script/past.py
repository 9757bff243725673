"""A log as it is written down: the board it led to, what happened on the way, and a file's own ids again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from app.board.state import EMPTY, Board
from app.board.terms import Event, Id
from app.realtime.turn import events_of, folded
from app.store.commits import SavedRow

from .clock import RoomClock
from .ids import FileId, Ids


@dataclass(frozen=True)
class Past:
    board: Board
    events: tuple[Event, ...]
    clock: RoomClock
    ids: Ids
    kept: dict[str, Any]
    file_ids: dict[Id, FileId]

    def name(self, id: Id) -> FileId:
        """What came from a file has its own id there again; anything else keeps that of the board."""
        return self.file_ids.get(id, id)

    def maybe(self, id: Id | None) -> FileId | None:
        return None if id is None else self.name(id)

    def names(self, ids: Iterable[Id]) -> list[FileId]:
        return [self.name(each) for each in ids]

    def at(self, moment: datetime | None) -> str | None:
        return None if moment is None else self.clock.reads(moment)


def board_of(rows: Iterable[SavedRow]) -> Board:
    return reduce(folded, rows, EMPTY)


def past_of(conference_id: Id, rows: Sequence[SavedRow]) -> Past:
    events = tuple(event for row in rows for event in events_of(row))
    board, ids = board_of(rows), Ids(conference_id)
    clock = RoomClock(board.conference.held_on, ZoneInfo(board.conference.settings.time_zone))
    kept = _kept_from_a_file(board.conference.kept)
    return Past(board, events, clock, ids, kept, ids.file_ids(_ids_in(kept)))


def _kept_from_a_file(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept by an import. A conference that was prepared otherwise may keep what a file has no place for."""
    part = kept.get("conference")
    return dict(kept) if isinstance(part, dict) and "id" in part else {}


def _ids_in(kept: Any) -> Iterator[FileId]:
    """Of this conference's own parts; the steps of an earlier conference have ids from there."""
    if isinstance(kept, list):
        for each in kept:
            yield from _ids_in(each)
    elif isinstance(kept, dict):
        if isinstance(kept.get("id"), str):
            yield kept["id"]
        for key, value in kept.items():
            if key not in ("conference", "earlier_next_steps"):
                yield from _ids_in(value)
