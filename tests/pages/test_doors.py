"""Who gets in, and that nobody at a closed door learns why it is closed."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import websockets

from app.access.links import revoke_links
from app.access.sessions import revoke_sessions
from tests.cast import CHAIR, DANA, NURSE, OUTSIDER, POLICE_OFFICER, PROJECTOR, SCRIBE, TEACHER
from tests.realtime.acts import point
from tests.realtime.frames import require_contract
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting
from tests.realtime.waiting import has_arrived, nothing_can_be_saved


async def knock(server: Server, secret: object, **headers: str) -> httpx2.Response:
    async with server.client(**(headers or {"Origin": server.base_url})) as browser:
        return await browser.post("/api/join", json={"secret": secret})


def what_is_said(answer: httpx2.Response) -> tuple[int, bytes, dict[str, str]]:
    kept = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, answer.content, kept


async def test_whoever_has_a_link_gets_a_seat_and_a_cookie_that_no_script_can_read(sitting: Sitting) -> None:
    answer = await knock(sitting.server, await sitting.link(TEACHER))
    assert answer.json() == {"conference": sitting.id, "person": TEACHER, "role": "professional"}
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie["httponly"]
    assert cookie["samesite"].lower() == "strict"
    assert TEACHER not in cookie.value
    assert sitting.id not in cookie.value
    assert len(cookie.value) >= 40


async def test_no_link_that_cannot_be_used_says_why(sitting: Sitting) -> None:
    server = sitting.server
    used = await sitting.link(TEACHER)
    assert (await knock(server, used)).status_code == 200
    expired = await sitting.link(NURSE, hours=-1)
    revoked = await sitting.link(DANA, reusable=True)
    assert server.database
    await revoke_links(server.database, sitting.id, DANA, datetime.now(UTC))
    never = [used[:-1] + ("A" if used[-1] != "A" else "B"), "x", "", "\u2603" * 60, "0" * 200]
    answers = [what_is_said(await knock(server, secret)) for secret in (used, expired, revoked, *never)]
    assert answers[0][:2] == (404, b'{"code":"link_not_usable"}')
    assert all(answer == answers[0] for answer in answers)


async def test_of_fifty_at_once_one_sits_down(sitting: Sitting) -> None:
    secret = await sitting.link(TEACHER)
    answers = await asyncio.gather(*[knock(sitting.server, secret) for _ in range(50)])
    assert sorted(answer.status_code for answer in answers) == [200, *[404] * 49]
    assert sum("set-cookie" in answer.headers for answer in answers) == 1


async def test_a_link_of_a_demonstration_seats_its_person_again(sitting: Sitting) -> None:
    secret = await sitting.link(TEACHER, reusable=True)
    answers = [await knock(sitting.server, secret) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.headers["set-cookie"] for answer in answers}) == 3


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "{base_url}/"},
        {"Origin": "{base_url}.elsewhere.example"},
        {"Origin": "{localhost}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "{base_url}/j"},
    ],
)
async def test_no_other_site_can_use_a_link(sitting: Sitting, headers: dict[str, str]) -> None:
    """And the link is still good for whoever it was given to."""
    base_url = sitting.server.base_url
    words = {"base_url": base_url, "localhost": base_url.replace("127.0.0.1", "localhost")}
    sent = {name: value.format(**words) for name, value in headers.items()}
    secret = await sitting.link(TEACHER)
    refused = await knock(sitting.server, secret, **sent)
    assert (refused.status_code, refused.json()) == (403, {"code": "wrong_origin"})
    assert "set-cookie" not in refused.headers
    assert (await knock(sitting.server, secret, **{"Sec-Fetch-Site": "same-origin"})).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"secret": 5}', "secret"),
        ('{"secret": null}', "secret"),
        ('{"secret": ["a"]}', "secret"),
        ("{}", "secret"),
        ('{"secret": "a", "role": "chair"}', "role"),
        ('{"secret": "' + "a" * 201 + '"}', "secret"),
        ('{"secret": "\\ud800"}', None),
        ("secret=a", None),
        ("[]", None),
        ("", None),
    ],
)
async def test_a_wrong_knock_is_told_the_field_and_nothing_of_what_it_said(
    server: Server, body: str, field: str | None
) -> None:
    headers = {"Origin": server.base_url, "Content-Type": "application/json"}
    async with server.client(**headers) as browser:
        answer = await browser.post("/api/join", content=body)
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "field"}
    assert answer.json()["code"] == "invalid"
    assert field is None or answer.json()["field"] == field


async def test_a_knock_is_short(server: Server) -> None:
    """Whoever knocks is a stranger, and must not be able to fill the house."""

    async def without_a_length() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"[" * 1000

    headers = {"Origin": server.base_url, "Content-Type": "application/json"}
    async with server.client(**headers) as browser:
        assert (await browser.post("/api/join", content="[" * 4096)).status_code == 400
        assert (await browser.post("/api/join", content="[" * 4097)).status_code == 413
        assert (await browser.post("/api/join", content=without_a_length())).status_code == 413


async def is_refused_before_it_is_accepted(sitting: Sitting, cookie: str, origin: str | None, id: str = "") -> None:
    url = sitting.url.replace(sitting.id, id or sitting.id)
    with pytest.raises(websockets.InvalidStatus) as refused:
        await Screen.open(url, cookie, origin)
    assert refused.value.response.status_code == 403
    assert not refused.value.response.body


@pytest.mark.parametrize(
    "origin", [None, "null", "https://elsewhere.example", "http://localhost:{port}", "http://127.0.0.1:{port}/", ""]
)
async def test_a_page_of_another_site_opens_no_board_with_somebodys_cookie(
    sitting: Sitting, origin: str | None
) -> None:
    port = sitting.server.base_url.rsplit(":", 1)[1]
    cookie = await sitting.join(TEACHER)
    await is_refused_before_it_is_accepted(sitting, cookie, origin.format(port=port) if origin else origin)


async def test_only_the_cookie_of_this_conference_opens_its_board(sitting: Sitting) -> None:
    """Somebody else's conference and one that does not exist look the same, on the socket and on the page."""
    server = sitting.server
    elsewhere = await server.sitting()
    own, foreign = await sitting.join(TEACHER), await elsewhere.join(TEACHER)
    unknown = str(uuid4())
    name, token = foreign.split("=")
    renamed = f"kinboard_{sitting.id.replace('-', '')}={token}"
    for cookie in ("", foreign, renamed, name, f"{own}x", own.upper(), "kinboard=1"):
        await is_refused_before_it_is_accepted(sitting, cookie, server.base_url)
    for id in (elsewhere.id, unknown, "x", "%00", "a" * 3000):
        await is_refused_before_it_is_accepted(sitting, own, server.base_url, id)
    pages = []
    async with server.client(Cookie=own) as browser:
        for id in (elsewhere.id, unknown, "x", "%00"):
            pages.append(what_is_said(await browser.get(f"/c/{id}")))
        assert (await browser.get(f"/c/{sitting.id}")).status_code == 200
    async with server.client() as browser:
        pages.append(what_is_said(await browser.get(f"/c/{sitting.id}")))
    assert pages[0][0] == 404
    assert all(page == pages[0] for page in pages)
    await elsewhere.close()


