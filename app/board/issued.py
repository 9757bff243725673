"""Which copies left the house: to whom, what, and the hash of each file. The file itself is kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints
from typing_extensions import TypedDict

from .actor import Actor
from .closing import Version
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Code, Command, Event, Id

if TYPE_CHECKING:
    from .state import Board

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Fingerprint = Annotated[str, StringConstraints(pattern=r"^([0-9A-Z]{4}(-[0-9A-Z]{4}){3})?$")]  # none before a decision


class IssueRecord(Command):
    """Said by the program that made the file, for the chair; never over the wire."""

    type: Literal["issue_record"] = "issue_record"
    person_id: Id
    document: Code
    version: Version
    sha256: Sha256
    fingerprint: Fingerprint
    child_id: Id | None = None  # whose letter


class RecordIssued(Event):
    type: Literal["record_issued"] = "record_issued"
    person_id: Id
    document: Code
    version: Version
    sha256: str
    fingerprint: str
    child_id: Id | None = None


@dataclass(frozen=True)
class Issued:
    copies: tuple[RecordIssued, ...] = ()


def decide_issue(board: Board, command: IssueRecord, actor: Actor, now: datetime) -> list[Event]:
    """At any time, after the end too."""
    if actor.role != "chair":
        refuse(Reason.NOT_ALLOWED)
    require_member(board, command.person_id)
    issued = RecordIssued(
        person_id=command.person_id,
        document=command.document,
        version=command.version,
        sha256=command.sha256,
        fingerprint=command.fingerprint,
        child_id=command.child_id,
        **stamp(command, actor, now),
    )
    return [issued]


def evolve_issued(board: Board, event: RecordIssued) -> Board:
    return replace(board, issued=Issued((*board.issued.copies, event)))


class IssuedSeen(TypedDict):
    person_id: str
    document: str
    child_id: str | None
    version: Version
    sha256: str
    fingerprint: str
    by: str
    at: str


def see_issued(board: Board) -> list[IssuedSeen]:
    """In the order in which they were made. For the chair's eyes only."""
    return [
        {
            "person_id": each.person_id,
            "document": each.document,
            "child_id": each.child_id,
            "version": each.version,
            "sha256": each.sha256,
            "fingerprint": each.fingerprint,
            "by": each.by,
            "at": each.at.isoformat(),
        }
        for each in board.issued.copies
    ]


DECIDE = {IssueRecord: decide_issue}
EVOLVE = {RecordIssued: evolve_issued}
