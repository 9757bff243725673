"""A worked conference's log as a real chain, and the council's own copy of its record."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from app.board.board import EVENTS
from app.board.fingerprint import fingerprint_of
from app.board.issued import IssueRecord, RecordIssued
from app.realtime.turn import row_of
from app.records.recipient import Recipient
from app.records.record import build_record
from app.records.record_json import record_json, with_chain
from app.store.chain import first_head, spelled
from app.store.commits import NewRow, chained, close_row
from app.store.log import OpenedRow, opened
from app.store.seal import Seal
from tests.records.copies import ISSUED, happened_in
from tests.script.worked import Worked, worked


def linked(conference_id: str, rows: Sequence[NewRow], behind: Sequence[Any] = ()) -> list[Any]:
    """What the log would hold of them, behind what it holds already."""
    links, seal = list(behind), Seal("key", bytes(32))
    for row in rows:
        head = links[-1] if links else first_head(conference_id)
        closed = close_row(seal, conference_id, head.seq + 1, row)
        links.append(opened(seal, conference_id, SimpleNamespace(**chained(conference_id, "key", closed, head))))
    return links


@dataclass(frozen=True)
class CouncilsCopy:
    conference_id: str
    rows: tuple[NewRow, ...]  # the last says that the record was issued
    links: tuple[OpenedRow, ...]
    record: bytes  # without its chain
    file: bytes
    sum_of_record: str
    fingerprint: str  # as printed: of the latest decision
    fingerprint_of_end: str
    decided: int  # the seq of the latest decision


@cache
def councils_copy(name: str = "example-conference") -> CouncilsCopy:
    conference = worked(name)
    links = linked(conference.id, conference.played.rows)
    latest = list(conference.board.decisions.by_child.values())[-1].id
    decision = next(link for link in links if link.command_id == latest)
    fingerprint = fingerprint_of(decision.hash)
    chair = next(one.id for one in conference.board.people.members.values() if one.role == "chair")
    file = record_json(
        build_record(
            conference.board, Recipient(chair, "full"), ISSUED, fingerprint, happened_in(conference.played.rows)
        )
    )
    issued = issuing(conference, chair, file, fingerprint)
    links = linked(conference.id, [issued], links)
    return CouncilsCopy(
        conference_id=conference.id,
        rows=(*conference.played.rows, issued),
        links=tuple(links),
        record=file,
        file=with_chain(file, spelled(conference.id, links)),
        sum_of_record=sha256(file).hexdigest(),
        fingerprint=fingerprint,
        fingerprint_of_end=fingerprint_of(links[-1].hash),
        decided=decision.seq,
    )


def issuing(conference: Worked, chair: str, file: bytes, fingerprint: str) -> NewRow:
    command = IssueRecord(
        id=str(UUID(int=1, version=4)),
        person_id=chair,
        document="full_record",
        version="full",
        sha256=sha256(file).hexdigest(),
        fingerprint=fingerprint,
    )
    said = command.model_dump(exclude={"type", "reign"})
    return row_of(command, chair, [RecordIssued(**said, by=chair, at=ISSUED)], ISSUED)


def reissued(rows: Sequence[NewRow], record: bytes) -> list[NewRow]:
    """The same rows, of which the last now names another record."""
    (event,) = EVENTS.validate_json(rows[-1].body)
    other = event.model_copy(update={"sha256": sha256(record).hexdigest()})
    last = rows[-1]
    return [*rows[:-1], NewRow(last.id, last.person_id, last.at, last.body_hash, EVENTS.dump_json([other]))]
