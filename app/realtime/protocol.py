"""The frames, up and down, and the schema of all of them."""

import json
import re
from functools import cache
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field, JsonValue, TypeAdapter, ValidationError
from pydantic_core import to_json
from typing_extensions import TypedDict

from app.board.board import ANY_COMMAND, COMMANDS, View
from app.board.keys import OWN_VALUES, VALUES, TitleSeen
from app.board.refusals import Refused
from app.board.terms import Command, Id

MOST_BYTES_UP = 32 * 1024
_UUID4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class ViewFrame(TypedDict):
    """`full` replaces the shared part with `put`; otherwise these keys are set whole, and those removed."""

    type: Literal["view"]
    epoch: str
    version: int
    full: NotRequired[Literal[True]]
    put: dict[str, JsonValue]
    drop: list[str]


class OwnFrame(TypedDict):
    """The same for what only this person may see. Moves no version; whole on each connection."""

    type: Literal["view"]
    own: Literal[True]
    full: NotRequired[Literal[True]]
    put: dict[str, JsonValue]
    drop: list[str]


class SavedFrame(TypedDict):
    type: Literal["saved"]
    id: str


class RefusedFrame(TypedDict):
    type: Literal["refused"]
    id: str
    reason: str
    message: str


class ErrorFrame(TypedDict):
    type: Literal["error"]
    id: str | None
    code: Literal["invalid", "too_fast", "not_saved"]
    field: str | None
    reference: str | None


class StillFrame(TypedDict):
    type: Literal["still"]


Frame = ViewFrame | OwnFrame | SavedFrame | RefusedFrame | ErrorFrame | StillFrame

STILL: StillFrame = {"type": "still"}


class InvalidFrame(Exception):
    """A bug or mischief: what was sent is no command."""

    def __init__(self, command_id: Id | None, field: str | None) -> None:
        super().__init__(field)
        self.command_id = command_id
        self.field = field


def read_command(text: str) -> Command:
    """The command in this frame. Its id must be random, since what it makes will be known by it."""
    try:
        command = ANY_COMMAND.validate_json(text)
        if text.count(":") > len(command.model_fields_set):  # each field has one, so else there is none too many
            json.loads(text, object_pairs_hook=_each_once)
    except ValidationError as wrong:
        raise InvalidFrame(_readable_id(text), _first_field(wrong)) from None
    except SaidTwice as twice:
        raise InvalidFrame(None if twice.field == "id" else command.id, twice.field) from None
    if not _UUID4.fullmatch(command.id):
        raise InvalidFrame(None, "id")
    return command


class SaidTwice(Exception):
    """A field stands in the frame twice, so nobody knows which one was meant."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def _each_once(pairs: list[tuple[str, object]]) -> None:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise SaidTwice(name)


def _readable_id(text: str) -> Id | None:
    try:
        command_id = json.loads(text)["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return command_id if isinstance(command_id, str) and _UUID4.fullmatch(command_id) else None


def _first_field(wrong: ValidationError) -> str | None:
    """Where it is wrong, by the names of the contract; never what stood there."""
    error = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
    if error["type"].startswith("union_tag"):
        return "type"
    field = ".".join(str(part) for part in error["loc"][1:])
    return field or None


def encode(frame: Frame) -> bytes:
    return to_json(frame)


def view_frame(epoch: str, version: int, put: View, drop: list[str], *, full: bool) -> ViewFrame:
    frame: ViewFrame = {"type": "view", "epoch": epoch, "version": version, "put": put, "drop": drop}
    if full:
        frame["full"] = True
    return frame


def encode_changes(put: View, drop: list[str]) -> bytes:
    """What a view frame holds behind epoch and version, and what is the same for every audience that sees this."""
    return b'"put":%b,"drop":%b}' % (to_json(put), to_json(drop))


def encode_whole(put: View) -> bytes:
    """The same of a whole view."""
    return b'"put":%b,"drop":[],"full":true}' % to_json(put)


def view_text(epoch: str, version: int, changes: bytes) -> bytes:
    """The same text as that of `view_frame`; the tests compare them."""
    return b'{"type":"view","epoch":"%b","version":%d,%b' % (epoch.encode(), version, changes)


def own_frame(put: View, drop: list[str], *, full: bool) -> OwnFrame:
    frame: OwnFrame = {"type": "view", "own": True, "put": put, "drop": drop}
    if full:
        frame["full"] = True
    return frame


def refused_frame(command_id: Id, no: Refused) -> RefusedFrame:
    return {"type": "refused", "id": command_id, "reason": no.reason.value, "message": no.sentence}


def error_frame(
    command_id: Id | None,
    code: Literal["invalid", "too_fast", "not_saved"],
    *,
    field: str | None = None,
    reference: str | None = None,
) -> ErrorFrame:
    return {"type": "error", "id": command_id, "code": code, "field": field, "reference": reference}


@cache
def schema() -> dict[str, Any]:
    """One JSON Schema of what goes up, what comes down, and what stands under each key of a view."""
    down: Any = Annotated[Frame, Field()]
    values = {**VALUES, "conference": VALUES["conference"] | TitleSeen}
    adapters: list[tuple[str, Any]] = [("Up", ANY_COMMAND), ("Down", TypeAdapter(down))]
    adapters += [(f"value:{key}", TypeAdapter(kind)) for key, kind in {**values, **OWN_VALUES}.items()]
    parts, definitions = TypeAdapter.json_schemas([(name, "validation", adapter) for name, adapter in adapters])
    by_name = {name: part for (name, _mode), part in parts.items()}
    for command in COMMANDS.values():
        part = definitions["$defs"][command.__name__]
        part["required"] = ["type", *part.get("required", [])]  # its default is for us, not for the wire
        part["properties"]["id"]["pattern"] = f"^{_UUID4.pattern}$"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kinboard live frames",
        "$defs": definitions["$defs"] | {"Up": by_name["Up"], "Down": by_name["Down"]},
        "type": "object",
        "properties": {"up": {"$ref": "#/$defs/Up"}, "down": {"$ref": "#/$defs/Down"}},
        "view": {key: by_name[f"value:{key}"] for key in {**VALUES, **OWN_VALUES}},
    }
