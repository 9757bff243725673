"""Everything a recipient is entitled to, for a machine: the same facts, the same bytes each time."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from .record import Record

FORMAT = "kinboard-record/1"


def record_json(record: Record) -> bytes:
    """Canonical JSON; its SHA-256 is what the log holds of it."""
    return canonical({"format": FORMAT, "record": asdict(record)})


def with_chain(file: bytes, chain: Mapping[str, Any]) -> bytes:
    """`chain` holds the rows of the log, and with them everything: it is the council's alone."""
    return canonical({**json.loads(file), "chain": chain})


def canonical(value: Any) -> bytes:
    """Sorted keys, no blanks, UTF-8 (docs/decisions/0014)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
