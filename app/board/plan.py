"""What the outline plan still lacks: a step that nobody does, a goal without a step, a danger without a goal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .items import Item
from .terms import SubCategory

if TYPE_CHECKING:
    from .state import Board

IF_THINGS_GO_WRONG: SubCategory = "if_things_go_wrong"
GapKind = Literal["step_without_who", "goal_without_step", "danger_without_goal"]


class GapSeen(TypedDict):
    what: GapKind
    of: str  # the key under which it is seen


def see_gaps(board: Board) -> list[GapSeen]:
    """Gaps are shown to whoever writes the plan; none of them stops anything."""
    return list(_gaps(board))


def _gaps(board: Board) -> Iterator[GapSeen]:
    steps = [item for item in board.items.by_id.values() if is_step(item)]
    served = {item.words.goal_id for item in steps}
    for danger_id in board.danger.statements:
        if not board.danger.goals_of(danger_id):
            yield {"what": "danger_without_goal", "of": f"danger/{danger_id}"}
    for goal in board.danger.goals.values():
        if goal.id not in served and goal.danger_id in board.danger.statements:
            yield {"what": "goal_without_step", "of": f"goal/{goal.id}"}
    for item in steps:
        if not item.words.who:
            yield {"what": "step_without_who", "of": f"item/{item.id}"}


def is_step(item: Item) -> bool:
    """Somebody is to do it; what happens if things go wrong is no step."""
    on_board = item.standing == "on_board"
    return on_board and item.column == "next_step" and item.sub_category != IF_THINGS_GO_WRONG
