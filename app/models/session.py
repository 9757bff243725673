"""Sessions: who holds which seat on a device, until it expires or is revoked. Only the token's hash is kept."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class SessionRow(Row, table=True):
    """`device` is empty for a browser of one's own, else `tablet` or `screen`; `sharing` lists who shares a tablet."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        Index(None, "conference_id", "person_id"),
        Index(None, "revoked_at"),
        Index(None, "confirmed_at"),
    )

    token_hash: bytes = Field(primary_key=True)
    conference_id: str = Field(foreign_key="conference.id")
    person_id: str
    created_at: str
    expires_at: str
    revoked_at: str | None = None
    device: str | None = None
    sharing: str | None = None
    account_id: str | None = None  # of staff, where the seat was taken by signing in
    confirmed_at: str | None = None  # when they last showed that it is them
    was: bytes | None = None  # the hash that stood in its place until then
