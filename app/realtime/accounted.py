"""Which acts of a meeting go into the audit, and as which codes. What they said stays in the log."""

from collections.abc import Iterable

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
    return tuple(act for event in events if (act := _act(event, by)))


def _act(event: Event, by: str) -> Act | None:
    match event:
        case ConferencePrepared():
            return Act("prepared", by)
        case PersonAdmitted():
            return Act("admitted", by, about=event.person_id)
        case PersonRemoved():
            return Act("removed", by, about=event.person_id)
        case ChairHandedOver():
            return Act("handed_over", by, about=event.person_id)
        case ChairTakenOver():
            return Act("taken_over", by, about=event.from_person)
        case FamilyWentOut():
            return Act("family_out", by)
        case FamilyCameBack():
            return Act("family_back", by)
        case ReadingLet():
            return Act("let_read", by, about=event.version, detail={"readers": len(event.people)})
        case ScreensBlanked():
            return Act("blanked", by, detail={"screens": event.screens})
        case ItemReleased() | PrivateReleased():
            return Act("released", by, about=event.item_id)
        case HouseShown(on=True):
            return Act("released", by, about=event.house_id)
        case DecisionRecorded():
            return Act("decided", by, about=event.child_id)
        case RecordIssued():
            detail = {"document": event.document, "version": event.version, "sha256": event.sha256}
            return Act("issued", by, about=event.person_id, detail=detail)
        case ConferenceClosed():
            return Act("closed", by)
    return None
