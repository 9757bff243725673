import asyncio
import os
from pathlib import Path

import pytest

from app.store.backup import NoBackup, backup
from app.store.database import Database
from app.store.log import EventLog
from tests.store.rows import NOON, row_saying


async def test_a_backup_made_while_people_write_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    log, target = EventLog(database), tmp_path / "backup.sqlite3"
    await log.create("c", NOON)
    for after in range(20):
        await log.append("c", [row_saying("said " * 200)], after)
    made = asyncio.create_task(backup(database, target))
    after = 20
    while not made.done():
        after = (await log.append("c", [row_saying("said meanwhile")], after))[-1].seq
    await made
    await database.close()

    copy = await Database.open(f"sqlite:///{target}", database.keys)
    assert await EventLog(copy).verify("c") is None
    assert 20 <= len(await EventLog(copy).read("c")) <= after
    assert after > 20
    await copy.close()
    assert target.stat().st_mode & 0o077 == 0
    assert f"{target.name}.part" not in os.listdir(tmp_path)


async def test_a_backup_never_overwrites(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    (tmp_path / "kept.txt").write_text("last week's")
    with pytest.raises(NoBackup, match="never overwrites"):
        await backup(database, tmp_path / "kept.txt")
    assert (tmp_path / "kept.txt").read_text() == "last week's"
    with pytest.raises(NoBackup, match="No such file or directory"):
        await backup(database, tmp_path / "nowhere" / "backup.sqlite3")
    await database.close()


async def test_whoever_runs_postgresql_is_told_how_it_is_backed_up(postgres_url: str, tmp_path: Path) -> None:
    database = await Database.open(postgres_url)
    with pytest.raises(NoBackup, match="pg_dump"):
        await backup(database, tmp_path / "backup")
    await database.close()
