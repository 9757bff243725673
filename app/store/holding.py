"""A legal hold: until it is lifted nothing purges this conference. Who set it, when and why stands in the audit."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import Connection

from app.store.audit import Act, lock_audit, note, note_alone, noted_in
from app.store.commits import UnknownConference
from app.store.database import Database
from app.store.log import head_of

Why = Literal["court", "police", "complaint", "review", "information_request", "other"]
WHYS: tuple[Why, ...] = get_args(Why)


class OnHold(Exception):
    """It is kept because somebody said so; lift the hold first."""

    def __init__(self, conference_id: str, why: str) -> None:
        super().__init__(f"Conference {conference_id} is on hold ({why}), so it is not purged.")


class PurgeBegun(Exception):
    """Its key may be gone already, so nothing can keep it any more."""

    def __init__(self, conference_id: str) -> None:
        super().__init__(f"Conference {conference_id} is being purged, so it cannot be put on hold any more.")


async def hold(database: Database, conference_id: str, by: str, now: datetime, why: Why) -> None:
    """Raises UnknownConference or PurgeBegun: either the hold or the purge was first, never both."""

    def set_it(connection: Connection) -> None:
        lock_audit(connection)
        if head_of(connection, conference_id) is None:
            raise UnknownConference
        if purge_has_begun(connection, conference_id):
            raise PurgeBegun(conference_id)
        note(connection, now, Act("hold_set", by, conference_id, detail={"why": why}))

    await database.write(set_it)


async def lift_hold(database: Database, conference_id: str, by: str, now: datetime, why: Why) -> None:
    await note_alone(database, now, Act("hold_lifted", by, conference_id, detail={"why": why}))


async def held_for(database: Database, conference_id: str) -> str | None:
    """Why it is on hold; None if it is not."""
    return await database.read(lambda connection: held_in(connection, conference_id))


def held_in(connection: Connection, conference_id: str) -> str | None:
    last = [each.act for each in noted_in(connection, conference_id=conference_id) if each.act.what in HOLDS]
    return str(last[-1].detail["why"]) if last and last[-1].what == "hold_set" else None


def purge_has_begun(connection: Connection, conference_id: str) -> bool:
    return bool(noted_in(connection, conference_id=conference_id, what="purge_begun"))


HOLDS = ("hold_set", "hold_lifted")
