"""No word of any page stands outside the catalogues, and whoever asks is answered in their language."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from babel import Locale

from app.main import create_app
from app.settings import load_settings
from tests.languages.pseudo import outside_of, write_pseudo
from tests.pages.office import QUICK, Worker, first_link, worker
from tests.pages.test_office import details
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

OURS = {"Kinboard", "Esc", "UTC"}  # what is called so in every language
KEPT = {"Family and friends", "Children’s social care"}  # every conference is set up with them, and they can be renamed
DAYS = {*Locale("cy").days["format"]["wide"].values(), *Locale("cy").days["format"]["abbreviated"].values()}
DAYS |= {*Locale("cy").months["format"]["wide"].values(), *Locale("cy").months["format"]["abbreviated"].values()}
FOR_ANYBODY: tuple[str, ...] = (
    "/",
    "/j",
    "/in",
    "/screen",
    "/late",
    "/connection",
    "/help",
    "/help/everything",
    "/help/family",
    "/sign-in",
    "/begin",
    "/handed-back",
    "/nowhere",
)
FOR_ANYBODY += ("/sign-in/provider/back",)
GREEK: dict[str, Any] = {"title": "Ωμέγα", "place": "Ωδείο", "why_we_are_meeting": "Ωδή", "scale_question": "Ω;"}
GREEK |= {
    "low_end": "Ωχ",
    "high_end": "Ωπ",
    "children": [{"id": "0b4f0a52-6a0e-4f0e-9a57-0d1c0f6a7b01", "name": "Ωρίων"}],
}


@pytest.fixture(scope="module")
async def office(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    folder = write_pseudo(tmp_path_factory.mktemp("catalogues"))
    catalogues = ("--set", f"app.languages.catalogue:FOLDER={folder}")
    async with serving(tmp_path_factory.mktemp("words"), *QUICK, *catalogues, nursery=nursery) as server:
        await Worker.at(server, "Άδα").begins(await first_link(server))
        yield server


async def speaking(server: Server, role: Any, name: str) -> Worker:
    one = await worker(server, role, name)
    one.browser.headers["Accept-Language"] = "cy"
    return one


async def outside(worker: Worker, *paths: str) -> dict[str, list[str]]:
    """What stands on these pages in no catalogue, and was not written by anybody: they write in Greek."""
    found = {}
    for path in paths:
        page = await worker.browser.get(path)
        assert page.headers["content-type"].startswith("text/html"), (path, page.text)
        assert '<html lang="cy" dir="ltr"' in page.text, path
        left = [part for part in outside_of(page.text) if re.search("[A-Za-z]", part)]
        found[path] = [part for part in left if part not in OURS | KEPT and not has_no_words(part)]
    return {path: left for path, left in found.items() if left}


def every_page() -> set[str]:
    """As the program lists them, so that none can be forgotten."""
    pages = set()
    for path, methods in create_app(load_settings()).openapi()["paths"].items():
        kinds = methods.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        if "text/html" in kinds:
            pages.add(
                re.sub(r"\{\w+\}", "{}", path).replace("/seen/{}", "/seen/chair").replace("/help/{}", "/help/family")
            )
    return pages


def shape_of(path: str, *ids: str) -> str:
    """As the program lists it."""
    for id in ids:
        path = path.replace(id, "{}")
    return re.sub(r"\?.*", "", path)


def has_no_words(text: str) -> bool:
    """An id, an address of e-mail, a file's format, a day of the calendar."""
    return bool(re.fullmatch(r"[0-9a-f-]{36}|[\w.]*@\w+|\W*", text)) or any(day in text for day in DAYS)


