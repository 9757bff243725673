"""A board as it stood after some row of its log: a memory, so that opening takes no longer the longer it was used."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.row import Row


class SnapshotRow(Row, table=True):
    """`seq` and `hash` are those of that row; `code` tells which rules made it; `body` is sealed with the conference's
    key.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(hash) = 32", name="hash"),
    )

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    seq: int
    hash: bytes
    code: str
    body: bytes
