"""How long a conference stays here: some weeks after the council has its record, which it keeps for decades."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .state import Board


def purge_due_on(board: Board) -> date | None:
    """The area's days after the last record was handed out; None while it goes on, or nobody has a record yet."""
    if board.conference.closed_at is None or not board.issued.copies:
        return None
    last = max(copy.at for copy in board.issued.copies)
    return last.date() + timedelta(days=board.conference.settings.area.purge_after_record_days)
