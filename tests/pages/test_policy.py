"""Every route, every role, one's own conference and another's: who is answered, by a table written by hand."""

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from app.main import create_app
from app.settings import load_settings
from tests.cast import DANA, ROLES
from tests.realtime.server import Server, Sitting

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("policy_expectations.toml").read_text(encoding="utf-8")
)
OF_A_CONFERENCE = [route for route, expected in EXPECTED.items() if "may" in expected]
NOBODY = str(uuid4())
STRANGER = "a stranger"

Answer = tuple[int, bytes]


def test_every_route_is_in_the_table_and_no_other() -> None:
    paths = create_app(load_settings()).openapi()["paths"]
    assert {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods} == set(EXPECTED)


@pytest.fixture(scope="module")
async def everybody(server: Server) -> AsyncIterator[dict[str, Any]]:
    """A conference, another one in which nobody of the first sits, and a browser for each role."""
    here, there = await server.sitting(), await server.sitting()
    browsers = {role: server.client(Origin=server.base_url, Cookie=await here.join(id)) for role, id in ROLES.items()}
    browsers[STRANGER] = server.client(Origin=server.base_url)
    yield {"here": here, "there": there, "browsers": browsers}
    for browser in browsers.values():
        await browser.aclose()


async def ask(browser: httpx2.AsyncClient, route: str, conference: str) -> Answer:
    expected, (method, path) = EXPECTED[route], route.split(" ")
    path = path.replace("{conference}", conference).replace("{person}", DANA).replace("{line}", "none")
    body = filled(expected["send"]) if "send" in expected else None
    answer = await browser.request(method, path, params=expected.get("ask"), json=body)
    return answer.status_code, answer.content.replace(conference.encode(), b"")


def filled(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: filled(value) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value) for value in body]
    return body.replace("{person}", DANA).replace("{nobody}", NOBODY)


@pytest.mark.parametrize("route", OF_A_CONFERENCE)
async def test_only_whom_the_table_names_is_answered(everybody: dict[str, Any], route: str) -> None:
    here: Sitting = everybody["here"]
    there: Sitting = everybody["there"]
    browsers: dict[str, httpx2.AsyncClient] = everybody["browsers"]
    expected = EXPECTED[route]
    may = set(ROLES if expected["may"] == "everybody" else expected["may"]) - set(expected.get("but", ()))
    nothing = await ask(browsers[STRANGER], route, NOBODY)
    assert nothing[0] in (403, 404)
    for role, browser in browsers.items():
        assert await ask(browser, route, there.id) == nothing, f"{role}, in another's conference"
        if role in may and "empty" not in expected:
            assert await ask(browser, route, here.id) != nothing, role
        else:
            assert await ask(browser, route, here.id) == nothing, role


@pytest.mark.parametrize("route", [route for route in EXPECTED if route not in OF_A_CONFERENCE])
async def test_a_stranger_is_answered_as_the_table_says(everybody: dict[str, Any], route: str) -> None:
    method, path = route.split(" ")
    answer = await everybody["browsers"][STRANGER].request(method, path.replace("{surface}", "family"))
    assert answer.status_code == EXPECTED[route]["answers"]