async def test_one_browser_can_sit_in_two_conferences(sitting: Sitting) -> None:
    elsewhere = await sitting.server.sitting()
    both = f"{await sitting.join(TEACHER)}; {await elsewhere.join(NURSE)}"
    for where, person in ((sitting, TEACHER), (elsewhere, NURSE)):
        screen = await Screen.open(where.url, both, sitting.server.base_url)
        await screen.until(lambda screen=screen: screen.own)  # type: ignore[misc]
        assert screen.own["me"]["person_id"] == person
        await screen.close()
    await elsewhere.close()


async def test_an_ended_session_opens_nothing(sitting: Sitting) -> None:
    cookie = await sitting.join(TEACHER)
    assert sitting.server.database
    await revoke_sessions(sitting.server.database, sitting.id, TEACHER, datetime.now(UTC))
    await is_refused_before_it_is_accepted(sitting, cookie, sitting.server.base_url)
    async with sitting.server.client(Cookie=cookie) as browser:
        assert (await browser.get(f"/c/{sitting.id}")).status_code == 404


def first_frames(page: httpx2.Response) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/json" id="first-frames">(.*?)</script>', page.text, re.DOTALL)
    assert len(found) == 1
    frames: list[dict[str, Any]] = json.loads(found[0])
    return frames


async def test_the_page_of_a_board_begins_with_what_its_socket_will_say(sitting: Sitting) -> None:
    """The same two frames, for this seat and no other; not to be kept by any browser; and never in the title."""
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    await chair.does("add_item", **point("</script><script>alert(1)</script><!-- {{ 7 * 7 }} \u2028"))
    held = await chair.does("add_item", **point("Held.", family_knows=False))
    for person in (CHAIR, TEACHER, DANA):
        cookie = await sitting.join(person)
        async with sitting.server.client(Cookie=cookie) as browser:
            page = await browser.get(f"/c/{sitting.id}")
        assert page.headers["cache-control"] == "no-store"
        assert "<title>Kinboard</title>" in page.text
        assert "alert(1)</script>" not in page.text
        shared, own = first_frames(page)
        for frame in (shared, own):
            require_contract(frame)
        assert (f"held/{held}" in shared["put"]) is (person == CHAIR)
        screen = await sitting.open_unseen(person, f"?epoch={shared['epoch']}&version={shared['version']}")
        screen.shared, screen.epoch, screen.version = shared["put"], shared["epoch"], shared["version"]
        await screen.until(lambda screen=screen: screen.own)  # type: ignore[misc]
        assert "full" not in screen.frames[0], "the page's frames count as the first that were sent"
        assert screen.own == own["put"]
        await screen.close()
    await teacher.settle()


