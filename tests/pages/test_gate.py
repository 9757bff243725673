"""What every request has to be, whatever it asks for."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.requests import HTTPConnection

from app.main import create_app
from app.pages.gate import Pace, proxies_named
from app.pages.house import address_of
from app.settings import load_settings
from tests.cast import TEACHER
from tests.realtime.server import PLAIN, Server, Sitting, serving

BEHIND = {"Host": "board.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
OURS = {"Origin": "https://board.example.org"}


@pytest.fixture(scope="module")
async def behind(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A server whose people come by HTTPS, through the proxy beside it."""
    settings = {"KINBOARD_BASE_URL": "https://board.example.org", "KINBOARD_HOSTS": "board.example.net"}
    async with by_another_name(tmp_path_factory.mktemp("behind"), settings) as server:
        yield server


@asynccontextmanager
async def by_another_name(folder: Path, settings: dict[str, str]) -> AsyncIterator[Server]:
    """The address that people type is not the one at which it listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with serving(folder, "--port", str(port), settings=settings) as server:
        server.base_url = f"http://127.0.0.1:{port}"
        yield server


async def ask(server: Server, method: str = "GET", path: str = "/", **headers: str) -> tuple[int, Any]:
    async with httpx2.AsyncClient(base_url=server.base_url, timeout=20, verify=PLAIN) as browser:
        answer = await browser.request(method, path, headers=headers)
    is_json = answer.headers.get("content-type") == "application/json"
    return answer.status_code, answer.json().get("code") if is_json else None


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost", "[", ""])
async def test_no_other_name_leads_here(server: Server, host: str) -> None:
    for method, path in (("GET", "/"), ("GET", "/c/some"), ("POST", "/api/join"), ("GET", "/static/some.js")):
        assert (await ask(server, method, path, Host=host))[0] in (400, 421)


async def test_every_route_that_changes_something_asks_for_our_own_page(server: Server) -> None:
    """Listed by the program itself, so that none can be forgotten."""
    paths = create_app(load_settings()).openapi()["paths"]
    changing = [(method.upper(), path) for path, methods in paths.items() for method in methods if method != "get"]
    assert ("POST", "/api/join") in changing
    strangers: tuple[dict[str, str], ...] = (
        {},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    )
    for method, path in changing:
        for headers in strangers:
            assert await ask(server, method, path, **headers) == (403, "wrong_origin"), (method, path, headers)


async def test_with_https_nobody_comes_in_by_another_line(behind: Server) -> None:
    assert (await ask(behind, **BEHIND))[0] == 200
    assert (await ask(behind, **{**BEHIND, "Host": "board.example.net"}))[0] == 200
    assert await ask(behind, **{**BEHIND, "X-Forwarded-Proto": "http"}) == (403, "https_only")
    assert await ask(behind, Host="board.example.org") == (403, "https_only")
    assert (await ask(behind, path="/health/ready"))[0] == 200
    assert (await ask(behind, "POST", "/api/join", **BEHIND, **OURS))[0] == 422
    assert await ask(behind, "POST", "/api/join", **BEHIND) == (403, "wrong_origin")


async def test_with_https_browsers_are_told_to_stay_with_it(behind: Server, server: Server) -> None:
    async with httpx2.AsyncClient(timeout=20, verify=PLAIN) as browser:
        told = await browser.get(behind.base_url, headers=BEHIND)
        untold = await browser.get(server.base_url)
    assert told.headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"
    assert "strict-transport-security" not in untold.headers


async def test_only_a_proxy_of_ours_may_say_who_asks(tmp_path: Path) -> None:
    settings = {"KINBOARD_BASE_URL": "https://board.example.org", "KINBOARD_PROXY": "203.0.113.1"}
    async with by_another_name(tmp_path, settings) as server:
        assert await ask(server, **BEHIND) == (403, "https_only")


def test_a_proxy_may_be_any_address_of_a_network() -> None:
    is_proxy = proxies_named("127.0.0.1 ::1 10.244.0.0/16")
    assert [each for each in ("127.0.0.1", "::1", "10.244.9.9") if not is_proxy(each)] == []
    assert [each for each in ("127.0.0.2", "10.245.0.1", "", "10.244", "unix:") if is_proxy(each)] == []


async def test_a_socket_from_another_name_is_refused(server: Server, sitting: Sitting) -> None:
    opening = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    opening |= {"Cookie": await sitting.join(TEACHER), "Origin": server.base_url}
    opening["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    path = f"/api/conferences/{sitting.id}/live"
    for wrong in ({"Host": "elsewhere.example"}, {"Origin": "https://elsewhere.example"}):
        assert (await ask(server, path=path, **{**opening, **wrong}))[0] == 403
    await (await sitting.open(TEACHER)).close()


async def test_no_answer_is_kept_but_built_files(server: Server) -> None:
    async with server.client() as browser:
        for path in ("/", "/j", "/c/some", "/api/nothing", "/health/live", "/metrics", "/api/schema/live.json"):
            assert (await browser.get(path)).headers["cache-control"] == "no-store", path


async def test_a_body_that_is_too_long_is_not_read(server: Server) -> None:
    async with server.client(Origin=server.base_url) as browser:
        for path in ("/api/join", "/api/conferences/some/records"):
            for content in (b"[" * 70_000, unmeasured()):
                with suppress(httpx2.ReadError, httpx2.WriteError):  # it hangs up on whoever goes on sending
                    assert (await browser.post(path, content=content)).status_code == 413
        assert (await browser.get("/health/ready")).status_code == 200


async def unmeasured() -> AsyncIterator[bytes]:
    for _ in range(70):
        yield b" " * 1000


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_whoever_takes_another_address_of_their_household_for_every_try_is_counted_as_one(
    host: str, counted: str
) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": (host, 1)})) == counted


def test_one_machine_cannot_take_all_there_is_and_a_building_gets_in() -> None:
    pace = Pace()
    assert all(pace.take("a building") for _ in range(3000))
    assert sum(pace.take("a building") for _ in range(1000)) < 500
    assert pace.take("another")
    for number in range(20_000):
        pace.take(f"address {number}")
    assert len(pace.spent) <= 10_000


async def test_sixty_people_behind_one_address_open_their_boards_at_once(server: Server) -> None:
    async with server.client() as browser:
        answers = await asyncio.gather(*(browser.get("/j") for _ in range(60)))
    assert {answer.status_code for answer in answers} == {200}
