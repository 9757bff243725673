"""Whoever stands before a door: somebody in the lobby, or a screen that wants to be the room's."""

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.models.row import Row


class KnockRow(Row, table=True):
    """Of the secret in the browser's cookie only the hash is kept. A screen belongs to no conference until a chair says
    so; `again_of` is the person whose used invitation was used once more.
    """

    __tablename__ = "knock"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint("kind IN ('lobby', 'screen')", name="kind"),
        CheckConstraint("state IN ('waiting', 'let_in', 'not_today', 'seated', 'ended')", name="state"),
        Index(None, "conference_id"),
        Index(None, "code"),
    )

    id: str = Field(primary_key=True)
    kind: str
    token_hash: bytes = Field(unique=True)
    conference_id: str | None = Field(default=None, foreign_key="conference.id")
    state: str
    asked_at: str
    answered_at: str | None = None
    person_id: str | None = None
    name: str = ""
    why: str = ""
    said: str = ""
    again_of: str | None = None
    code: str | None = None
    words: str = ""
    near: bytes | None = None
