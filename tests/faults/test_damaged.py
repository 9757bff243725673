"""One conference is not what was written: it is refused in plain words, and every other one is served."""

import sqlite3

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, TEACHER
from tests.realtime.acts import point
from tests.realtime.server import Server, Sitting

pytestmark = pytest.mark.about_the_file
DAMAGE = {
    "a-word-changed": "UPDATE log SET body = zeroblob(length(body)) WHERE conference_id = ? AND seq = 1",
    "a-row-missing": "DELETE FROM log WHERE conference_id = ? AND seq = 3",
    "the-end-missing": "DELETE FROM log WHERE conference_id = ? AND seq = 4",
}


def behind_the_back(server: Server, statement: str, *values: object) -> None:
    connection = sqlite3.connect(server.data / "kinboard.sqlite3", timeout=10)
    with connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


async def pages_of(sitting: Sitting) -> tuple[int, str, int]:
    cookie = (
        {"Cookie": await sitting.join(CHAIR)} if CHAIR not in sitting.cookies else {"Cookie": sitting.cookies[CHAIR]}
    )
    async with sitting.server.client(**cookie) as browser:
        page = await browser.get(f"/c/{sitting.id}")
        moments = await browser.get(f"/api/conferences/{sitting.id}/moments")
    return page.status_code, page.text, moments.status_code


@pytest.mark.parametrize("damage", DAMAGE)
async def test_a_conference_that_was_damaged_is_refused_and_the_others_are_served(
    own_server: Server, damage: str
) -> None:
    harmed, sound = await own_server.sitting(), await own_server.sitting()
    for sitting in (harmed, sound):
        chair, _ = await sitting.begin(CHAIR, TEACHER)
        for n in range(2):
            await chair.does("add_item", **point(f"Point {n}"))
    await own_server.end()
    behind_the_back(own_server, DAMAGE[damage], harmed.id)
    await own_server.start()
    for _ in range(2):
        status, page, moments = await pages_of(harmed)
        assert (status, moments) == (503, 503)
        assert "This board cannot be opened" in page
        assert "Tansy" not in page
        refused = await harmed.open_unseen(TEACHER)
        assert await refused.until_closed() == 4005
    again = await sound.open(CHAIR)
    await again.does("add_item", **point("Life goes on."))
    assert (await pages_of(sound))[0] == 200
    said = own_server.log.read_text()
    assert said.count("conference refused") == 1, "looked at again each time, said once"
    assert harmed.id in said
    await sound.close()


async def test_a_few_bytes_that_the_disk_forgot_are_noticed(own_server: Server) -> None:
    harmed, sound = await own_server.sitting(), await own_server.sitting()
    for sitting in (harmed, sound):
        (chair,) = await sitting.begin(CHAIR)
        await chair.does("add_item", **point("Said."))
    assert own_server.database
    rows = await EventLog(own_server.database).read(harmed.id)
    await own_server.database.close()
    await own_server.end()
    own_server.database = None
    file = own_server.data / "kinboard.sqlite3"
    content = file.read_bytes()
    assert rows[-2].hash in content, "the write-ahead log was folded into the file"
    file.write_bytes(content.replace(rows[-2].hash[:8], bytes(8)))
    await own_server.start()
    assert (await pages_of(harmed))[0] == 503
    again = await sound.open(CHAIR)
    await again.does("add_item", **point("Life goes on."))
    await sound.close()


async def test_a_room_that_is_open_closes_when_what_is_on_disk_no_longer_follows(own_server: Server) -> None:
    """Found when it reads on; until then it writes to nobody's harm, since the next row would not fit."""
    harmed, sound = await own_server.sitting(), await own_server.sitting()
    chair, teacher = await harmed.begin(CHAIR, TEACHER)
    (other,) = await sound.begin(CHAIR)
    behind_the_back(own_server, "DELETE FROM log WHERE conference_id = ? AND seq = 2", harmed.id)
    behind_the_back(own_server, "UPDATE conference SET head_seq = 1 WHERE id = ?", harmed.id)
    await chair.post("add_item", **point("Onto a log that was cut."))
    assert await chair.until_closed() == 4005
    assert await teacher.until_closed() == 4005
    assert (await pages_of(harmed))[0] == 503
    await other.does("add_item", **point("Life goes on."))
    await sound.close()
