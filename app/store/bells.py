"""Which bell there is between the servers of one database."""

from app.store.bell import Bell, Silent
from app.store.bell_postgres import postgres_bell
from app.store.database import Database
from app.store.postgres import PostgresServer


def is_shared(database: Database) -> bool:
    """Whether there may be other servers on it."""
    return isinstance(database.kind, PostgresServer)


def bell_for(database: Database) -> Bell:
    """What the database offers."""
    kind = database.kind
    return postgres_bell(kind.url) if isinstance(kind, PostgresServer) else Silent()
