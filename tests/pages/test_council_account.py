"""Staff sign in with the council's own provider, which is a real one here; whatever it says wrong lets nobody in."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest

from app.access.accounts import add_account, issue_account_link
from tests.pages.office import QUICK, Worker, worker
from tests.realtime.nursery import Nursery
from tests.realtime.server import ROOT, Server, environment, serving

CLIENT = "kinboard-here"


@dataclass
class Provider:
    issuer: str

    async def says(self, subject: str, **claims: Any) -> None:
        """What its next tokens say of this person, in place of what would be right."""
        async with httpx2.AsyncClient(headers={"Connection": "close"}) as client:
            assert (await client.put(f"{self.issuer}/users/{subject}", json=claims)).status_code == 204

    async def lets(self, subject: str, address: str) -> str:
        """Somebody signs in there; the address to which they are sent back."""
        async with httpx2.AsyncClient(headers={"Connection": "close"}) as client:
            answer = await client.post(address, data={"sub": subject})
            assert answer.status_code == 302, answer.text
            return str(answer.headers["location"])


@pytest.fixture(scope="module")
async def provider() -> AsyncIterator[Provider]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.pages.provider"),
        cwd=ROOT,
        env=environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout
    yield Provider((await process.stdout.readline()).decode().strip())
    process.kill()
    await process.wait()


@pytest.fixture(scope="module")
async def office(
    provider: Provider, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    settings = {
        "KINBOARD_SIGN_IN": "password,oidc",
        "KINBOARD_OIDC_ISSUER": provider.issuer,
        "KINBOARD_OIDC_CLIENT_ID": CLIENT,
        "KINBOARD_OIDC_CLIENT_SECRET": "known to both",
    }
    async with serving(tmp_path_factory.mktemp("oidc"), *QUICK, settings=settings, nursery=nursery) as server:
        yield server


async def begun(office: Server, provider: Provider) -> tuple[Worker, str]:
    """A chair who has begun with the account that she has there."""
    assert office.database
    chair, subject = Worker.at(office, "Ruth"), f"ruth-{uuid4().hex[:8]}"
    now = datetime.now(UTC)
    account = await add_account(office.database, "Ruth", chair.sign_in_name, "chair", now)
    assert account
    secret = await issue_account_link(office.database, account, now, now + timedelta(hours=1))
    asked = await chair.posts("/api/begin/provider", secret=secret)
    back = await provider.lets(subject, asked.json()["to"])
    answer = await chair.browser.get(back)
    assert (answer.status_code, answer.headers["location"]) == (303, "/home")
    assert (await chair.posts("/api/begin", secret=secret)).status_code == 404  # the link is used up
    await chair.posts("/api/sign-out")
    return chair, subject


async def goes(chair: Worker) -> str:
    """The provider's address, with what this browser takes along."""
    answer = await chair.browser.get("/sign-in/provider")
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def is_out(chair: Worker) -> bool:
    return (await chair.browser.get("/home")).headers.get("location") == "/sign-in"


async def test_a_chair_signs_in_with_the_account_that_she_began_with(office: Server, provider: Provider) -> None:
    chair, subject = await begun(office, provider)
    assert await is_out(chair)
    address = await goes(chair)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"] != asked["state"]
    assert (await chair.browser.get(await provider.lets(subject, address))).headers["location"] == "/home"
    assert not await is_out(chair)


