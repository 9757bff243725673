"""A record leaves the house: it is made, the log says that it was, and only then is it handed out."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from uuid import uuid4
from weakref import WeakKeyDictionary

from app.board.issued import IssueRecord
from app.board.refusals import Refused
from app.board.state import Board
from app.board.terms import Id
from app.realtime.room import Room
from app.realtime.turn import Broken, events_of
from app.records.issue import Format, Wanted, fingerprint_in, make_file
from app.records.record_json import with_chain
from app.store.commits import NotSaved, SavedRow

KINDS: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
_PRESS = asyncio.Semaphore(1)  # making one takes a second of the processor, which the meeting needs too
_QUEUES: WeakKeyDictionary[Room, asyncio.Lock] = WeakKeyDictionary()  # of many from one meeting, one waits at the press


@dataclass(frozen=True)
class Issued:
    """The file, under a name that says when the meeting was and nothing of whose it is."""

    name: str
    kind: str
    content: bytes


async def issue(room: Room, by: Id, wanted: Wanted, now: datetime) -> Issued:
    """Raises NotEntitled or Refused if it may not be made, NotSaved if nobody could write down that it was."""
    async with _QUEUES.setdefault(room, asyncio.Lock()), _PRESS:
        rows = await room.log.read(room.id)
        board = room.board  # as it is when it is printed, however long the queue was
        content = await asyncio.to_thread(_made, board, rows, wanted, now)
    answer = await room.act(_noted(board, wanted, content), by)
    if isinstance(answer, Refused):
        raise answer
    if isinstance(answer, Broken):
        raise NotSaved from answer.cause
    name = f"record-{board.conference.held_on.isoformat()}-{token_hex(2)}.{wanted.format}"
    return Issued(name, KINDS[wanted.format], content)


async def councils_own(room: Room, issued: Issued) -> bytes:
    """An issued JSON record with the log up to its own issuing. It is for whoever may read the database anyway."""
    sum_of_file = hashlib.sha256(issued.content).hexdigest().encode()
    issuing = [row.seq for row in await room.log.read(room.id) if sum_of_file in row.body]
    return with_chain(issued.content, await room.log.chain(room.id, to=issuing[-1]))


def _made(board: Board, rows: Sequence[SavedRow], wanted: Wanted, now: datetime) -> bytes:
    return make_file(board, wanted, [(event.at, event) for row in rows for event in events_of(row)], now)


def _noted(board: Board, wanted: Wanted, content: bytes) -> IssueRecord:
    return IssueRecord(
        id=str(uuid4()),
        person_id=wanted.recipient.person_id,
        document=wanted.document,
        version=wanted.recipient.version,
        sha256=hashlib.sha256(content).hexdigest(),
        fingerprint=fingerprint_in(board),
        child_id=wanted.child_id,
    )
