"""A purge leaves a certificate and nothing else; a hold stops it."""

import asyncio
import json
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import make_url

from app.models import Row
from app.store.audit import SERVER, Noted, keyboard, noted
from app.store.backup import backup
from app.store.commits import UnknownConference
from app.store.database import Database
from app.store.holding import OnHold, PurgeBegun, held_for, hold, lift_hold
from app.store.keys import KeyGone
from app.store.log import OF_A_CONFERENCE, EventLog
from app.store.purging import certificate, certificate_in_words, purge
from app.verifying import verify_conference, verify_file
from tests.store.rows import NOON, change, row_saying

BY = keyboard(1000)


@pytest.fixture
async def said(log: EventLog, conference: str) -> str:
    for after in range(3):
        await log.append(conference, [row_saying("Canary said this", person="Canary-person")], after)
    return conference


async def test_a_certificate_says_what_was_destroyed_and_is_held_against_the_audit(log: EventLog, said: str) -> None:
    purged = await purge(log, said, BY, NOON, "retention")
    assert said not in await log.conferences()
    file = certificate(purged)
    read = json.loads(file)
    assert (read["conference"], read["by"], read["detail"]["acts"]) == (said, BY, 3)
    assert (read["detail"]["why"], read["detail"]["links"]) == ("retention", 0)
    for text in (file.decode(), certificate_in_words(purged)):
        assert "Canary" not in text
        assert said in text
        assert purged.hash.hex() in text
    assert (await verify_file(log, file)).code == 0
    assert "purged on 2026-11-21" in (await verify_conference(log, said)).sentence
    for changed in (file.replace(b'"acts": 3', b'"acts": 2'), file.replace(b"retention", b"asked")):
        assert (await verify_file(log, changed)).code == 1
    await change(log.database, "UPDATE audit SET by = 'server'")
    assert (await verify_conference(log, said)).code == 1
    with pytest.raises(UnknownConference):
        await verify_conference(log, "never-was")


async def test_whoever_puts_a_destroyed_key_back_is_found_and_gains_nothing(log: EventLog, said: str) -> None:
    keys = log.database.keys
    (key,) = keys.ids()
    kept = (keys.folder / f"{key}.key").read_bytes()
    purged = await purge(log, said, BY, NOON, "asked")
    (keys.folder / f"{key}.key").write_bytes(kept)
    verdict = await verify_file(log, certificate(purged))
    assert (verdict.code, "put its key back" in verdict.sentence) == (1, True)
    with pytest.raises(KeyGone):
        keys.seal(key)


async def test_a_hold_keeps_a_conference_until_it_is_lifted(log: EventLog, said: str) -> None:
    database = log.database
    assert await held_for(database, said) is None
    await hold(database, said, BY, NOON, "court")
    with pytest.raises(OnHold, match="on hold"):
        await purge(log, said, SERVER, NOON, "retention")
    assert len(await log.read(said)) == 3
    await lift_hold(database, said, BY, NOON, "court")
    await purge(log, said, SERVER, NOON, "retention")
    assert [(each.act.what, each.act.by) for each in await noted(database, conference_id=said)] == [
        ("hold_set", BY),
        ("hold_lifted", BY),
        ("purge_begun", SERVER),
        ("purged", SERVER),
    ]


async def test_either_the_hold_or_the_purge_is_first_and_never_both(log: EventLog) -> None:
    """Nobody is told that a conference is kept whose key is gone."""
    for each in (f"raced-{number}" for number in range(8)):
        await log.create(each, NOON)
        await log.append(each, [row_saying("said")], after=0)
        held, purged = await asyncio.gather(
            hold(log.database, each, BY, NOON, "court"),
            purge(log, each, SERVER, NOON, "retention"),
            return_exceptions=True,
        )
        if each in await log.conferences():
            assert (held, type(purged)) == (None, OnHold)
            assert len(await log.read(each)) == 1
        else:
            assert isinstance(held, PurgeBegun | UnknownConference)
            assert isinstance(purged, Noted)


async def test_a_purge_that_has_begun_is_finished_whoever_would_keep_it_now(
    log: EventLog, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(log.database.keys, "destroy", Mock(side_effect=OSError("the plug was pulled")))
        with pytest.raises(OSError, match="plug"):
            await purge(log, said, BY, NOON, "asked")
    with pytest.raises(PurgeBegun):
        await hold(log.database, said, BY, NOON, "court")
    await purge(log, said, BY, NOON, "asked")
    assert (await verify_conference(log, said)).code == 0


async def test_a_purge_that_was_interrupted_is_finished_by_the_next(log: EventLog, said: str) -> None:
    """As after a crash between the key and the rows."""
    (key,) = log.database.keys.ids()
    log.database.keys.destroy(key)
    log.seals.clear()
    assert (await verify_conference(log, said)).code == 1
    await purge(log, said, BY, NOON, "asked")
    assert (await verify_conference(log, said)).code == 0


async def test_no_word_and_no_name_is_left_and_the_backup_of_before_says_nothing(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url)
    log, folder = EventLog(database), Path(make_url(sqlite_url).database or "").parent
    await log.create("c", NOON)
    await log.append("c", [row_saying("Canary said this", person="Canary-person")], after=0)
    await backup(database, tmp_path / "backup")
    await purge(log, "c", BY, NOON, "asked")
    assert [file.name for file in folder.rglob("*") if file.is_file() and b"Canary" in file.read_bytes()] == []
    restored = await Database.open(f"sqlite:///{tmp_path / 'backup'}", database.keys)
    with pytest.raises(KeyGone):
        await EventLog(restored).read("c")
    await restored.close()
    await database.close()
    assert b"Canary said" not in (tmp_path / "backup").read_bytes()


def test_whatever_belongs_to_a_conference_goes_with_it() -> None:
    """A table that was forgotten would keep its rows, or keep the conference from going."""
    belongs = {
        table.name
        for table in Row.metadata.tables.values()
        if any(key.target_fullname == "conference.id" for key in table.foreign_keys)
    }
    assert belongs == {table.__tablename__ for table in OF_A_CONFERENCE}
