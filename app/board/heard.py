"""Who at the meeting has not been heard yet. Only those count who have something of their own to bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .terms import FAMILY, SERVICES, Id, Role

if TYPE_CHECKING:
    from .state import Board

TO_BE_HEARD: frozenset[Role] = SERVICES | FAMILY | frozenset({"advocate"})


def see_not_heard(board: Board) -> list[Id]:
    """At the table, but never with the floor, a point on the board, an answer or a view. For the chair's eyes only.

    A number is no way of being heard here: it would tell her who has put one in.
    """
    heard = set(board.running.had_floor)
    for item in board.items.by_id.values():
        if item.standing == "on_board":
            heard |= {item.author, item.source.person_id, *(response.person_id for response in item.responses)}
    heard |= {view.by for view in board.views.of_agencies.values()} | set(board.views.of_family)
    here = (member for member in board.people.members.values() if member.is_here and member.role in TO_BE_HEARD)
    return [member.id for member in here if member.id not in heard]
