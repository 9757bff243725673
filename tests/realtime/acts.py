"""Commands that are needed so often that they have a name, with the field names of the contract."""

from typing import Any

from tests.cast import NURSE, ROBIN, TANSY
from tests.realtime.screen import Screen

WORRY: dict[str, Any] = {
    "column": "worry",
    "sub_category": "past_harm",
    "kind": "fact",
    "about_children": [ROBIN],
    "family_knows": True,
}


def point(text: str = "Dana fitted a chain to the door.", **fields: Any) -> dict[str, Any]:
    """The fields of an `add_item`; a source of None leaves it to whoever sends it."""
    body = {**WORRY, "text": text, **fields}
    return {name: value for name, value in body.items() if (name, value) != ("source", None)}


def question(**fields: Any) -> dict[str, Any]:
    """The fields of an `open_scale`."""
    return {
        "question": "How safe are the children today?",
        "direction": "higher_is_safer",
        "low_end": "Cannot live at home",
        "high_end": "Nobody needs to be involved",
        "children": [TANSY, ROBIN],
        "show": "chair",
        **fields,
    }


async def decides_and_closes(chair: Screen) -> None:
    """The shortest meeting that there can be."""
    await chair.does("set_phase", phase="decision")
    for child in (TANSY, ROBIN):
        reasons: dict[str, Any] = {
            "plain_words": "",
            "reasons": "They are doing it.",
            "override": {"reason": "A short meeting."},
        }
        await chair.does("record_decision", child_id=child, outcome="child_in_need_plan", category=None, **reasons)
    await chair.does("set_phase", phase="close")
    await chair.does("close_conference")


SAID_BY_NURSE = {"person_id": NURSE, "basis": "said_in_meeting"}
