"""Which conferences are still there: one that was purged beside a server is gone without a word to it."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import col

from app.models import ConferenceRow
from app.store.database import Database


async def conferences_there(database: Database, ids: Collection[str]) -> set[str]:
    """Those of these that are."""
    query = select(col(ConferenceRow.id)).where(col(ConferenceRow.id).in_(ids))
    return set(await database.read(lambda connection: connection.execute(query).scalars().all()))
