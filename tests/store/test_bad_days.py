"""What goes wrong with disks and servers is said in one plain sentence, and loses nothing that was saved."""

import asyncio
import os
import sqlite3
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from app.store.commits import NotSaved
from app.store.database import Database
from app.store.log import EventLog
from app.store.postgres_line import THEIRS
from app.store.sqlite import connect_sqlite
from app.store.unavailable import StoreUnavailable
from tests.store.rows import NOON, row_saying


@pytest.fixture
def ordinary_user() -> Iterator[None]:
    """Root may write anywhere; so, if that is who we are, we are somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    yield
    os.seteuid(0)
    os.setegid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can reach, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o777)
        yield Path(folder)


async def test_the_writer_flushes_every_commit_to_the_disk(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for pragma, expected in pragmas.items():
        found = await database.write(lambda connection, p=pragma: connection.exec_driver_sql(f"PRAGMA {p}").scalar())  # type: ignore[misc]
        assert (pragma, found) == (pragma, expected)
    await database.close()


async def test_nobody_else_on_the_machine_may_read_the_file(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    path = Path(make_url(sqlite_url).database or "")
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [file.name for file in path.parent.iterdir() if file.stat().st_mode & 0o077] == []
    await database.close()


async def test_readers_do_not_wait_for_the_writer(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    await EventLog(database).create("c", NOON)
    begun, done_reading = threading.Event(), threading.Event()

    def write_slowly(_: object) -> bool:
        begun.set()
        return done_reading.wait(timeout=10)

    writing = asyncio.create_task(database.write(write_slowly))
    await asyncio.to_thread(begun.wait, 10)
    assert await EventLog(database).conferences() == ["c"]
    done_reading.set()
    assert await writing
    await database.close()


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError):
        await database.read(lambda connection: connection.execute(text("DELETE FROM conference")).rowcount)


async def test_one_read_sees_one_moment(sqlite_url: str) -> None:
    """Or a check of the log would see rows that its head does not know of."""
    database = await Database.open(sqlite_url)
    log, count = EventLog(database), text("SELECT count(*) FROM log")
    await log.create("c", NOON)
    begun, appended = threading.Event(), threading.Event()

    def count_twice(connection: Connection) -> tuple[int | None, bool, int | None]:
        first = connection.execute(count).scalar()
        begun.set()
        return first, appended.wait(timeout=10), connection.execute(count).scalar()

    counting = asyncio.create_task(database.read(count_twice))
    await asyncio.to_thread(begun.wait, 10)
    assert (await log.append("c", [row_saying("meanwhile")], after=0))[-1].seq == 1
    appended.set()
    assert await counting == (0, True, 0)
    await database.close()


async def test_one_read_sees_one_moment_on_a_server_too(postgres_url: str) -> None:
    database = await Database.open(postgres_url)
    isolation = text("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
    for _ in range(2):
        found = await database.read(lambda connection: tuple(connection.execute(isolation).one()))
        assert found == ("repeatable read", "on")
        found = await database.write(lambda connection: tuple(connection.execute(isolation).one()))
        assert found == ("read committed", "off")
    await database.close()


async def test_a_full_disk_is_told_and_the_store_works_again_after(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url)
    log = EventLog(database)
    await log.create("c", NOON)
    await log.append("c", [row_saying("before")], after=0)
    # as many pages as there are: SQLite then says what it says on a full disk
    await database.write(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1").scalar())
    words = "what a family said " * 5000
    with pytest.raises(NotSaved) as failed:
        await log.append("c", [row_saying(words)], after=1)
    assert isinstance(failed.value.__cause__, DBAPIError)
    assert isinstance(failed.value.__cause__.orig, sqlite3.OperationalError)
    assert failed.value.__cause__.orig.sqlite_errorname == "SQLITE_FULL"
    told = "".join(traceback.format_exception(failed.value))
    assert "what a family said" not in told
    assert "priya" not in told
    assert (await log.append("c", [row_saying("after")], after=1))[-1].seq == 2
    assert [row.body for row in await log.read("c")] == [b"before", b"after"]
    assert await log.verify("c") is None
    await database.close()


async def test_after_a_failed_write_no_connection_is_trusted_again(sqlite_url: str) -> None:
    made: list[sqlite3.Connection] = []

    def connect(path: Path) -> sqlite3.Connection:
        made.append(connect_sqlite(path))
        return made[-1]

    database = await Database.open(sqlite_url, connect=connect)
    log = EventLog(database)
    await log.create("c", NOON)
    before = len(made)
    with pytest.raises(ZeroDivisionError):
        await database.write(lambda _: 1 // 0)
    assert (await log.append("c", [row_saying("kept")], after=0))[-1].seq == 1
    assert len(made) == before + 1
    await database.close()


async def test_a_read_only_folder_is_told_in_a_sentence(open_folder: Path, ordinary_user: None) -> None:
    folder = open_folder / "data"
    folder.mkdir()
    folder.chmod(0o555)
    with pytest.raises(StoreUnavailable, match=r"cannot be written \(Permission denied\), so nothing could be saved\."):
        await Database.open(f"sqlite:///{folder / 'kinboard.sqlite3'}")
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        await Database.open(f"sqlite:///{folder / 'deeper' / 'kinboard.sqlite3'}")


async def test_a_file_in_a_read_only_folder_is_told_in_a_sentence(open_folder: Path, ordinary_user: None) -> None:
    url = f"sqlite:///{open_folder / 'kinboard.sqlite3'}"
    await (await Database.open(url)).close()
    file = open_folder / "kinboard.sqlite3"
    file.chmod(0o444)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        await Database.open(url)


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Mrs Okafor, " * 100)
    with pytest.raises(StoreUnavailable, match=r"letter\.txt is not a Kinboard database"):
        await Database.open(f"sqlite:///{letter}")
    assert letter.read_text() == "Dear Mrs Okafor, " * 100
    with pytest.raises(StoreUnavailable, match="Is a directory"):
        await Database.open(f"sqlite:///{tmp_path}")


async def test_a_newer_database_is_left_alone(database: Database, database_url: str) -> None:
    newer = text("UPDATE alembic_version SET version_num = 'from-the-future'")
    await database.write(lambda connection: connection.execute(newer).rowcount)
    with pytest.raises(StoreUnavailable, match="newer version of Kinboard"):
        await Database.open(database_url)


async def test_a_server_that_cannot_be_reached_is_told_without_the_password() -> None:
    with pytest.raises(StoreUnavailable) as told:
        await Database.open("postgresql+asyncpg://kin:open-sesame@127.0.0.1:1/board")
    assert "The PostgreSQL server at 127.0.0.1:1 cannot be reached" in str(told.value)
    assert "open-sesame" not in str(told.value)


async def test_a_database_the_server_does_not_have_is_told(postgres_url: str) -> None:
    missing = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreUnavailable, match=r"does not let us use the database 'nowhere' \(InvalidCatalogName"):
        await Database.open(missing)


@pytest.mark.parametrize("url", ["mysql://kin:open-sesame@host/board", "sqlite://", "sqlite:///:memory:", "a file"])
async def test_a_database_we_do_not_speak_is_told_without_the_password(url: str) -> None:
    with pytest.raises(StoreUnavailable) as told:
        await Database.open(url)
    assert "open-sesame" not in "".join(traceback.format_exception(told.value))


async def test_a_server_that_dropped_our_connections_is_used_again(postgres_url: str) -> None:
    ours, other = await Database.open(postgres_url), await Database.open(postgres_url)
    log = EventLog(ours)
    await log.create("c", NOON)
    drop = text(
        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    assert await other.write(lambda connection: connection.execute(drop).scalar())
    assert await log.conferences() == ["c"]
    assert (await log.append("c", [row_saying("said")], after=0))[-1].seq == 1
    assert await other.write(lambda connection: connection.execute(drop).scalar())
    with suppress(NotSaved):  # where it was not yet known that this line is gone too
        await log.append("c", [row_saying("said")], after=1)
    after = len(await log.read("c"))
    assert (await log.append("c", [row_saying("said again")], after))[-1].seq == after + 1
    await asyncio.gather(ours.close(), other.close())


async def test_what_a_server_locked_that_fell_silent_is_soon_free_again(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one whose line was cut between writing and committing."""
    monkeypatch.setitem(THEIRS, "idle_in_transaction_session_timeout", "200")
    silent = await Database.open(postgres_url)
    log, conference = EventLog(silent), str(uuid4())
    await log.create(conference, NOON)

    def fall_silent(connection: Connection) -> None:
        connection.execute(text("SELECT head_seq FROM conference FOR UPDATE"))
        time.sleep(0.5)
        connection.execute(text("SELECT 1"))

    with pytest.raises(DBAPIError):
        await silent.write(fall_silent)
    await log.append(conference, [row_saying("The next.")], after=0)
    await silent.close()
