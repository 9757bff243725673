"""Who did what: ids and types, in order, in the same transaction, and nobody can take a line out unseen."""

import asyncio
from datetime import timedelta

import pytest

from app.store.audit import SERVER, Act, first_audit_break, note, note_alone, noted, seat, spelled, staff
from app.store.commits import NotSaved
from app.store.database import Database
from app.store.log import EventLog
from tests.store.rows import NOON, BreakingDatabase, change, row_saying

THREE = [
    Act("signed_in", staff("account-1"), detail={"way": "passkey"}),
    Act("admitted", seat("priya"), "c", about="dana"),
    Act("purged", SERVER, "c", detail={"acts": 7}),
]


@pytest.fixture
async def three(database: Database) -> Database:
    for minutes, act in enumerate(THREE):
        await note_alone(database, NOON + timedelta(minutes=minutes), act)
    assert await first_audit_break(database) is None
    return database


async def test_what_was_noted_is_read_back_in_order(three: Database) -> None:
    found = await noted(three)
    assert [each.act for each in found] == THREE
    assert [each.seq for each in found] == [1, 2, 3]
    assert spelled(found[0])["detail"] == {"way": "passkey"}
    assert [each.act.what for each in await noted(three, conference_id="c")] == ["admitted", "purged"]
    assert [each.act.what for each in await noted(three, since=NOON + timedelta(minutes=2))] == ["purged"]
    assert [each.act.what for each in await noted(three, what="admitted")] == ["admitted"]
    assert [each.seq for each in await noted(three, after=1, most=1)] == [2]


@pytest.mark.parametrize(
    ("tampering", "found_at"),
    [
        ("UPDATE audit SET by = 'staff:account-2' WHERE seq = 2", 2),
        ("UPDATE audit SET conference_id = NULL WHERE seq = 2", 2),
        ("UPDATE audit SET about = 'callum' WHERE seq = 2", 2),
        ("UPDATE audit SET detail = '{}' WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2026-11-21T12:09:00.000000+00:00' WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit", 1),
        ("UPDATE audit_head SET seq = 2", 3),
        ("DELETE FROM audit_head", 1),
    ],
)
async def test_a_line_that_was_changed_or_taken_out_is_found(three: Database, tampering: str, found_at: int) -> None:
    assert await change(three, tampering) > 0
    assert await first_audit_break(three) == found_at


@pytest.mark.parametrize(
    "act",
    [
        {"what": "was admitted", "by": SERVER},
        {"what": "admitted", "by": "Dana Okafor"},
        {"what": "admitted", "by": SERVER, "about": "Dana Okafor"},
        {"what": "admitted", "by": SERVER, "detail": {"why": "She asked to come in."}},
        {"what": "admitted", "by": SERVER, "detail": {"why she": 1}},
        {"what": "admitted", "by": ""},
    ],
)
def test_neither_a_name_nor_a_sentence_can_be_noted(act: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="ids and codes"):
        Act(**act)  # type: ignore[arg-type]


async def test_what_did_not_happen_is_not_noted(database_url: str) -> None:
    database = await BreakingDatabase.open(database_url)
    log, row = EventLog(database), row_saying("said")
    await log.create("c", NOON)
    row = type(row)(**{**vars(row), "acts": (Act("admitted", seat("priya"), about="dana"),)})
    database.breaks = True
    with pytest.raises(NotSaved):
        await log.append("c", [row], after=0)
    assert await noted(database) == []
    await log.append("c", [row], after=0)
    assert [(each.act.what, each.act.conference_id, each.at) for each in await noted(database)] == [
        ("admitted", "c", row.at)
    ]
    await database.close()


async def test_many_who_note_at_once_make_one_chain(database_url: str) -> None:
    servers = [await Database.open(database_url) for _ in range(2)]
    await asyncio.gather(
        *(
            server.write(lambda connection, n=n: note(connection, NOON, Act("refused", SERVER, about=f"p-{n}")))  # type: ignore[misc]
            for n in range(20)
            for server in servers
        )
    )
    assert len(await noted(servers[0])) == 40
    assert await first_audit_break(servers[0]) is None
    for server in servers:
        await server.close()
