"""Holding back the disk, and knowing that what was sent has arrived."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy import make_url

from tests.realtime.screen import Screen
from tests.realtime.server import Server


@asynccontextmanager
async def nothing_can_be_saved(server: Server) -> AsyncIterator[None]:
    """Another program holds the lock that whoever writes needs; the server waits for it."""
    if url := server.settings.get("KINBOARD_DATABASE_URL"):
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        tool = await asyncpg.connect(address)
        try:
            async with tool.transaction():
                await tool.execute("LOCK TABLE log IN SHARE ROW EXCLUSIVE MODE")
                yield
        finally:
            await tool.close()
        return
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
