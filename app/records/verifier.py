#!/usr/bin/env python3
"""Has anybody changed this record since it was written? This one file answers that; it needs nothing but Python.

    python verifier.py RECORD.json [--fingerprint ABCD-EFGH-JKLM-NPQR] [--sha256 …]

One sentence, and an exit code: 0 nothing was changed, 1 something was, 2 this cannot be read as a record,
3 the record alone cannot tell. It shares no line with the program that wrote the record, only the format that
docs/decisions/0014-a-record-nobody-can-quietly-change.md describes.
"""

from __future__ import annotations  # it runs on the Python that its reader has

import argparse
import json
import re
import sys
from hashlib import sha256
from typing import Any, NamedTuple

SOUND, CHANGED, UNREADABLE, CANNOT_TELL = 0, 1, 2, 3

FORMAT = "kinboard-record/1"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TEXTS = ("id", "person_id", "at", "body")
HASHES = ("body_hash", "commitment", "previous_hash", "hash")
ROW = {"seq", "salt", *TEXTS, *HASHES}

Parts = dict[str, Any]


class Verdict(NamedTuple):
    code: int
    sentence: str


class Wrong(Exception):
    """The verdict that ends the reading."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.verdict = Verdict(code, sentence)


def verify(file: bytes, fingerprint: str | None = None, sum_of_record: str | None = None) -> Verdict:
    """What can be said of these bytes, with what its reader has on paper."""
    try:
        whole = read(file)
        own_sum = sha256(canonical({key: part for key, part in whole.items() if key != "chain"})).hexdigest()
        if sum_of_record is not None and sum_of_record.strip().lower() != own_sum:
            raise Wrong(CHANGED, "This is not the record with that SHA-256: its words were changed, or it is another.")
        if "chain" not in whole:
            return without_chain(whole, fingerprint, sum_of_record)
        rows = chained(whole["chain"])
        require_issued(rows[-1], own_sum)
        require_fingerprint(rows, whole["record"])
        return with_chain(rows, whole["record"], fingerprint)
    except Wrong as wrong:
        return wrong.verdict


def read(file: bytes) -> Parts:
    """A record, byte for byte as one is written."""
    try:
        whole = json.loads(file.decode("utf-8"))
        as_written = canonical(whole)
    except (ValueError, RecursionError):
        raise Wrong(UNREADABLE, "This cannot be read as a record: it is damaged, or something else.") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT or not isinstance(whole.get("record"), dict):
        raise Wrong(UNREADABLE, f"This is not a record of the format {FORMAT}.")
    if as_written != file:
        raise Wrong(CHANGED, "This file is not as it was issued: it was edited, or saved again by another program.")
    return whole


def canonical(value: Any) -> bytes:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


# ---- the chain


def chained(chain: Any) -> list[Parts]:
    """The rows, if each is what was written and stands where it was written."""
    if not isinstance(chain, dict) or set(chain) != {"conference", "head", "rows"}:
        raise Wrong(CHANGED, "The chain of this record has lost a part, or was given one.")
    if not isinstance(chain["conference"], str) or not isinstance(chain["rows"], list) or not chain["rows"]:
        raise Wrong(CHANGED, "The chain of this record is empty, or has no name of its conference.")
    last = sha256(b"kinboard log 1\n" + encoded(chain["conference"])).digest()
    for number, row in enumerate(chain["rows"], start=1):
        last = linked(row, number, last)
    if chain["head"] != {"seq": len(chain["rows"]), "hash": last.hex()} or type(chain["head"]["seq"]) is not int:
        raise Wrong(CHANGED, "The chain does not end where it says: rows were cut off or added at the end.")
    rows: list[Parts] = chain["rows"]
    return rows


def linked(row: Any, number: int, last: bytes) -> bytes:
    """The hash of this row, computed anew."""
    require_shape(row, number)
    if row["seq"] != number or row["previous_hash"] != last.hex():
        raise Wrong(CHANGED, f"Row {number} does not follow the one before it: a row was taken out, put in or moved.")
    commitment = sha256(bytes.fromhex(row["salt"]) + prefixed(encoded(row["body"]))).digest()
    fields = [encoded(str(number)), *(encoded(row[name]) for name in ("id", "person_id", "at"))]
    fresh = sha256(last + prefixed(*fields, bytes.fromhex(row["body_hash"]), commitment)).digest()
    if row["commitment"] != commitment.hex():
        raise Wrong(CHANGED, f"Row {number} was changed: its words are not those that were saved.")
    if row["hash"] != fresh.hex():
        raise Wrong(CHANGED, f"Row {number} was changed: whose it is, when it was, or how it was sealed.")
    return fresh


def require_shape(row: Any, number: int) -> None:
    fits = (
        isinstance(row, dict)
        and set(row) == ROW
        and type(row["seq"]) is int
        and all(isinstance(row[name], str) for name in TEXTS)
        and all(is_hex(row[name], 32) for name in HASHES)
        and is_hex(row["salt"], 16)
    )
    if not fits:
        raise Wrong(CHANGED, f"Row {number} is not a row: something in it was changed, taken out or put in.")


def is_hex(text: Any, length: int) -> bool:
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{length * 2}}}", text) is not None


def prefixed(*fields: bytes) -> bytes:
    """Each field behind its length in eight bytes."""
    return b"".join(len(field).to_bytes(8, "big") + field for field in fields)


def encoded(text: str) -> bytes:
    return text.encode("utf-8")


# ---- what the chain says of the record, and the paper of the chain


def require_issued(row: Parts, own_sum: str) -> None:
    """The last row says which record was handed out, and this must be it."""
    try:
        events = json.loads(row["body"])
        named = [event["sha256"] for event in events if event["type"] == "record_issued"]
    except (ValueError, TypeError, KeyError):
        named = []
    if not named:
        raise Wrong(CHANGED, "The chain does not end with the issuing of a record: its end was cut off.")
    if own_sum not in named:
        raise Wrong(CHANGED, "The record was changed: it is not the one that its chain says was issued.")


def require_fingerprint(rows: list[Parts], record: Parts) -> None:
    own = record.get("fingerprint")
    if own and own not in fingerprints(rows):
        raise Wrong(CHANGED, "The chain was exchanged: it holds no row of the fingerprint that stands in the record.")


def with_chain(rows: list[Parts], record: Parts, fingerprint: str | None) -> Verdict:
    known = fingerprints(rows)
    if fingerprint is None:
        return Verdict(
            SOUND,
            f"Nothing in this record contradicts itself. Hold its fingerprint against the printed one: "
            f"{record.get('fingerprint') or 'none, no decision was recorded'} (at its end {known[-1]}).",
        )
    if tidy(fingerprint) not in known:
        raise Wrong(
            CHANGED,
            "The chain holds no row of that fingerprint: all of it was written anew, it is another conference's, "
            "or the fingerprint was mistyped.",
        )
    row = rows[known.index(tidy(fingerprint))]
    where = (
        "to its end"
        if row is rows[-1]
        else f"up to {row['at'][:16].replace('T', ' ')} UTC, where that fingerprint was taken"
    )
    return Verdict(SOUND, f"Nothing was changed {where}.")


def without_chain(record: Parts, fingerprint: str | None, sum_of_record: str | None) -> Verdict:
    own = record["record"].get("fingerprint")
    if fingerprint is not None and own != tidy(fingerprint):
        raise Wrong(CHANGED, "That is not the fingerprint in this record: it was changed, or is another.")
    if sum_of_record is None:
        raise Wrong(
            CANNOT_TELL,
            "A record without a chain cannot tell by itself: give its SHA-256, or let the council check this file.",
        )
    return Verdict(SOUND, "Nothing was changed: this is the record with that SHA-256.")


def fingerprints(rows: list[Parts]) -> list[str]:
    return [fingerprint_of(bytes.fromhex(row["hash"])) for row in rows]


def fingerprint_of(row_hash: bytes) -> str:
    """The first ten bytes, five bits a letter."""
    bits = "".join(f"{byte:08b}" for byte in row_hash[:10])
    letters = "".join(LETTERS[int(bits[at : at + 5], 2)] for at in range(0, 80, 5))
    return "-".join(re.findall("....", letters))


def tidy(typed: str) -> str:
    """As people type what they read: any case, any gaps, O for 0, I and L for 1."""
    letters = re.sub(r"[\s\-‐‑–—]", "", typed.upper()).translate(str.maketrans("OIL", "011"))
    return "-".join(re.findall(".{1,4}", letters))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Has anybody changed this record since it was written?")
    parser.add_argument("record", help="a record as a JSON file")
    parser.add_argument("--fingerprint", help="as printed on paper")
    parser.add_argument("--sha256", help="of the record, as the council's log has it")
    asked = parser.parse_args(arguments)
    try:
        with open(asked.record, "rb") as opened:
            file = opened.read()
    except OSError as why:
        sys.stderr.write(f"{asked.record} cannot be used ({why.strerror}).\n")
        return UNREADABLE
    verdict = verify(file, asked.fingerprint, asked.sha256)
    sys.stdout.write(verdict.sentence + "\n")
    return verdict.code


if __name__ == "__main__":
    sys.exit(main())
