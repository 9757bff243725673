"""The door of a conference: its room code, from a quarter of an hour before the start until the chair shuts it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.access.codes import new_code
from app.models import DoorRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

BEFORE_THE_START = timedelta(minutes=15)
OPEN_FOR = timedelta(hours=12)  # a chair who forgets to shut it shuts it by going home


@dataclass(frozen=True)
class Door:
    """`code` is empty while it is shut."""

    conference_id: str
    code: str
    opens_at: datetime
    phone: str

    def is_open(self, now: datetime) -> bool:
        return bool(self.code) and self.opens_at <= now < self.opens_at + OPEN_FOR


def opens_at(starts_at: datetime | None, now: datetime) -> datetime:
    """A quarter of an hour before the start; where nobody said when that is, or it is past, at once."""
    return max(starts_at - BEFORE_THE_START, now) if starts_at else now


async def door_of(database: Database, conference_id: str) -> Door | None:
    """None for a door that was never opened."""
    return await database.read(lambda connection: _door(connection, conference_id))


async def open_door(database: Database, conference_id: str, at: datetime) -> Door:
    """With a code of its own from `at` on; a door that has one keeps it."""
    return await database.write(lambda connection: _open(connection, conference_id, at))


async def shut_door(database: Database, conference_id: str) -> None:
    """Its code opens nothing from now on, for good."""
    shut = update(DoorRow).where(col(DoorRow.conference_id) == conference_id).values(code=None)
    await database.write(lambda connection: connection.execute(shut).rowcount)


async def set_phone(database: Database, conference_id: str, phone: str) -> None:
    """The number that somebody is given who cannot come in today."""
    given = update(DoorRow).where(col(DoorRow.conference_id) == conference_id).values(phone=phone)
    await database.write(lambda connection: connection.execute(given).rowcount)


async def door_by_code(database: Database, code: str, now: datetime) -> Door | None:
    """The open door of this code. One that is too early, shut or never was is None alike."""
    query = select(DoorRow).where(col(DoorRow.code) == code)
    row = await database.read(lambda connection: connection.execute(query).first())
    door = Door(row.conference_id, row.code, instant_from(row.opens_at), row.phone) if row is not None else None
    return door if door and door.is_open(now) else None


def _door(connection: Connection, conference_id: str) -> Door | None:
    row = connection.execute(select(DoorRow).where(col(DoorRow.conference_id) == conference_id)).first()
    return Door(row.conference_id, row.code or "", instant_from(row.opens_at), row.phone) if row is not None else None


def _open(connection: Connection, conference_id: str, at: datetime) -> Door:
    before = _door(connection, conference_id)
    if before and before.code:
        return before
    made = {"code": _unused_code(connection), "opens_at": instant_text(at)}
    if before is None:
        connection.execute(insert(DoorRow), {"conference_id": conference_id, "phone": "", **made})
    else:
        connection.execute(update(DoorRow).where(col(DoorRow.conference_id) == conference_id).values(**made))
    return Door(conference_id, made["code"], at, before.phone if before else "")


def _unused_code(connection: Connection) -> str:
    while True:
        code = new_code()
        if connection.execute(select(col(DoorRow.code)).where(col(DoorRow.code) == code)).first() is None:
            return code
