"""Whoever stands before a door, and is let in or not by the chair: somebody in the lobby, or a room's screen.

It is kept in the database, so that a restart forgets nobody who waits and any server can answer; under the seal of the
conference, and for a day at most.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, insert, or_, select, update
from sqlmodel import col

from app.access.codes import new_code, two_words
from app.access.sessions import Seat, begin_session, hash_of, new_secret
from app.models import KnockRow
from app.models.instant import instant_from, instant_text
from app.store.chain import prefixed
from app.store.database import Database
from app.store.seal import Seal

Kind = Literal["lobby", "screen"]
State = Literal["waiting", "let_in", "not_today", "seated", "ended"]
MOST_WAITING = 60  # at one door: more than any meeting seats
MOST_NEAR = 30  # of them from one address at which nobody used an invitation
MOST_SCREENS, MOST_SCREENS_NEAR = 1000, 30
KEPT = timedelta(days=1)
SCREEN_WAITS = timedelta(minutes=10)
_PLACE = prefixed([b"kinboard knock 1"])
TO_COME_IN = timedelta(minutes=10)  # whoever was let in and does not come has gone away


@dataclass(frozen=True)
class Knock:
    id: str
    kind: Kind
    conference_id: str | None
    state: State
    asked_at: datetime
    answered_at: datetime | None
    person_id: str | None
    name: str
    why: str
    said: str
    again_of: str | None
    code: str
    words: str


def sealed(seal: Seal, words: str) -> str:
    """As somebody's name and words are kept."""
    return b64encode(seal.close(_PLACE, words.encode())).decode()


def unsealed(seal: Seal, kept: str) -> str:
    return seal.open(_PLACE, b64decode(kept)).decode() if kept else ""


async def ask_to_come_in(
    database: Database,
    conference_id: str | None,
    now: datetime,
    *,
    name: str,
    why: str,
    again_of: str | None = None,
    before: str = "",
    near: bytes | None = None,
) -> str | None:
    """The secret for the browser of whoever waits; None at a door where too many wait, or too many from `near`. What
    this browser had `before` is given up.

    Without a conference nobody will ever answer: that is how it goes for a secret that means nothing here. There is
    always room for one more of these.
    """
    secret = new_secret()
    row = _blank("lobby", secret, now) | {
        "conference_id": conference_id,
        "name": name,
        "why": why,
        "again_of": again_of,
        "near": near,
    }

    def ask(connection: Connection) -> bool:
        _forget_old(connection, now)
        waits = (col(KnockRow.kind) == "lobby") & (col(KnockRow.state) == "waiting")
        connection.execute(
            update(KnockRow).where(waits, col(KnockRow.token_hash) == hash_of(before)).values(state="ended", said="")
        )
        others = select(col(KnockRow.near)).where(waits, col(KnockRow.conference_id) == conference_id)
        there = connection.execute(others).scalars().all()
        if len(there) >= MOST_WAITING or (near is not None and there.count(near) >= MOST_NEAR):
            return conference_id is None
        connection.execute(insert(KnockRow), row)
        return True

    return secret if await database.write(ask) else None


async def show_screen(database: Database, now: datetime, near: bytes) -> tuple[str, Knock] | None:
    """The secret of a screen that wants to be a room's, and the code and words that it shows; None where too many
    wait, near it or anywhere.
    """
    secret = new_secret()
    row = _blank("screen", secret, now) | {"code": new_code(), "words": two_words(), "near": near}

    def show(connection: Connection) -> Knock | None:
        _forget_old(connection, now)
        since = instant_text(now - SCREEN_WAITS)
        waiting = select(col(KnockRow.near)).where(
            col(KnockRow.kind) == "screen", col(KnockRow.state) == "waiting", col(KnockRow.asked_at) > since
        )
        others = connection.execute(waiting).scalars().all()
        if len(others) >= MOST_SCREENS or others.count(near) >= MOST_SCREENS_NEAR:
            return None
        connection.execute(insert(KnockRow), row)
        return _knock(connection.execute(select(KnockRow).where(col(KnockRow.id) == row["id"])).one())

    shown = await database.write(show)
    return (secret, shown) if shown else None


async def knock_of(database: Database, secret: str) -> Knock | None:
    query = select(KnockRow).where(col(KnockRow.token_hash) == hash_of(secret))
    row = await database.read(lambda connection: connection.execute(query).first())
    return _knock(row) if row is not None else None


async def waiting_at(database: Database, conference_id: str) -> list[Knock]:
    """Whoever waits in this lobby, longest first."""
    query = (
        select(KnockRow)
        .where(col(KnockRow.conference_id) == conference_id, col(KnockRow.state) == "waiting")
        .order_by(col(KnockRow.asked_at), col(KnockRow.id))
    )
    return [_knock(row) for row in await database.read(lambda connection: connection.execute(query).all())]


