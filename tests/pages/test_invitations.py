"""One person, one use: what an invitation says before it is used, and how the chair makes and takes back one."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from tests import cast
from tests.cast import CHAIR, DANA, GRANDMOTHER, NURSE, OUTSIDER, TEACHER
from tests.pages.at_the_door import the_door_of
from tests.pages.test_doors import knock, what_is_said
from tests.realtime.server import Server, Sitting


async def look(server: Server, secret: str) -> tuple[int, bytes, dict[str, str]]:
    async with server.client(Origin=server.base_url) as browser:
        return what_is_said(await browser.post("/api/invitation", json={"secret": secret}))


async def test_an_invitation_says_who_and_when_and_nothing_about_the_conference(server: Server) -> None:
    starts_at = datetime(2030, 3, 14, 10, 0, tzinfo=UTC)
    prepared = cast.preparation().model_copy(
        update={"id": str(uuid4()), "starts_at": starts_at, "held_on": starts_at.date()}
    )
    sitting = await server.sitting_of(prepared)
    async with the_door_of(sitting) as door:
        family, work = await door.invites(DANA, TEACHER)
    said = {}
    for secret in (family, work):
        async with server.client(Origin=server.base_url) as browser:
            answer = await browser.post("/api/invitation", json={"secret": secret})
        said[secret] = answer.json()
        assert answer.headers["cache-control"] == "no-store"
    day = "Thursday 14 March 2030"
    assert said[family] == {"name": "Dana", "day": day, "time": "10:00", "from": "09:45", "practice": False}
    assert said[work] == {"name": "Leila", "day": day, "time": "10:00", "from": None, "practice": False}
    assert (await knock(server, family)).status_code == 404, "too early"
    assert (await knock(server, work)).status_code == 200, "whoever prepares comes in before"


async def test_a_program_that_only_looks_uses_nothing_up(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door:
        (secret,) = await door.invites(NURSE)
        async with sitting.server.client() as scanner:
            for _ in range(3):
                page = await scanner.get("/j")
                assert page.status_code == 200
                assert NURSE not in page.text
                assert (await scanner.get("/api/join")).status_code == 405
        for _ in range(3):
            assert (await look(sitting.server, secret))[0] == 200
        assert (await knock(sitting.server, secret)).status_code == 200


async def test_looking_at_an_invitation_that_is_good_for_nothing_says_one_thing(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    async with the_door_of(sitting) as door:
        used, revoked, before, removed = await door.invites(NURSE, DANA, TEACHER, GRANDMOTHER)
        await knock(sitting.server, used)
        await door.does("invitations/take-back", person_id=DANA)
        await door.invites(TEACHER)
        await chair.does("remove_person", person_id=GRANDMOTHER)
        gone = await sitting.link(OUTSIDER)
        secrets = (used, revoked, before, removed, gone, await sitting.link(DANA, hours=-1), "never", "")
        looked = [await look(sitting.server, secret) for secret in secrets]
        tried = [what_is_said(await knock(sitting.server, secret)) for secret in secrets]
    assert looked[0][:2] == (404, b'{"code":"link_not_usable"}')
    assert all(each == looked[0] for each in looked)
    assert all(each == tried[0] for each in tried)


async def test_a_new_link_ends_the_one_before_and_of_fifty_at_once_one_sits_down(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door:
        (old,) = await door.invites(TEACHER)
        (new,) = await door.invites(TEACHER)
        assert (await knock(sitting.server, old)).status_code == 404
        answers = await asyncio.gather(*[knock(sitting.server, new) for _ in range(50)])
        assert sorted(answer.status_code for answer in answers) == [200, *[404] * 49]
        people = {one["id"]: one["link"] for one in (await door.stands())["people"]}
    assert people[TEACHER] == "used"


async def test_the_sheet_for_the_door_has_a_link_and_a_picture_for_each(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door:
        made = (await door.does("invitations", people=[DANA, TEACHER]))["invitations"]
        assert [(each["name"], each["qr"][:4]) for each in made] == [("Dana", "<svg"), ("Leila", "<svg")]
        assert len({each["link"] for each in made}) == 2
        assert all(each["link"].startswith(f"{sitting.server.base_url}/j#") for each in made)
        for nobody in (CHAIR, OUTSIDER):
            await door.does("invitations", 404, people=[DANA, nobody])


async def test_an_invitation_that_was_not_used_ends_with_the_place(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    async with the_door_of(sitting) as door:
        (secret,) = await door.invites(NURSE)
        await chair.does("remove_person", person_id=NURSE)
        await chair.does("admit", person_id=NURSE)
        assert (await knock(sitting.server, secret)).status_code == 404
