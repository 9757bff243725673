"""Accounts, and conferences that staff prepare: who reaches what, and nobody else anything."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.access.accounts import account_with
from app.access.assignments import assign
from app.access.sessions import Seat
from tests.cast import CHAIR
from tests.pages.office import QUICK, Worker, browser_of, secret_in, worker
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, serving
from tests.surfaces.meeting import HESTER, meeting_at

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date()


def details(**more: Any) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": "Canary family",
        "conference_type": "initial",
        "held_on": TOMORROW.isoformat(),
        "starts": "10:00",
        "trigger": "strategy_discussion",
        "trigger_on": (TOMORROW - timedelta(days=8)).isoformat(),
        "children": [{"id": str(uuid4()), "name": "Isla", "age": 9}],
        "scale_question": "How safe?",
        "low_end": "Not at all",
        "high_end": "Quite",
        "scale_show": "chair",
    }
    return said | more


async def sets_up(worker: Worker, /, **more: Any) -> str:
    answer = await worker.posts("/api/conferences", area="england", **details(**more))
    assert answer.status_code == 200, answer.text
    return str(answer.json()["to"]).split("/")[2]


async def prepares(chair: Worker, conference: str, type: str, **fields: Any) -> dict[str, Any]:
    answer = await chair.posts(f"/api/conferences/{conference}/prepare", type=type, **fields)
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.parametrize("role", ["administrator", "information_governance"])
async def test_whoever_only_manages_has_no_route_to_content(office: Server, role: Any) -> None:
    """Not by any page, not by any act, not by a socket: what they ask for is answered like what does not exist."""
    chair, other = await worker(office, "chair", "Ruth"), await worker(office, role, "Other")
    conference = await sets_up(chair)
    unknown = str(uuid4())
    for method, path, body in (
        ("GET", "/home/{}", None),
        ("GET", "/home/{}/change", None),
        ("POST", "/home/{}/open", None),
        ("POST", "/api/conferences/{}/details", details()),
        ("POST", "/api/conferences/{}/reports", {"from_person": CHAIR, "what": "x"}),
        ("POST", "/api/conferences/{}/prepare", {"type": "add_agency", "name": "x", "kind": "health"}),
        ("POST", "/api/conferences/{}/staff", {"account": other.account}),
        ("GET", "/c/{}", None),
        ("GET", "/c/{}/record", None),
        ("GET", "/c/{}/back", None),
        ("GET", "/c/{}/beside", None),
        ("GET", "/c/{}/dates.ics", None),
        ("GET", "/api/conferences/{}/moments", None),
        ("GET", "/api/conferences/{}/seen-by/" + CHAIR, None),
    ):
        answers = [await other.browser.request(method, path.format(id), json=body) for id in (conference, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404], path
        assert answers[0].text == answers[1].text, path
    assert (await other.posts("/api/conferences", area="england", **details())).status_code == 404
    for page in ("/people", "/home"):
        assert "Canary" not in (await other.browser.get(page, follow_redirects=True)).text


async def test_only_who_is_assigned_reaches_a_conference_and_only_in_their_seat(office: Server) -> None:
    chair, colleague = await worker(office, "chair", "Ruth"), await worker(office, "office", "Olu")
    conference = await sets_up(chair)
    for path in (f"/home/{conference}", f"/home/{conference}/change"):
        assert (await colleague.browser.get(path)).status_code == 404
    assert (await colleague.browser.post(f"/home/{conference}/open")).status_code == 404
    assert (await chair.posts(f"/api/conferences/{conference}/staff", account=colleague.account)).status_code == 200
    opened = await colleague.browser.post(f"/home/{conference}/open")
    assert opened.json() == {"to": f"/c/{conference}"}
    board = await colleague.browser.get(f"/c/{conference}")
    assert '"role": "scribe"' in board.text.replace("&#34;", '"')
    no = await prepares(colleague, conference, "note_cannot_share", agency_id=CHAIR, text="x")
    assert (no["code"], no["reason"]) == ("refused", "not_allowed")


async def test_the_office_sets_up_a_chairs_conference(office: Server) -> None:
    chair, olu = await worker(office, "chair", "Ruth"), await worker(office, "office", "Olu")
    wrong = await olu.posts("/api/conferences", area="england", chair=olu.account, **details())
    assert wrong.json() == {"code": "invalid", "field": "chair"}
    conference = await sets_up(olu, chair=chair.account)
    assert "Canary family" in (await chair.browser.get("/home")).text
    assert (await chair.browser.get(f"/home/{conference}/change")).status_code == 200


async def test_nobody_is_moved_out_of_their_own_seat_least_of_all_the_chair(office: Server) -> None:
    chair, olu = await worker(office, "chair", "Ruth"), await worker(office, "office", "Olu")
    conference = await sets_up(olu, chair=chair.account)
    for account in (chair.account, olu.account):
        answer = await olu.posts(f"/api/conferences/{conference}/staff", account=account)
        assert (answer.status_code, answer.json()) == (409, {"code": "seated_already"})
    await chair.browser.post(f"/home/{conference}/open")
    board = await chair.browser.get(f"/c/{conference}")
    assert '"role": "chair"' in board.text.replace("&#34;", '"')


async def test_a_closed_account_is_out_everywhere_at_once(office: Server) -> None:
    ada, chair = await worker(office, "administrator", "Ada"), await worker(office, "chair", "Ruth")
    conference = await sets_up(chair)
    await chair.browser.post(f"/home/{conference}/open")
    assert (await chair.browser.get(f"/c/{conference}")).status_code == 200
    assert (await ada.posts(f"/api/accounts/{chair.account}/close")).status_code == 200
    assert (await chair.browser.get(f"/c/{conference}")).status_code == 404
    assert (await chair.browser.get("/home")).headers["location"] == "/sign-in"
    assert (await chair.signs_in()).status_code == 401
    assert (await ada.posts(f"/api/accounts/{chair.account}/link")).status_code == 404
    assert (await ada.posts(f"/api/accounts/{chair.account}/reopen")).status_code == 200
    assert (await chair.signs_in()).status_code == 200


async def test_an_administrator_makes_changes_and_never_the_last_one_goes(office: Server) -> None:
    assert office.database
    ada = await worker(office, "administrator", "Ada")
    name = f"ruth@{uuid4().hex[:6]}"
    made = await ada.posts("/api/accounts", name="Ruth", sign_in_name=name, role="chair")
    begins = Worker("Ruth", name, browser_of(office))
    assert (await begins.begins(secret_in(made.json()["link"]))).status_code == 200
    twice = await ada.posts("/api/accounts", name="Ruth", sign_in_name=name.upper(), role="chair")
    assert (twice.status_code, twice.json()) == (409, {"code": "name_taken"})
    other = await worker(office, "administrator", "Bo")
    changed = await ada.posts(
        f"/api/accounts/{other.account}", name="Bo", sign_in_name=other.sign_in_name, role="chair"
    )
    assert changed.status_code == 200
    assert (await other.browser.get("/home")).headers[
        "location"
    ] == "/sign-in"  # whoever has another part signs in again
    account = await account_with(office.database, other.account)
    assert account
    assert account.role == "chair"


async def test_the_last_administrator_stays(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> None:
    async with serving(tmp_path_factory.mktemp("one"), *QUICK, nursery=nursery) as server:
        ada = await worker(server, "administrator", "Ada")
        assert (await ada.posts(f"/api/accounts/{ada.account}/close")).json() == {"code": "last_administrator"}
        body = {"name": "Ada", "sign_in_name": ada.sign_in_name, "role": "chair"}
        assert (await ada.posts(f"/api/accounts/{ada.account}", **body)).json() == {"code": "last_administrator"}
        assert (await ada.browser.get("/people")).status_code == 200


async def test_readiness_says_what_is_late_and_by_how_much(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    conference = await sets_up(chair)
    page = (await chair.browser.get(f"/home/{conference}")).text
    assert "15 working days after the strategy discussion" in page
    assert "No report is on the list yet." in page
    for role, name in (("parent", "Dana Whitlow"), ("professional", "Lorna Keane")):
        assert await prepares(chair, conference, "seat_person", name=name, role=role)
    change = (await chair.browser.get(f"/home/{conference}/change")).text
    police = change.split(">Lorna Keane</option>")[0].rsplit('value="', 1)[1].split('"')[0]
    shared = {"shared_on": (TOMORROW - timedelta(days=1)).isoformat(), "shared_at": "17:00"}
    report = {"from_person": police, "what": "Police report", **shared}
    assert (await chair.posts(f"/api/conferences/{conference}/reports", **report)).status_code == 200
    page = (await chair.browser.get(f"/home/{conference}")).text
    for words in ("Late", "17 hours before", "Dana has not had the full time with 1 report.", "Police report"):
        assert words in page, words
    assert "1 report to sort out" in page


async def test_a_review_begins_with_the_conference_before_it(office: Server) -> None:
    """Its plan, its people and services; only one that is over and that they may open; and its deputy is named."""
    assert office.database
    chair, other = await worker(office, "chair", "Ruth"), await worker(office, "chair", "Olu")
    before = await meeting_at(office, "end", nobody_sits_down)
    await assign(office.database, chair.account, Seat(before.id, before.id_of(HESTER)))
    assert f"/home/new?after={before.id}" in (await chair.browser.get(f"/home/{before.id}")).text
    form = (await chair.browser.get(f"/home/new?after={before.id}")).text
    for words in ('value="Tansy"', 'value="Robin"', f'name="earlier" value="{before.id}"'):
        assert words in form, words
    page = (await other.browser.get(f"/home/new?after={before.id}")).text
    assert page.count(before.id) == page.count(f"/home/new?after={before.id}")  # only as the address that was asked for
    assert "Tansy" not in page
    children = [{"id": str(uuid4()), "name": name, "age": None} for name in ("Tansy", "Robin")]
    review = {"conference_type": "review", "earlier": before.id, "children": children}
    going_on = await sets_up(chair)
    for who, wrong in ((chair, {"conference_type": "initial"}), (other, {}), (chair, {"earlier": going_on})):
        answer = await who.posts("/api/conferences", area="england", **{**details(**review), **wrong})
        assert answer.json() == {"code": "invalid", "field": "conference_type"}
    conference = await sets_up(chair, **review)
    change = (await chair.browser.get(f"/home/{conference}/change")).text
    for words in ("Dana Wrenfield", "Clearwater Recovery", "Save the deputy"):
        assert words in change, words
    assert "Idris Pell" not in change, "who takes notes is said anew"
    deputy = change.split(">Naomi Trask</option>")[-2].rsplit('value="', 1)[1].split('"')[0]
    assert "to" in await prepares(chair, conference, "name_deputy", person_id=deputy)
    assert f'value="{deputy}" selected' in (await chair.browser.get(f"/home/{conference}/change")).text
    await chair.browser.post(f"/home/{conference}/open")
    assert "earlier_goal/" in (await chair.browser.get(f"/c/{conference}")).text


async def nobody_sits_down(**options: Any) -> Any:
    raise AssertionError("no browser is asked for")


async def test_what_is_wrong_is_said_with_its_place_and_nothing_is_made(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"held_on": "soon"}, "held_on"),
        ({"children": []}, "children"),
        ({"area": "nowhere"}, "area"),
    ):
        answer = await chair.posts("/api/conferences", **{"area": "england", **details(), **wrong})
        assert (answer.status_code, answer.json()) == (422, {"code": "invalid", "field": field})
    assert "No conferences yet" in (await chair.browser.get("/home")).text
    conference = await sets_up(chair)
    no = await prepares(chair, conference, "set_phase", phase="welcome")
    assert no == {"code": "invalid", "field": "type"}
    no = await prepares(chair, conference, "seat_person", name="", role="parent")
    assert no == {"code": "invalid", "field": "name"}
    answer = await chair.posts(f"/api/conferences/{conference}/prepare", type=["seat_person"])
    assert (answer.status_code, answer.json()) == (422, {"code": "invalid", "field": "type"})


async def test_the_office_reads_nothing_of_a_meeting_whose_screens_rest_and_no_page_breaks(office: Server) -> None:
    chair, olu = await worker(office, "chair", "Ruth"), await worker(office, "office", "Olu")
    conference = await sets_up(olu, chair=chair.account, held_on=datetime.now(UTC).date().isoformat())
    await chair.browser.post(f"/home/{conference}/open")
    name = f"kinboard_{conference.replace('-', '')}"
    url = f"{office.base_url.replace('http', 'ws')}/api/conferences/{conference}/live"
    board = await Screen.open(url, f"{name}={chair.browser.cookies[name]}", office.base_url)
    await board.does("set_phase", phase="welcome")
    for act in ({"type": "blank", "screens": "all"}, {"type": "begin_without_family", "reason": "A word alone"}):
        await board.does(**act)
        for page in (f"/home/{conference}", f"/home/{conference}/change", "/home"):
            answer = await olu.browser.get(page, follow_redirects=True)
            assert answer.status_code == 200, page
    await board.close()
