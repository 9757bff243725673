"""The bell of several processes on one SQLite file: the file itself says whether anybody has written to it."""

import asyncio

import structlog
from sqlalchemy import Connection

from app.store.bell import Hear
from app.store.sqlite import SqliteFile

logger = structlog.get_logger()

LOOK_SECONDS = 0.05


class SqliteBell:
    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def ring(self, conference_id: str, seq: int) -> None:
        """The commit was the ring."""

    async def run(self, hear: Hear) -> None:
        before = None
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                now = await self._file.read(data_version)
            except Exception as broken:
                logger.warning("bell broken", cause=type(broken).__name__)
            else:
                if now != before:
                    before = now
                    hear({})


def data_version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
