"""The bell that a PostgreSQL database offers: LISTEN and NOTIFY on a connection of its own.

Rung after the commit and never within it: a NOTIFY takes a lock for the whole server at commit, so that all commits
that ring would be made one after another (docs/decisions/0039).
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import URL

from app.store.bell import SEND_SECONDS, BellOverLine, Hear, Line, heard_in
from app.store.postgres import CONNECT_SECONDS
from app.store.postgres_line import lines_named

CHANNEL = "kinboard"
NAME = "kinboard bell"  # as whoever looks after the database sees the connection
RING = "SELECT pg_notify($1, message) FROM unnest($2::text[]) AS message"


class PostgresLine:
    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @property
    def is_broken(self) -> bool:
        return bool(self.connection.is_closed())

    async def send(self, messages: list[str]) -> None:
        await self.connection.execute(RING, CHANNEL, messages)

    async def ask(self) -> None:
        await self.connection.execute("SELECT 1")


def postgres_bell(url: URL) -> BellOverLine:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)

    @asynccontextmanager
    async def call(hear: Hear, broken: Callable[[], None]) -> AsyncIterator[Line]:
        connection = await asyncpg.connect(
            address, timeout=CONNECT_SECONDS, command_timeout=SEND_SECONDS, **lines_named(NAME)
        )
        ours = connection.get_server_pid()

        def notified(_: Any, pid: int, __: str, message: str) -> None:
            if pid != ours:
                hear(heard_in(message))

        connection.add_termination_listener(lambda _: broken())
        try:
            await connection.add_listener(CHANNEL, notified)
            yield PostgresLine(connection)
        finally:
            connection.terminate()

    return BellOverLine(call)
