"""Which bell there is between the servers of one database."""

from app.store.bell import Bell, Silent
from app.store.bell_postgres import postgres_bell
from app.store.bell_sqlite import SqliteBell
from app.store.database import Database
from app.store.postgres import PostgresServer


def is_server(database: Database) -> bool:
    """Whether there may be other servers on it, of which this one knows nothing."""
    return isinstance(database.kind, PostgresServer)


def bell_for(database: Database, *, shared: bool) -> Bell:
    """What the database offers."""
    if not shared:
        return Silent()
    kind = database.kind
    return postgres_bell(kind.url) if isinstance(kind, PostgresServer) else SqliteBell(kind)
