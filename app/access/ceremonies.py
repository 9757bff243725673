"""What is half done on a browser: a challenge, or a visit to a provider. It is answered once, within minutes."""

import json
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from app.models import CeremonyRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

from .sessions import hash_of, new_secret

Kind = Literal["passkey_new", "passkey", "password_new", "provider", "confirm", "passkey_more"]
OPEN_FOR = timedelta(minutes=10)


async def begin_ceremony(database: Database, kind: Kind, holds: dict[str, Any], now: datetime) -> str:
    """The token for this browser's cookie."""
    token = new_secret()
    row = {
        "token_hash": hash_of(token),
        "kind": kind,
        "holds": json.dumps(holds),
        "expires_at": instant_text(now + OPEN_FOR),
    }

    def begin(connection: Connection) -> None:
        connection.execute(delete(CeremonyRow).where(col(CeremonyRow.expires_at) <= instant_text(now)))
        connection.execute(insert(CeremonyRow), row)

    await database.write(begin)
    return token


async def answer_ceremony(database: Database, kind: Kind, token: str | None, now: datetime) -> dict[str, Any] | None:
    """What it holds, and it is over; None for one that is unknown, over or of another kind."""
    if token is None:
        return None
    this = col(CeremonyRow.token_hash) == hash_of(token)

    def answer(connection: Connection) -> dict[str, Any] | None:
        row = connection.execute(select(CeremonyRow).where(this).with_for_update()).first()
        connection.execute(delete(CeremonyRow).where(this))
        if row is None or row.kind != kind or instant_from(row.expires_at) <= now:
            return None
        holds: dict[str, Any] = json.loads(row.holds)
        return holds

    return await database.write(answer)
