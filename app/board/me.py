"""What a person's own screen is told about them: who they are, and which commands are open to them now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import TypedDict

from .actor import Actor, audience_of
from .terms import Role

if TYPE_CHECKING:
    from .state import Board


class MeSeen(TypedDict):
    person_id: str
    name: str
    role: Role
    audience: str
    children: list[str]
    sits_with: str | None
    has_floor: bool
    reign: str  # which chair's; a command that names it is not decided as hers in another
    may: list[str]


def see_me(board: Board, actor: Actor, may: list[str]) -> MeSeen:
    return {
        "person_id": actor.person_id,
        "name": board.people.named(actor.person_id),
        "role": actor.role,
        "audience": audience_of(actor).kind,
        "children": sorted(actor.children),
        "sits_with": actor.sits_with,
        "has_floor": board.running.floor == actor.person_id,
        "reign": board.seat.reign,
        "may": may,
    }
