"""A tablet that the family is lent: seated by a picture, passed on, handed back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import websockets

from app.access.links import issue_link
from app.board.conference import PrepareConference
from tests import cast
from tests.cast import CALLUM, CHAIR, DANA, GRANDMOTHER, OUTSIDER, SOCIAL_WORKER, TEACHER
from tests.pages.at_the_door import a_stranger_at, the_door_of
from tests.realtime.acts import question
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting

LENT = (DANA, GRANDMOTHER)


async def is_seated(sitting: Sitting, browser: httpx2.AsyncClient, *people: str) -> None:
    async with the_door_of(sitting) as door:
        made = await door.does("tablets", people=list(people))
    answer = await browser.post("/api/join", json={"secret": made["link"].partition("#")[2]})
    assert answer.json()["person"] == people[0]


def cookies(browser: httpx2.AsyncClient) -> str:
    return "; ".join(f"{name}={value}" for name, value in browser.cookies.items())


async def screen_of(sitting: Sitting, browser: httpx2.AsyncClient) -> Screen:
    screen = await Screen.open(sitting.url, cookies(browser), sitting.server.base_url)
    sitting.screens.append(screen)
    await screen.until(lambda: screen.own)
    return screen


async def passes(sitting: Sitting, browser: httpx2.AsyncClient, person: str) -> httpx2.Response:
    return await browser.post("/api/pass", json={"conference": sitting.id, "person_id": person})


async def test_passing_it_on_is_a_new_session_and_the_old_screen_is_cut(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        danas, before = await screen_of(sitting, tablet), cookies(tablet)
        assert danas.own["me"]["person_id"] == DANA
        assert (await passes(sitting, tablet, GRANDMOTHER)).json() == {"conference": sitting.id, "person": GRANDMOTHER}
        assert await danas.until_closed() == 4003
        with pytest.raises(websockets.InvalidStatus):
            await Screen.open(sitting.url, before, sitting.server.base_url)
        maureens = await screen_of(sitting, tablet)
        assert maureens.own["me"]["person_id"] == GRANDMOTHER
        assert (await passes(sitting, tablet, CALLUM)).status_code == 404, "only to those who share it"
        assert chair.shared[f"person/{GRANDMOTHER}"]["present"]


async def test_each_number_is_its_owners_alone(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    await chair.does("set_phase", phase="scaling")
    scale = await chair.does("open_scale", **question())
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        danas = await screen_of(sitting, tablet)
        await danas.does("answer_scale", scale_id=scale, score=3, passed=False, why="It is hard.")
        assert danas.own[f"mine/answer/{scale}"][0]["score"] == 3
        await passes(sitting, tablet, GRANDMOTHER)
        maureens = await screen_of(sitting, tablet)
        assert f"mine/answer/{scale}" not in maureens.own
        assert not any("It is hard." in raw for raw in maureens.raw)
        page = await tablet.get(f"/c/{sitting.id}")
        assert "It is hard." not in page.text


async def test_what_one_of_them_was_told_in_confidence_is_not_on_it(sitting: Sitting) -> None:
    chair, worker, dana = await sitting.begin(CHAIR, SOCIAL_WORKER, DANA)
    told: dict[str, Any] = {"reason": "Asked for.", "source": {"person_id": SOCIAL_WORKER, "basis": "said_in_meeting"}}
    alone = await worker.does("add_restricted", text="For Dana alone.", visible_to=[DANA], **told)
    both = await worker.does("add_restricted", text="For both of them.", visible_to=[DANA, GRANDMOTHER], **told)
    await dana.until(lambda: f"mine/restricted/{alone}" in dana.own)
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        shared = await screen_of(sitting, tablet)
        assert f"mine/restricted/{both}" in shared.own
        assert f"mine/restricted/{alone}" not in shared.own
        later = await worker.does("add_restricted", text="For Dana alone too.", visible_to=[DANA], **told)
        await dana.until(lambda: f"mine/restricted/{later}" in dana.own)
        await shared.settle()
        page = (await tablet.get(f"/c/{sitting.id}")).text
        for heard in (page, *shared.raw):
            assert "For Dana alone" not in heard
        assert "For both of them." in page
    assert chair.code is None


def kept_apart() -> PrepareConference:
    prepared = cast.preparation().model_copy(update={"id": str(uuid4())})
    people = [
        person.model_copy(update={"hidden_from": {DANA: (CALLUM,), CALLUM: (DANA,)}.get(person.id, ())})
        for person in prepared.people
    ]
    return prepared.model_copy(update={"people": tuple(people)})


async def test_people_who_may_not_see_the_same_share_no_tablet(server: Server) -> None:
    sitting = await server.sitting_of(kept_apart())
    async with the_door_of(sitting) as door:
        for people in ([DANA, CALLUM], [DANA, GRANDMOTHER], [DANA, TEACHER], [DANA, DANA], [DANA, OUTSIDER], [CHAIR]):
            assert (await door.does("tablets", 409, people=people))["code"] == "not_together"
        assert (await door.does("tablets", people=[DANA]))["qr"].startswith("<svg")
    await sitting.close()


async def test_a_tablet_that_is_out_shows_nothing_once_those_who_share_it_are_kept_apart(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    seat = next(person for person in cast.preparation().people if person.id == DANA)
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        shared = await screen_of(sitting, tablet)
        said: dict[str, Any] = {
            "name": seat.name,
            "role": seat.role,
            "relationship": seat.relationship,
            "agency_id": seat.agency_id,
            "children": list(seat.children),
            "sits_with": seat.sits_with,
        }
        await chair.does("change_seat", person_id=DANA, hidden_from=[GRANDMOTHER], **said)
        assert await shared.until_closed() == 4003
        again = await Screen.open(sitting.url, cookies(tablet), sitting.server.base_url)
        assert await again.until_closed() == 4003
        assert again.raw == []
        assert (await tablet.get(f"/c/{sitting.id}")).status_code == 403


async def test_the_picture_is_good_for_two_minutes(sitting: Sitting) -> None:
    database = sitting.server.database
    assert database
    async with the_door_of(sitting) as door, a_stranger_at(sitting) as tablet:
        made = await door.does("tablets", people=list(LENT))
        assert datetime.fromisoformat(made["until"]) - datetime.now(UTC) <= timedelta(minutes=2)
        then = datetime.now(UTC) - timedelta(minutes=2)
        expires = {"reusable": False, "expires_at": then + timedelta(minutes=2), "purpose": "tablet", "sharing": LENT}
        old = await issue_link(database, sitting.id, DANA, then, **expires)  # type: ignore[arg-type]
        assert (await tablet.post("/api/join", json={"secret": old})).status_code == 404


async def test_handing_it_back_leaves_nothing(sitting: Sitting) -> None:
    await sitting.begin(CHAIR)
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        screen, before = await screen_of(sitting, tablet), cookies(tablet)
        page = await tablet.get(f"/c/{sitting.id}")
        assert page.headers["cache-control"] == "no-store"
        assert (await tablet.post("/language", json={"language": "en"})).status_code == 204
        assert "kinboard_language" in tablet.cookies
        answer = await tablet.post("/api/hand-back", json={"conference": sitting.id})
        assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
        assert answer.headers["cache-control"] == "no-store"
        assert await screen.until_closed() == 4003
        assert "kinboard_" + sitting.id.replace("-", "") not in tablet.cookies
        assert "kinboard_language" not in tablet.cookies  # whoever is lent it next may read another
        async with sitting.server.client(Cookie=before, Origin=sitting.server.base_url) as restored:
            assert (await restored.get(f"/c/{sitting.id}")).status_code == 404
            assert (await passes(sitting, restored, GRANDMOTHER)).status_code == 404
        assert (await tablet.get("/handed-back")).headers["clear-site-data"]


async def test_the_tablet_goes_with_any_of_those_who_share_it(sitting: Sitting) -> None:
    """What it shows is for all of them; whoever is taken out may not see it over a shoulder."""
    (chair,) = await sitting.begin(CHAIR)
    async with a_stranger_at(sitting) as tablet:
        await is_seated(sitting, tablet, *LENT)
        screen = await screen_of(sitting, tablet)
        await chair.does("remove_person", person_id=GRANDMOTHER)
        assert await screen.until_closed() == 4003


async def test_a_browser_of_ones_own_is_not_passed_on(sitting: Sitting) -> None:
    async with sitting.server.client(Origin=sitting.server.base_url, Cookie=await sitting.join(DANA)) as browser:
        assert (await passes(sitting, browser, GRANDMOTHER)).status_code == 404
        answer = await browser.post("/api/hand-back", json={"conference": sitting.id})
        assert answer.status_code == 404
