"""Accounts of staff: who they are, made and closed by an administrator, begun by a link that works once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlmodel import col

from app.models import (
    AccountLinkRow,
    AccountRow,
    PasskeyRow,
    RecoveryCodeRow,
    SessionRow,
    StaffSessionRow,
)
from app.models.instant import instant_from, instant_text
from app.store.database import Database

from .sessions import hash_of, new_secret

StaffRole = Literal["administrator", "chair", "office", "information_governance"]


No = Literal["name_taken", "last_administrator"]


@dataclass(frozen=True)
class Account:
    id: str
    name: str
    sign_in_name: str
    role: StaffRole
    is_closed: bool
    passkeys: int
    has_password: bool
    provider: str | None

    @property
    def has_a_way_in(self) -> bool:
        return self.passkeys > 0 or self.has_password or self.provider is not None


_PASSKEYS = (
    select(func.count())
    .select_from(PasskeyRow)
    .where(col(PasskeyRow.account_id) == col(AccountRow.id))
    .scalar_subquery()
    .label("passkeys")
)


def accounts_where(connection: Connection, *which: ColumnElement[bool]) -> list[Account]:
    """By name."""
    query = select(AccountRow, _PASSKEYS).where(*which).order_by(func.lower(col(AccountRow.name)), col(AccountRow.id))
    return [_account(row) for row in connection.execute(query)]


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        name=row.name,
        sign_in_name=row.sign_in_name,
        role=row.role,
        is_closed=row.closed_at is not None,
        passkeys=row.passkeys,
        has_password=row.password_hash is not None,
        provider=row.provider,
    )


async def all_accounts(database: Database) -> list[Account]:
    return await database.read(accounts_where)


async def account_with(database: Database, account_id: str) -> Account | None:
    found = await database.read(lambda connection: accounts_where(connection, col(AccountRow.id) == account_id))
    return found[0] if found else None


async def add_account(database: Database, name: str, sign_in_name: str, role: StaffRole, now: datetime) -> str | None:
    """Its id; None where somebody else signs in by this name."""

    def add(connection: Connection) -> str | None:
        if not is_free(connection, sign_in_name, ""):
            return None
        return _insert_account(connection, name, sign_in_name, role, now)

    return await database.write(add)


def _insert_account(connection: Connection, name: str, sign_in_name: str, role: StaffRole, now: datetime) -> str:
    account_id = str(uuid4())
    row = {
        "id": account_id,
        "name": name,
        "sign_in_name": spelled_alike(sign_in_name),
        "role": role,
        "created_at": instant_text(now),
        "code_step": 0,
    }
    connection.execute(insert(AccountRow), row)
    return account_id


def spelled_alike(sign_in_name: str) -> str:
    return sign_in_name.strip().casefold()


def is_free(connection: Connection, sign_in_name: str, account_id: str) -> bool:
    taken = select(col(AccountRow.id)).where(col(AccountRow.sign_in_name) == spelled_alike(sign_in_name))
    return connection.execute(taken.where(col(AccountRow.id) != account_id)).first() is None


async def change_account(
    database: Database, account_id: str, name: str, sign_in_name: str, role: StaffRole, now: datetime
) -> No | None:
    """Why not, if not. Whoever has another part from now on signs in again."""

    def change(connection: Connection) -> No | None:
        if not is_free(connection, sign_in_name, account_id):
            return "name_taken"
        was = accounts_where(connection, col(AccountRow.id) == account_id)[0]
        if was.role != role and _is_last_administrator(connection, was):
            return "last_administrator"
        named = {"name": name, "sign_in_name": spelled_alike(sign_in_name), "role": role}
        connection.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**named))
        if was.role != role:
            _end_everything(connection, account_id, now)
        return None

    return await database.write(change)


async def close_account(database: Database, account_id: str, now: datetime) -> No | None:
    """From now on this person gets in nowhere: not by signing in, and not by what they have open."""

    def close(connection: Connection) -> No | None:
        if _is_last_administrator(connection, accounts_where(connection, col(AccountRow.id) == account_id)[0]):
            return "last_administrator"
        closed = {"closed_at": instant_text(now)}
        connection.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**closed))
        _revoke_links(connection, account_id, instant_text(now))
        _end_everything(connection, account_id, now)
        return None

    return await database.write(close)


def _end_everything(connection: Connection, account_id: str, now: datetime) -> None:
    """Where they are signed in, and every seat that they took by signing in."""
    connection.execute(delete(StaffSessionRow).where(col(StaffSessionRow.account_id) == account_id))
    seats = update(SessionRow).where(col(SessionRow.account_id) == account_id, col(SessionRow.revoked_at).is_(None))
    connection.execute(seats.values(revoked_at=instant_text(now)))


async def reopen_account(database: Database, account_id: str) -> None:
    again = update(AccountRow).where(col(AccountRow.id) == account_id).values(closed_at=None)
    await database.write(lambda connection: connection.execute(again).rowcount)


def _is_last_administrator(connection: Connection, account: Account) -> bool:
    """Whether nobody would be left who can let anybody in. Two who close each other wait for one another here."""
    these = col(AccountRow.role) == "administrator"
    connection.execute(select(col(AccountRow.id)).where(these).order_by(col(AccountRow.id)).with_for_update())
    others = accounts_where(
        connection,
        col(AccountRow.id) != account.id,
        col(AccountRow.role) == "administrator",
        col(AccountRow.closed_at).is_(None),
    )
    return account.role == "administrator" and not any(other.has_a_way_in for other in others)


# ---- the link by which an account is begun


async def issue_account_link(database: Database, account_id: str, now: datetime, expires_at: datetime) -> str:
    """The secret, here and never again. Links of before work no longer."""
    return await database.write(lambda connection: _insert_link(connection, account_id, now, expires_at))


def _insert_link(connection: Connection, account_id: str, now: datetime, expires_at: datetime) -> str:
    secret = new_secret()
    _revoke_links(connection, account_id, instant_text(now))
    row = {"secret_hash": hash_of(secret), "account_id": account_id, "expires_at": instant_text(expires_at)}
    connection.execute(insert(AccountLinkRow), row)
    return secret


def _revoke_links(connection: Connection, account_id: str, at: str) -> None:
    connection.execute(
        update(AccountLinkRow)
        .where(col(AccountLinkRow.account_id) == account_id, col(AccountLinkRow.used_at).is_(None))
        .where(col(AccountLinkRow.revoked_at).is_(None))
        .values(revoked_at=at)
    )


async def first_administrators_link(database: Database, now: datetime, expires_at: datetime) -> str | None:
    """As long as no administrator can sign in, a link for the first one; None once somebody can."""

    def first(connection: Connection) -> str | None:
        there = accounts_where(connection, col(AccountRow.role) == "administrator", col(AccountRow.closed_at).is_(None))
        if any(account.has_a_way_in for account in there):
            return None
        account_id = there[0].id if there else _insert_account(connection, "", "administrator", "administrator", now)
        return _insert_link(connection, account_id, now, expires_at)

    return await database.write(first)


def account_of_link(connection: Connection, secret_hash: bytes, now: datetime) -> Account | None:
    """Whose link this is, as long as it can be used; used, expired, revoked and never issued are alike."""
    query = select(AccountLinkRow).where(col(AccountLinkRow.secret_hash) == secret_hash)
    link = connection.execute(query).first()
    if link is None or link.used_at or link.revoked_at or instant_from(link.expires_at) <= now:
        return None
    found = accounts_where(connection, col(AccountRow.id) == link.account_id, col(AccountRow.closed_at).is_(None))
    return found[0] if found else None


def use_account_link(connection: Connection, secret_hash: bytes, now: datetime) -> Account | None:
    """A fresh start: every way in, every session and every seat of before is gone. Of many at once, one finds it
    unused.
    """
    this = col(AccountLinkRow.secret_hash) == secret_hash
    connection.execute(select(AccountLinkRow).where(this).with_for_update())
    account = account_of_link(connection, secret_hash, now)
    if account is None:
        return None
    used = {"used_at": instant_text(now)}
    connection.execute(update(AccountLinkRow).where(this).values(**used))
    for table in (PasskeyRow, RecoveryCodeRow):
        connection.execute(delete(table).where(col(table.account_id) == account.id))
    _end_everything(connection, account.id, now)
    nothing = {"password_hash": None, "code_secret": None, "provider": None, "provider_subject": None}
    connection.execute(update(AccountRow).where(col(AccountRow.id) == account.id).values(**nothing, code_step=0))
    return account


def name_account(connection: Connection, account_id: str, name: str, sign_in_name: str) -> None:
    """The first administrator says who they are."""
    named = {"name": name, "sign_in_name": spelled_alike(sign_in_name)}
    connection.execute(update(AccountRow).where(col(AccountRow.id) == account_id).values(**named))
