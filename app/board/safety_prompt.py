"""Whether the child is safe tonight: the chair alone is asked, once a number is as unsafe as the area's line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired

from typing_extensions import TypedDict

from .actor import CHAIR
from .scale import Scale, ScaleAnswered, watches_spread

if TYPE_CHECKING:
    from .state import Board


class SafetyPromptSeen(TypedDict):
    """The line that a number has reached, by the question's direction; whose, once the numbers are shown."""

    at_or_below: NotRequired[int]
    at_or_above: NotRequired[int]
    people: list[str] | None


def see_safety_prompts(board: Board) -> dict[str, SafetyPromptSeen]:
    """Never says more than the chair is shown just then: nothing while she watches no spread, no name before all do."""
    return {
        f"safety_prompt/{scale.id}": _see_prompt(board, scale, unsafe)
        for scale in board.scales.by_id.values()
        if watches_spread(scale, CHAIR) and (unsafe := _unsafe(board, scale))
    }


def _see_prompt(board: Board, scale: Scale, unsafe: list[ScaleAnswered]) -> SafetyPromptSeen:
    line, people = _line(board, scale), None
    if scale.revealed:
        giving = {answer.person_id for answer in unsafe}
        people = [person_id for person_id in board.people.members if person_id in giving]
    if scale.opened.direction == "higher_is_safer":
        return {"at_or_below": line, "people": people}
    return {"at_or_above": line, "people": people}


def _unsafe(board: Board, scale: Scale) -> list[ScaleAnswered]:
    line, higher_is_safer = _line(board, scale), scale.opened.direction == "higher_is_safer"
    return [
        answer
        for answer in scale.answers.values()
        if answer.score is not None and (answer.score <= line if higher_is_safer else answer.score >= line)
    ]


def _line(board: Board, scale: Scale) -> int:
    """The area's, mirrored where this question runs the other way."""
    rules = board.conference.settings.area.scale
    at = rules.safety_prompt_at
    return at if scale.opened.direction == rules.direction else 10 - at
