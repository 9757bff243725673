"""Who of staff is signed in on which browser, and what is half done there: a challenge that waits for its answer."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class StaffSessionRow(Row, table=True):
    """`confirmed_at` is when they last showed that it is them; `seen_at` when they last did anything."""

    __tablename__ = "staff_session"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", name="token_hash"), Index(None, "account_id"))

    token_hash: bytes = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    created_at: str
    seen_at: str
    expires_at: str
    confirmed_at: str


class CeremonyRow(Row, table=True):
    """Taken out when it is answered: whatever it waits for comes once."""

    __tablename__ = "ceremony"
    __table_args__ = (CheckConstraint("length(token_hash) = 32", name="token_hash"), Index(None, "expires_at"))

    token_hash: bytes = Field(primary_key=True)
    kind: str
    holds: str  # JSON
    expires_at: str
