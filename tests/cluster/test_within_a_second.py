"""Whoever is taken out, whose session was ended or whose screen is rested is shown nothing later than a second after it
was saved, at whichever server, with and without a bell. Counted from the commit's own instant to when the last frame
with anything of the board in it came, while the chair goes on adding to it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from app.access.sessions import revoke_sessions
from app.store.log import EventLog
from tests.cast import CHAIR, DANA, NURSE, TEACHER
from tests.cluster.cluster import clustered
from tests.postgres import Postgres
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Sitting

TIMES = 10


class Watched(Screen):
    content_at: datetime | None = None  # when something of the board came last

    def _take(self, text: str) -> None:
        super()._take(text)
        if any(key.startswith("item/") for key in self.frames[-1].get("put", ())):
            self.content_at = datetime.now(UTC)


async def watch(sitting: Sitting, person: str) -> Watched:
    screen = await Watched.open(sitting.url, await sitting.join(person), sitting.server.base_url)
    sitting.screens.append(screen)
    await screen.until(lambda: screen.own)
    return screen


async def go_on(chair: Screen) -> None:
    while True:
        await chair.does("add_item", **point("Said meanwhile."))
        await asyncio.sleep(0.05)


async def last_after(screen: Watched, chair: Screen, act: Callable[[], Awaitable[datetime]]) -> float:
    """Seconds from the commit of this act to the last content on that screen."""
    screen.content_at = None
    going_on = asyncio.create_task(go_on(chair))
    try:
        await screen.until(lambda: screen.content_at)
        saved_at = await act()
        await asyncio.sleep(1.5)  # whatever may still come
    finally:
        going_on.cancel()
    assert screen.content_at
    return (screen.content_at - saved_at).total_seconds()


async def done(chair: Screen, sitting: Sitting, type: str, **fields: str) -> datetime:
    """The instant that the log gives it."""
    id = await chair.does(type, str(uuid4()), **fields)
    assert sitting.server.database
    rows = await EventLog(sitting.server.database).read(sitting.id)
    return next(row.at for row in rows if row.id == id)


async def ended(sitting: Sitting, person: str) -> datetime:
    """As by a server that this one is told nothing by."""
    assert sitting.server.database
    now = datetime.now(UTC)
    await revoke_sessions(sitting.server.database, sitting.id, person, now)
    return now


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("hears", [True, False], ids=["by the bell", "deaf"])
async def test_nothing_is_shown_later_than_a_second_after_somebody_is_taken_out_or_screens_are_rested(
    postgres: Postgres, nursery: Nursery, tmp_path: Path, hears: bool
) -> None:
    deaf = () if hears else ("--set", "app.store.bell_postgres:CHANNEL=elsewhere")
    unlimited = ("--set", "app.realtime.allowance:BURST=1000000000")
    took: dict[str, list[float]] = {"rested": [], "taken out": [], "ended": []}
    async with (
        clustered(tmp_path, postgres, 1, *unlimited, nursery=nursery) as cluster,
        cluster.another(*deaf) as other,
    ):
        for _ in range(TIMES):
            here = (await cluster.meeting())[0]
            (chair,) = await here.begin(CHAIR)
            there = Sitting(other, here.id, here.cookies, here.screens)
            dana, teacher, nurse = [await watch(there, person) for person in (DANA, TEACHER, NURSE)]
            rest = partial(done, chair, here, "blank", screens="all")
            took["rested"].append(await last_after(dana, chair, rest))
            await chair.does("blank", screens="none")
            take_out = partial(done, chair, here, "remove_person", person_id=TEACHER)
            took["taken out"].append(await last_after(teacher, chair, take_out))
            took["ended"].append(await last_after(nurse, chair, partial(ended, here, NURSE)))
            await here.close()
    for act, seconds in took.items():
        print(f"\n{act}: last content at most {max(seconds):.3f} s after its commit, in {TIMES} times")
        assert max(seconds) <= 1.0
