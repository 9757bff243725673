"""Joining links: a secret on paper or in a message that seats one person, as a rule once."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update
from sqlmodel import col

from app.access.sessions import Seat, begin_session, hash_of, new_secret
from app.models import JoiningLinkRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database


async def issue_link(
    database: Database, conference_id: str, person_id: str, now: datetime, *, reusable: bool, expires_at: datetime
) -> str:
    """The secret of a new link. It is returned here and never again: only its hash is kept."""
    if expires_at <= now:
        raise ValueError("a link must be usable for a while")
    secret = new_secret()
    row = {
        "id": str(uuid4()),
        "conference_id": conference_id,
        "person_id": person_id,
        "secret_hash": hash_of(secret),
        "reusable": reusable,
        "expires_at": instant_text(expires_at),
        "used_at": None,
        "revoked_at": None,
    }
    await database.write(lambda connection: connection.execute(insert(JoiningLinkRow), row).rowcount)
    return secret


async def use_link(
    database: Database, secret: str, now: datetime, session_expires_at: datetime
) -> tuple[str, Seat] | None:
    """The token of a new session and its seat; None, without saying why, for a link that cannot be used."""
    secret_hash = hash_of(secret)
    return await database.write(lambda connection: seat_by_link(connection, secret_hash, now, session_expires_at))


async def revoke_links(database: Database, conference_id: str, person_id: str, now: datetime) -> None:
    """No link this person was given works any longer. The session it may have begun is another matter."""
    ended = (
        update(JoiningLinkRow)
        .where(col(JoiningLinkRow.conference_id) == conference_id, col(JoiningLinkRow.person_id) == person_id)
        .where(col(JoiningLinkRow.revoked_at).is_(None))
        .values(revoked_at=instant_text(now))
    )
    await database.write(lambda connection: connection.execute(ended).rowcount)


def seat_by_link(
    connection: Connection, secret_hash: bytes, now: datetime, session_expires_at: datetime
) -> tuple[str, Seat] | None:
    """Look, mark and seat in one transaction with the link locked: of many at once, one finds it unused."""
    link = connection.execute(
        select(JoiningLinkRow).where(col(JoiningLinkRow.secret_hash) == secret_hash).with_for_update()
    ).first()
    if link is None or link.revoked_at is not None or instant_from(link.expires_at) <= now:
        return None
    if link.used_at is None:
        first_use = update(JoiningLinkRow).where(col(JoiningLinkRow.id) == link.id).values(used_at=instant_text(now))
        connection.execute(first_use)
    elif not link.reusable:
        return None
    seat = Seat(link.conference_id, link.person_id)
    return begin_session(connection, seat, now, session_expires_at), seat