async def test_a_page_that_is_opened_takes_nothing_from_screens_that_are_open(sitting: Sitting) -> None:
    """While a commit runs somebody sits down, and somebody else of the same audience opens the page."""
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    cookies = {person: await sitting.join(person) for person in (TEACHER, POLICE_OFFICER)}
    async with nothing_can_be_saved(sitting.server):
        await chair.post("set_phase", phase="next_steps")
        officer = await sitting.open_unseen(POLICE_OFFICER)
        await has_arrived(officer)
        async with sitting.server.client(Cookie=cookies[TEACHER]) as browser:
            shared, _ = first_frames(await browser.get(f"/c/{sitting.id}"))
        assert shared["put"]["phase"] == {"phase": "mapping"}, "what is not on disk is on no page"
    for screen in (teacher, nurse):
        await screen.until(lambda screen=screen: screen.shared["phase"] == {"phase": "next_steps"})  # type: ignore[misc]
        assert screen.shared[f"person/{POLICE_OFFICER}"]["present"]
    await officer.close()
    await teacher.until(lambda: not teacher.shared[f"person/{POLICE_OFFICER}"]["present"])


async def test_a_page_that_is_opened_hides_nobodys_arrival(sitting: Sitting) -> None:
    """The same, when nothing else happens afterwards that would ring everybody."""
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    cookie = await sitting.join(TEACHER)
    await sitting.join(POLICE_OFFICER)
    async with nothing_can_be_saved(sitting.server):
        await chair.post("add_item", **point("Held.", family_knows=False))
        officer = await sitting.open_unseen(POLICE_OFFICER)
        await has_arrived(officer)
        async with sitting.server.client(Cookie=cookie) as browser:
            assert (await browser.get(f"/c/{sitting.id}")).status_code == 200
    for screen in (teacher, nurse):
        await screen.until(lambda screen=screen: screen.shared[f"person/{POLICE_OFFICER}"]["present"])  # type: ignore[misc]


async def test_only_the_chair_sees_what_others_see_and_only_what_is_shared(sitting: Sitting) -> None:
    chair, teacher, dana = await sitting.begin(CHAIR, TEACHER, DANA)
    held = await teacher.does("add_item", **point("Held.", family_knows=False))
    await dana.does("add_item", **point("Mine.", family_knows=None))
    await chair.settle()
    looks = f"/api/conferences/{sitting.id}/seen-by"
    async with sitting.server.client(Cookie=await sitting.join(CHAIR)) as browser:
        for person, screen in ((DANA, dana), (TEACHER, teacher)):
            answer = await browser.get(f"{looks}/{person}")
            assert answer.headers["cache-control"] == "no-store"
            await screen.settle()
            assert answer.json()["put"] == screen.shared
            assert held not in answer.text
        room = (await browser.get(f"{looks}/{PROJECTOR}")).json()["put"]
        assert not any(key.startswith(("held/", "offered/", "me", "mine/")) for key in room)
        unknown = what_is_said(await browser.get(f"{looks}/{OUTSIDER}"))
        assert unknown[:2] == (404, b'{"code":"not_found"}')
        elsewhere = await sitting.server.sitting()
        foreign = what_is_said(await browser.get(f"/api/conferences/{elsewhere.id}/seen-by/{DANA}"))
    refused = [unknown, foreign]
    for person in (TEACHER, DANA, SCRIBE):
        async with sitting.server.client(Cookie=await sitting.join(person)) as browser:
            refused.append(what_is_said(await browser.get(f"{looks}/{DANA}")))
    async with sitting.server.client() as browser:
        refused.append(what_is_said(await browser.get(f"{looks}/{DANA}")))
    assert all(each == refused[0] for each in refused)


@pytest.mark.parametrize(("person", "surface"), [(CHAIR, "chair"), (TEACHER, "professional"), (DANA, "family")])
async def test_each_seat_gets_the_surface_that_suits_it(sitting: Sitting, person: str, surface: str) -> None:
    async with sitting.server.client(Cookie=await sitting.join(person)) as browser:
        page = await browser.get(f"/c/{sitting.id}")
    assert f'"{surface}"' in page.text
