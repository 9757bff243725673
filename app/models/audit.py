"""The audit: one row for each act that somebody may have to account for, in ids and types, never content or names."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class AuditRow(Row, table=True):
    """Each row names the hash of the one before it. No foreign key: it outlives the conference it speaks of."""

    __tablename__ = "audit"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(previous_hash) = 32", name="previous_hash"),
        CheckConstraint("length(hash) = 32", name="hash"),
        Index(None, "conference_id"),
    )

    seq: int = Field(primary_key=True)
    at: str
    what: str
    conference_id: str | None = None
    by: str
    about: str | None = None
    detail: str
    previous_hash: bytes
    hash: bytes


class AuditHeadRow(Row, table=True):
    """Where the audit ends; a single row, which is also the lock of whoever writes to it."""

    __tablename__ = "audit_head"
    __table_args__ = (
        CheckConstraint("id = 1", name="id"),
        CheckConstraint("seq >= 0", name="seq"),
        CheckConstraint("length(hash) = 32", name="hash"),
    )

    id: int = Field(primary_key=True)
    seq: int
    hash: bytes
