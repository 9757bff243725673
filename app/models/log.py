"""The log: one row per saved command of a conference."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from app.models.row import Row


class LogRow(Row, table=True):
    """`body` is sealed with the key that `sealed_with` names: in it lie a salt, a hash of what the command said, and
    the events as JSON.

    The chain of hashes runs over salted commitments: `commitment` to the events, `body_hash` to what the command said
    (the plain hash in rows that were written before there were seals). `salt` was in the clear then, and is empty now.
    """

    __tablename__ = "log"
    __table_args__ = (
        UniqueConstraint("conference_id", "command_id"),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(body_hash) = 32", name="body_hash"),
        CheckConstraint("length(salt) = 16", name="salt"),
        CheckConstraint("length(commitment) = 32", name="commitment"),
        CheckConstraint("length(previous_hash) = 32", name="previous_hash"),
        CheckConstraint("length(hash) = 32", name="hash"),
    )

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    seq: int = Field(primary_key=True)
    command_id: str
    person_id: str
    at: str
    body_hash: bytes
    body: bytes
    sealed_with: str | None = None
    salt: bytes | None = None
    commitment: bytes
    previous_hash: bytes
    hash: bytes
