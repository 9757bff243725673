"""The bell between servers: who is told what, that nothing waits for it, and that it comes back by itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from valkey.asyncio import Valkey

from app.store.bell import MOST_IN_ONE, Bell, heard_in, messages_of
from app.store.bells import bell_for
from app.store.database import Database
from app.store.unavailable import StoreUnavailable
from tests.engines import nats_running
from tests.postgres import Postgres


class Ear:
    """One server's bell, and all that it heard."""

    def __init__(self, bell: Bell) -> None:
        self.bell = bell
        self.heard: dict[str, int] = {}
        self.times = 0
        self.calls = 0
        self._news = asyncio.Event()

    def hear(self, heard: Mapping[str, int]) -> None:
        self.heard |= heard
        self.times += bool(heard)
        self.calls += not heard
        self._news.set()

    async def until_on_the_line(self, times: int = 1) -> None:
        await self._until(lambda: self.calls >= times)

    async def until_heard(self, **wanted: int) -> None:
        await self._until(lambda: self.heard.items() >= wanted.items())

    async def _until(self, fact: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not fact():
                await self._news.wait()
                self._news.clear()


@asynccontextmanager
async def listening(bell: Bell) -> AsyncIterator[Ear]:
    ear = Ear(bell)
    task = asyncio.create_task(bell.run(ear.hear))
    try:
        await ear.until_on_the_line()
        yield ear
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@dataclass
class Two:
    one: Ear
    other: Ear
    cut: Callable[[], Awaitable[object]]


Engine = tuple[str | None, Callable[[], Awaitable[object]]]  # the setting, and how its lines are cut off


@pytest.fixture
def by_postgres(postgres: Postgres) -> Engine:
    async def cut() -> None:
        async with postgres.connected() as tool:
            await tool.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kinboard bell'"
            )

    return None, cut


@pytest.fixture
def by_nats(tmp_path: Path) -> Iterator[Engine]:
    with nats_running(tmp_path) as nats:

        async def cut() -> None:
            nats.stop()
            nats.start()

        yield nats.url, cut


@pytest.fixture
def by_valkey(valkey_url: str) -> Engine:
    async def cut() -> None:
        async with Valkey.from_url(valkey_url) as tool:
            await tool.execute_command("CLIENT KILL TYPE pubsub")

    return valkey_url, cut


@pytest.fixture(params=["by_postgres", "by_nats", "by_valkey"])
async def two(request: pytest.FixtureRequest, postgres_url: str) -> AsyncIterator[Two]:
    address, cut = request.getfixturevalue(request.param)
    database = await Database.open(postgres_url)
    bells = [bell_for(database, address, shared=True) for _ in range(2)]
    async with listening(bells[0]) as one, listening(bells[1]) as other:
        yield Two(one, other, cut)
    await database.close()


async def test_what_moved_at_one_server_is_heard_at_the_other_and_not_at_the_first(two: Two) -> None:
    one, other = two.one, two.other
    one.bell.ring("a", 7)
    await other.until_heard(a=7)
    other.bell.ring("b", 1)
    await one.until_heard(b=1)
    assert (one.heard, other.heard) == ({"b": 1}, {"a": 7})


async def test_what_moved_together_is_told_together_and_only_how_far_it_came(two: Two) -> None:
    one, other = two.one, two.other
    for seq in range(1, 1001):
        one.bell.ring("a", seq)
        one.bell.ring(f"c{seq % 150}", seq)
    await other.until_heard(a=1000, c0=900, c149=899)
    assert other.times == 2, "more than one message only where there are more than fit into one"


async def test_ringing_waits_for_nobody_and_a_bell_that_broke_comes_back(two: Two) -> None:
    one, other = two.one, two.other
    await two.cut()
    began = monotonic()
    one.bell.ring("a", 1)
    assert monotonic() - began < 0.1
    await asyncio.gather(one.until_on_the_line(2), other.until_on_the_line(2))
    one.bell.ring("a", 2)
    await other.until_heard(a=2)


def test_a_message_holds_no_more_than_postgresql_takes_and_nonsense_is_nothing() -> None:
    rung = {f"00000000-0000-4000-8000-{n:012}": 10**9 for n in range(MOST_IN_ONE)}
    (message,) = messages_of(rung)
    assert len(message) < 8000
    assert heard_in(message) == rung
    assert heard_in("") == heard_in("what is this") == heard_in("a ²\nb -1\nc 99999999999999999999") == {}


async def test_a_bell_that_the_database_does_not_have_is_refused(tmp_path: Path) -> None:
    database = await Database.open(f"sqlite:///{tmp_path / 'kinboard.sqlite3'}")
    with pytest.raises(StoreUnavailable, match="KINBOARD_BELL is postgres, and the database is an SQLite file"):
        bell_for(database, "postgres", shared=False)
    await database.close()
