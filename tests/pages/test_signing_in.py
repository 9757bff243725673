"""Staff sign in. Whatever is wrong the answer is the same; a session is new at every rise and ends by itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest

from app.access.accounts import close_account, first_administrators_link, issue_account_link
from app.access.staff import IDLE, staff_of
from app.access.tries import PER_ADDRESS, PER_NAME, WINDOW, Tries
from app.settings import SettingsError, load_settings
from app.store.audit import noted
from tests.pages.office import QUICK, Worker, browser_of, first_link, worker
from tests.pages.test_office import sets_up
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

MANY_TRIES = ("--set", "app.access.tries:PER_NAME=100000", "--set", "app.access.tries:PER_ADDRESS=100000")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
async def office(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """Its passwords are quick to check, and the budgets for tries, which have tests of their own, out of the way."""
    async with serving(tmp_path_factory.mktemp("office"), *QUICK, *MANY_TRIES, nursery=nursery) as server:
        yield server


async def test_the_first_administrator_begins_by_a_link_and_it_is_printed_no_more(
    tmp_path: Path, nursery: Nursery
) -> None:
    async with serving(tmp_path, *QUICK, nursery=nursery) as server:
        assert server.database
        early = await first_link(server)
        secret = await first_link(server)
        first = Worker.at(server, "Ada")
        assert (await first.posts("/api/begin", secret=early)).status_code == 404  # a newer one was printed since
        assert (await first.posts("/api/begin", secret=secret)).json()["name"] == ""
        assert (await first.begins(secret)).status_code == 200
        assert (
            await first_administrators_link(server.database, datetime.now(UTC), datetime.max.replace(tzinfo=UTC))
            is None
        )
        page = await first.browser.get("/people")
        assert page.status_code == 200
        assert "Ada" in page.text
        again = Worker.at(server, "Mallory")
        assert (await again.begins(secret)).status_code == 404


async def test_an_account_begins_once_by_its_link_whatever_is_wrong_with_the_others(office: Server) -> None:
    assert office.database
    chair = await worker(office, "chair", "Ruth")
    now = datetime.now(UTC)
    expired = await issue_account_link(
        office.database, chair.account, now - timedelta(hours=2), now - timedelta(hours=1)
    )
    revoked = await issue_account_link(office.database, chair.account, now, now + timedelta(hours=1))
    fresh = await issue_account_link(office.database, chair.account, now, now + timedelta(hours=1))
    stranger = Worker.at(office, "Somebody")
    answers = [await stranger.posts("/api/begin", secret=each) for each in (expired, revoked, "never issued", "")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert (await stranger.posts("/api/begin", secret=fresh)).status_code == 200


async def test_a_new_link_ends_every_way_in_and_session_of_before(office: Server) -> None:
    assert office.database
    chair = await worker(office, "chair", "Ruth")
    old_code, thief = chair.recovery_codes[0], Worker.at(office, "Thief")
    now = datetime.now(UTC)
    secret = await issue_account_link(office.database, chair.account, now, now + timedelta(hours=1))
    token = chair.token
    again = Worker(chair.name, chair.sign_in_name, browser_of(office))
    assert (await again.begins(secret)).status_code == 200
    thief.sign_in_name = chair.sign_in_name
    assert (await thief.signs_in(old_code)).status_code == 401
    assert token
    assert await staff_of(office.database, token, now) is None


async def test_a_new_link_ends_the_seats_of_a_laptop_that_was_stolen(office: Server) -> None:
    assert office.database
    chair = await worker(office, "chair", "Ruth")
    conference = await sets_up(chair)
    await chair.browser.post(f"/home/{conference}/open")
    assert (await chair.browser.get(f"/c/{conference}")).status_code == 200
    now = datetime.now(UTC)
    secret = await issue_account_link(office.database, chair.account, now, now + timedelta(hours=1))
    again = Worker(chair.name, chair.sign_in_name, browser_of(office))
    assert (await again.begins(secret)).status_code == 200
    assert (await chair.browser.get(f"/c/{conference}")).status_code == 404
    await again.browser.post(f"/home/{conference}/open")
    assert (await again.browser.get(f"/c/{conference}")).status_code == 200


async def test_a_stranger_who_answers_what_nobody_asked_leaves_nothing_in_the_audit(office: Server) -> None:
    assert office.database
    stranger, before = browser_of(office), len(await noted(office.database))
    answers = [
        await stranger.post("/api/sign-in/passkey", json={"credential": {}}),
        await stranger.post("/api/begin/passkey", json={"secret": "none", "credential": {}}),
        await stranger.post("/api/begin/password", json={"secret": "none", "password": "x" * 12, "code": "1"}),
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(401, '{"code":"not_right"}')}
    assert (await stranger.get("/sign-in/provider/back")).status_code == 401
    assert len(await noted(office.database)) == before


async def test_a_stranger_who_asks_for_challenges_without_end_is_paused(tmp_path: Path, nursery: Nursery) -> None:
    """Each of them is kept for a while."""
    async with serving(tmp_path, "--host", "localhost", nursery=nursery) as server:
        stranger = browser_of(server)
        answers = [await stranger.post("/api/sign-in/passkey/ask") for _ in range(PER_ADDRESS + 1)]
    assert [answer.status_code for answer in answers] == [200] * PER_ADDRESS + [429]


async def test_password_and_second_factor_let_in_and_each_code_works_once(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    code = chair.code()
    assert (await chair.signs_in(code)).status_code == 200
    assert (await chair.signs_in(code)).status_code == 401
    recovery = chair.recovery_codes[2]
    assert (await chair.signs_in(recovery.upper().replace("-", " "))).status_code == 200
    assert (await chair.signs_in(recovery)).status_code == 401


async def test_a_wrong_password_uses_up_no_recovery_code(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    assert (await chair.signs_in(chair.recovery_codes[0], "wrong wrong wrong")).status_code == 401
    assert (await chair.signs_in(chair.recovery_codes[0])).status_code == 200
    other = await worker(office, "chair", "Else")
    assert (await other.signs_in(chair.recovery_codes[1])).status_code == 401
    assert (await chair.signs_in(chair.recovery_codes[1])).status_code == 200


async def test_a_known_name_and_an_unknown_one_are_answered_alike_and_after_the_same_work(office: Server) -> None:
    chair, closed = await worker(office, "chair", "Ruth"), await worker(office, "chair", "Gone")
    assert office.database
    assert await close_account(office.database, closed.account, datetime.now(UTC)) is None
    nobody = Worker.at(office, "Nobody")
    nobody.code_secret = chair.code_secret
    answers = [
        await chair.signs_in("000000"),
        await chair.signs_in(chair.code(), "wrong wrong wrong"),
        await nobody.signs_in(),
        await closed.signs_in(),
    ]
    assert {(answer.status_code, answer.text, *sorted(answer.headers)) for answer in answers} == {
        (401, '{"code":"not_right"}', *sorted(answers[0].headers))
    }

    async def took(one: Worker) -> float:
        began = perf_counter()
        await one.signs_in("000000", "wrong wrong wrong")
        return perf_counter() - began

    known, unknown = zip(*[(await took(chair), await took(nobody)) for _ in range(9)], strict=True)
    assert 0.5 < median(known) / median(unknown) < 2


async def test_the_token_is_new_at_every_sign_in_and_the_old_one_is_over(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    before = chair.token
    answer = await chair.signs_in()
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    assert chair.token != before
    assert office.database
    assert before
    assert await staff_of(office.database, before, datetime.now(UTC)) is None
    planted = Worker(chair.name, chair.sign_in_name, browser_of(office), code_secret=chair.code_secret)
    planted.browser.cookies.set("kinboard_staff", "planted", domain="127.0.0.1", path="/")
    assert (await planted.signs_in(chair.recovery_codes[0])).status_code == 200
    assert planted.token != "planted"
    await planted.posts("/api/sign-out")
    assert (await planted.browser.get("/home")).headers["location"] == "/sign-in"


async def test_a_session_ends_after_idling_and_after_its_day(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    assert office.database
    assert chair.token
    now = datetime.now(UTC)
    assert await staff_of(office.database, chair.token, now + IDLE - timedelta(minutes=1)) is not None  # and it is seen
    assert await staff_of(office.database, chair.token, now + 2 * IDLE - timedelta(minutes=2)) is not None
    assert await staff_of(office.database, chair.token, now + 4 * IDLE) is None
    busy = await worker(office, "chair", "Else")
    assert busy.token
    at, ends = now, now + timedelta(hours=12)
    while at < ends:
        assert await staff_of(office.database, busy.token, at) is not None
        at += IDLE - timedelta(minutes=5)
    assert await staff_of(office.database, busy.token, ends + timedelta(minutes=1)) is None


async def test_another_sites_page_signs_nobody_in_or_out(office: Server) -> None:
    chair = await worker(office, "chair", "Ruth")
    chair.browser.headers["Origin"] = "https://elsewhere.example"
    for address in (
        "/api/sign-in/password",
        "/api/sign-out",
        "/api/sign-in/passkey/ask",
        "/api/begin",
        "/api/accounts",
    ):
        answer = await chair.posts(
            address, secret="x", sign_in_name="x", password="x", code="x", name="x", role="chair"
        )
        assert answer.status_code in (403, 422), address
    assert (await chair.browser.get("/home")).status_code == 200


async def test_what_is_off_is_not_there(tmp_path: Path, nursery: Nursery) -> None:
    async with serving(tmp_path, settings={"KINBOARD_SIGN_IN": "passkey"}, nursery=nursery) as server:
        one = Worker.at(server, "Ruth")
        assert (await one.signs_in("123456")).status_code == 404
        assert "password" not in (await one.browser.get("/sign-in")).text.lower()


def test_who_tries_too_often_waits_and_knows_nothing_more() -> None:
    tries = Tries()
    for name in ("known", "unknown"):
        assert [tries.begin(name, name, NOW) for _ in range(PER_NAME + 1)] == [True] * PER_NAME + [False]
        assert tries.begin(name, name, NOW + WINDOW)
    assert [tries.begin(f"name {n}", "here", NOW) for n in range(PER_ADDRESS + 1)][-1] is False
    assert tries.begin("elsewhere", "there", NOW)
    tries.succeeded("elsewhere", "there")
    assert [tries.begin("elsewhere", "there", NOW) for _ in range(PER_NAME)] == [True] * PER_NAME


async def test_the_server_answers_too_many_tries_alike_for_all(tmp_path: Path, nursery: Nursery) -> None:
    async with serving(tmp_path, *QUICK, nursery=nursery) as server:
        chair = await worker(server, "chair", "Ruth")
        for one in (chair, Worker.at(server, "Nobody")):
            answers = [await one.signs_in("123456", "wrong wrong wrong") for _ in range(PER_NAME)]
            answers.append(await one.signs_in())
            assert [answer.status_code for answer in answers[-2:]] == [401, 429]
            assert answers[-1].json() == {"code": "too_many_tries"}


@pytest.mark.parametrize("ways", ["", "passkey,fax", "oidc"])
def test_a_way_in_that_is_none_or_half_set_is_said(ways: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINBOARD_SIGN_IN", ways or ",")
    with pytest.raises(SettingsError, match=r"KINBOARD_SIGN_IN|KINBOARD_OIDC"):
        load_settings()
