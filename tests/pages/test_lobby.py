"""Somebody comes with the code of the room, or with a link that was used already: the chair answers the door."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from app.access.knocks import MOST_NEAR, MOST_WAITING, let_in, wait_again, waiting_at
from tests import cast
from tests.cast import CALLUM, CHAIR, DANA, NURSE, OUTSIDER, POLICE_OFFICER, PROJECTOR, ROBIN, SCRIBE, TEACHER
from tests.pages.at_the_door import a_stranger_at, asks, state_of, the_door_of
from tests.pages.test_doors import knock, what_is_said
from tests.realtime.acts import point
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting


async def test_whoever_has_the_code_waits_until_the_chair_lets_them_in_to_a_seat(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        code = await door.opens()
        answer = await asks(stranger, code=f" {code.lower().replace(' ', '-')} ")
        assert answer.json() == {"state": "waiting"}
        told = (await stranger.get("/api/lobby")).json()
        assert told == {"state": "waiting", "chair": cast.NAMES[CHAIR]}, "it is she who answers"
        (waiting,) = (await door.stands())["waiting"]
        assert (waiting["name"], waiting["why"], waiting["again_of"]) == ("Sam Doyle", "work", None)
        assert (await stranger.post("/api/lobby/in", json={})).status_code == 404, "not before the chair says so"
        await door.does("door/let-in", knock=waiting["id"], person_id=POLICE_OFFICER)
        assert await state_of(stranger) == "let_in"
        lobby = stranger.cookies["kinboard_lobby"]
        assert (await stranger.post("/api/lobby/in", json={})).json() == {"conference": sitting.id}
        assert f'data-person="{POLICE_OFFICER}"' in (await stranger.get(f"/c/{sitting.id}")).text
        assert (await door.stands())["waiting"] == []
        async with sitting.server.client(Origin=sitting.server.base_url, Cookie=f"kinboard_lobby={lobby}") as again:
            assert (await again.post("/api/lobby/in", json={})).status_code == 404, "once"
            assert await state_of(again) == "seated"
        await door.does("door/let-in", 409, knock=waiting["id"], person_id=NURSE)


async def test_letting_in_is_the_chairs_act_on_the_board(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    await chair.does("remove_person", person_id=TEACHER)
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        await asks(stranger, code=await door.opens())
        (waiting,) = (await door.stands())["waiting"]
        for nobody in (OUTSIDER, CHAIR, PROJECTOR):
            await door.does("door/let-in", 404, knock=waiting["id"], person_id=nobody)
        assert sitting.server.database
        await let_in(sitting.server.database, sitting.id, waiting["id"], TEACHER, datetime.now(UTC))
        assert (await stranger.post("/api/lobby/in", json={})).status_code == 404, "the board has not let them in yet"
        await wait_again(sitting.server.database, sitting.id, waiting["id"])
        assert [one["id"] for one in (await door.stands())["waiting"]] == [waiting["id"]]
        await door.does("door/let-in", knock=waiting["id"], person_id=TEACHER)
        await chair.until(lambda: chair.shared[f"person/{TEACHER}"]["admitted"])
        assert (await stranger.post("/api/lobby/in", json={})).status_code == 200
        await chair.does("remove_person", person_id=TEACHER)
        await door.does("door/let-in", 409, knock=waiting["id"], person_id=TEACHER)
        assert not (await chair.settle()).shared[f"person/{TEACHER}"]["admitted"], "who waits no longer is not let in"


async def test_whoever_is_on_no_list_gets_a_seat_at_the_door(sitting: Sitting) -> None:
    """With a service that is not there yet; what is wrong is said, and whoever waits goes on waiting."""
    (chair,) = await sitting.begin(CHAIR)
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        await asks(stranger, code=await door.opens())
        (waiting,) = (await door.stands())["waiting"]
        agency = {"id": str(uuid4()), "name": "Harbour Housing", "kind": "housing"}
        seat: dict[str, Any] = {
            "id": str(uuid4()),
            "name": "Sam Doyle",
            "role": "professional",
            "agency_id": agency["id"],
        }
        seat |= {"relationship": "Housing officer", "children": [ROBIN]}

        async def seats(status: int, **wrong: object) -> dict[str, Any]:
            return await door.does("door/seat", status, knock=waiting["id"], agency=agency, seat={**seat, **wrong})

        for field, wrong in (("name", ""), ("role", "chair"), ("role", "room_screen"), ("children", "Robin")):
            assert await seats(422, **{field: wrong}) == {"code": "invalid", "field": field}
        refused = await seats(409, id=str(uuid4()), children=[DANA])
        assert (refused["code"], bool(refused["sentence"])) == ("refused", True)
        assert await state_of(stranger) == "waiting"
        await seats(200)
        await seats(409)  # they wait no longer, and nobody is seated twice
        assert (await stranger.post("/api/lobby/in", json={})).status_code == 200
        seen = [one for one in (await door.stands())["people"] if one["name"] == "Sam Doyle"]
        assert [(one["id"], one["part"], one["present"]) for one in seen] == [(seat["id"], "Housing officer", False)]
        await chair.until(lambda: chair.shared[f"person/{seat['id']}"]["agency"] == "Harbour Housing")


async def test_whoever_is_told_not_today_gets_the_chairs_number_and_nothing_else(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        code = await door.opens()
        await door.does("door/phone", phone="01632 960 001")
        await asks(stranger, code=code)
        await stranger.post("/api/lobby/words", json={"words": "Please not about her dad."})
        (waiting,) = (await door.stands())["waiting"]
        assert waiting["said"] == "Please not about her dad."
        await door.does("door/not-today", knock=waiting["id"])
        told = (await stranger.get("/api/lobby")).json()
        assert told == {"state": "not_today", "phone": "01632 960 001"}
        assert (await stranger.post("/api/lobby/in", json={})).status_code == 404


async def test_when_the_chair_shuts_the_door_its_code_and_whoever_waits_are_outside(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as early, a_stranger_at(sitting) as late:
        code = await door.opens()
        assert await door.opens() == code, "a door that is open keeps its code"
        await asks(early, code=code)
        await door.does("door/shut")
        assert await state_of(early) == "shut"
        assert (await door.stands())["waiting"] == []
        await asks(late, 404, code=code)
        assert await door.opens() != code
        await asks(late, 404, code=code)
        assert await state_of(early) == "ended", "and can ask again, with the new code"


async def test_nobody_fills_a_lobby_under_many_names(sitting: Sitting) -> None:
    """One browser has one place, an address half of them; and a full lobby is empty again when the door was shut."""
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as honest:
        code = await door.opens()

        def from_address(last: int) -> dict[str, str]:
            return {"X-Forwarded-For": f"198.51.100.{last}"}

        async with a_stranger_at(sitting) as browser:
            browser.headers |= from_address(1)
            for name in ("Ann", "Ben", "Cas"):
                await asks(browser, code=code, name=name)
        assert [one["name"] for one in (await door.stands())["waiting"]] == ["Cas"]
        for address in (1, 2):
            for n in range(MOST_NEAR + 1):
                async with a_stranger_at(sitting) as browser:
                    browser.headers |= from_address(address)
                    first = n + (address == 1) < MOST_NEAR
                    await asks(browser, 200 if first else 429, code=code, name=f"Name {n}")
        assert len((await door.stands())["waiting"]) == MOST_WAITING
        await asks(honest, 429, code=code)
        await door.does("door/shut")
        await asks(honest, code=await door.opens())
        assert [one["name"] for one in (await door.stands())["waiting"]] == ["Sam Doyle"]


async def test_a_wrong_an_early_and_a_shut_doors_code_are_answered_alike(server: Server) -> None:
    tomorrow = cast.preparation().model_copy(
        update={"id": str(uuid4()), "starts_at": datetime.now(UTC) + timedelta(hours=1)}
    )
    soon = tomorrow.model_copy(update={"id": str(uuid4()), "starts_at": datetime.now(UTC) + timedelta(minutes=14)})
    sittings = [await server.sitting_of(each) for each in (tomorrow, soon)]
    answers = []
    async with the_door_of(sittings[0]) as early, the_door_of(sittings[1]) as open_now:
        too_early, shut = await early.opens(), await open_now.opens()
        async with a_stranger_at(sittings[1]) as stranger:
            await asks(stranger, code=shut)
        await open_now.does("door/shut")
        for code in (too_early, shut, "BCDF GHJK", "AEIO UAEI", "", "x" * 200, "\u2603"):
            async with a_stranger_at(sittings[0]) as stranger:
                answers.append(what_is_said(await asks(stranger, 404, code=code)))
    assert answers[0][:2] == (404, b'{"code":"code_not_usable"}')
    assert all(answer == answers[0] for answer in answers)


async def test_a_second_use_of_an_invitation_waits_in_the_lobby_with_a_note_to_the_chair(sitting: Sitting) -> None:
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as second:
        await door.opens()
        (secret,) = await door.invites(NURSE)
        assert (await knock(sitting.server, secret)).status_code == 200
        assert (await knock(sitting.server, secret)).status_code == 404
        await asks(second, secret=secret, name="Grace Ito")
        (waiting,) = (await door.stands())["waiting"]
        assert (waiting["name"], waiting["again_of"]) == ("Grace Ito", NURSE)
        assert (await second.get("/api/lobby")).json() == {"state": "waiting"}, "as for a link that nobody made"


async def test_a_secret_that_means_nothing_waits_like_one_that_was_used(sitting: Sitting) -> None:
    """Whoever holds it cannot tell whether anybody will ever answer."""
    async with the_door_of(sitting) as door:
        await door.opens()
        used, revoked = await door.invites(NURSE, DANA)
        await knock(sitting.server, used)
        await door.does("invitations/take-back", person_id=DANA)
        said = []
        for secret in (used, revoked, "never-issued", await sitting.link(TEACHER, hours=-1)):
            async with a_stranger_at(sitting) as stranger:
                answer = await asks(stranger, secret=secret)
                answer.headers["set-cookie"] = "kinboard_lobby"  # random for each
                said.append((what_is_said(answer), what_is_said(await stranger.get("/api/lobby"))))
        assert all(each == said[0] for each in said)
        assert [each["again_of"] for each in (await door.stands())["waiting"]] == [NURSE]


async def test_nothing_of_the_board_reaches_the_lobby(sitting: Sitting) -> None:
    """Two worlds: whatever is on the board and whoever comes and goes, the lobby hears the same bytes."""

    async def heard(busy: bool) -> list[tuple[int, bytes, dict[str, str]]]:
        sat = await sitting.server.sitting()
        (chair,) = await sat.begin(CHAIR)
        async with the_door_of(sat) as door, a_stranger_at(sat) as stranger:
            await stranger.get("/in")
            await asks(stranger, code=await door.opens())
            transcript = [what_is_said(await stranger.get("/in")), what_is_said(await stranger.get("/api/lobby"))]
            if busy:
                await chair.does("add_item", **point("Something that was said."))
                await chair.does("remove_person", person_id=CALLUM)
                await chair.does("blank", screens="all")
            transcript.append(what_is_said(await stranger.get("/api/lobby")))
            (waiting,) = (await door.stands())["waiting"]
            await door.does("door/not-today", knock=waiting["id"])
            transcript.append(what_is_said(await stranger.get("/api/lobby")))
            with_the_cookie = "; ".join(f"{name}={value}" for name, value in stranger.cookies.items())
            async with sitting.server.client(Cookie=with_the_cookie) as browser:
                transcript.append(what_is_said(await browser.get(f"/c/{sat.id}")))
        await sat.close()
        return transcript

    quiet, busy = await heard(False), await heard(True)
    assert quiet == busy
    names = [name for person, name in cast.NAMES.items() if person != CHAIR and len(name) > 3]
    assert not any(name.encode() in body for _, body, _ in busy for name in names)


async def test_only_the_chair_answers_the_door_and_nobody_else_learns_that_there_is_one(sitting: Sitting) -> None:
    posts = {
        "door/open": {},
        "door/shut": {},
        "door/phone": {"phone": "1"},
        "door/let-in": {"knock": str(uuid4()), "person_id": DANA},
        "door/seat": {"knock": str(uuid4()), "seat": {}},
        "door/not-today": {"knock": str(uuid4())},
        "door/pair": {"knock": str(uuid4()), "person_id": PROJECTOR},
        "door/remove-device": {"device": "0" * 64},
        "invitations": {"people": [DANA]},
        "invitations/take-back": {"person_id": DANA},
    }
    elsewhere = await sitting.server.sitting()
    cookies = [await sitting.join(person) for person in (TEACHER, DANA, SCRIBE)] + [await elsewhere.join(CHAIR), ""]
    for cookie in cookies:
        async with sitting.server.client(Origin=sitting.server.base_url, Cookie=cookie) as browser:
            for path in ("door", "waiting", "code"):
                answer = await browser.get(f"/api/conferences/{sitting.id}/{path}")
                assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})
            assert (await browser.get(f"/c/{sitting.id}/door")).status_code == 404
            for path, fields in posts.items():
                answer = await browser.post(f"/api/conferences/{sitting.id}/{path}", json=fields)
                assert (answer.status_code, answer.json()) == (404, {"code": "not_found"}), path
    async with sitting.server.client(Origin="https://elsewhere.example", Cookie=await sitting.join(CHAIR)) as browser:
        for path, fields in posts.items():
            answer = await browser.post(f"/api/conferences/{sitting.id}/{path}", json=fields)
            assert answer.status_code == 403, path
    await elsewhere.close()


async def test_the_rooms_screen_may_show_the_code_and_a_rested_one_does_not(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    address = f"/api/conferences/{sitting.id}/code"
    async with the_door_of(sitting) as door, sitting.server.client(Cookie=await sitting.join(PROJECTOR)) as screen:

        async def shown() -> dict[str, str]:
            seen: dict[str, str] = (await screen.get(address)).json()
            return seen

        assert (await shown())["code"] == ""
        code = await door.opens()
        assert (await shown())["code"] == code
        assert (await shown())["qr"].startswith("<svg")
        await chair.does("blank", screens="room")
        assert (await shown())["code"] == (await shown())["qr"] == ""
        await chair.does("blank", screens="none")
        await door.does("door/shut")
        assert (await shown())["code"] == ""


async def test_whoever_waits_is_not_forgotten_by_a_restart(sitting: Sitting, server: Server) -> None:
    """It is in the database, and nothing of it in memory: another server answers the same."""
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as stranger:
        await asks(stranger, code=await door.opens())
        assert server.database
        (kept,) = await waiting_at(server.database, sitting.id)
        assert "Sam" not in repr(kept), "under the seal of the conference"
        (waiting,) = (await door.stands())["waiting"]
        assert waiting["name"] == "Sam Doyle"
        await door.does("door/not-today", knock=waiting["id"])


async def test_a_device_that_is_removed_is_out_at_once_and_its_person_stays(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    first = await sitting.open(TEACHER)
    sitting.cookies.pop(TEACHER)
    second = await sitting.open(TEACHER)
    async with the_door_of(sitting) as door:
        devices = [one for one in (await door.stands())["devices"] if one["name"] == cast.NAMES[TEACHER]]
        assert [one["connected"] for one in devices] == [True, True]
        await door.does("door/remove-device", device=devices[0]["id"])
        assert await first.until_closed() == 4003
        await second.does("raise_hand", on=True)
        await door.does("door/remove-device", 409, device=devices[0]["id"])
        assert json.dumps(await door.stands()).count(devices[0]["id"]) == 0
    assert isinstance(second, Screen)
