"""Which bell there is between the servers of one database."""

from app.store.bell import Bell, Silent
from app.store.bell_postgres import postgres_bell
from app.store.database import Database
from app.store.postgres import PostgresServer


def bell_for(database: Database) -> Bell:
    """What the database offers."""
    kind = database.kind
    return postgres_bell(kind.url) if isinstance(kind, PostgresServer) else Silent()
