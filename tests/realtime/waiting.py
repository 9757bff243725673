"""Holding back the disk, and knowing that what was sent has arrived."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from tests.realtime.screen import Screen
from tests.realtime.server import Server


@contextmanager
def nothing_can_be_saved(server: Server) -> Iterator[None]:
    """Another program holds the database's write lock; the server waits for it."""
    connection = sqlite3.connect(server.data / "kinboard.sqlite3", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


async def has_arrived(screen: Screen) -> None:
    """What was sent before is with the server."""
    async with asyncio.timeout(10):
        await (await screen.socket.ping())
