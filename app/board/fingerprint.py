"""The fingerprint of the record: a few letters that fix all that was said up to the latest decision.

They are read off a hash over random salts, so they tell nothing of what it stands for (docs/decisions/0014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from .changing import replace
from .terms import Id

if TYPE_CHECKING:
    from .state import Board

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O or U: it is read aloud and typed from paper
BYTES = 10


class FingerprintSeen(TypedDict):
    text: str


def fingerprint_of(row_hash: bytes) -> str:
    """`7K3M-…`: four groups of four."""
    bits = int.from_bytes(row_hash[:BYTES], "big")
    letters = "".join(CROCKFORD[bits >> shift & 31] for shift in range(BYTES * 8 - 5, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def fingerprinted(board: Board, command_id: Id, row_hash: bytes) -> Board:
    """The board once this command's row is saved: if it recorded the latest decision, its hash is the record's."""
    recorded = [each.id for each in board.decisions.by_child.values()]
    if recorded[-1:] != [command_id]:
        return board
    return replace(board, decisions=replace(board.decisions, fingerprint=fingerprint_of(row_hash)))


def see_fingerprint(board: Board) -> dict[str, FingerprintSeen]:
    text = board.decisions.fingerprint
    return {"fingerprint": {"text": text}} if text else {}
