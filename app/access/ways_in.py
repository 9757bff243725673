"""The ways in that an account has: passkeys, a password with a second factor, an account with a provider elsewhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from app.models import AccountRow, PasskeyRow, RecoveryCodeRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

from .accounts import spelled_alike
from .codes_by_time import step_of
from .passwords import AT_THE_DOOR, Press, is_right
from .sessions import hash_of

RECOVERY_CODES = 8
_LETTERS = "bcdfghjkmnpqrstvwxyz23456789"  # none that is easily taken for another


@dataclass(frozen=True)
class Passkey:
    id: bytes
    account_id: str
    public_key: bytes
    sign_count: int


def keep_passkey(connection: Connection, passkey: Passkey, now: datetime) -> None:
    row = {
        "id": passkey.id,
        "account_id": passkey.account_id,
        "public_key": passkey.public_key,
        "sign_count": passkey.sign_count,
        "created_at": instant_text(now),
        "used_at": None,
    }
    connection.execute(insert(PasskeyRow), row)


async def passkey_with(database: Database, id: bytes) -> Passkey | None:
    """Of an account that is not closed."""
    query = (
        select(PasskeyRow)
        .join(AccountRow, col(AccountRow.id) == col(PasskeyRow.account_id))
        .where(col(PasskeyRow.id) == id, col(AccountRow.closed_at).is_(None))
    )
    row = await database.read(lambda connection: connection.execute(query).first())
    return Passkey(row.id, row.account_id, row.public_key, row.sign_count) if row else None


@dataclass(frozen=True)
class KnownPasskey:
    """As its owner tells it from their others."""

    id: bytes
    created_at: datetime
    used_at: datetime | None


async def passkeys_of(database: Database, account_id: str) -> list[KnownPasskey]:
    """The first one first."""
    theirs = col(PasskeyRow.account_id) == account_id
    query = select(PasskeyRow).where(theirs).order_by(col(PasskeyRow.created_at), col(PasskeyRow.id))
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [
        KnownPasskey(row.id, instant_from(row.created_at), instant_from(row.used_at) if row.used_at else None)
        for row in rows
    ]


def drop_passkey(connection: Connection, account_id: str, id: bytes) -> bool:
    """False for one that is not theirs, and for the last way in that they have."""
    account = connection.execute(select(AccountRow).where(col(AccountRow.id) == account_id).with_for_update()).one()
    theirs = set(
        connection.execute(select(col(PasskeyRow.id)).where(col(PasskeyRow.account_id) == account_id)).scalars()
    )
    has_others = len(theirs) > 1 or account.password_hash is not None or account.provider is not None
    if id not in theirs or not has_others:
        return False
    connection.execute(delete(PasskeyRow).where(col(PasskeyRow.id) == id))
    return True


def count_passkey(connection: Connection, id: bytes, sign_count: int, now: datetime) -> bool:
    """False if another answer with this count came first: then there may be two of the same key."""
    at = instant_text(now)
    counted = update(PasskeyRow).where(col(PasskeyRow.id) == id).values(sign_count=sign_count, used_at=at)
    if sign_count:
        counted = counted.where(col(PasskeyRow.sign_count) < sign_count)
    return connection.execute(counted).rowcount == 1


def keep_password(connection: Connection, account_id: str, hash: str, code_secret: bytes, step: int) -> list[str]:
    """The recovery codes, here and never again."""
    kept = {"password_hash": hash, "code_secret": code_secret, "code_step": step}
    connection.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**kept))
    connection.execute(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.account_id) == account_id))
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
    connection.execute(
        insert(RecoveryCodeRow), [{"code_hash": hash_of(code), "account_id": account_id} for code in codes]
    )
    return [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12:]}" for code in codes]


async def account_by_password(
    database: Database, sign_in_name: str, password: str, code: str, now: datetime, press: Press = AT_THE_DOOR
) -> str | None:
    """Whose password and second factor these are. The work is the same whether or not anybody has this name. Raises
    TooBusy.
    """
    this = col(AccountRow.sign_in_name) == spelled_alike(sign_in_name)
    query = select(AccountRow).where(this, col(AccountRow.closed_at).is_(None))
    row = await database.read(lambda connection: connection.execute(query).first())
    right = await is_right(password, row.password_hash if row else None, press)
    account_id, secret = (row.id, row.code_secret) if row else ("", None)
    plain = "".join(code.split()).replace("-", "").casefold()

    def take(connection: Connection) -> bool:
        """A code of either sort is taken only with the right password, so that nobody uses up another's."""
        step = step_of(secret or bytes(20), plain, now, row.code_step if row else 0)
        if right and secret and step is not None:
            newer = update(AccountRow).where(this, col(AccountRow.code_step) < step).values(code_step=step)
            return connection.execute(newer).rowcount == 1
        whose = account_id if right else ""
        used = (
            update(RecoveryCodeRow)
            .where(col(RecoveryCodeRow.code_hash) == hash_of(plain), col(RecoveryCodeRow.account_id) == whose)
            .where(col(RecoveryCodeRow.used_at).is_(None))
            .values(used_at=instant_text(now))
        )
        return connection.execute(used).rowcount == 1

    return account_id if await database.write(take) else None


def keep_provider(connection: Connection, account_id: str, issuer: str, subject: str) -> bool:
    """False if that account belongs to somebody else here."""
    taken = select(col(AccountRow.id)).where(
        col(AccountRow.provider) == issuer, col(AccountRow.provider_subject) == subject
    )
    if connection.execute(taken.where(col(AccountRow.id) != account_id)).first():
        return False
    kept = {"provider": issuer, "provider_subject": subject}
    connection.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**kept))
    return True


async def account_by_provider(database: Database, issuer: str, subject: str) -> str | None:
    query = select(col(AccountRow.id)).where(
        col(AccountRow.provider) == issuer,
        col(AccountRow.provider_subject) == subject,
        col(AccountRow.closed_at).is_(None),
    )
    found: str | None = await database.read(lambda connection: connection.execute(query).scalar())
    return found
