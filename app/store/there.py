"""Which conferences are still there, and how far each has come, on whichever server.

One that was purged beside a server is gone without a word to it.
"""

from collections.abc import Collection

from sqlalchemy import Connection, select
from sqlmodel import col

from app.models import ConferenceRow


def heads_there(connection: Connection, ids: Collection[str]) -> dict[str, int]:
    """Of those of these that are: the number of the last row of its log."""
    query = select(col(ConferenceRow.id), col(ConferenceRow.head_seq)).where(col(ConferenceRow.id).in_(ids))
    return {row.id: row.head_seq for row in connection.execute(query)} if ids else {}
