"""Script and style come in the fewest bytes that the browser takes, are kept for good, and wait for nothing."""

import json
import re
from gzip import decompress
from pathlib import Path

import pytest

from app.pages.built_files import codings
from app.pages.plain_words import packed_now
from tests.areas.test_areas import ENGLAND
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


async def test_the_list_of_plain_words_is_packed_and_nobody_is_sent_the_other_half(
    server: Server, sitting: Sitting
) -> None:
    address = f"/api/conferences/{sitting.id}/words"
    async with server.client(Cookie=await sitting.join(DANA)) as browser:
        packed, whole = [await browser.get(address, headers={"Accept-Encoding": it}) for it in ("gzip", "identity")]
        meanings = (await browser.get(f"{address}?meanings=true")).json()
    assert (packed.headers["content-encoding"], packed.json()) == ("gzip", whole.json())
    assert "content-encoding" not in whole.headers
    assert {"threshold", "thresholds"} <= {word for term in meanings for word in term["words"]}
    assert not any("write" in term for term in meanings)
    assert any(term["write"].get("siblings") == "brothers and sisters" for term in whole.json())


def test_what_is_edited_in_an_areas_file_is_there_at_once_and_a_mistake_takes_nothing_away(tmp_path: Path) -> None:
    def said(word: str) -> list[str]:
        terms = json.loads(decompress(packed_now("england", tmp_path, meanings=True)))
        return [term["say"] for term in terms if word in term["words"]]

    file, england = tmp_path / "england.toml", ENGLAND.read_text(encoding="utf-8")
    assert said("threshold") == ["The test for needing this plan."]
    for means in ("The test.", "The other test."):
        file.write_text(england + f'\n[[plain_words.terms]]\nwrite = {{ threshold = "test" }}\nmeans = "{means}"\n')
        assert said("threshold") == [means]
    file.write_text(england + "\n[plain_words]\nin = []\n")
    assert said("threshold") == ["The test for needing this plan."]


def test_a_weight_of_nothing_is_a_no() -> None:
    assert codings("br;q=0, gzip; q=0.0, deflate;q=0.1,zstd") == {"deflate", "zstd"}
