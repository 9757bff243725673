"""A line to the database that can be held up, either way, and nobody is told."""

import asyncio
import random
from pathlib import Path
from typing import Self

from sqlalchemy import make_url

from tests.faults.proxy import CHUNK, Proxy, Quality

SOCKET = ".s.PGSQL.5432"


class WayToDatabase(Proxy):
    def __init__(self, url: str, folder: Path) -> None:
        super().__init__("http://the.database", Quality(), random.Random(0))
        self.folder = folder
        self.there = str(Path(str(make_url(url).query["host"])) / SOCKET)
        self.url = make_url(url).set(query={"host": str(folder)}).render_as_string(hide_password=False)

    async def start(self) -> Self:
        self._server = await asyncio.start_unix_server(self._meet, self.folder / SOCKET, limit=CHUNK)
        return self

    async def reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_unix_connection(self.there, limit=CHUNK)
