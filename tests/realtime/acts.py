"""Commands that are needed so often that they have a name, with the field names of the contract."""

from typing import Any

from tests.cast import NURSE, ROBIN, TANSY

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


SAID_BY_NURSE = {"person_id": NURSE, "basis": "said_in_meeting"}
