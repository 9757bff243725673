"""Somebody's place ends, and with it what would let them in, in one transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from app.access.knocks import end_knocks
from app.access.links import end_links
from app.access.sessions import end_sessions
from app.store.database import Database


async def end_places(database: Database, conference_id: str, people: Collection[str], now: datetime) -> None:
    """Sessions, links and places in the lobby, also a tablet that they shared. Whoever is let in again comes by a new
    link: the device that they came with may be in other hands.
    """

    def end(connection: Connection) -> None:
        end_sessions(connection, conference_id, people, now)
        end_links(connection, conference_id, people, now)
        end_knocks(connection, conference_id, people)

    await database.write(end)