async def test_every_word_of_every_page_comes_from_a_catalogue(office: Server) -> None:
    chair = await speaking(office, "chair", "Ρουθ")
    chair.sign_in_name = "Ωμ@ω"
    said = details(**GREEK)
    answer = await chair.posts("/api/conferences", area="england", **said)
    conference = str(answer.json()["to"]).split("/")[2]
    for type, fields in (
        ("seat_person", {"name": "Ωλίβια", "role": "parent", "relationship": "Ωλ"}),
        ("seat_person", {"name": "Ωσκαρ", "role": "social_worker", "relationship": "Ωσ"}),
        ("seat_person", {"name": "Ωρέλια", "role": "family_network", "relationship": "Ωρ"}),
    ):
        assert "to" in (await chair.posts(f"/api/conferences/{conference}/prepare", type=type, **fields)).json()
    form = (await chair.browser.get(f"/home/{conference}/change")).text
    people = re.findall(r'name="person_id" value="([0-9a-f-]{36})"', form)
    for person in dict.fromkeys(people):
        needs = {"needs": ["interpreter", "breaks"], "text": "Ω", "language": "cy"}
        noted = await chair.posts(
            f"/api/conferences/{conference}/prepare", type="note_needs", person_id=person, **needs
        )
        assert "to" in noted.json(), noted.text
        report = {"from_person": person, "what": "Ωμ", "shared_on": said["held_on"], "shared_at": "09:00"}
        await chair.posts(f"/api/conferences/{conference}/reports", **report)
    form = (await chair.browser.get(f"/home/{conference}/change")).text
    assert form.count('<option value="cy" lang="cy" selected>Cymraeg</option>') == len(dict.fromkeys(people))
    home = (f"/home/{conference}", f"/home/{conference}/change", "/home", "/home/new", "/ways", "/confirm")
    assert await outside(chair, *FOR_ANYBODY, *home) == {}
    assert (await chair.posts(f"/home/{conference}/open")).status_code == 200
    seats = [f"/c/{conference}{page}" for page in ("", "/record", "/door", "/back", "/beside", "/houses")]
    assert await outside(chair, *seats, "/seen/chair") == {}
    practice = str((await chair.browser.post("/home/practise")).json()["to"])
    assert await outside(chair, practice, "/home") == {}
    others: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("administrator", "Αλέξης", ("/people", "/ways")),
        ("information_governance", "Ίρις", ("/audit?check=yes", "/audit?since=x")),
    )
    looked_at = {*FOR_ANYBODY, *home, *seats, "/seen/chair", *(path for *_, paths in others for path in paths)}
    assert every_page() <= {shape_of(path, conference) for path in looked_at}
    for role, name, paths in others:
        left = await outside(await speaking(office, role, name), *paths)
        codes = re.compile(r"[a-z_]+( \w+)?")  # of acts, as the audit keeps them
        assert not [
            part for path, parts in left.items() for part in parts if "/audit" not in path or not codes.fullmatch(part)
        ]


async def test_a_person_without_script_changes_the_language_and_stands_where_they_stood(office: Server) -> None:
    """Browsers say no more of where such a form came from than that it was our own page."""
    form = {"Origin": "null", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    async with office.client(**form) as browser:
        english = await browser.get("/in")
        assert '<html lang="en-GB" dir="ltr"' in english.text
        assert '<button name="language" value="cy" lang="cy" dir="ltr">Cymraeg</button>' in english.text
        there = await browser.post("/language", content="language=cy&back=%2Fin", follow_redirects=True)
        assert str(there.url).endswith("/in")
        assert '<html lang="cy" dir="ltr"' in there.text
        assert (await browser.post("/language", content="language=fr&back=%2Fin")).status_code == 422
        elsewhere = await browser.post("/language", content="language=en&back=https%3A%2F%2Felsewhere.example")
        assert elsewhere.headers["location"] == "/"


async def test_another_site_changes_nobodys_language(office: Server) -> None:
    for headers in ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}, {}):
        async with office.client(**headers) as browser:
            answer = await browser.post("/language", content="language=cy&back=%2F")
            assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


async def test_a_refusal_is_said_in_the_language_of_whoever_asked(office: Server) -> None:
    chair = await speaking(office, "chair", "Νόρα")
    answer = await chair.posts("/api/conferences", area="england", **details(**GREEK))
    conference = str(answer.json()["to"]).split("/")[2]
    for number in range(2):
        refused = await chair.posts(
            f"/api/conferences/{conference}/prepare", type="seat_person", name=f"Ω{number}", role="observer"
        )
    assert refused.status_code == 409
    assert refused.json()["sentence"].startswith("⟦Åt")
    assert "1" in refused.json()["sentence"]
