"""Who may sit at the board at any moment, and how a socket ends."""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from uuid import uuid4

import pytest
import websockets

from app.store.log import EventLog
from tests import cast
from tests.cast import CHAIR, DANA, JOEL, NURSE, OUTSIDER, TEACHER
from tests.realtime.acts import point
from tests.realtime.server import Server, Sitting
from tests.realtime.waiting import has_arrived, nothing_can_be_saved


async def test_whoever_is_removed_while_answering_is_out_and_hears_nothing_more(sitting: Sitting) -> None:
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    _, _, secret, _ = await asyncio.gather(
        teacher.post("add_item", **point("Typed while being removed.")),
        chair.post("remove_person", person_id=TEACHER),
        chair.post("add_item", **point("Said when the teacher was out.")),
        teacher.post("raise_hand", on=True),
    )
    assert await teacher.until_closed() == 4003
    await chair.until(lambda: chair.answers_to(secret))
    assert not any("Said when the teacher was out." in raw for raw in teacher.raw)
    await nurse.until(lambda: f"person/{TEACHER}" not in nurse.shared)
    assert f"help/{TEACHER}" not in chair.shared


async def test_nothing_of_the_turn_that_removes_somebody_reaches_them(sitting: Sitting) -> None:
    """Removed, and the next thing said, in one commit: the same socket writes must not carry it to them."""
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    async with nothing_can_be_saved(sitting.server):
        await chair.post("add_item", **point("Before."))
        await chair.post("remove_person", person_id=TEACHER)
        said = await chair.post("add_item", **point("For those who are still here."))
        waiting = await teacher.post("raise_hand", on=True)
        await has_arrived(chair)
        await has_arrived(teacher)
        await has_arrived(chair)
    assert await teacher.until_closed() == 4003
    assert "saved" not in [answer["type"] for answer in teacher.answers_to(waiting)]
    assert f"help/{TEACHER}" not in chair.shared
    assert not any("For those who are still here." in raw for raw in teacher.raw)
    await nurse.until(lambda: f"item/{said}" in nurse.shared)


async def test_whoever_was_removed_is_let_in_again_by_a_new_link_alone(sitting: Sitting) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    other_tab = await sitting.open(TEACHER)
    await chair.does("remove_person", person_id=TEACHER)
    assert await teacher.until_closed() == 4003
    assert await other_tab.until_closed() == 4003
    with pytest.raises(websockets.InvalidStatus):
        await sitting.open_unseen(TEACHER)
    async with sitting.server.client(Cookie=await sitting.join(TEACHER)) as browser:
        assert (await browser.get(f"/c/{sitting.id}")).status_code == 404
    await chair.does("admit", person_id=TEACHER)
    with pytest.raises(websockets.InvalidStatus):
        await sitting.open_unseen(TEACHER)
    sitting.cookies.pop(TEACHER)
    back = await sitting.open(TEACHER)
    assert back.shared[f"person/{TEACHER}"]["present"]
    await back.does("raise_hand", on=True)


async def test_an_older_page_is_told_to_reload(sitting: Sitting) -> None:
    old = await sitting.open_unseen(TEACHER, "?build=older")
    assert await old.until_closed() == 4001
    assert old.frames == []


@pytest.fixture
async def purged(server: Server) -> AsyncIterator[Sitting]:
    sitting = await server.sitting()
    yield sitting
    await sitting.close()


async def test_a_removed_conference_closes_its_screens_and_its_door(purged: Sitting) -> None:
    chair, teacher = await purged.begin(CHAIR, TEACHER)
    assert purged.server.database
    since = monotonic()
    await EventLog(purged.server.database).delete(purged.id)  # beside the server, which nobody tells
    assert await chair.until_closed() == 4004
    assert await teacher.until_closed() == 4004
    assert monotonic() - since < 1
    with pytest.raises(websockets.InvalidStatus):
        await purged.open_unseen(TEACHER)


async def test_a_conference_that_was_removed_and_brought_in_again_is_the_new_one(server: Server) -> None:
    """The server never restarted, and must not remember the old one."""
    prepared = cast.preparation().model_copy(update={"id": str(uuid4())})
    before = await server.sitting_of(prepared)
    (chair,) = await before.begin(CHAIR)
    made = await chair.does("add_item", **point("Of the old one."))
    assert server.database
    await EventLog(server.database).delete(before.id)
    assert await chair.until_closed() == 4004
    after = await server.sitting_of(prepared)
    (chair,) = await after.begin(CHAIR)
    assert f"item/{made}" not in chair.shared
    await chair.does("add_item", made, **point("The id is free again."))
    await after.close()
    await before.close()


async def test_a_link_for_somebody_who_does_not_belong_opens_nothing(sitting: Sitting) -> None:
    async with sitting.server.client(Origin=sitting.server.base_url) as browser:
        answer = await browser.post("/api/join", json={"secret": await sitting.link(OUTSIDER)})
    assert answer.status_code == 404


async def test_somebody_absent_may_follow_and_is_seen_to(sitting: Sitting) -> None:
    chair, dana = await sitting.begin(CHAIR, DANA)
    joel = await sitting.open(JOEL)
    await dana.until(lambda: dana.shared[f"person/{JOEL}"]["present"])
    assert joel.own["me"]["audience"] == "family"
    assert chair.shared[f"person/{JOEL}"]["attendance"] == "absent_sent_words"
