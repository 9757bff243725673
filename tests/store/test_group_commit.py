import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from app.store.commits import AppendedElsewhere, NotSaved
from app.store.log import EventLog
from tests.store.rows import NOON, BreakingDatabase, Broken, CountedDatabase, HeldDatabase, row_saying


@pytest.fixture
async def counted(database_url: str) -> AsyncIterator[CountedDatabase]:
    database = await CountedDatabase.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def breaking(database_url: str) -> AsyncIterator[BreakingDatabase]:
    database = await BreakingDatabase.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def held(database_url: str) -> AsyncIterator[HeldDatabase]:
    """With two conferences, `one` and `two`, and its next commit held."""
    database = await HeldDatabase.open(database_url)
    database.hold()
    database.let_go.set()
    for conference in ("one", "two"):
        await EventLog(database).create(conference, NOON)
    database.hold()
    database.commits = 0
    yield database
    await database.close()


async def test_two_hundred_appends_at_once_share_commits_and_keep_their_order(counted: CountedDatabase) -> None:
    log = EventLog(counted)
    conferences = [f"c{number}" for number in range(20)]
    for conference in conferences:
        await log.create(conference, NOON)
    counted.commits = 0
    heads = await asyncio.gather(
        *(log.append(c, [row_saying(f"{c} says {n}")], after=n) for n in range(10) for c in conferences)
    )
    assert counted.commits <= 5
    assert [saved.seq for (saved,) in heads] == [n + 1 for n in range(10) for _ in conferences]
    for c in conferences:
        assert [row.body for row in await log.read(c)] == [f"{c} says {n}".encode() for n in range(10)]
        assert await log.verify(c) is None


async def test_rooms_that_wait_for_each_answer_still_share_commits(counted: CountedDatabase) -> None:
    log = EventLog(counted)

    async def room(conference: str) -> None:
        await log.create(conference, NOON)
        for after in range(10):
            (saved,) = await log.append(conference, [row_saying("said")], after)
            assert saved.seq == after + 1

    await asyncio.gather(*(room(f"c{number}") for number in range(20)))
    appends = counted.commits - 20
    assert appends < 100


async def test_what_arrives_during_a_commit_is_the_next_one(held: HeldDatabase) -> None:
    log = EventLog(held)
    first = asyncio.create_task(log.append("one", [row_saying("first")], after=0))
    await held.begun.wait()
    rest = [asyncio.create_task(log.append("one", [row_saying(f"{n}")], after=n)) for n in range(1, 51)]
    held.let_go.set()
    assert [saved.seq for (saved,) in await asyncio.gather(first, *rest)] == list(range(1, 52))
    assert held.commits == 2


async def test_a_conflict_in_one_conference_does_not_hurt_another_in_the_same_commit(held: HeldDatabase) -> None:
    log = EventLog(held)
    wrong = asyncio.create_task(log.append("one", [row_saying("wrong")], after=7))
    unknown = asyncio.create_task(log.append("nowhere", [row_saying("lost")], after=0))
    right = asyncio.create_task(log.append("two", [row_saying("right")], after=0))
    held.let_go.set()
    outcomes = await asyncio.gather(wrong, unknown, right, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["AppendedElsewhere", "UnknownConference", "tuple"]
    assert held.commits == 1
    assert await log.read("one") == []
    assert [row.body for row in await log.read("two")] == [b"right"]


async def test_a_repeated_id_in_one_conference_does_not_hurt_another_in_the_same_commit(held: HeldDatabase) -> None:
    log, said = EventLog(held), row_saying("said")
    held.let_go.set()
    await log.append("one", [said], after=0)
    held.hold()
    again = asyncio.create_task(log.append("one", [row_saying("again", id=said.id)], after=1))
    behind = asyncio.create_task(log.append("one", [row_saying("behind the one that failed")], after=2))
    other = asyncio.create_task(log.append("two", [row_saying("other")], after=0))
    held.let_go.set()
    outcomes = await asyncio.gather(again, behind, other, return_exceptions=True)
    assert [type(outcome).__name__ for outcome in outcomes] == ["AppendedElsewhere", "AppendedElsewhere", "tuple"]
    assert [row.body for row in await log.read("one")] == [b"said"]
    assert await log.verify("one") is None
    assert await log.verify("two") is None


async def test_of_two_rooms_that_append_after_the_same_row_one_must_read_on(held: HeldDatabase) -> None:
    log = EventLog(held)
    both = [asyncio.create_task(log.append("one", [row_saying(who)], after=0)) for who in ("first", "second")]
    held.let_go.set()
    outcomes = await asyncio.gather(*both, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [tuple, AppendedElsewhere]


async def test_a_failed_commit_fails_all_who_shared_it_and_the_next_starts_clean(breaking: BreakingDatabase) -> None:
    log = EventLog(breaking)
    conferences = [str(uuid4()) for _ in range(5)]
    for conference in conferences:
        await log.create(conference, NOON)
    breaking.breaks = True
    outcomes = await asyncio.gather(
        *(log.append(c, [row_saying("lost")], after=0) for c in conferences), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [NotSaved] * 5
    assert all(isinstance(outcome, NotSaved) and isinstance(outcome.__cause__, Broken) for outcome in outcomes)
    kept = await asyncio.gather(*(log.append(c, [row_saying("kept")], after=0) for c in conferences))
    assert [saved.seq for (saved,) in kept] == [1] * 5
    for conference in conferences:
        assert [row.body for row in await log.read(conference)] == [b"kept"]


async def test_whoever_stops_waiting_does_not_stop_the_others(held: HeldDatabase) -> None:
    log = EventLog(held)
    leaving = asyncio.create_task(log.append("one", [row_saying("leaving")], after=0))
    await held.begun.wait()
    early = asyncio.create_task(log.append("two", [row_saying("never begun")], after=0))
    staying = asyncio.create_task(log.append("two", [row_saying("staying")], after=0))
    await log.read("two")  # takes longer than the two above need to get in line
    assert len(log.commits.waiting) == 2
    leaving.cancel()
    early.cancel()
    await asyncio.wait([leaving, early])
    held.let_go.set()
    assert [saved.seq for saved in await staying] == [1]
    assert [row.body for row in await log.read("two")] == [b"staying"]
