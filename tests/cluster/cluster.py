"""Several real servers on one database, and the same meeting on each of them."""

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

from tests.postgres import Postgres
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting


class Cluster:
    def __init__(self, servers: list[Server], postgres: Postgres, url: str) -> None:
        self.servers = servers
        self.postgres = postgres
        self.url = url

    def tool(self) -> AbstractAsyncContextManager[Any]:
        """Somebody at the database itself."""
        return self.postgres.connected(self.url)

    @asynccontextmanager
    async def another(self, *arguments: str) -> AsyncIterator[Server]:
        """One more server, with something made otherwise if a test asks for it."""
        first = self.servers[0]
        given = *first.arguments, *arguments
        server = Server(first.folder, *given, nursery=first.nursery, settings=first.settings)
        server.database = first.database
        try:
            yield await server.start()
        finally:
            if server.is_running:
                await server.end(signal.SIGKILL)

    async def meeting(self) -> list[Sitting]:
        """One new conference, as it is found at each server; who has joined at one has joined at all."""
        first = await self.servers[0].sitting()
        return [first, *[Sitting(server, first.id, first.cookies, first.screens) for server in self.servers[1:]]]


@asynccontextmanager
async def clustered(
    folder: Path,
    postgres: Postgres,
    count: int,
    *arguments: str,
    nursery: Nursery,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Cluster]:
    url = await postgres.new_database()
    given = {"KINBOARD_DATABASE_URL": url, **(settings or {})}
    servers = [Server(folder, *arguments, nursery=nursery, settings=given) for _ in range(count)]
    try:
        await servers[0].start()
        for server in servers[1:]:
            server.database = servers[0].database
        await asyncio.gather(*[server.start() for server in servers[1:]])
        yield Cluster(servers, postgres, url)
    finally:
        for server in servers:
            await server.close()


@asynccontextmanager
async def held_open(cluster: Cluster, conference: str, person: str, seconds: float) -> AsyncIterator[None]:
    """What this person does in this conference is written, and its commit takes so long."""
    async with cluster.tool() as connection:
        await connection.execute(f"""
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON log DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
                WHEN (NEW.conference_id = '{conference}' AND NEW.person_id = '{person}') EXECUTE FUNCTION hold()
        """)
        try:
            yield
        finally:
            await connection.execute("DROP TRIGGER hold ON log; DROP FUNCTION hold")


async def until_held(cluster: Cluster) -> None:
    held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    async with cluster.tool() as connection, asyncio.timeout(10):
        while not await connection.fetchval(held):
            pass
