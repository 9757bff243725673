"""What a room knows after some row of its log, as bytes and back.

It is read only if the very code that is here wrote it (`CODE`), and by a reader that makes nothing but parts of a
board.
"""

import io
import pickle
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import app.board
from app.board.state import EMPTY, Board
from app.board.terms import Id
from app.store.chain import Head

PARTS_OF_A_BOARD = "app.board."
BESIDES = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("builtins", "frozenset"),
    ("pydantic_core._pydantic_core", "TzInfo"),
}


LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Remembered:
    """`head` is the row; None before the first."""

    head: Head | None = None
    board: Board = EMPTY
    last_at: datetime = LONG_AGO
    acted_at: Mapping[Id, datetime] = field(default_factory=dict)


NOTHING = Remembered()


def _code() -> str:
    """Another one whenever the rules are, or whatever makes their parts."""
    rules = sorted(Path(app.board.__path__[0]).glob("*.py"))
    made_of = [sys.version, version("pydantic"), *(sha256(rule.read_bytes()).hexdigest() for rule in rules)]
    return sha256("\n".join(made_of).encode()).hexdigest()


CODE = _code()


def to_bytes(remembered: Remembered) -> bytes:
    told = (remembered.board, remembered.last_at, dict(remembered.acted_at))
    return zlib.compress(pickle.dumps(told, protocol=5), 1)


def from_bytes(head: Head, content: bytes) -> Remembered:
    """Raises whatever is wrong with it."""
    board, last_at, acted_at = _Reader(io.BytesIO(zlib.decompress(content))).load()
    return Remembered(head, board, last_at, acted_at)


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module.startswith(PARTS_OF_A_BOARD) and "." not in name) or (module, name) in BESIDES:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a board")
