"""Whoever is taken out, and whoever's screen is rested, is shown nothing later than a second after it was saved, at
whichever server, with and without a bell. Counted from the commit's own instant to when the last frame with anything
of the board in it came, while the chair goes on adding to it.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, DANA, TEACHER
from tests.cluster.cluster import clustered
from tests.postgres import Postgres
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Sitting

TIMES = 20


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
        added = await chair.does("add_item", **point("Said meanwhile."))
        await chair.does("remove_item", item_id=added, why="")


async def last_after(screen: Watched, chair: Screen, sitting: Sitting, act: str, **fields: str) -> float:
    """Seconds from the commit of this act to the last content on that screen."""
    going_on = asyncio.create_task(go_on(chair))
    try:
        await screen.until(lambda: screen.content_at)
        await chair.does(act, id := str(uuid4()), **fields)
        await asyncio.sleep(1.5)  # whatever may still come
    finally:
        going_on.cancel()
    assert sitting.server.database
    rows = await EventLog(sitting.server.database).read(sitting.id)
    (saved_at,) = [row.at for row in rows if row.id == id]
    assert screen.content_at
    return (screen.content_at - saved_at).total_seconds()


@pytest.mark.soak
@pytest.mark.timeout(600)
@pytest.mark.parametrize("hears", [True, False], ids=["by the bell", "deaf"])
async def test_nothing_is_shown_later_than_a_second_after_somebody_is_taken_out_or_screens_are_rested(
    postgres: Postgres, nursery: Nursery, tmp_path: Path, hears: bool
) -> None:
    deaf = () if hears else ("--set", "app.store.bell_postgres:CHANNEL=elsewhere")
    unlimited = ("--set", "app.realtime.allowance:BURST=1000000000")
    took: dict[str, list[float]] = {"remove_person": [], "blank": []}
    async with (
        clustered(tmp_path, postgres, 1, *unlimited, nursery=nursery) as cluster,
        cluster.another(*deaf) as other,
    ):
        for _ in range(TIMES):
            here = (await cluster.meeting())[0]
            (chair,) = await here.begin(CHAIR)
            there = Sitting(other, here.id, here.cookies, here.screens)
            dana, teacher = await watch(there, DANA), await watch(there, TEACHER)
            took["blank"].append(await last_after(dana, chair, here, "blank", screens="all"))
            await chair.does("blank", screens="none")
            took["remove_person"].append(await last_after(teacher, chair, here, "remove_person", person_id=TEACHER))
            await here.close()
    for act, seconds in took.items():
        print(f"\n{act}: last content at most {max(seconds):.3f} s after its commit, in {TIMES} times")
        assert max(seconds) <= 1.0
