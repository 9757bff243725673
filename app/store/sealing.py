"""What an earlier version wrote in the clear is sealed at the first start of this one."""

from sqlalchemy import Connection, bindparam, select, update
from sqlmodel import col

from app.models import ConferenceRow, LogRow
from app.store.keys import Keys
from app.store.seal import Seal, place_of


def keys_in_use(connection: Connection) -> list[str]:
    query = select(col(ConferenceRow.key_id)).where(col(ConferenceRow.key_id).is_not(None))
    return [str(key_id) for key_id in connection.execute(query).scalars()]


def is_in_the_clear(connection: Connection) -> bool:
    query = select(col(ConferenceRow.id)).where(col(ConferenceRow.key_id).is_(None))
    return connection.execute(query).first() is not None


def seal_all(connection: Connection, keys: Keys) -> None:
    """In one transaction. The chain stays as it is: its hashes were over what is sealed now."""
    query = select(col(ConferenceRow.id)).where(col(ConferenceRow.key_id).is_(None)).with_for_update()
    for conference_id in list(connection.execute(query).scalars()):
        seal = keys.make()
        _seal_log(connection, conference_id, seal)
        connection.execute(update(ConferenceRow).where(col(ConferenceRow.id) == conference_id).values(key_id=seal.id))


def _seal_log(connection: Connection, conference_id: str, seal: Seal) -> None:
    rows = connection.execute(select(LogRow).where(col(LogRow.conference_id) == conference_id)).all()
    closed = [
        {
            "row": row.seq,
            "closed": seal.close(place_of(conference_id, row.seq), row.salt + row.body_hash + row.body),
        }
        for row in rows
    ]
    if closed:
        connection.execute(
            update(LogRow)
            .where(col(LogRow.conference_id) == conference_id, col(LogRow.seq) == bindparam("row"))
            .values(body=bindparam("closed"), salt=None, sealed_with=seal.id),
            closed,
        )
