"""Which seat of a conference somebody of staff takes: their signing in becomes that seat, and nothing more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from app.models import AssignmentRow, ConferenceRow
from app.store.audit import Act, note, staff
from app.store.database import Database

from .sessions import Seat, begin_session


@dataclass(frozen=True)
class Assigned:
    account_id: str
    seat: Seat


async def assigned_to(database: Database, account_id: str, most: int) -> list[Assigned]:
    """What this person can open, the newest conference first."""
    query = (
        select(AssignmentRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(AssignmentRow.conference_id))
        .where(col(AssignmentRow.account_id) == account_id)
        .order_by(col(ConferenceRow.created_at).desc(), col(ConferenceRow.id))
        .limit(most)
    )
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [Assigned(row.account_id, Seat(row.conference_id, row.person_id)) for row in rows]


async def seat_assigned(database: Database, account_id: str, conference_id: str) -> Seat | None:
    return await database.read(lambda connection: _seat(connection, account_id, conference_id))


def _seat(connection: Connection, account_id: str, conference_id: str) -> Seat | None:
    query = select(col(AssignmentRow.person_id)).where(
        col(AssignmentRow.account_id) == account_id, col(AssignmentRow.conference_id) == conference_id
    )
    person_id = connection.execute(query).scalar()
    return Seat(conference_id, person_id) if person_id else None


async def those_assigned(database: Database, conference_id: str) -> list[Assigned]:
    query = select(AssignmentRow).where(col(AssignmentRow.conference_id) == conference_id)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [Assigned(row.account_id, Seat(row.conference_id, row.person_id)) for row in rows]


async def assign(database: Database, account_id: str, seat: Seat) -> None:
    """In place of the seat that they had in this conference, if any."""
    row = {"account_id": account_id, "conference_id": seat.conference_id, "person_id": seat.person_id}
    before = delete(AssignmentRow).where(
        col(AssignmentRow.account_id) == account_id, col(AssignmentRow.conference_id) == seat.conference_id
    )

    def put(connection: Connection) -> None:
        connection.execute(before)
        connection.execute(insert(AssignmentRow), row)

    await database.write(put)


async def take_seat(
    database: Database, account_id: str, conference_id: str, now: datetime, ends: datetime, confirmed_at: datetime
) -> str | None:
    """The token of a new session in the seat that is theirs; None if none is."""

    def take(connection: Connection) -> str | None:
        seat = _seat(connection, account_id, conference_id)
        if seat is None:
            return None
        token = begin_session(connection, seat, now, ends, account_id, confirmed_at)
        note(connection, now, Act("opened", staff(account_id), conference_id, seat.person_id))
        return token

    return await database.write(take)
