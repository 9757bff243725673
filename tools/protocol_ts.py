"""Writes web/src/lib/protocol.ts, the browser's types, from the server's models.

tools/protocol_ts.py            write it
tools/protocol_ts.py --check    fail if it is stale
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from app.board import items, terms
from app.board.decision import Step
from app.realtime.protocol import schema

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "web" / "src" / "lib" / "protocol.ts"
BANNER = """// Written by tools/protocol_ts.py from the server's models. Do not edit.

export type Id = string;
export type View = Record<string, unknown>;

"""
TERMS = [
    "ConferenceType",
    "Phase",
    "Column",
    "SubCategory",
    "StatementKind",
    "Basis",
    "Agrees",
    "Direction",
    "Show",
    "Outcome",
    "ViewOfAgency",
    "Category",
    "AgencyKind",
    "Attendance",
    "Role",
    "Screens",
    "Help",
]


def typescript() -> str:
    command = [sys.executable, "-P", str(ROOT / "tools" / "node.py"), "run", "types", "--unreachableDefinitions"]
    done = subprocess.run(command, input=json.dumps(root()), capture_output=True, text=True, check=True)
    return BANNER + done.stdout[done.stdout.index("/* eslint-disable */") :]


def root() -> dict[str, Any]:
    whole = schema()
    definitions: dict[str, Any] = {name: untitled(part) for name, part in whole["$defs"].items()}
    definitions["Frame"] = definitions.pop("Down")
    definitions["Command"] = definitions.pop("Up")
    del definitions["JsonValue"]
    named = {name: getattr(terms, name) for name in TERMS} | {"Standing": items.Standing, "Step": Step}
    for name, literal in named.items():
        codes = list(get_args(literal)) if get_origin(literal) is Literal else None  # else the area's
        definitions[name] = {"type": "string", **({"enum": codes} if codes else {}), "title": name}
    for name in definitions:
        definitions[name]["title"] = name
    values = {key: untitled(part) for key, part in whole["view"].items()}
    return {
        "title": "Protocol",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "command": {"$ref": "#/$defs/Command"},
            "frame": {"$ref": "#/$defs/Frame"},
            "values": {
                "title": "Values",
                "type": "object",
                "additionalProperties": False,
                "properties": values,
                "required": list(values),
            },
        },
        "$defs": definitions,
    }


def untitled(part: Any) -> Any:
    """Without the titles of fields, which would each become a type of its own; and with nothing unnamed allowed."""
    if isinstance(part, list):
        return [untitled(each) for each in part]
    if not isinstance(part, dict):
        return part
    if part.get("$ref") == "#/$defs/JsonValue":
        return {"tsType": "unknown"}
    kept = {
        name: {key: untitled(value) for key, value in each.items()} if name == "properties" else untitled(each)
        for name, each in part.items()
        if not (name == "title" and isinstance(each, str)) and name not in ("description", "discriminator", "default")
    }
    if "properties" in kept:
        kept["additionalProperties"] = False
    return kept


def main() -> int:
    wanted = typescript()
    if "--check" not in sys.argv:
        TARGET.write_text(wanted)
        return 0
    if TARGET.read_text() != wanted:
        print(f"{TARGET.relative_to(ROOT)} is stale: run `make types`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
