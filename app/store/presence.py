"""Who has a screen open at another server. Each server holds a lease; when it lapses, nobody is there any more.

One row is renewed for each server, however many people it has, and by the database's clock: those of servers differ.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, Float, delete, insert, literal_column, select, update
from sqlmodel import col

from app.models import PresenceRow, ServerRow
from app.store.rows import is_sqlite

LEASE_SECONDS = 10.0
FORGOTTEN_SECONDS = 60.0  # after its lease lapsed a server that has not come back is taken out

Place = tuple[str, str]  # a conference and a person in it


def renew(connection: Connection, server_id: str) -> bool:
    """False if its lease was forgotten, and with it who is there. Servers that are long gone are forgotten by any."""
    _save_loosely(connection)
    gone = select(col(ServerRow.id)).where(col(ServerRow.until) < _now(connection) - FORGOTTEN_SECONDS)
    if long_gone := connection.execute(gone).scalars().all():
        depart(connection, *long_gone)
    held = update(ServerRow).where(col(ServerRow.id) == server_id).values(until=_now(connection) + LEASE_SECONDS)
    return connection.execute(held).rowcount > 0


def arrive(connection: Connection, server_id: str, here: Collection[Place]) -> None:
    """A server begins, or begins anew, with these people."""
    _save_loosely(connection)
    depart(connection, server_id)
    connection.execute(insert(ServerRow).values(id=server_id, until=_now(connection) + LEASE_SECONDS))
    say(connection, server_id, dict.fromkeys(here, True))


def say(connection: Connection, server_id: str, moved: Mapping[Place, bool]) -> None:
    """Who came, and who is no longer here."""
    _save_loosely(connection)
    for conference_id, person_id in moved:
        connection.execute(
            delete(PresenceRow).where(
                col(PresenceRow.conference_id) == conference_id,
                col(PresenceRow.person_id) == person_id,
                col(PresenceRow.server_id) == server_id,
            )
        )
    came = [
        {"conference_id": conference_id, "person_id": person_id, "server_id": server_id}
        for (conference_id, person_id), is_here in moved.items()
        if is_here
    ]
    if came:
        connection.execute(insert(PresenceRow), came)


def depart(connection: Connection, *server_ids: str) -> None:
    connection.execute(delete(PresenceRow).where(col(PresenceRow.server_id).in_(server_ids)))
    connection.execute(delete(ServerRow).where(col(ServerRow.id).in_(server_ids)))


def elsewhere(connection: Connection, server_id: str, conference_ids: Collection[str]) -> dict[str, frozenset[str]]:
    """The people of these conferences who have a screen open at another server."""
    if not conference_ids:
        return {}
    query = (
        select(col(PresenceRow.conference_id), col(PresenceRow.person_id))
        .join(ServerRow, col(ServerRow.id) == col(PresenceRow.server_id))
        .where(col(ServerRow.id) != server_id, col(ServerRow.until) >= _now(connection))
        .where(col(PresenceRow.conference_id).in_(conference_ids))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for conference_id, person_id in connection.execute(query):
        found[conference_id].add(person_id)
    return {id: frozenset(people) for id, people in found.items()}


def _now(connection: Connection) -> ColumnElement[float]:
    on_file, on_server = "(julianday('now') - 2440587.5) * 86400.0", "extract(epoch FROM clock_timestamp())"
    return literal_column(f"({on_file if is_sqlite(connection) else on_server})", Float)


def _save_loosely(connection: Connection) -> None:
    """A power cut ends every lease anyway, so nobody waits for a disk here."""
    if not is_sqlite(connection):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
