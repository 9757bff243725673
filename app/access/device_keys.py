"""The key with which a laptop seals what it keeps: it comes with the board's page, and is never stored on the device.

It belongs to the seat, so words survive a lost cookie; it ends when the seat's sessions are ended, and then nobody can
read them any more.
"""

import asyncio
import secrets
from functools import partial

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from app.access.sessions import Seat
from app.models import DeviceKeyRow
from app.store.database import Database
from app.store.unavailable import StoreUnavailable

MOST_SECONDS = 1.0  # a page waits no longer for a disk that is busy: its words are then kept in memory alone


async def device_key_of(database: Database, seat: Seat) -> bytes | None:
    """Made when it is first asked for; None where nothing can be written just now."""
    known = await database.read(partial(_key, seat=seat))
    if known is not None:
        return known
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await database.write(partial(_new_key, seat=seat))
    except (TimeoutError, StoreUnavailable):
        return None
    except DBAPIError:
        return await database.read(partial(_key, seat=seat))  # another page of this seat may have been quicker


def _key(connection: Connection, seat: Seat) -> bytes | None:
    query = select(col(DeviceKeyRow.key)).where(
        col(DeviceKeyRow.conference_id) == seat.conference_id, col(DeviceKeyRow.person_id) == seat.person_id
    )
    found: bytes | None = connection.execute(query).scalar()
    return found


def _new_key(connection: Connection, seat: Seat) -> bytes:
    known = _key(connection, seat)
    if known is not None:
        return known
    key = secrets.token_bytes(32)
    row = {"conference_id": seat.conference_id, "person_id": seat.person_id, "key": key}
    connection.execute(insert(DeviceKeyRow), row)
    return key
