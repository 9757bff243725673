"""Joining links: of the secret only its hash is kept, so a stolen database opens no door."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class JoiningLinkRow(Row, table=True):
    """`used_at` is the first use; only a `reusable` link (a demonstration) works after it.

    `purpose` is empty for a seat in the meeting, else `tablet` or `late`; `sharing` lists who shares a tablet, as JSON.
    """

    __tablename__ = "joining_link"
    __table_args__ = (
        CheckConstraint("length(secret_hash) = 32", name="secret_hash"),
        Index(None, "conference_id", "person_id"),
    )

    id: str = Field(primary_key=True)
    conference_id: str = Field(foreign_key="conference.id")
    person_id: str
    secret_hash: bytes = Field(unique=True)
    reusable: bool
    expires_at: str
    used_at: str | None = None
    revoked_at: str | None = None
    issued_at: str | None = None
    opens_at: str | None = None
    purpose: str | None = None
    sharing: str | None = None
