"""Somebody's place ends, and with it what would let them in, in one transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from app.access.knocks import end_knocks
from app.access.links import end_links
from app.access.sessions import end_sessions
from app.store.database import Database


async def end_places(
    database: Database, conference_id: str, taken_out: Collection[str], over: Collection[str], now: datetime
) -> None:
    """Links and places in the lobby end for all of them. A session of somebody who was taken out opens nothing until
    the chair lets them in again, and then it does; a tablet that they shared, and the sessions of those for whom the
    meeting is over, end for good.
    """

    def end(connection: Connection) -> None:
        end_sessions(connection, conference_id, taken_out, now, shared_only=True)
        end_sessions(connection, conference_id, over, now)
        end_links(connection, conference_id, [*taken_out, *over], now)
        end_knocks(connection, conference_id, [*taken_out, *over])

    await database.write(end)
