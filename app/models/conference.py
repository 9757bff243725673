"""One row per conference: where its log stands now."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.row import Row


class ConferenceRow(Row, table=True):
    """`head_seq` and `head_hash` are those of the last log row, so a log that was cut short shows.

    `key_id` names the key that everything about this conference is sealed with.
    """

    __tablename__ = "conference"
    __table_args__ = (
        CheckConstraint("head_seq >= 0", name="head_seq"),
        CheckConstraint("length(head_hash) = 32", name="head_hash"),
    )

    id: str = Field(primary_key=True)
    head_seq: int
    head_hash: bytes
    created_at: str
    key_id: str | None = None  # none only until the start that seals what was written in the clear
