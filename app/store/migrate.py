"""Brings the tables of a database up to what this version of Kinboard expects, on a connection that is handed in.

While servers are upgraded one after the other, those of the version before go on at tables that the newer version has
changed already, and may have to start again on them. So a migration says in its name for how old a version it may be:
`0012_for_0010` leaves whatever knows the migrations up to 0010, or more, at work (docs/decisions/0038).
"""

import re
import threading
from collections.abc import Collection

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.unavailable import StoreUnavailable

VERSIONS = "alembic_version"  # the table that says which migrations a database has had
ADVISORY_LOCK = 0x4B494E42  # "KINB": any number, as long as every server of ours uses the same
SCRIPTS = "app.store:migrations"
REACHING_BACK = re.compile(r"(\d{4})_for_(\d{4})")
one_at_a_time = threading.Lock()  # alembic keeps the migration under way in module globals


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, in the connection's own transaction: all of them or none.

    Raises `StoreUnavailable` if a newer version of Kinboard has already been here and left nothing for this one.
    """
    with one_at_a_time:
        wait_for_other_servers(connection)
        config = configuration(connection)
        script = ScriptDirectory.from_config(config)
        known = {revision.revision for revision in script.walk_revisions()}
        found = set(MigrationContext.configure(connection).get_current_heads())
        if not found <= known:
            if not is_for_us(found, known):
                raise StoreUnavailable(
                    "The database was changed by a newer version of Kinboard, for which this one is too old."
                )
        elif found != set(script.get_heads()):
            command.upgrade(config, "head")


def is_for_us(found: Collection[str], known: Collection[str]) -> bool:
    """Whether the newer version that was here has left what this one knows as it was."""
    names = [REACHING_BACK.fullmatch(each) for each in found]
    return all(name is not None and any(number_of(each) >= name[2] for each in known) for name in names)


def number_of(revision: str) -> str:
    return revision[:4]


def is_current(connection: Connection) -> bool:
    """Whether no migration is missing, and none was made by a newer version."""
    with one_at_a_time:
        heads = ScriptDirectory.from_config(configuration(connection)).get_heads()
        return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def wait_for_other_servers(connection: Connection) -> None:
    """Two servers starting at once on an empty database must not both create the tables.

    SQLite needs nothing here: its transaction has been IMMEDIATE from the start.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")


def configuration(connection: Connection) -> Config:
    """No alembic.ini: the scripts are found as part of the package, in a checkout and in a wheel alike."""
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = connection
    return config
