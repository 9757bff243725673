"""What whoever keeps the database types: holds, purges, certificates, backups with their keys, restore, another key."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from app.board.actor import Actor
from app.board.board import EVENTS, decide
from app.board.conference import ConferenceClosed
from app.board.issued import RecordIssued
from app.board.state import EMPTY
from app.board.terms import Event
from app.realtime.due import DueReport, due_for_purge, seconds_until_night
from app.realtime.measures import PURGE_DUE
from app.realtime.turn import row_of
from app.settings import sqlite_url
from app.store.commits import NewRow
from app.store.database import Database
from app.store.holding import hold
from app.store.log import EventLog
from tests import cast
from tests.cast import CHAIR
from tests.pages.conftest import Typed

NOW = datetime.now(UTC)


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Database]:
    """Three conferences: one closed and handed out long ago, one lately, one that goes on."""
    database = await Database.open(sqlite_url(tmp_path / "data"))
    for number, days in (("1", 40), ("2", 3), ("3", None)):
        await _conference(EventLog(database), f"00000000-0000-4000-8000-00000000000{number}", days)
    yield database
    with suppress(RuntimeError):  # where the test has closed it itself
        await database.close()


OLD, LATE, OPEN = (f"00000000-0000-4000-8000-00000000000{number}" for number in "123")


async def _conference(log: EventLog, id: str, days: int | None) -> None:
    at = NOW - timedelta(days=days or 1)
    prepared = cast.preparation().model_copy(update={"id": id})
    await log.create(id, at)
    await log.append(id, [row_of(prepared, CHAIR, decide(EMPTY, prepared, Actor(CHAIR, "chair"), at), at)], 0)
    if days is None:
        return
    paper = RecordIssued(
        id=str(uuid4()),
        by=CHAIR,
        at=at,
        person_id=CHAIR,
        document="full_record",
        version="full",
        sha256="0" * 64,
        fingerprint="",
    )
    events: list[Event] = [ConferenceClosed(id=str(uuid4()), by=CHAIR, at=at), paper]
    for seq, event in enumerate(events, start=1):
        await log.append(id, [NewRow(event.id, CHAIR, at, b"0" * 32, EVENTS.dump_json([event], by_alias=True))], seq)


async def test_what_is_due_is_listed_and_goes_only_when_one_says_so_but_for_what_is_on_hold(
    kept: Database, tmp_path: Path, kinboard: Typed
) -> None:
    data = ("--data", tmp_path / "data")
    listed = await kinboard("purge", "--due", *data, folder=tmp_path)
    since = (NOW - timedelta(days=10)).date()
    assert (listed.code, listed.said.splitlines()) == (
        0,
        [f"{OLD}: due since {since}", "Nothing was purged: say --yes to do it."],
    )
    no = await kinboard("hold", OLD, "--because", "curiosity", *data, folder=tmp_path)
    assert (no.code, "--because must be one of court, police" in no.complained) == (2, True)
    assert "is on hold" in (await kinboard("hold", OLD, "--because", "court", *data, folder=tmp_path)).said
    held = await kinboard("purge", "--due", "--yes", *data, folder=tmp_path)
    assert held.said == f"{OLD}: due since {since}, but on hold (court)\n"
    asked = await kinboard("purge", OLD, "--yes", *data, folder=tmp_path)
    assert (asked.code, asked.complained) == (2, f"Conference {OLD} is on hold (court), so it is not purged.\n")
    lifted = await kinboard("hold", OLD, "--lift", "--because", "court", *data, folder=tmp_path)
    assert "no longer on hold" in lifted.said
    gone = await kinboard("purge", "--due", "--yes", "--certificates", "drawer", *data, folder=tmp_path)
    assert f"Conference {OLD} is gone." in gone.said
    assert sorted(await EventLog(kept).conferences()) == [LATE, OPEN]
    name = re.search(r"drawer/purged-\d+", gone.said)
    assert name
    assert json.loads((tmp_path / f"{name[0]}.json").read_text())["conference"] == OLD
    assert OLD in (tmp_path / f"{name[0]}.txt").read_text()
    assert (tmp_path / "drawer").stat().st_mode & 0o077 == 0
    verified = await kinboard("verify", f"{name[0]}.json", *data, folder=tmp_path)
    assert verified.code == 0, verified
    late = await kinboard("hold", OLD, "--because", "court", *data, folder=tmp_path)
    assert (late.code, late.complained) == (2, "There is no such conference.\n")
    assert (await kinboard("purge", "--due", *data, folder=tmp_path)).said == "Nothing is due.\n"


async def test_a_backup_with_its_keys_is_restored_and_read_with_another_master_key(
    kept: Database, tmp_path: Path, kinboard: Typed
) -> None:
    data = ("--data", tmp_path / "data")
    saved = await kinboard("backup", "backup", "--keys", "safe", *data, folder=tmp_path)
    assert "Keys in safe: 3 added, 0 destroyed." in saved.said
    assert (await kinboard("purge", OLD, "--yes", *data, folder=tmp_path)).code == 0
    await kept.close()
    no = await kinboard("restore", "backup", *data, folder=tmp_path)
    assert no.code == 2
    restored = await kinboard("restore", "backup", "--replace", *data, folder=tmp_path)
    assert "2 conferences, all as they were written." in restored.said
    assert "1 conference had been purged since, and was taken out again." in restored.said
    again = await kinboard("backup", "later", "--keys", "safe", *data, folder=tmp_path)
    assert "Keys in safe: 0 added, 1 destroyed." in again.said
    wrapped = await kinboard("rewrap", "new.key", *data, folder=tmp_path)
    assert "2 keys are wrapped with the one in new.key." in wrapped.said
    old = await kinboard("export", LATE, *data, folder=tmp_path)
    assert old.code == 2
    new = await kinboard("export", LATE, *data, folder=tmp_path, KINBOARD_MASTER_KEY_FILE=str(tmp_path / "new.key"))
    assert (new.code, "Tansy" in new.said) == (0, True), new.complained


async def test_at_night_the_server_says_how_many_are_due_and_purges_none(kept: Database) -> None:
    log = EventLog(kept)
    report = DueReport(log, lambda: NOW)
    assert report.found is None
    await report.look()
    assert report.found == {OLD: (NOW - timedelta(days=10)).date()}
    assert PURGE_DUE._value.get() == 1
    await hold(kept, OLD, "keyboard:0", NOW, "court")
    await report.look()
    assert report.found == {}
    assert PURGE_DUE._value.get() == 0
    assert OLD in await due_for_purge(log, NOW.date())
    assert len(await log.conferences()) == 3
    for hour, wait in ((2, 1), (3, 24), (4, 23), (23, 4)):
        assert seconds_until_night(datetime(2026, 11, 23, hour, tzinfo=UTC)) == wait * 3600
