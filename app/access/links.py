"""Joining links: a secret on paper or in a message that seats one person, as a rule once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update
from sqlmodel import col

from app.access.sessions import Seat, begin_session, hash_of, new_secret, people_in
from app.models import JoiningLinkRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

Purpose = Literal["tablet", "late"]
Standing = Literal["unused", "used", "expired", "revoked"]


@dataclass(frozen=True)
class Link:
    """A link as whoever issued it may see it: all but its secret."""

    id: str
    seat: Seat
    standing: Standing
    issued_at: datetime | None
    opens_at: datetime | None
    expires_at: datetime
    used_at: datetime | None
    purpose: Purpose | None


async def issue_link(
    database: Database,
    conference_id: str,
    person_id: str,
    now: datetime,
    *,
    reusable: bool,
    expires_at: datetime,
    opens_at: datetime | None = None,
    purpose: Purpose | None = None,
    sharing: Sequence[str] = (),
) -> str:
    """The secret of a new link. It is returned here and never again: only its hash is kept."""
    if expires_at <= max(now, opens_at or now):
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
        "issued_at": instant_text(now),
        "opens_at": instant_text(opens_at) if opens_at else None,
        "purpose": purpose,
        "sharing": json.dumps(list(sharing)) if sharing else None,
    }
    await database.write(lambda connection: connection.execute(insert(JoiningLinkRow), row).rowcount)
    return secret


async def use_link(
    database: Database, secret: str, now: datetime, session_expires_at: datetime
) -> tuple[str, Seat] | None:
    """The token of a new session and its seat; None, without saying why, for a link that cannot be used."""
    secret_hash = hash_of(secret)
    return await database.write(lambda connection: seat_by_link(connection, secret_hash, now, session_expires_at))


async def look_at_link(database: Database, secret: str, now: datetime) -> Link | None:
    """What this secret is good for, or will be; None, without saying why, for all others. Looking uses nothing up."""
    link = await _link_of(database, secret, now)
    return link if link and link.standing == "unused" else None


async def used_before(database: Database, secret: str, now: datetime) -> Link | None:
    """The link of a secret that was used already and is otherwise as good as ever."""
    link = await _link_of(database, secret, now)
    return link if link and link.standing == "used" and link.purpose is None and link.expires_at > now else None


async def use_up_link(database: Database, id: str, now: datetime) -> bool:
    """For what is no seat: whether this was the first use."""
    used = (
        update(JoiningLinkRow)
        .where(col(JoiningLinkRow.id) == id, col(JoiningLinkRow.used_at).is_(None))
        .values(used_at=instant_text(now))
    )
    return await database.write(lambda connection: connection.execute(used).rowcount) > 0


async def links_in(database: Database, conference_id: str, now: datetime) -> list[Link]:
    """Every link of a conference, the latest of each person last."""
    query = (
        select(JoiningLinkRow)
        .where(col(JoiningLinkRow.conference_id) == conference_id)
        .order_by(col(JoiningLinkRow.issued_at), col(JoiningLinkRow.id))
    )
    return [_link(row, now) for row in await database.read(lambda connection: connection.execute(query).all())]


async def revoke_links(database: Database, conference_id: str, person_id: str, now: datetime) -> None:
    """No link this person was given works any longer. The session it may have begun is another matter."""
    await database.write(lambda connection: end_links(connection, conference_id, [person_id], now, reusable_too=True))


def end_links(
    connection: Connection, conference_id: str, person_ids: Iterable[str], now: datetime, *, reusable_too: bool = False
) -> None:
    """In the caller's transaction. The tablet of several people is seated by none of them any longer. What comes in
    late is no seat, and stays open; so do a demonstration's links, which work again and again, until they are taken
    back by name.
    """
    ending = set(person_ids)
    query = (
        select(col(JoiningLinkRow.id), col(JoiningLinkRow.person_id), col(JoiningLinkRow.sharing))
        .where(col(JoiningLinkRow.conference_id) == conference_id, col(JoiningLinkRow.revoked_at).is_(None))
        .where(col(JoiningLinkRow.purpose).is_distinct_from("late"))
        .with_for_update()
    )
    if not reusable_too:
        query = query.where(col(JoiningLinkRow.reusable).is_(False))
    ids = [id for id, person, sharing in connection.execute(query) if ending & {person, *people_in(sharing)}]
    ended = update(JoiningLinkRow).where(col(JoiningLinkRow.id).in_(ids)).values(revoked_at=instant_text(now))
    connection.execute(ended)


def seat_by_link(
    connection: Connection, secret_hash: bytes, now: datetime, session_expires_at: datetime
) -> tuple[str, Seat] | None:
    """Look, mark and seat in one transaction with the link locked: of many at once, one finds it unused."""
    link = connection.execute(
        select(JoiningLinkRow).where(col(JoiningLinkRow.secret_hash) == secret_hash).with_for_update()
    ).first()
    if link is None or link.revoked_at is not None or link.purpose == "late":
        return None
    if instant_from(link.expires_at) <= now or (link.opens_at is not None and now < instant_from(link.opens_at)):
        return None
    if link.used_at is None:
        first_use = update(JoiningLinkRow).where(col(JoiningLinkRow.id) == link.id).values(used_at=instant_text(now))
        connection.execute(first_use)
    elif not link.reusable:
        return None
    device: Literal["tablet"] | None = "tablet" if link.purpose == "tablet" else None
    seat = Seat(link.conference_id, link.person_id, device, people_in(link.sharing))
    return begin_session(connection, seat, now, session_expires_at), seat


async def _link_of(database: Database, secret: str, now: datetime) -> Link | None:
    query = select(JoiningLinkRow).where(col(JoiningLinkRow.secret_hash) == hash_of(secret))
    row = await database.read(lambda connection: connection.execute(query).first())
    return _link(row, now) if row is not None else None


def _link(row: Row[Any], now: datetime) -> Link:
    standing: Standing = "unused"
    if row.revoked_at is not None:
        standing = "revoked"
    elif row.used_at is not None and not row.reusable:
        standing = "used"
    elif instant_from(row.expires_at) <= now:
        standing = "expired"
    return Link(
        id=row.id,
        seat=Seat(row.conference_id, row.person_id, None, people_in(row.sharing)),
        standing=standing,
        issued_at=instant_from(row.issued_at) if row.issued_at else None,
        opens_at=instant_from(row.opens_at) if row.opens_at else None,
        expires_at=instant_from(row.expires_at),
        used_at=instant_from(row.used_at) if row.used_at else None,
        purpose=row.purpose,
    )
