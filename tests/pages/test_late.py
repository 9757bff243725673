"""A formal disagreement that comes in after the meeting, by a link that does this one thing once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.access.links import issue_link
from tests.cast import CHAIR, DANA, NURSE, ROBIN, TANSY, TEACHER
from tests.pages.at_the_door import Door, a_stranger_at, the_door_of
from tests.pages.test_doors import knock, what_is_said
from tests.realtime.acts import decides_and_closes
from tests.realtime.server import Sitting


async def is_over(sitting: Sitting) -> None:
    """Decided and closed."""
    (chair,) = await sitting.begin(CHAIR)
    await decides_and_closes(chair)


async def late_link(door: Door, person: str = NURSE) -> str:
    made = await door.does("late-links", person_id=person)
    return str(made["link"]).partition("#")[2]


def disagrees(secret: str, **more: Any) -> dict[str, Any]:
    return {"secret": secret, "child_id": ROBIN, "why": "It should be a plan.", **more}


async def test_a_disagreement_comes_in_once_and_stands_in_the_record(sitting: Sitting) -> None:
    await is_over(sitting)
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as nurse:
        secret = await late_link(door)
        looked = (await nurse.post("/api/late/look", json={"secret": secret})).json()
        children = [{"id": TANSY, "name": "Tansy"}, {"id": ROBIN, "name": "Robin"}]
        assert looked == {"name": "Grace", "children": children, "practice": False}
        assert (await knock(sitting.server, secret)).status_code == 404, "it seats nobody"
        assert (await nurse.post("/api/late", json=disagrees(secret))).json() == {"done": True}
        again = what_is_said(await nurse.post("/api/late", json=disagrees(secret, why="And another thing.")))
        never = what_is_said(await nurse.post("/api/late", json=disagrees("never")))
        assert again == never
        assert again[:2] == (404, b'{"code":"link_not_usable"}')
    chair = await sitting.open(CHAIR)
    (dissent,) = chair.shared[f"decision/{ROBIN}"]["dissent"]
    assert (dissent["person_id"], dissent["why"]) == (NURSE, "It should be a plan.")


async def test_of_many_at_once_one_is_kept(sitting: Sitting) -> None:
    await is_over(sitting)
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as nurse:
        secret = await late_link(door)
        tries = [nurse.post("/api/late", json=disagrees(secret, why=f"Reason {n}.")) for n in range(20)]
        answers = await asyncio.gather(*tries)
    assert sorted(answer.status_code for answer in answers) == [200, *[404] * 19]


async def test_it_is_for_services_and_only_after_closing(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door:
        await door.does("late-links", 404, person_id=NURSE)
        await is_over(sitting)
        await door.does("late-links", 404, person_id=DANA)
        await door.does("late-links", person_id=TEACHER)


async def test_when_the_areas_hours_are_over_nothing_comes_in(sitting: Sitting) -> None:
    await is_over(sitting)
    database, now = sitting.server.database, datetime.now(UTC)
    assert database
    long_ago = now - timedelta(hours=73)
    over = await issue_link(
        database, sitting.id, NURSE, long_ago, reusable=False, expires_at=now - timedelta(hours=1), purpose="late"
    )
    async with a_stranger_at(sitting) as nurse:
        assert (await nurse.post("/api/late", json=disagrees(over))).status_code == 404
        assert (await nurse.post("/api/late/look", json={"secret": over})).status_code == 404


@pytest.mark.parametrize("wrong", [{"why": ""}, {"why": "x" * 501}, {"child_id": "x"}, {"type": "set_phase"}])
async def test_the_page_does_this_one_thing(sitting: Sitting, wrong: dict[str, str]) -> None:
    async with a_stranger_at(sitting) as nurse:
        answer = await nurse.post("/api/late", json=disagrees(str(uuid4()), **wrong))
        assert answer.status_code == 422
