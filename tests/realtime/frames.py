"""Whether what went over the wire is what the contract says: every frame, every value under every key, and no more."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from app.board.board import ANY_COMMAND
from app.board.keys import OWN_VALUES, VALUES, TitleSeen, value_type
from app.realtime.protocol import ErrorFrame, OwnFrame, RefusedFrame, SavedFrame, StillFrame, ViewFrame

SHAPES: dict[str, Any] = {"saved": SavedFrame, "refused": RefusedFrame, "error": ErrorFrame, "still": StillFrame}


def require_contract(frame: dict[str, Any]) -> None:
    """Fails with the key or frame that is not as written; nothing may be there that the contract does not name."""
    if frame["type"] != "view":
        _require_shape(SHAPES[frame["type"]], frame, frame["type"])
        return
    own = frame.get("own") is True
    _require_shape(OwnFrame if own else ViewFrame, frame, "view")
    allowed = OWN_VALUES if own else VALUES
    for key in [*frame["put"], *frame["drop"]]:
        assert any(key == known or (known.endswith("/") and key.startswith(known)) for known in allowed), key
    for key, value in frame["put"].items():
        shape = TitleSeen if key == "conference" and set(value) <= set(TitleSeen.__annotations__) else value_type(key)
        _require_shape(shape, value, key)


def _require_shape(shape: Any, value: Any, name: str) -> None:
    adapter = _adapter(str(shape), shape) if not isinstance(shape, type) else _adapter_of(shape)
    kept = adapter.dump_python(adapter.validate_json(json.dumps(value), strict=True), mode="json")
    assert kept == value, f"{name} has what the contract does not name"


@cache
def _adapter_of(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(name: str, shape: Any) -> TypeAdapter[Any]:
    if name not in _adapters:
        _adapters[name] = TypeAdapter(shape)
    return _adapters[name]


def is_command(body: str) -> bool:
    try:
        ANY_COMMAND.validate_json(body)
    except ValueError:
        return False
    return True
