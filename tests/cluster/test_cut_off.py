"""A server cut off from its database, one way or both: what cannot be committed there is never said to be saved."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, DANA, SCRIBE
from tests.cluster.cluster import Cluster, clustered
from tests.cluster.test_two_servers import all_show
from tests.cluster.way_to_database import WayToDatabase
from tests.postgres import Postgres
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting

IMPATIENT = ("--set", "app.store.postgres:STATEMENT_SECONDS=1", "--set", "app.store.postgres:CONNECT_SECONDS=1")


async def require_honest(cluster: Cluster, way: WayToDatabase, cut_off: Server, *, up: bool, down: bool) -> None:
    here = (await cluster.meeting())[0]
    (scribe,) = [(await here.begin(CHAIR, SCRIBE))[1]]
    there = Sitting(cut_off, here.id, here.cookies, here.screens)
    dana, chair = await there.open(DANA), await there.open(CHAIR)
    way.stall(up=up, down=down)
    words = point("Said while the database could not be reached.")
    answer = await chair.send("add_item", **words)
    assert answer.get("code") == "not_saved", answer
    assert f"item/{answer['id']}" not in dana.shared
    went_on = await scribe.does("add_item", **point("The other server goes on."))
    with suppress(AssertionError):  # nothing of it can have come
        await dana.until(lambda: f"item/{went_on}" in dana.shared, 0.5)
    assert f"item/{went_on}" not in dana.shared
    way.flow()
    async with asyncio.timeout(20):
        while (again := await chair.send("add_item", answer["id"], **words))["type"] != "saved":
            assert again.get("code") in ("not_saved", "too_fast"), again
            await asyncio.sleep(0.1)
    for id in (answer["id"], went_on):
        await all_show(f"item/{id}", chair, dana, scribe)
    assert cut_off.database
    log = EventLog(cut_off.database)
    rows = [row.id for row in await log.read(here.id)]
    assert (rows.count(answer["id"]), rows.count(went_on)) == (1, 1)
    assert await log.verify(here.id) is None
    await here.close()


@pytest.mark.soak
@pytest.mark.parametrize(
    ("up", "down"),
    [
        pytest.param(False, True, id="it commits and cannot say so"),
        pytest.param(True, False, id="nothing reaches it"),
        pytest.param(True, True, id="both ways"),
    ],
)
async def test_whoever_is_cut_off_from_the_database_is_never_told_saved(
    postgres: Postgres, nursery: Nursery, tmp_path: Path, up: bool, down: bool
) -> None:
    async with clustered(tmp_path, postgres, 1, nursery=nursery) as cluster:
        way = await WayToDatabase(cluster.url, tmp_path).start()
        given = {"KINBOARD_DATABASE_URL": way.url}
        cut_off = Server(tmp_path, *IMPATIENT, nursery=nursery, settings=given)
        cut_off.database = cluster.servers[0].database
        try:
            await cut_off.start()
            await require_honest(cluster, way, cut_off, up=up, down=down)
        finally:
            way.flow()
            await cut_off.close()
            await way.close()
