"""Many rows in one statement, where that is worth it.

With SQLite each row that a statement steps to hands Python over to the event loop's thread and waits to get it back,
and SQLAlchemy looks at each value of each row; one statement for all rows does neither. To PostgreSQL each statement is
a way there and back, so rows and heads go as columns in one.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, LargeBinary
from sqlalchemy.types import TypeEngine

from app.models import LogRow
from app.store.chain import Head

MOST_ROWS = 200  # in one statement; keeps it under SQLite's limit of parameters


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def save_rows(connection: Connection, rows: Sequence[Mapping[str, Any]], heads: Mapping[str, Head]) -> None:
    """Rows of logs, each with the same columns in the same order, and what is then the head of each of those logs."""
    moved = [(id, head.seq, head.hash) for id, head in heads.items()]
    if not is_sqlite(connection):
        values = (*columns_of(moved), *columns_of([tuple(row.values()) for row in rows]))
        connection.exec_driver_sql(_save_unnested(tuple(rows[0])), values)
        return
    for first in range(0, len(rows), MOST_ROWS):
        some = rows[first : first + MOST_ROWS]
        names = ", ".join(some[0])
        statement = f"INSERT INTO log ({names}) VALUES {_marks(len(some), len(some[0]))}"  # noqa: S608  names of ours
        connection.exec_driver_sql(statement, tuple(value for row in some for value in row.values()))
    move_sqlite_heads(connection, moved)


def columns_of(rows: Sequence[Sequence[Any]]) -> tuple[list[Any], ...]:
    return tuple(list(column) for column in zip(*rows, strict=True))


@cache
def _save_unnested(names: tuple[str, ...]) -> str:
    return (
        "WITH moved AS (UPDATE conference SET head_seq = head.seq, head_hash = head.hash "  # noqa: S608  names of ours
        "FROM unnest($1::text[], $2::integer[], $3::bytea[]) AS head (id, seq, hash) WHERE conference.id = head.id) "
        f"INSERT INTO log ({', '.join(names)}) SELECT * FROM unnest({unnested(names, 4)})"
    )


def unnested(names: Sequence[str], first: int) -> str:
    """Columns of the log as parameters, numbered from `first` on."""
    types = [_type_of(LogRow.__table__.c[name].type) for name in names]  # type: ignore[attr-defined]
    return ", ".join(f"${n}::{type}[]" for n, type in enumerate(types, first))


def _type_of(column: TypeEngine[Any]) -> str:
    return "bytea" if isinstance(column, LargeBinary) else "integer" if isinstance(column, Integer) else "text"


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
