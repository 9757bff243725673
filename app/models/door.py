"""The door of a conference: the code that opens its lobby, until the chair shuts it."""

from sqlmodel import Field

from app.models.row import Row


class DoorRow(Row, table=True):
    """`code` is empty while the door is shut: a code that was is not kept, and the next one is another."""

    __tablename__ = "door"

    conference_id: str = Field(primary_key=True, foreign_key="conference.id")
    code: str | None = Field(default=None, unique=True)
    opens_at: str | None = None
    phone: str = ""
