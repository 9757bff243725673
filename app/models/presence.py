"""Who has a screen open at which server, for the other servers. No history: gone with the server's lease."""

from sqlmodel import Field

from app.models.row import Row


class ServerRow(Row, table=True):
    """One running server; `until` is a moment of the database's own clock, in seconds. Beyond it nobody is there."""

    __tablename__ = "server"

    id: str = Field(primary_key=True)
    until: float


class PresenceRow(Row, table=True):
    __tablename__ = "presence"

    conference_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    server_id: str = Field(primary_key=True, index=True)