async def screens_near(database: Database, near: bytes, code: str, now: datetime) -> list[Knock]:
    """Screens that wait and were opened from the same address, or show this code."""
    query = (
        select(KnockRow)
        .where(col(KnockRow.kind) == "screen", col(KnockRow.state) == "waiting")
        .where(or_(col(KnockRow.near) == near, col(KnockRow.code) == code))
        .where(col(KnockRow.asked_at) > instant_text(now - SCREEN_WAITS))
        .order_by(col(KnockRow.asked_at).desc(), col(KnockRow.id))
    )
    return [_knock(row) for row in await database.read(lambda connection: connection.execute(query).all())]


async def say(database: Database, secret: str, words: str) -> bool:
    """What whoever waits wants the chair to know first."""
    said = (
        update(KnockRow)
        .where(col(KnockRow.token_hash) == hash_of(secret), col(KnockRow.state) == "waiting")
        .values(said=words)
    )
    return await database.write(lambda connection: connection.execute(said).rowcount) > 0


async def let_in(database: Database, conference_id: str, id: str, person_id: str, now: datetime) -> bool:
    """Whoever waits may sit down as this person; False if they wait no longer."""
    values = {"state": "let_in", "person_id": person_id, "conference_id": conference_id, "said": ""}
    return await _answer(database, conference_id, id, now, values)


async def wait_again(database: Database, conference_id: str, id: str) -> None:
    """Whoever was let in and has not come in waits as before: their seat is not there for them after all."""
    back = (
        update(KnockRow)
        .where(col(KnockRow.id) == id, col(KnockRow.conference_id) == conference_id, col(KnockRow.state) == "let_in")
        .values(state="waiting", person_id=None, answered_at=None)
    )
    await database.write(lambda connection: connection.execute(back).rowcount)


async def not_today(database: Database, conference_id: str, id: str, now: datetime) -> bool:
    return await _answer(database, conference_id, id, now, {"state": "not_today", "said": ""})


async def come_in(database: Database, secret: str, now: datetime, ends_at: datetime) -> tuple[str, Seat] | None:
    """The token of a new session for whoever was let in: once, and not long after."""
    return await database.write(lambda connection: _seat(connection, hash_of(secret), now, ends_at))


def end_knocks(connection: Connection, conference_id: str, person_ids: Iterable[str]) -> None:
    """In the caller's transaction: whoever was let in as one of these and has not come in yet does not."""
    connection.execute(
        update(KnockRow)
        .where(col(KnockRow.conference_id) == conference_id, col(KnockRow.person_id).in_(list(person_ids)))
        .where(col(KnockRow.state) == "let_in")
        .values(state="ended")
    )


async def send_away(database: Database, conference_id: str, now: datetime) -> None:
    """The door is shut: nobody waits there any more."""
    away = (
        update(KnockRow)
        .where(col(KnockRow.conference_id) == conference_id, col(KnockRow.state) == "waiting")
        .values(state="ended", said="", answered_at=instant_text(now))
    )
    await database.write(lambda connection: connection.execute(away).rowcount)


async def _answer(database: Database, conference_id: str, id: str, now: datetime, values: dict[str, str]) -> bool:
    """A screen belongs to no conference until it is answered."""
    here = or_(
        col(KnockRow.conference_id) == conference_id,
        (col(KnockRow.kind) == "screen") & col(KnockRow.conference_id).is_(None),
    )
    answered = (
        update(KnockRow)
        .where(col(KnockRow.id) == id, col(KnockRow.state) == "waiting", here)
        .values(answered_at=instant_text(now), **values)
    )
    return await database.write(lambda connection: connection.execute(answered).rowcount) > 0


def _seat(connection: Connection, token_hash: bytes, now: datetime, ends_at: datetime) -> tuple[str, Seat] | None:
    row = connection.execute(select(KnockRow).where(col(KnockRow.token_hash) == token_hash).with_for_update()).first()
    knock = _knock(row) if row is not None else None
    if knock is None or knock.state != "let_in" or not knock.conference_id or not knock.person_id:
        return None
    if knock.answered_at is None or knock.answered_at + TO_COME_IN <= now:
        return None
    connection.execute(update(KnockRow).where(col(KnockRow.id) == knock.id).values(state="seated"))
    seat = Seat(knock.conference_id, knock.person_id, "screen" if knock.kind == "screen" else None)
    return begin_session(connection, seat, now, ends_at), seat


def _blank(kind: Kind, secret: str, now: datetime) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "kind": kind,
        "token_hash": hash_of(secret),
        "conference_id": None,
        "state": "waiting",
        "asked_at": instant_text(now),
        "answered_at": None,
        "person_id": None,
        "name": "",
        "why": "",
        "said": "",
        "again_of": None,
        "code": None,
        "words": "",
        "near": None,
    }


def _forget_old(connection: Connection, now: datetime) -> None:
    connection.execute(delete(KnockRow).where(col(KnockRow.asked_at) < instant_text(now - KEPT)))


def _knock(row: Row[Any]) -> Knock:
    return Knock(
        id=row.id,
        kind=row.kind,
        conference_id=row.conference_id,
        state=row.state,
        asked_at=instant_from(row.asked_at),
        answered_at=instant_from(row.answered_at) if row.answered_at else None,
        person_id=row.person_id,
        name=row.name,
        why=row.why,
        said=row.said,
        again_of=row.again_of,
        code=row.code or "",
        words=row.words,
    )
