"""An installation moves to PostgreSQL: whole, the same to the last byte, or not at all."""

import asyncio
import json
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, Float, Integer, LargeBinary, Table, insert, make_url, select

from app.script.importer import import_conference
from app.script.past import board_of
from app.store import sqlite
from app.store.audit import Act, first_audit_break, keyboard, note_alone, noted
from app.store.database import Database
from app.store.keys import keys_beside
from app.store.log import EventLog
from app.store.move import TABLES, Moved, NotMoved, move
from app.store.unavailable import StoreUnavailable
from tests.pages.conftest import Typed
from tests.realtime.nursery import Nursery
from tests.realtime.program import forked_kinboard
from tests.script.worked import FILES, everything_seen, worked
from tests.store.rows import NOON, change, row_saying

BY = keyboard(1000)
SOME = {"kind": "lobby", "state": "waiting", "role": "chair"}  # where a column takes only certain words
WRITTEN = ("conference", "log", "audit", "audit_head")  # by what the test does anyway


def path_of(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


async def go(source: str, target: str, **more: Any) -> Moved:
    path = path_of(source)
    return await move(path, make_url(target), keys_beside(path), BY, NOON, more.get("tell", lambda *_: None))


def some_row(table: Table, conference: str) -> dict[str, Any]:
    """With what is awkward: zero bytes, letters beyond ASCII, empty words, nothing."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            row[column.name] = conference if "conference" in column.name else "ü account-id"
        elif column.nullable:
            row[column.name] = None
        elif isinstance(column.type, LargeBinary):
            row[column.name] = bytes(range(32))
        elif isinstance(column.type, Boolean | Integer | Float):
            row[column.name] = 1
        else:
            row[column.name] = SOME.get(column.name, f"ü {table.name}-{column.name}" if column.primary_key else "")
    return row


@pytest.fixture
async def furnished(sqlite_url: str) -> list[str]:
    """Both worked conferences, and a row in every table that there is."""
    database = await Database.open(sqlite_url)
    for name in FILES:
        await import_conference(EventLog(database), worked(name).file)
    conferences = await EventLog(database).conferences()

    def furnish(connection: Connection) -> None:
        for table in TABLES:
            if table.name not in WRITTEN:
                connection.execute(insert(table), some_row(table, conferences[0]))

    await database.write(furnish)
    await note_alone(database, NOON, Act("opened", "staff:a", conferences[0], detail={"n": 1}))
    await database.close()
    return conferences


async def rows_of(database: Database) -> dict[str, list[str]]:
    def read(connection: Connection) -> dict[str, list[str]]:
        return {table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table))) for table in TABLES}

    return await database.read(read)


async def views_of(database: Database, conference: str) -> bytes:
    board = board_of(await EventLog(database).read(conference))
    return json.dumps(everything_seen(board), sort_keys=True, default=str).encode()


async def test_both_worked_conferences_are_moved_and_everybody_sees_the_same_to_the_last_byte(
    furnished: list[str], sqlite_url: str, postgres_url: str
) -> None:
    path = path_of(sqlite_url)
    before, told = sha256(path.read_bytes()).hexdigest(), dict[str, tuple[int, int]]()
    moved = await go(sqlite_url, postgres_url, tell=lambda table, *n: told.update({table: n}))
    assert sha256(path.read_bytes()).hexdigest() == before
    ours = await Database.open(sqlite_url)
    theirs = await Database.open(postgres_url, keys_beside(path))
    rows, moved_rows = await rows_of(ours), await rows_of(theirs)
    assert {table.name for table in TABLES if not rows[table.name]} == set()
    assert [each.act.what for each in await noted(theirs)][-1] == "moved"
    assert await first_audit_break(theirs) is None
    assert moved == Moved(sum(map(len, rows.values())), 2, {})
    assert told == {name: (len(found), len(found)) for name, found in rows.items()}
    for name, found in rows.items():
        assert set(moved_rows[name]) >= set(found) or name == "audit_head"
        assert len(moved_rows[name]) == len(found) + (name == "audit")
    for conference in furnished:
        assert await EventLog(theirs).verify(conference) is None
        assert await views_of(theirs, conference) == await views_of(ours, conference)
    after = (await EventLog(theirs).read(furnished[0]))[-1].seq
    await EventLog(theirs).append(furnished[0], [row_saying("and it goes on")], after)
    for each in (ours, theirs):
        await each.close()
    with pytest.raises(NotMoved, match=r"moved into already, on 2026-11-21.*that move was whole"):
        await go(sqlite_url, postgres_url)


@pytest.fixture
async def one(sqlite_url: str) -> str:
    database = await Database.open(sqlite_url)
    await EventLog(database).create("c", NOON)
    await EventLog(database).append("c", [row_saying("said"), row_saying("said too")], 0)
    await database.close()
    return sqlite_url


async def nothing_is_there(url: str) -> bool:
    database = await Database.open(url)
    try:
        return {name for name, rows in (await rows_of(database)).items() if rows} == {"audit_head"}
    finally:
        await database.close()


async def test_a_target_that_holds_something_is_left_alone(one: str, postgres_url: str) -> None:
    target = await Database.open(postgres_url)
    await EventLog(target).create("theirs", NOON)
    with pytest.raises(NotMoved, match="not empty: its table conference"):
        await go(one, postgres_url)
    assert await EventLog(target).conferences() == ["theirs"]
    for table in (*reversed([each.name for each in TABLES]), "alembic_version"):
        await change(target, f"DROP TABLE {table}")
    await change(target, "CREATE TABLE invoices (id int)")
    with pytest.raises(NotMoved, match="tables of another program"):
        await go(one, postgres_url)
    await target.close()


async def test_while_it_moves_nobody_serves_the_file_and_while_it_is_served_nothing_moves(
    one: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    served = await Database.open(one)
    with pytest.raises(NotMoved, match=r"in use\. Stop the server first"):
        await go(one, postgres_url)
    await served.close()
    told: list[str] = []

    def tell(table: str, *_: int) -> None:
        if table == "log":
            opening = sqlite.SqliteFile(path_of(one), sqlite.connect_sqlite)
            with pytest.raises(Exception, match="locked"):
                opening.writer.in_transaction(lambda _: None)
            told.append("tried")

    await go(one, postgres_url, tell=tell)
    assert told == ["tried"]


async def test_what_does_not_read_back_as_it_was_written_is_not_kept(one: str, postgres_url: str) -> None:
    target = await Database.open(postgres_url)
    for statement in (
        "CREATE FUNCTION alter_it() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.person_id = upper(NEW.person_id); RETURN NEW; END $$",
        "CREATE TRIGGER meddling BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION alter_it()",
    ):
        await change(target, statement)
    await target.close()
    with pytest.raises(NotMoved, match="written to log reads otherwise"):
        await go(one, postgres_url)
    assert await nothing_is_there(postgres_url)


async def test_a_conference_that_was_damaged_before_is_moved_as_it_is_and_named(one: str, postgres_url: str) -> None:
    database = await Database.open(one)
    await EventLog(database).create("d", NOON)
    await EventLog(database).create("k", NOON)
    await EventLog(database).append("d", [row_saying("said")], 0)
    await change(database, "UPDATE log SET person_id = 'dana' WHERE conference_id = 'd'")
    database.keys.destroy((await EventLog(database).seal_of("k")).id)
    await database.close()
    moved = await go(one, postgres_url)
    assert (moved.conferences, moved.broken) == (3, {"d": 1, "k": None})


async def test_without_the_keys_or_from_an_earlier_version_nothing_moves(one: str, postgres_url: str) -> None:
    path = path_of(one)
    (folder,) = [each for each in path.parent.iterdir() if each.is_dir()]
    folder.rename(path.parent / "elsewhere")
    with pytest.raises(StoreUnavailable, match="keys of the conferences are not in"):
        await go(one, postgres_url)
    (path.parent / "elsewhere").rename(folder)
    database = await Database.open(one)
    await change(database, "UPDATE alembic_version SET version_num = '0007'")
    await database.close()
    with pytest.raises(NotMoved, match="earlier version"):
        await go(one, postgres_url)
    path.write_text("a letter " * 1000)
    with pytest.raises(NotMoved, match="not a Kinboard database"):
        await go(one, postgres_url)
    assert await nothing_is_there(postgres_url)


@pytest.fixture
def kinboard(nursery: Nursery) -> Typed:
    return partial(forked_kinboard, nursery)


async def test_a_move_that_is_killed_leaves_nothing_and_is_typed_again(
    one: str, postgres_url: str, nursery: Nursery, kinboard: Typed, tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    killed = "import app.store.move as m, os, signal; m.break_of = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    with (tmp_path / "complaints").open("wb") as complaints:
        forked = await nursery.fork(
            "kinboard",
            ["move", "--to", postgres_url, *data],
            folder=tmp_path,
            complaints=complaints.fileno(),
            first=killed,
        )
    async with asyncio.timeout(30):
        await forked.ended.wait()
    assert b"log: 2 of 2" in await forked.said.read()
    assert await nothing_is_there(postgres_url)

    again = await kinboard("move", "--to", postgres_url, *data, folder=tmp_path)
    assert (again.code, "1 conference." in again.said, again.complained) == (0, True, ""), again
    served = await kinboard(
        *("verify", "c"), folder=tmp_path, KINBOARD_DATABASE_URL=postgres_url, KINBOARD_DATA=str(tmp_path / "data")
    )
    assert (served.code, "c: sound" in served.said) == (0, True), served


@pytest.mark.parametrize(
    ("to", "settings", "said"),
    [
        ("sqlite:///other.sqlite3", {}, "a move leads to PostgreSQL and nowhere else"),
        ("secret word", {}, "--to must be postgresql+asyncpg://"),
        ("postgresql+asyncpg://kinboard:secret@localhost:1/kinboard", {}, "localhost:1 cannot be reached"),
        (
            "postgresql+asyncpg://localhost/kinboard",
            {"KINBOARD_DATABASE_URL": "postgresql+asyncpg://kinboard:secret@localhost:1/kinboard"},
            "in PostgreSQL already",
        ),
    ],
)
async def test_every_other_way_is_refused_with_a_sentence(
    one: str, kinboard: Typed, tmp_path: Path, to: str, settings: dict[str, str], said: str
) -> None:
    ended = await kinboard("move", "--to", to, "--data", tmp_path / "data", folder=tmp_path, **settings)
    assert (ended.code, said in ended.complained, ended.complained.count("\n")) == (2, True, 1), ended
    assert "secret" not in ended.complained
