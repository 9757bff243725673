"""Which seat of a conference somebody of staff takes when they open it."""

from sqlmodel import Field

from app.models.row import Row


class AssignmentRow(Row, table=True):
    __tablename__ = "assignment"

    account_id: str = Field(primary_key=True, foreign_key="account.id")
    conference_id: str = Field(primary_key=True, foreign_key="conference.id", index=True)
    person_id: str
