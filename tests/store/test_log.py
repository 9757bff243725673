import asyncio
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from app.access.links import issue_link, use_link
from app.store.commits import AppendedElsewhere, NewRow, SavedRow, UnknownConference
from app.store.database import Database
from app.store.log import ConferenceExists, EventLog
from app.store.sqlite import connect_sqlite
from tests.store.rows import NOON, row_saying


async def test_what_was_appended_is_read_back_as_it_was(log: EventLog, conference: str) -> None:
    rows = [row_saying("a worry", person="priya"), row_saying("a strength: \x00 ☃", person="dana", minutes=1)]
    saved = await log.append(conference, rows, after=0)
    assert await log.read(conference) == list(saved)
    assert saved == tuple(
        SavedRow(seq, row.id, row.person_id, row.at, row.body_hash, row.body, after.hash)
        for seq, (row, after) in enumerate(zip(rows, saved, strict=True), start=1)
    )
    assert [row.seq for row in await log.read(conference, after=1)] == [2]
    assert await log.read(conference, after=2) == []


async def test_a_time_told_in_another_zone_is_the_same_instant(log: EventLog, conference: str) -> None:
    summer = NOON.astimezone(timezone(timedelta(hours=1)))
    row = NewRow(str(uuid4()), "priya", summer, bytes(32), b"{}")
    await log.append(conference, [row], after=0)
    assert (await log.read(conference))[0].at == NOON
    with pytest.raises(ValueError, match="time zone"):
        NewRow(str(uuid4()), "priya", datetime(2026, 11, 21), bytes(32), b"{}")  # noqa: DTZ001


@pytest.mark.parametrize("after", [0, 2, -1])
async def test_a_wrong_after_is_refused_and_changes_nothing(log: EventLog, conference: str, after: int) -> None:
    await log.append(conference, [row_saying("first")], after=0)
    with pytest.raises(AppendedElsewhere):
        await log.append(conference, [row_saying("second")], after=after)
    assert [row.body for row in await log.read(conference)] == [b"first"]
    assert (await log.append(conference, [row_saying("second")], after=1))[-1].seq == 2


async def test_a_repeated_id_is_refused_and_changes_nothing(log: EventLog, conference: str) -> None:
    first = row_saying("first")
    await log.append(conference, [first], after=0)
    with pytest.raises(AppendedElsewhere):
        await log.append(conference, [row_saying("second"), row_saying("again", id=first.id)], after=1)
    assert [row.body for row in await log.read(conference)] == [b"first"]
    assert await log.verify(conference) is None


async def test_another_conference_may_use_the_same_id(log: EventLog, conference: str) -> None:
    row, other = row_saying("said"), str(uuid4())
    await log.create(other, NOON)
    assert (await log.append(conference, [row], after=0))[-1].seq == 1
    assert (await log.append(other, [row], after=0))[-1].seq == 1


async def test_nothing_to_save_is_saved_at_once(log: EventLog, conference: str) -> None:
    assert await log.append(conference, [], after=0) == ()


async def test_a_conference_nobody_began_has_no_log(log: EventLog) -> None:
    with pytest.raises(UnknownConference):
        await log.append("nowhere", [row_saying("said")], after=0)
    with pytest.raises(UnknownConference):
        await log.verify("nowhere")
    assert await log.read("nowhere") == []


async def test_a_conference_is_begun_once(log: EventLog, conference: str) -> None:
    await log.append(conference, [row_saying("said")], after=0)
    with pytest.raises(ConferenceExists):
        await log.create(conference)
    assert len(await log.read(conference)) == 1


async def test_conferences_are_listed_oldest_first(log: EventLog) -> None:
    for name, days in [("newer", 1), ("oldest", -1), ("older", 0)]:
        await log.create(name, NOON + timedelta(days=days))
    assert await log.conferences() == ["oldest", "older", "newer"]


