"""The room's screen is paired: it shows two words, and the chair who sees the same two says yes."""

from tests.cast import CHAIR, DANA, PROJECTOR
from tests.pages.at_the_door import a_stranger_at, the_door_of
from tests.realtime.screen import Screen
from tests.realtime.server import Sitting


async def test_a_screen_becomes_the_rooms_when_the_chair_sees_the_same_two_words(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as screen, a_stranger_at(sitting) as other:
        shown = (await screen.post("/api/screen", json={})).json()
        others = (await other.post("/api/screen", json={})).json()
        assert (await screen.post("/api/screen/in", json={})).json() == {"state": "waiting"}
        near = {one["words"]: one["id"] for one in (await door.stands())["screens"]}
        assert {shown["words"], others["words"]} <= set(near)
        await door.does("door/pair", 404, knock=near[shown["words"]], person_id=DANA)
        await door.does("door/pair", knock=near[shown["words"]], person_id=PROJECTOR)
        await door.does("door/pair", 409, knock=near[shown["words"]], person_id=PROJECTOR)
        assert (await screen.post("/api/screen/in", json={})).json() == {"conference": sitting.id}
        assert (await screen.post("/api/screen/in", json={})).json() == {"state": "waiting"}
        assert (await other.post("/api/screen/in", json={})).json() == {"state": "waiting"}
        cookies = "; ".join(f"{name}={value}" for name, value in screen.cookies.items())
        wall = await Screen.open(sitting.url, cookies, sitting.server.base_url)
        await wall.until(lambda: wall.own)
        assert wall.own["me"]["role"] == "room_screen"
        assert wall.own["me"]["may"] == [], "it only reads"
        (device,) = [one for one in (await door.stands())["devices"] if one["device"] == "screen"]
        assert device["connected"]
        await chair.does("blank", screens="room")
        await wall.until(lambda: set(wall.shared) == {"conference", "blank"})
        await door.does("door/remove-device", device=device["id"])
        assert await wall.until_closed() == 4003


async def test_a_screen_elsewhere_is_found_by_the_code_that_stands_on_it(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door:
        elsewhere = {"X-Forwarded-For": "203.0.113.7", "Origin": sitting.server.base_url}
        async with sitting.server.client(**elsewhere) as screen:
            shown = (await screen.post("/api/screen", json={})).json()
        assert shown["words"] not in [one["words"] for one in (await door.stands())["screens"]]
        found = await door.browser.get(door.address("door"), params={"code": shown["code"].lower()})
        assert shown["words"] in [one["words"] for one in found.json()["screens"]]


async def test_the_picture_on_a_screen_leads_to_the_door_of_whoever_chairs(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        answer = await door.browser.get("/pair")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/c/{sitting.id}/door")
        assert (await stranger.get("/pair")).status_code == 404


async def test_screens_without_number_are_not_remembered(sitting: Sitting) -> None:
    far = {"X-Forwarded-For": "198.51.100.20", "Origin": sitting.server.base_url}
    async with sitting.server.client(**far) as browser:
        answers = [(await browser.post("/api/screen", json={})).status_code for _ in range(32)]
    assert answers == [200] * 30 + [429] * 2
