"""Many rows in one statement, where that is worth it.

With SQLite each row that a statement steps to hands Python over to the event loop's thread and waits to get it back,
and SQLAlchemy looks at each value of each row; one statement for all rows does neither. PostgreSQL has a driver that
sends them together anyway.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

MOST_ROWS = 200  # in one statement; keeps it under SQLite's limit of parameters


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def insert_rows(connection: Connection, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """All of them, each with the same columns in the same order."""
    if not is_sqlite(connection):
        connection.execute(insert(table), rows)
        return
    for first in range(0, len(rows), MOST_ROWS):
        some = rows[first : first + MOST_ROWS]
        columns = ", ".join(some[0])
        statement = f"INSERT INTO {table.__tablename__} ({columns}) VALUES {_marks(len(some), len(some[0]))}"  # noqa: S608  names of ours
        connection.exec_driver_sql(statement, tuple(value for row in some for value in row.values()))


def sqlite_heads(connection: Connection, ids: Sequence[str]) -> Sequence[tuple[str, int, bytes, str | None]]:
    marks = ", ".join("?" * len(ids))
    statement = f"SELECT id, head_seq, head_hash, key_id FROM conference WHERE id IN ({marks})"  # noqa: S608
    return connection.exec_driver_sql(statement, tuple(ids)).all()


def move_sqlite_heads(connection: Connection, heads: Sequence[tuple[str, int, bytes]]) -> None:
    statement = (
        "UPDATE conference SET head_seq = moved.column2, head_hash = moved.column3 "  # noqa: S608
        f"FROM (VALUES {_marks(len(heads), 3)}) AS moved WHERE id = moved.column1"
    )
    connection.exec_driver_sql(statement, tuple(value for head in heads for value in head))


@cache
def _marks(rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return ", ".join([row] * rows)