async def test_an_account_there_that_nobody_here_has_lets_nobody_in(office: Server, provider: Provider) -> None:
    """Not by its name either: a name, or an address, may be given to somebody else one day."""
    chair, _ = await begun(office, provider)
    stranger = f"stranger-{uuid4().hex[:8]}"
    await provider.says(stranger, email=chair.sign_in_name, preferred_username=chair.sign_in_name)
    answer = await chair.browser.get(await provider.lets(stranger, await goes(chair)))
    assert answer.status_code == 401
    assert await is_out(chair)


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "http://another.example"},
        {"aud": "somebody-else"},
        {"aud": [CLIENT, "somebody-else"]},
        {"nonce": "of another visit"},
        {"nonce": ""},
        {"exp": 1_700_000_000},  # long over; by the clock it would be another test in each process
        {"exp": None},
    ],
    ids=lambda wrong: f"{next(iter(wrong))}={next(iter(wrong.values()))!r:.20}",
)
async def test_a_token_that_is_not_for_us_now_is_refused(
    office: Server, provider: Provider, wrong: dict[str, Any]
) -> None:
    chair, subject = await begun(office, provider)
    await provider.says(subject, **wrong)
    answer = await chair.browser.get(await provider.lets(subject, await goes(chair)))
    assert answer.status_code == 401, wrong
    assert await is_out(chair)
    await provider.says(subject)
    assert (await chair.browser.get(await provider.lets(subject, await goes(chair)))).status_code == 303


async def test_a_code_is_good_once_and_for_the_browser_that_asked(office: Server, provider: Provider) -> None:
    chair, subject = await begun(office, provider)
    back = await provider.lets(subject, await goes(chair))
    thief = Worker.at(office, "Thief")
    assert (await thief.browser.get(back)).status_code == 401
    await goes(thief)
    assert (await thief.browser.get(back)).status_code == 401  # with a visit of their own: its state is another
    assert (await chair.browser.get(back)).status_code == 303
    assert (await chair.browser.get(back)).status_code == 401
    address = await goes(thief)
    state = parse_qs(urlsplit(address).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    replayed = await thief.browser.get(f"/sign-in/provider/back?code={code}&state={state}")
    assert replayed.status_code == 401  # the provider itself knows that it was used
    assert await is_out(thief)


async def test_another_visits_state_is_refused_and_so_is_another_issuer(office: Server, provider: Provider) -> None:
    chair, subject = await begun(office, provider)
    back = await provider.lets(subject, await goes(chair))
    assert (await chair.browser.get(back.replace("state=", "state=x"))).status_code == 401
    back = await provider.lets(subject, await goes(chair))
    assert (await chair.browser.get(f"{back}&iss=http://another.example")).status_code == 401


async def confirms(chair: Worker, provider: Provider, subject: str, **claims: Any) -> int:
    """She is asked again there; what the page says that she comes back to."""
    answer = await chair.browser.get("/confirm/provider")
    assert answer.status_code == 303
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    await provider.says(subject, **claims)
    back = await provider.lets(subject, answer.headers["location"])
    return (await chair.browser.get(back)).status_code


async def test_she_shows_there_that_it_is_her_only_by_signing_in_after_she_was_asked(
    office: Server, provider: Provider
) -> None:
    """Being signed in there already shows nothing, nor does a provider that does not say since when."""
    chair, subject = await begun(office, provider)
    await provider.says(subject, auth_time=int(time.time()) - 3600)
    await chair.browser.get(await provider.lets(subject, await goes(chair)))
    assert (await chair.browser.get("/api/confirm")).json() == {"seconds": 0}
    assert await confirms(chair, provider, subject, auth_time=int(time.time()) - 3600) == 401
    assert await confirms(chair, provider, subject, auth_time=None) == 401
    assert await confirms(chair, provider, f"{subject}-twin", auth_time=int(time.time())) == 401
    assert (await chair.browser.get("/api/confirm")).json() == {"seconds": 0}
    before = chair.token
    assert await confirms(chair, provider, subject, auth_time=int(time.time())) == 200
    assert chair.token != before
    assert (await chair.browser.get("/api/confirm")).json()["seconds"] > 800


async def test_a_provider_that_is_away_is_said(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = {
        "KINBOARD_SIGN_IN": "password,oidc",
        "KINBOARD_OIDC_ISSUER": "http://127.0.0.1:9",
        "KINBOARD_OIDC_CLIENT_ID": CLIENT,
    }
    async with serving(tmp_path_factory.mktemp("away"), *QUICK, settings=settings, nursery=nursery) as server:
        chair = await worker(server, "chair", "Ruth")
        answer = await chair.browser.get("/sign-in/provider")
        assert answer.status_code == 502
        assert "cannot be reached" in answer.text
