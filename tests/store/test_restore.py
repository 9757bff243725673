"""A backup takes the place of the database: whole or not at all, and never over what was purged."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.store.audit import first_audit_break, keyboard, noted
from app.store.backup import backup
from app.store.database import Database
from app.store.keys import keys_beside
from app.store.log import EventLog
from app.store.purging import purge
from app.store.restore import NotRestored, restore
from app.store.unavailable import StoreUnavailable
from tests.store.rows import NOON, change, row_saying

BY = keyboard(1000)


@pytest.fixture
async def backed_up(sqlite_url: str, tmp_path: Path) -> tuple[Database, Path]:
    """Two conferences, one of which goes on and one of which is purged after the backup."""
    database = await Database.open(sqlite_url)
    log = EventLog(database)
    for conference in ("kept", "purged"):
        await log.create(conference, NOON)
        await log.append(conference, [row_saying("before")], after=0)
    await backup(database, tmp_path / "backup")
    await log.append("kept", [row_saying("after")], after=1)
    await purge(log, "purged", BY, NOON, "asked")
    return database, tmp_path / "backup"


def path_of(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


async def test_what_was_backed_up_is_back_and_what_was_purged_is_not(
    backed_up: tuple[Database, Path], sqlite_url: str
) -> None:
    database, copy = backed_up
    await database.close()
    restored = await restore(path_of(sqlite_url), copy, database.keys, BY, NOON, replace=True)
    assert (restored.conferences, restored.purged_again) == (1, 1)
    again = await Database.open(sqlite_url)
    log = EventLog(again)
    assert await log.conferences() == ["kept"]
    assert [row.body for row in await log.read("kept")] == [b"before"]
    assert await log.verify("kept") is None
    assert [each.act.what for each in await noted(again)] == ["purge_begun", "purged", "restored"]
    assert await first_audit_break(again) is None
    await again.close()
    assert path_of(sqlite_url).stat().st_mode & 0o077 == 0
    assert [file.name for file in path_of(sqlite_url).parent.iterdir() if "restoring" in file.name] == []


async def test_a_conference_whose_key_was_not_brought_is_not_taken_for_purged(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    for conference in ("kept", "forgotten"):
        await EventLog(database).create(conference, NOON)
    key = (await EventLog(database).seal_of("forgotten")).id
    await backup(database, tmp_path / "backup")
    await database.close()
    (database.keys.folder / f"{key}.key").rename(tmp_path / "elsewhere")
    keys = keys_beside(path_of(sqlite_url))
    with pytest.raises(NotRestored, match="The key of forgotten is not in"):
        await restore(path_of(sqlite_url), tmp_path / "backup", keys, BY, NOON, replace=True)


async def test_nothing_is_overwritten_unless_it_is_said_nor_under_a_running_server(
    backed_up: tuple[Database, Path], sqlite_url: str
) -> None:
    database, copy = backed_up
    path = path_of(sqlite_url)
    with pytest.raises(NotRestored, match="--replace"):
        await restore(path, copy, database.keys, BY, NOON, replace=False)
    with pytest.raises(NotRestored, match="in use"):
        await restore(path, copy, database.keys, BY, NOON, replace=True)
    with pytest.raises(NotRestored, match="no backup"):
        await restore(path, path.parent / "none", database.keys, BY, NOON, replace=True)
    assert [row.body for row in await EventLog(database).read("kept")] == [b"before", b"after"]
    await database.close()


async def test_a_backup_that_is_not_what_was_written_is_not_restored(
    backed_up: tuple[Database, Path], sqlite_url: str
) -> None:
    database, copy = backed_up
    await database.close()
    changed = await Database.open(f"sqlite:///{copy}", database.keys)
    await change(changed, "UPDATE log SET person_id = 'dana' WHERE conference_id = 'kept'")
    await changed.close()
    with pytest.raises(NotRestored, match="from row 1"):
        await restore(path_of(sqlite_url), copy, database.keys, BY, NOON, replace=True)
    copy.write_text("a letter " * 1000)
    with pytest.raises(StoreUnavailable, match="not a Kinboard database"):
        await restore(path_of(sqlite_url), copy, database.keys, BY, NOON, replace=True)
    again = await Database.open(sqlite_url)
    assert len(await EventLog(again).read("kept")) == 2
    await again.close()


async def test_without_the_keys_there_is_nothing_to_restore(
    backed_up: tuple[Database, Path], sqlite_url: str, tmp_path: Path
) -> None:
    database, copy = backed_up
    await database.close()
    elsewhere = tmp_path / "elsewhere" / "kinboard.sqlite3"
    with pytest.raises(StoreUnavailable):
        await restore(elsewhere, copy, keys_beside(elsewhere), BY, NOON, replace=False)
    assert not elsewhere.exists()
    await restore(elsewhere, copy, database.keys, BY, NOON, replace=False)
    assert elsewhere.exists()
