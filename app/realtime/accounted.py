"""Which acts of a meeting go into the audit, and as which codes. What they said stays in the log."""

from collections.abc import Callable, Iterable
from typing import Any

from app.board.chair import ChairHandedOver, ChairTakenOver
from app.board.conference import ConferenceClosed, ConferencePrepared
from app.board.decision import DecisionRecorded
from app.board.houses import HouseShown
from app.board.issued import RecordIssued
from app.board.offers import ItemReleased, PrivateReleased
from app.board.people import PersonAdmitted, PersonRemoved
from app.board.private import FamilyCameBack, FamilyWentOut
from app.board.running import ScreensBlanked
from app.board.sight import ReadingLet
from app.board.terms import Event, Id
from app.store.audit import Act, seat


def acts_of(events: Iterable[Event], person_id: Id) -> tuple[Act, ...]:
    by = seat(person_id)
    return tuple(act for event in events if (noted := ACTS.get(type(event))) and (act := noted(event, by)))


def _issued(event: RecordIssued, by: str) -> Act:
    detail = {"document": event.document, "version": event.version, "sha256": event.sha256}
    return Act("issued", by, about=event.person_id, detail=detail)


ACTS: dict[type[Event], Callable[[Any, str], Act | None]] = {
    ConferencePrepared: lambda event, by: Act("prepared", by),
    PersonAdmitted: lambda event, by: Act("admitted", by, about=event.person_id),
    PersonRemoved: lambda event, by: Act("removed", by, about=event.person_id),
    ChairHandedOver: lambda event, by: Act("handed_over", by, about=event.person_id),
    ChairTakenOver: lambda event, by: Act("taken_over", by, about=event.from_person),
    FamilyWentOut: lambda event, by: Act("family_out", by),
    FamilyCameBack: lambda event, by: Act("family_back", by),
    ReadingLet: lambda event, by: Act("let_read", by, about=event.version, detail={"readers": len(event.people)}),
    ScreensBlanked: lambda event, by: Act("blanked", by, detail={"screens": event.screens}),
    ItemReleased: lambda event, by: Act("released", by, about=event.item_id),
    PrivateReleased: lambda event, by: Act("released", by, about=event.item_id),
    HouseShown: lambda event, by: Act("released", by, about=event.house_id) if event.on else None,
    DecisionRecorded: lambda event, by: Act("decided", by, about=event.child_id),
    RecordIssued: _issued,
    ConferenceClosed: lambda event, by: Act("closed", by),
}
