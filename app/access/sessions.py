"""Sessions: the token in a device's cookie stands for a seat, until it expires or is revoked."""

import asyncio
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlmodel import col

from app.models import AssignmentRow, DeviceKeyRow, SessionRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

GATHER_SECONDS = 0.005  # where a crowd asks, more of it is waited for before the next look

Device = Literal["tablet", "screen"]


@dataclass(frozen=True, slots=True)
class Seat:
    """Which person of which conference; what they may do there is the board's matter.

    `device` is empty for a browser of one's own; `sharing` is everybody who passes this tablet on.
    """

    conference_id: str
    person_id: str
    device: Device | None = None
    sharing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A seat on one device, and until when. `id` tells it from others and opens nothing: it is a hash of the token.

    `account_id` is whose seat it is, where it is somebody's of staff, however they came in; `confirmed_at` is when they
    last showed here that it is them.
    """

    id: bytes
    seat: Seat
    began_at: datetime
    ends_at: datetime
    account_id: str | None = None
    confirmed_at: datetime | None = None


class Lookups:
    """Sessions that are asked for while others are being read are read together: after a restart that is everybody.

    Nothing is remembered, so what was revoked before somebody asks is revoked for them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[bytes, asyncio.Future[Session | None]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def session_of(self, token: str, now: datetime) -> Session | None:
        """None for a token that is unknown, expired or revoked."""
        id = hash_of(token)
        asked = self._waiting.get(id)
        if asked is None:
            asked = self._waiting[id] = asyncio.get_running_loop().create_future()
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        session = await asyncio.shield(asked)  # others may wait for the same
        return session if session and session.ends_at > now else None

    async def _read(self) -> None:
        while self._waiting:
            asked, self._waiting = self._waiting, {}
            try:
                found = await self._database.read(partial(_sessions_by_id, ids=[*asked]))
            except Exception as cause:
                for each in asked.values():
                    each.set_exception(cause)
            else:
                for id, each in asked.items():
                    each.set_result(found.get(id))
            if len(asked) > 1:
                await asyncio.sleep(GATHER_SECONDS)


_ASSIGNED = (
    select(func.min(col(AssignmentRow.account_id)))
    .where(col(AssignmentRow.conference_id) == col(SessionRow.conference_id))
    .where(col(AssignmentRow.person_id) == col(SessionRow.person_id))
    .scalar_subquery()
)
_SESSIONS = select(SessionRow, func.coalesce(col(SessionRow.account_id), _ASSIGNED).label("whose"))


def _sessions_by_id(connection: Connection, ids: list[bytes]) -> dict[bytes, Session]:
    query = _SESSIONS.where(col(SessionRow.token_hash).in_(ids), col(SessionRow.revoked_at).is_(None))
    return {row.token_hash: _session(row) for row in connection.execute(query)}


async def session_with(database: Database, id: bytes) -> Session | None:
    found = await database.read(partial(_sessions_by_id, ids=[id]))
    return found.get(id)


async def session_of(database: Database, token: str, now: datetime) -> Session | None:
    return await Lookups(database).session_of(token, now)


async def seat_of(database: Database, token: str, now: datetime) -> Seat | None:
    session = await session_of(database, token, now)
    return session.seat if session else None


async def sessions_in(database: Database, conference_id: str, now: datetime) -> list[Session]:
    """Every device that has a seat in this conference now, the first one first."""
    query = (
        _SESSIONS.where(col(SessionRow.conference_id) == conference_id, col(SessionRow.revoked_at).is_(None))
        .where(col(SessionRow.expires_at) > instant_text(now))
        .order_by(col(SessionRow.created_at), col(SessionRow.token_hash))
    )
    return [_session(row) for row in await database.read(lambda connection: connection.execute(query).all())]


def revoked_since(connection: Connection, then: datetime) -> set[bytes]:
    """The ids of sessions that were ended after that moment, by whichever server."""
    query = select(col(SessionRow.token_hash)).where(col(SessionRow.revoked_at) >= instant_text(then))
    return set(connection.execute(query).scalars())


def renewed_since(connection: Connection, then: datetime) -> dict[bytes, Session]:
    """Those that have another token since that moment, by the ids that they had before."""
    query = _SESSIONS.where(col(SessionRow.confirmed_at) >= instant_text(then), col(SessionRow.revoked_at).is_(None))
    return {row.was: _session(row) for row in connection.execute(query) if row.was}


async def revoke_session(database: Database, conference_id: str, id: bytes, now: datetime) -> bool:
    """End this one session; False if this conference has none such that goes on."""
    ended = (
        update(SessionRow)
        .where(col(SessionRow.token_hash) == id, col(SessionRow.conference_id) == conference_id)
        .where(col(SessionRow.revoked_at).is_(None))
        .values(revoked_at=instant_text(now))
    )
    return await database.write(lambda connection: connection.execute(ended).rowcount) > 0


async def revoke_sessions(database: Database, conference_id: str, person_id: str, now: datetime) -> None:
    """End every session of this person in this conference. Closing their open sockets is the room's part."""
    await database.write(lambda connection: end_sessions(connection, conference_id, [person_id], now))


async def pass_session(database: Database, session: Session, person_id: str, now: datetime) -> tuple[str, Seat] | None:
    """Another of those who share this tablet has it now, until when it was lent; None if it was over already."""
    seat = replace(session.seat, person_id=person_id)
    ended = (
        update(SessionRow)
        .where(col(SessionRow.token_hash) == session.id, col(SessionRow.revoked_at).is_(None))
        .values(revoked_at=instant_text(now))
    )

    def pass_on(connection: Connection) -> str | None:
        if not connection.execute(ended).rowcount:
            return None
        return begin_session(connection, seat, now, session.ends_at)

    token = await database.write(pass_on)
    return (token, seat) if token else None


def end_sessions(connection: Connection, conference_id: str, person_ids: Iterable[str], now: datetime) -> None:
    """In the caller's transaction. A tablet that several people pass on ends with any of them: what it shows is for
    all of them.
    """
    ending = set(person_ids)
    query = (
        select(col(SessionRow.token_hash), col(SessionRow.person_id), col(SessionRow.sharing))
        .where(col(SessionRow.conference_id) == conference_id, col(SessionRow.revoked_at).is_(None))
        .with_for_update()
    )
    found = [(id, {person, *people_in(sharing)}) for id, person, sharing in connection.execute(query)]
    ids = [id for id, people in found if ending & people]
    connection.execute(
        update(SessionRow).where(col(SessionRow.token_hash).in_(ids)).values(revoked_at=instant_text(now))
    )
    # What a laptop of theirs still holds can be read by nobody from now on.
    connection.execute(
        delete(DeviceKeyRow).where(
            col(DeviceKeyRow.conference_id) == conference_id, col(DeviceKeyRow.person_id).in_(ending)
        )
    )


def people_in(sharing: str | None) -> tuple[str, ...]:
    return tuple(json.loads(sharing)) if sharing else ()


def begin_session(
    connection: Connection,
    seat: Seat,
    now: datetime,
    expires_at: datetime,
    account_id: str | None = None,
    confirmed_at: datetime | None = None,
) -> str:
    """The token of a new session, in the caller's transaction."""
    token = new_secret()
    row = {
        "token_hash": hash_of(token),
        "conference_id": seat.conference_id,
        "person_id": seat.person_id,
        "created_at": instant_text(now),
        "expires_at": instant_text(expires_at),
        "revoked_at": None,
        "device": seat.device,
        "sharing": json.dumps(seat.sharing) if seat.sharing else None,
        "account_id": account_id,
        "confirmed_at": instant_text(confirmed_at) if confirmed_at else None,
    }
    connection.execute(insert(SessionRow), row)
    return token


def _session(row: Any) -> Session:
    seat = Seat(row.conference_id, row.person_id, row.device, people_in(row.sharing))
    return Session(
        row.token_hash,
        seat,
        instant_from(row.created_at),
        instant_from(row.expires_at),
        row.whose,
        instant_from(row.confirmed_at) if row.confirmed_at else None,
    )


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """A plain hash is enough: the secret is 32 random bytes, which nobody can try out.

    A stranger may send any text at all, also such as UTF-8 cannot hold.
    """
    return sha256(secret.encode(errors="surrogatepass")).digest()
