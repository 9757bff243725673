"""Who of staff is signed in on a browser. Its token is new at every rise, and ends after idle and after long use."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import col

from app.models import AccountRow, StaffSessionRow
from app.models.instant import instant_from, instant_text
from app.store.database import Database

from .accounts import Account, accounts_where
from .sessions import hash_of, new_secret

IDLE = timedelta(minutes=60)
NOTED_EVERY = timedelta(minutes=1)  # so that not every page asks for a commit


@dataclass(frozen=True)
class Staff:
    account: Account
    confirmed_at: datetime


async def staff_of(database: Database, token: str, now: datetime) -> Staff | None:
    """None for a token that is unknown or over, and for an account that was closed."""
    this = col(StaffSessionRow.token_hash) == hash_of(token)

    def look(connection: Connection) -> tuple[Staff, datetime] | None:
        row = connection.execute(select(StaffSessionRow).where(this)).first()
        if row is None or instant_from(row.expires_at) <= now:
            return None
        seen_at = instant_from(row.seen_at)
        found = accounts_where(connection, col(AccountRow.id) == row.account_id, col(AccountRow.closed_at).is_(None))
        if not found or seen_at + IDLE <= now:
            return None
        return Staff(found[0], instant_from(row.confirmed_at)), seen_at

    looked = await database.read(look)
    if looked is None:
        return None
    staff, seen_at = looked
    if seen_at + NOTED_EVERY <= now:
        seen = update(StaffSessionRow).where(this).values(seen_at=instant_text(now))
        await database.write(lambda connection: connection.execute(seen).rowcount)
    return staff


def begin_staff_session(
    connection: Connection, account_id: str, old: str | None, now: datetime, ends: datetime, confirmed_at: datetime
) -> str:
    """The token of a new session, in the caller's transaction; the one of before on this browser is over."""
    if old is not None:
        connection.execute(delete(StaffSessionRow).where(col(StaffSessionRow.token_hash) == hash_of(old)))
    connection.execute(delete(StaffSessionRow).where(col(StaffSessionRow.expires_at) <= instant_text(now)))
    token, at = new_secret(), instant_text(now)
    row = {
        "token_hash": hash_of(token),
        "account_id": account_id,
        "created_at": at,
        "seen_at": at,
        "expires_at": instant_text(ends),
        "confirmed_at": instant_text(confirmed_at),
    }
    connection.execute(insert(StaffSessionRow), row)
    return token


async def end_staff_session(database: Database, token: str) -> None:
    gone = delete(StaffSessionRow).where(col(StaffSessionRow.token_hash) == hash_of(token))
    await database.write(lambda connection: connection.execute(gone).rowcount)
