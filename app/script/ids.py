"""Ids of a file and ids of the board.

A file's own id becomes a UUID 5, so that the same file can be imported again and adds nothing. What already is a UUID
stays as it is: it came from a board.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from app.board.terms import Id

KINBOARD = UUID("5d0c1a5e-7f43-5b6e-9d0c-0f6b1f1d2a77")  # never changes, or nothing could be imported twice
ROOM_SCREEN = "room_screen"
_IS_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

FileId = str


def conference_id_of(file_id: FileId) -> Id:
    return file_id if _IS_UUID.fullmatch(file_id) else str(uuid5(KINBOARD, file_id))


@dataclass(frozen=True)
class Ids:
    """Of one conference."""

    conference: Id

    def of(self, file_id: FileId) -> Id:
        return file_id if _IS_UUID.fullmatch(file_id) else str(uuid5(UUID(self.conference), file_id))

    def maybe(self, file_id: FileId | None) -> Id | None:
        return None if file_id is None else self.of(file_id)

    def all(self, file_ids: Iterable[FileId]) -> tuple[Id, ...]:
        return tuple(self.of(each) for each in file_ids)

    def at(self, path: str) -> Id:
        """For what has no id in a file: from a path that stays the same as long as the file does."""
        return str(uuid5(UUID(self.conference), f"/{path}"))  # no id of a file begins so

    def file_ids(self, known: Iterable[FileId]) -> dict[Id, FileId]:
        """The way back."""
        return {self.of(each): each for each in known}
