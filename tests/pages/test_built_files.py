"""Script and style come in the fewest bytes that the browser takes, are kept for good, and wait for nothing."""

import re

import pytest

from app.pages.built_files import codings
from tests.cast import CHAIR, DANA
from tests.realtime.server import Server, Sitting

EVERYTHING = "gzip, deflate, br, zstd"


async def script_of(server: Server, page: str = "/j") -> str:
    async with server.client() as browser:
        found: list[str] = re.findall(r'src="(/static/[^"]+\.js)"', (await browser.get(page)).text)
    return found[0]


async def head(server: Server, path: str, **headers: str) -> dict[str, str]:
    async with server.client(**headers) as browser:
        answer = await browser.request("HEAD", path)
    return {**answer.headers, "status": str(answer.status_code)}


@pytest.mark.parametrize(
    ("takes", "coding"),
    [
        (EVERYTHING, "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
async def test_a_browser_is_sent_the_smallest_form_that_it_takes(
    server: Server, takes: str, coding: str | None
) -> None:
    script = await script_of(server)
    whole = await head(server, script, **{"Accept-Encoding": "identity"})
    answer = await head(server, script, **{"Accept-Encoding": takes})
    assert answer.get("content-encoding") == coding
    assert answer["content-type"] == whole["content-type"] == "text/javascript; charset=utf-8"
    assert answer["vary"] == whole["vary"] == "Accept-Encoding"
    assert answer["cache-control"] == "public, max-age=31536000, immutable"
    if coding:
        assert int(answer["content-length"]) < int(whole["content-length"])
        assert answer["etag"] != whole["etag"]


async def test_what_a_browser_still_has_is_not_sent_again(server: Server) -> None:
    script = await script_of(server)
    first = await head(server, script, **{"Accept-Encoding": EVERYTHING})
    again = await head(server, script, **{"Accept-Encoding": EVERYTHING, "If-None-Match": first["etag"]})
    assert again["status"] == "304"
    assert again["vary"] == "Accept-Encoding"


async def test_what_was_packed_is_what_was_built(server: Server) -> None:
    script = await script_of(server)
    async with server.client() as browser:
        whole, packed = [
            (await browser.get(script, headers={"Accept-Encoding": takes})).text for takes in ("identity", "gzip")
        ]
    assert packed == whole


async def test_a_page_names_all_that_its_surface_needs_at_once(server: Server, sitting: Sitting) -> None:
    for person in (CHAIR, DANA):
        async with server.client(Cookie=await sitting.join(person)) as browser:
            page = (await browser.get(f"/c/{sitting.id}")).text
            named = set(re.findall(r'(?:href|src)="(/static/[^"]+\.js)"', page))
            for script in named:
                text = (await browser.get(script)).text
                asked = {
                    f"/static/assets/{name}" for name in re.findall(r'(?:from|import)\s*[`"\']\./([^`"\']+)', text)
                }
                assert asked <= named


def test_a_weight_of_nothing_is_a_no() -> None:
    assert codings("br;q=0, gzip; q=0.0, deflate;q=0.1,zstd") == {"deflate", "zstd"}
