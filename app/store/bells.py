"""Which bell there is between the servers of one database."""

from app.store.bell import Bell, Silent
from app.store.bell_nats import nats_bell
from app.store.bell_postgres import postgres_bell
from app.store.bell_sqlite import SqliteBell
from app.store.bell_valkey import valkey_bell
from app.store.database import Database
from app.store.postgres import PostgresServer
from app.store.unavailable import StoreUnavailable


def is_server(database: Database) -> bool:
    """Whether there may be other servers on it, of which this one knows nothing."""
    return isinstance(database.kind, PostgresServer)


def bell_for(database: Database, wanted: str | None, *, shared: bool) -> Bell:
    """The one that is asked for, else what the database offers. Raises `StoreUnavailable`."""
    kind = database.kind
    if wanted == "postgres" and not isinstance(kind, PostgresServer):
        raise StoreUnavailable("KINBOARD_BELL is postgres, and the database is an SQLite file.")
    if not shared:
        return Silent()
    if wanted and wanted.startswith("nats://"):
        return nats_bell(wanted)
    if wanted and wanted.startswith(("valkey://", "valkeys://")):
        return valkey_bell(wanted)
    return postgres_bell(kind.url) if isinstance(kind, PostgresServer) else SqliteBell(kind)
