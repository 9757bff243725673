"""What is arranged at the end: who leads, the core group, the next dates, who tells each child, who gets a copy."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor
from .conference import require_children
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import FAMILY, SERVICES, Command, Event, Frozen, Id, Line, Reply, Role

if TYPE_CHECKING:
    from .people import Member
    from .state import Board

Version = Literal["family", "plan_only", "professional", "full"]
_WORKERS: frozenset[Role] = SERVICES | frozenset({"chair", "scribe"})
_WITH_THEM: frozenset[Role] = frozenset({"advocate", "supporter", "interpreter"})
# A copy made with one's own eyes for another kind of reader would hold what its heading promises it does not.
VERSION_FOR: dict[Version, frozenset[Role]] = {
    "family": FAMILY | _WITH_THEM,
    "plan_only": FAMILY | _WITH_THEM | _WORKERS,
    "professional": _WORKERS,
    "full": _WORKERS,
}


class Telling(Frozen):
    """Who tells this child what was decided."""

    child_id: Id
    person_id: Id


class Recipient(Frozen):
    person_id: Id
    version: Version
    children: tuple[Id, ...] = ()  # none: about all of them
    how: Reply


class WriteClosing(Command):
    """The whole of it each time, over the version that was read."""

    type: Literal["write_closing"] = "write_closing"
    base_version: Id | None
    lead_social_worker: Id | None
    core_group: tuple[Id, ...]
    core_group_on: date | None
    review_on: date | None
    tells: tuple[Telling, ...]
    recipients: tuple[Recipient, ...]
    told_how_to: tuple[Line, ...]


class ClosingWritten(Event):
    type: Literal["closing_written"] = "closing_written"
    lead_social_worker: Id | None
    core_group: tuple[Id, ...]
    core_group_on: date | None
    review_on: date | None
    tells: tuple[Telling, ...]
    recipients: tuple[Recipient, ...]
    told_how_to: tuple[str, ...]


PARTS = tuple(name for name in ClosingWritten.model_fields if name in WriteClosing.model_fields.keys() - {"id", "type"})


@dataclass(frozen=True)
class Closing:
    written: ClosingWritten | None = None


def decide_closing(board: Board, command: WriteClosing, actor: Actor, now: datetime) -> list[Event]:
    was = board.closing.written
    if command.base_version != (was.id if was else None):
        refuse(Reason.CHANGED_MEANWHILE)
    if was and all(getattr(was, part) == getattr(command, part) for part in PARTS):
        refuse(Reason.NOTHING_CHANGED)
    for person_id in (command.lead_social_worker, *command.core_group):
        if person_id:
            _require_reader(board, person_id)
    for telling in command.tells:
        require_children(board, (telling.child_id,))
        _require_reader(board, telling.person_id)
    for recipient in command.recipients:
        _require_may_get(board, recipient)
    _require_each_once(command.core_group)
    _require_each_once((telling.child_id, telling.person_id) for telling in command.tells)
    _require_each_once(recipient.person_id for recipient in command.recipients)
    fields = {part: getattr(command, part) for part in PARTS}
    return [ClosingWritten(**fields, **stamp(command, actor, now))]


def _require_reader(board: Board, person_id: Id) -> Member:
    """Somebody of this conference; a screen and whoever only watches have no part in what comes after it."""
    member = require_member(board, person_id)
    if member.role in ("observer", "room_screen"):
        refuse(Reason.NOT_FOUND)
    return member


def _require_may_get(board: Board, recipient: Recipient) -> None:
    require_children(board, recipient.children)
    if _require_reader(board, recipient.person_id).role not in VERSION_FOR[recipient.version]:
        refuse(Reason.WRONG_VERSION)


def _require_each_once(listed: Iterable[Hashable]) -> None:
    everything = list(listed)
    if len(set(everything)) < len(everything):
        refuse(Reason.LISTED_TWICE)


def evolve_closing(board: Board, event: ClosingWritten) -> Board:
    return replace(board, closing=Closing(event))


class TellingSeen(TypedDict):
    child_id: str
    person_id: str


class ClosingSeen(TypedDict):
    version: str
    lead_social_worker: str | None
    core_group: list[str]
    core_group_on: str | None
    review_on: str | None
    tells: list[TellingSeen]
    told_how_to: list[str]


class RecipientSeen(TypedDict):
    person_id: str
    version: Version
    children: list[str]
    how: str


def see_closing(board: Board) -> dict[str, ClosingSeen]:
    """All of it but who gets a copy and how: that may say where somebody lives."""
    written = board.closing.written
    if written is None:
        return {}
    seen: ClosingSeen = {
        "version": written.id,
        "lead_social_worker": written.lead_social_worker,
        "core_group": list(written.core_group),
        "core_group_on": written.core_group_on.isoformat() if written.core_group_on else None,
        "review_on": written.review_on.isoformat() if written.review_on else None,
        "tells": [{"child_id": each.child_id, "person_id": each.person_id} for each in written.tells],
        "told_how_to": list(written.told_how_to),
    }
    return {"closing": seen}


def see_recipients(board: Board) -> list[RecipientSeen]:
    """For chair and scribe only."""
    return [
        {
            "person_id": each.person_id,
            "version": each.version,
            "children": list(each.children),
            "how": each.how,
        }
        for each in (board.closing.written.recipients if board.closing.written else ())
    ]


DECIDE = {WriteClosing: decide_closing}
EVOLVE = {ClosingWritten: evolve_closing}
