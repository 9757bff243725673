"""Somebody's place ends: every session, unused link and answered knock of theirs, in one transaction."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from app.access.knocks import end_knocks
from app.access.links import end_links
from app.access.sessions import end_sessions
from app.store.database import Database


async def end_places(database: Database, conference_id: str, person_ids: Collection[str], now: datetime) -> None:
    def end(connection: Connection) -> None:
        end_sessions(connection, conference_id, person_ids, now)
        end_links(connection, conference_id, person_ids, now)
        end_knocks(connection, conference_id, person_ids)

    await database.write(end)
