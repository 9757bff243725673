"""What cannot be taken back counts only from somebody who showed a moment ago that it is them.

That is asked of staff, who have something to show it with. Their token is new from then on: what somebody copied before
is worth nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Update, update
from sqlmodel import col

from app.models import SessionRow, StaffSessionRow
from app.models.instant import instant_text
from app.store.audit import Act, note, staff
from app.store.database import Database

from .sessions import Session, hash_of, new_secret

COMMANDS = frozenset({"record_decision", "release_item", "release_private", "let_read", "hand_over"})


def is_confirmed(session: Session, now: datetime, within: timedelta) -> bool:
    """A seat that is nobody's of staff, because a link is all there is to it, asks nothing."""
    if session.account_id is None:
        return True
    return session.confirmed_at is not None and session.confirmed_at + within > now


async def confirm_session(database: Database, session: Session, now: datetime, way: str) -> tuple[str, Session] | None:
    """The new token, and the session that it stands for; None if the one of before is over."""
    token = new_secret()
    renewed = replace(session, id=hash_of(token), confirmed_at=now)
    this = col(SessionRow.token_hash) == session.id, col(SessionRow.revoked_at).is_(None)
    new = {"token_hash": renewed.id, "confirmed_at": instant_text(now), "was": session.id}
    change = update(SessionRow).where(*this).values(**new)
    act = Act("confirmed", staff(session.account_id or ""), session.seat.conference_id, detail={"way": way})
    return (token, renewed) if await _confirmed(database, change, now, act) else None


async def confirm_staff(database: Database, account_id: str, old: str, now: datetime, way: str) -> str | None:
    token = new_secret()
    this = col(StaffSessionRow.token_hash) == hash_of(old)
    change = update(StaffSessionRow).where(this).values(token_hash=hash_of(token), confirmed_at=instant_text(now))
    act = Act("confirmed", staff(account_id), detail={"way": way})
    return token if await _confirmed(database, change, now, act) else None


async def _confirmed(database: Database, change: Update, now: datetime, act: Act) -> bool:
    def confirm(connection: Connection) -> bool:
        if not connection.execute(change).rowcount:
            return False
        note(connection, now, act)
        return True

    return await database.write(confirm)
