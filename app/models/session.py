"""Sessions: who holds which seat on a device, until it expires or is revoked. Only the token's hash is kept."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class SessionRow(Row, table=True):
    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        Index(None, "conference_id", "person_id"),
    )

    token_hash: bytes = Field(primary_key=True)
    conference_id: str = Field(foreign_key="conference.id")
    person_id: str
    created_at: str
    expires_at: str
    revoked_at: str | None = None
