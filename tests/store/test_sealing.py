"""What people said stands nowhere on the disk, in any copy of it, without the keys."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, make_url, text

from app.store.backup import backup
from app.store.chain import Head, chained_hash, commitment_to, first_head
from app.store.commits import UnknownConference
from app.store.database import Database
from app.store.keys import KeyGone, Keys, MasterKey
from app.store.log import EventLog
from app.store.seal import SealBroken
from app.store.unavailable import StoreUnavailable
from tests.store.rows import NOON, change, row_saying

CANARY = "Canary said this"


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_no_word_is_in_the_file_its_wal_or_a_backup(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    log = EventLog(database)
    await log.create("c", NOON)
    for after in range(50):
        await log.append("c", [row_saying(CANARY * 100)], after)
    assert b"Canary" not in everything_in(tmp_path)
    await backup(database, tmp_path / "backup")
    await log.delete("c")
    await database.close()
    assert b"Canary" not in everything_in(tmp_path)


async def test_no_guess_can_be_tried_against_what_stands_in_the_clear(log: EventLog, conference: str) -> None:
    """Neither against the body nor against the hash of what was said: both commitments need the salt, and that is
    sealed as well.
    """
    guess = row_saying("seven")
    await log.append(conference, [guess], after=0)
    query = text("SELECT body_hash, salt, commitment FROM log")
    said, salt, commitment = await log.database.read(lambda connection: tuple(connection.execute(query).one()))
    assert salt is None
    assert said != guess.body_hash
    assert commitment != commitment_to(guess.body, b"")


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE log SET body = (SELECT body FROM log WHERE conference_id = :conference AND seq = 1) WHERE seq = 2",
        "UPDATE log SET body = substr(body, 1, 40) WHERE seq = 2",
        "UPDATE log SET body = hash WHERE seq = 2",
    ],
)
async def test_a_sealed_body_that_was_exchanged_or_cut_is_found_and_not_read(
    database: Database, log: EventLog, conference: str, tampering: str
) -> None:
    for after in range(3):
        await log.append(conference, [row_saying("the same words")], after)
    parameters = {"conference": conference} if ":conference" in tampering else {}
    assert await change(database, tampering, **parameters) == 1
    assert await log.verify(conference) == 2
    with pytest.raises(SealBroken):
        await log.read(conference)


async def test_a_destroyed_key_ends_a_conference_in_every_copy(sqlite_url: str, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url)
    log = EventLog(database)
    for conference in ("purged", "kept"):
        await log.create(conference, NOON)
        await log.append(conference, [row_saying(CANARY)], after=0)
    await backup(database, tmp_path / "backup")
    await log.delete("purged")
    restored = await Database.open(f"sqlite:///{tmp_path / 'backup'}", database.keys)
    with pytest.raises(KeyGone):
        await EventLog(restored).read("purged")
    with pytest.raises(KeyGone):
        await EventLog(restored).append("purged", [row_saying("more")], after=1)
    assert [row.body for row in await EventLog(restored).read("kept")] == [CANARY.encode()]
    await restored.close()
    await database.close()


async def test_whoever_still_holds_a_deleted_conference_cannot_write_into_one_of_the_same_id(
    database: Database, conference: str
) -> None:
    ours, theirs = EventLog(database), EventLog(Database(database.kind, database.keys))
    await theirs.append(conference, [row_saying("before")], after=0)
    await ours.delete(conference)
    await ours.create(conference, NOON)
    await ours.append(conference, [row_saying("another")], after=0)
    with pytest.raises(UnknownConference):
        await theirs.append(conference, [row_saying("too late")], after=1)
    assert [row.body for row in await ours.read(conference)] == [b"another"]


async def test_without_the_right_keys_nothing_starts(database: Database, database_url: str, conference: str) -> None:
    keys = database.keys
    for wrong in (
        Keys(keys.folder, MasterKey(keys.folder / "none")),
        Keys(keys.folder / "elsewhere", keys.master),
        Keys(keys.folder, MasterKey(keys.folder / "none", "A" * 43 + "=")),
    ):
        with pytest.raises(StoreUnavailable):
            await Database.open(database_url, wrong)
    await (await Database.open(database_url, Keys(keys.folder, keys.master))).close()


@pytest.fixture
def as_it_was() -> list[dict[str, Any]]:
    """Two rows as they were written before there were seals."""
    head, rows = first_head("old"), []
    for minute in range(2):
        new, salt = row_saying(f"{CANARY} {minute}", minutes=minute), bytes([minute]) * 16
        commitment = commitment_to(new.body, salt)
        at = f"2026-11-21T12:0{minute}:00.000000+00:00"
        fields = (head.seq + 1, new.id, new.person_id, at, new.body_hash, commitment)
        row = {"seq": head.seq + 1, "id": new.id, "said": new.body_hash, "body": new.body, "salt": salt, "at": at}
        rows.append({**row, "commitment": commitment, "previous": head.hash, "hash": chained_hash(head.hash, *fields)})
        head = Head(head.seq + 1, chained_hash(head.hash, *fields))
    return rows


async def test_what_was_written_in_the_clear_is_sealed_at_the_next_start(
    database_url: str, kind: str, as_it_was: list[dict[str, Any]]
) -> None:
    def write(connection: Connection) -> None:
        last = as_it_was[-1]
        connection.execute(
            text("INSERT INTO conference (id, head_seq, head_hash, created_at) VALUES ('old', 2, :hash, :at)"),
            {"hash": last["hash"], "at": last["at"]},
        )
        connection.execute(
            text(
                "INSERT INTO log (conference_id, seq, command_id, person_id, at, body_hash, body, salt, commitment,"
                " previous_hash, hash)"
                " VALUES ('old', :seq, :id, 'priya', :at, :said, :body, :salt, :commitment, :previous, :hash)"
            ),
            as_it_was,
        )

    before = await Database.open(database_url)
    await before.write(write)
    await before.close()
    database = await Database.open(database_url)
    log = EventLog(database)
    assert [row.body.decode() for row in await log.read("old")] == [f"{CANARY} 0", f"{CANARY} 1"]
    assert [row.body_hash for row in await log.read("old")] == [row["said"] for row in as_it_was]
    assert [row.hash for row in await log.read("old")] == [row["hash"] for row in as_it_was]
    assert await log.verify("old") is None
    await log.append("old", [row_saying("and on")], after=2)
    assert await log.verify("old") is None
    if kind == "sqlite":
        assert CANARY.encode() not in everything_in(Path(make_url(database_url).database or "").parent)
    await database.close()
