"""A legal hold: until it is lifted nothing purges this conference. Who set it, when and why stands in the audit."""

from datetime import datetime
from typing import Literal, get_args

from app.store.audit import Act, note_alone, noted
from app.store.database import Database

Why = Literal["court", "police", "complaint", "review", "information_request", "other"]
WHYS: tuple[Why, ...] = get_args(Why)


class OnHold(Exception):
    """It is kept because somebody said so; lift the hold first."""

    def __init__(self, conference_id: str, why: str) -> None:
        super().__init__(f"Conference {conference_id} is on hold ({why}), so it is not purged.")


async def hold(database: Database, conference_id: str, by: str, now: datetime, why: Why) -> None:
    await note_alone(database, now, Act("hold_set", by, conference_id, detail={"why": why}))


async def lift_hold(database: Database, conference_id: str, by: str, now: datetime, why: Why) -> None:
    await note_alone(database, now, Act("hold_lifted", by, conference_id, detail={"why": why}))


async def held_for(database: Database, conference_id: str) -> str | None:
    """Why it is on hold; None if it is not."""
    last = [each.act for each in await noted(database, conference_id=conference_id) if each.act.what in HOLDS]
    return str(last[-1].detail["why"]) if last and last[-1].what == "hold_set" else None


HOLDS = ("hold_set", "hold_lifted")
