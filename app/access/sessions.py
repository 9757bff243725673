"""Sessions: the token in a device's cookie stands for a seat, until it expires or is revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.models import SessionRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database


@dataclass(frozen=True)
class Seat:
    """Which person of which conference; what they may do there is the board's matter."""

    conference_id: str
    person_id: str


async def seat_of(database: Database, token: str, now: datetime) -> Seat | None:
    """None for a token that is unknown, expired or revoked."""
    query = select(
        col(SessionRow.conference_id),
        col(SessionRow.person_id),
        col(SessionRow.expires_at),
        col(SessionRow.revoked_at),
    ).where(col(SessionRow.token_hash) == hash_of(token))
    found = await database.read(lambda connection: connection.execute(query).first())
    if found is None:
        return None
    conference_id, person_id, expires_at, revoked_at = found
    if revoked_at is not None or instant_from(expires_at) <= now:
        return None
    return Seat(conference_id, person_id)


async def revoke_sessions(database: Database, conference_id: str, person_id: str, now: datetime) -> None:
    """End every session of this person in this conference. Closing their open sockets is the room's part."""
    ended = (
        update(SessionRow)
        .where(col(SessionRow.conference_id) == conference_id, col(SessionRow.person_id) == person_id)
        .where(col(SessionRow.revoked_at).is_(None))
        .values(revoked_at=instant_text(now))
    )
    await database.write(lambda connection: connection.execute(ended).rowcount)


def begin_session(connection: Connection, seat: Seat, now: datetime, expires_at: datetime) -> str:
    """The token of a new session, in the caller's transaction."""
    token = new_secret()
    row = {
        "token_hash": hash_of(token),
        "conference_id": seat.conference_id,
        "person_id": seat.person_id,
        "created_at": instant_text(now),
        "expires_at": instant_text(expires_at),
        "revoked_at": None,
    }
    connection.execute(insert(SessionRow), row)
    return token


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> bytes:
    """A plain hash is enough: the secret is 32 random bytes, which nobody can try out.

    A stranger may send any text at all, also such as UTF-8 cannot hold.
    """
    return sha256(secret.encode(errors="surrogatepass")).digest()
