"""Which conferences are for practising. The audit says so before one is there and after it is gone, so that what was
done in it is never taken for what was done in a real one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from app.store.audit import SERVER, Act, note_alone, noted, staff
from app.store.commits import UnknownConference
from app.store.holding import OnHold
from app.store.log import EventLog
from app.store.purging import purge
from app.store.there import heads_there

logger = structlog.get_logger()

MADE = "practice_made"
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Practice:
    conference_id: str
    account_id: str
    made_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.made_at + KEPT_FOR


async def note_practice(log: EventLog, conference_id: str, account_id: str, now: datetime) -> None:
    await note_alone(log.database, now, Act(MADE, staff(account_id), conference_id))


async def practices(log: EventLog) -> list[Practice]:
    """Those that are still there."""
    made = await noted(log.database, what=MADE)
    found = [Practice(id, one.act.by.removeprefix(staff("")), one.at) for one in made if (id := one.act.conference_id)]
    ids = {one.conference_id for one in found}
    there = await log.database.read(lambda connection: heads_there(connection, ids))
    return [one for one in found if one.conference_id in there]


async def throw_away(log: EventLog, conference_id: str, by: str, now: datetime) -> None:
    """Without a copy of it anywhere that could be opened. The whole file is not written anew for it, as for a real one:
    others are meeting.
    """
    await purge(log, conference_id, by, now, "practice", scrub=False)


async def throw_away_old(log: EventLog, now: datetime) -> None:
    for one in await practices(log):
        if one.ends_at <= now:
            try:
                await throw_away(log, one.conference_id, SERVER, now)
            except (OnHold, UnknownConference) as why:
                logger.warning("practice kept", conference=one.conference_id, cause=type(why).__name__)
