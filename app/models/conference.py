"""One row per conference: where its log stands now."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.row import Row


class ConferenceRow(Row, table=True):
    """`head_seq` and `head_hash` are those of the last log row, so a log that was cut short shows."""

    __tablename__ = "conference"
    __table_args__ = (
        CheckConstraint("head_seq >= 0", name="head_seq"),
        CheckConstraint("length(head_hash) = 32", name="head_hash"),
    )

    id: str = Field(primary_key=True)
    head_seq: int
    head_hash: bytes
    created_at: str