async def test_a_reopened_database_has_everything(database_url: str) -> None:
    first = await Database.open(database_url)
    await EventLog(first).create("c", NOON)
    await EventLog(first).append("c", [row_saying("before the restart")], after=0)
    await first.close()
    second = await Database.open(database_url)
    log = EventLog(second)
    assert [row.body for row in await log.read("c")] == [b"before the restart"]
    assert (await log.append("c", [row_saying("after it")], after=1))[-1].seq == 2
    assert await log.verify("c") is None
    await second.close()


async def test_two_servers_agree_on_one_order(database_url: str) -> None:
    first, second = await asyncio.gather(Database.open(database_url), Database.open(database_url))
    conferences = [f"c{number}" for number in range(5)]
    for conference in conferences:
        await EventLog(first).create(conference, NOON)

    async def talk(log: EventLog, conference: str, who: str) -> int:
        """Says ten things, each time reading on when the other server was faster. How often it was."""
        after, said, tries = 0, 0, 0
        while said < 10:
            tries += 1
            try:
                (saved,) = await log.append(conference, [row_saying(f"{who} {said}", person=who)], after)
                after = saved.seq
                said += 1
            except AppendedElsewhere:
                after = (await log.read(conference))[-1].seq
        return tries - 10

    logs = {"first": EventLog(first), "second": EventLog(second)}
    late = await asyncio.gather(*(talk(log, c, who) for c in conferences for who, log in logs.items()))
    assert sum(late) > 0
    for conference in conferences:
        rows = await logs["first"].read(conference)
        assert [row.seq for row in rows] == list(range(1, 21))
        for who in logs:
            assert [row.body for row in rows if row.person_id == who] == [f"{who} {n}".encode() for n in range(10)]
        assert await logs["second"].verify(conference) is None
    await asyncio.gather(first.close(), second.close())


async def test_of_two_servers_that_append_after_the_same_row_one_must_read_on(database_url: str) -> None:
    servers = [await Database.open(database_url), await Database.open(database_url)]
    logs = [EventLog(server) for server in servers]
    await logs[0].create("c", NOON)
    for after in range(20):
        appends = (log.append("c", [row_saying("said")], after) for log in logs)
        outcomes = await asyncio.gather(*appends, return_exceptions=True)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AppendedElsewhere", "tuple"]
    assert await logs[0].verify("c") is None
    for server in servers:
        await server.close()


async def test_a_deleted_conference_leaves_nothing_and_harms_no_other(database: Database, log: EventLog) -> None:
    for conference in ("kept", "deleted"):
        await log.create(conference, NOON)
        await log.append(conference, [row_saying(f"said in {conference}")], after=0)
    later = NOON + timedelta(hours=1)
    used = await issue_link(database, "deleted", "priya", NOON, reusable=False, expires_at=later)
    unused = await issue_link(database, "deleted", "dana", NOON, reusable=False, expires_at=later)
    assert await use_link(database, used, NOON, later)
    await log.delete("deleted")
    assert await log.conferences() == ["kept"]
    assert await log.read("deleted") == []
    assert await use_link(database, unused, NOON, later) is None
    with pytest.raises(UnknownConference):
        await log.append("deleted", [row_saying("too late")], after=1)
    assert await log.verify("kept") is None


async def test_a_deleted_conference_is_gone_from_the_disk_as_well(sqlite_url: str) -> None:
    def connect(path: Path) -> sqlite3.Connection:
        connection = connect_sqlite(path)
        connection.execute("PRAGMA secure_delete=OFF")  # as SQLite is built by most; Debian's overwrites by itself
        return connection

    database = await Database.open(sqlite_url, connect=connect)
    log, folder = EventLog(database), Path(make_url(sqlite_url).database or "").parent
    for conference in ("kept", "deleted"):
        await log.create(conference, NOON)
        await log.append(conference, [row_saying("said", person=f"somebody in {conference}")], after=0)

    def bytes_on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())

    assert b"somebody in deleted" in bytes_on_disk()
    await log.delete("deleted")
    assert b"somebody in deleted" not in bytes_on_disk()
    assert b"somebody in kept" in bytes_on_disk()
    await database.close()
