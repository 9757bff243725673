"""What every answer carries, whatever it is, and what no answer says."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from app.realtime.protocol import schema
from tests.cast import TEACHER
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
}
HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def require_headers(answer: httpx2.Response) -> None:
    policy = {part.strip() for part in answer.headers["content-security-policy"].split(";") if part.strip()}
    assert policy == POLICY
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers


@pytest.fixture(scope="session")
async def broken(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("broken"), "--break", "pages", nursery=nursery) as server:
        yield server


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/j", 200),
        ("GET", "/c/unknown", 404),
        ("GET", "/nothing/here", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/static/nothing.js", 404),
        ("GET", "/static/../../pyproject.toml", 404),
        ("GET", "/static/%2e%2e/%2e%2e/pyproject.toml", 404),
        ("GET", "/static/.vite/manifest.json", None),
        ("GET", "/seen/family", 200),
        ("GET", "/seen/join", 404),
        ("GET", "/docs", 404),
        ("GET", "/openapi.json", 404),
        ("GET", "/health/live", 200),
        ("GET", "/health/ready", 200),
        ("GET", "/metrics", 200),
        ("GET", "/api/schema/live.json", 200),
        ("GET", "/api/join", 405),
        ("POST", "/", 405),
        ("POST", "/api/join", 422),
        ("DELETE", "/api/join", 405),
        ("TRACE", "/", 405),
        ("OPTIONS", "/api/join", 405),
        ("GET", "/api/conferences/unknown/live", 404),
    ],
)
async def test_every_answer_carries_the_headers(server: Server, method: str, path: str, status: int | None) -> None:
    async with server.client(Origin=server.base_url) as browser:
        answer = await browser.request(method, path)
    assert status is None or answer.status_code == status
    require_headers(answer)


async def test_our_own_fault_has_the_headers_and_a_reference_and_nothing_else(broken: Server) -> None:
    async with broken.client() as browser:
        answer = await browser.get("/c/some")
    assert answer.status_code == 500
    require_headers(answer)
    assert set(answer.json()) == {"code", "reference"}
    logged = broken.log.read_text()
    assert answer.json()["reference"] in logged
    assert "CANARY" not in logged + answer.text
    assert "Traceback" not in logged


async def test_our_own_fault_at_the_socket_refuses_it_and_logs_no_text(broken: Server) -> None:
    async with broken.client(
        **{
            "Origin": broken.base_url,
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        }
    ) as browser:
        answer = await browser.get("/api/conferences/some/live")
    assert answer.status_code == 500
    assert "CANARY" not in broken.log.read_text()


async def test_pages_load_nothing_from_elsewhere_and_have_nothing_written_into_them(
    server: Server, sitting: Sitting
) -> None:
    async with server.client(Cookie=await sitting.join(TEACHER)) as browser:
        for path in ("/", "/j", "/c/unknown", f"/c/{sitting.id}", "/seen/family"):
            page = await browser.get(path)
            scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL)
            for attributes, inside in scripts:
                is_data = 'type="application/json"' in attributes
                assert is_data or ("src=" in attributes and not inside.strip()), attributes
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page.text)
            for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
                assert address.startswith(("/", "#")), address
                if address.startswith("/static/"):
                    assert (await browser.get(address)).status_code == 200


async def test_built_files_may_be_kept_for_good(server: Server) -> None:
    async with server.client() as browser:
        page = await browser.get("/j")
        script = re.findall(r'src="(/static/[^"]+\.js)"', page.text)[0]
        answer = await browser.get(script)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    require_headers(answer)


async def test_numbers_are_for_this_machine_only(server: Server) -> None:
    async with server.client() as browser:
        assert (await browser.get("/metrics")).status_code == 200
        for header in ({"X-Forwarded-For": "203.0.113.9"}, {"Forwarded": "for=203.0.113.9"}):
            passed_on = await browser.get("/metrics", headers=header)
            assert (passed_on.status_code, passed_on.json()) == (404, {"code": "not_found"})


async def test_with_a_token_numbers_are_for_whoever_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = "a-token-of-more-than-sixteen"
    async with serving(tmp_path, settings={"KINBOARD_METRICS_TOKEN": token}) as server, server.client() as browser:
        for held in ("", "Bearer", "Bearer wrong", token[:-1], f"Basic {token}"):
            assert (await browser.get("/metrics", headers={"Authorization": held})).status_code == 404
        assert (await browser.get("/metrics", headers={"Authorization": f"Bearer {token}"})).status_code == 200
    assert token not in server.log.read_text()


async def test_the_schema_that_is_served_is_that_of_this_server(server: Server) -> None:
    async with server.client() as browser:
        served = (await browser.get("/api/schema/live.json")).json()
    assert served == schema()
