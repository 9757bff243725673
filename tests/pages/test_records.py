"""Handing out records: the chair alone, a file for each, noted before it is given; and dates for everybody."""

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4
from zipfile import ZipFile

import httpx2
import pytest
from icalendar import Calendar

from app.board.conference import Person
from app.board.terms import Role
from app.records.issue import FORMATS_OF, Format
from app.records.recipient import DOCUMENTS_OF, DocumentCode
from tests import cast
from tests.cast import (
    CHAIR,
    DANA,
    NAMES,
    NURSE,
    OBSERVER,
    OUTSIDER,
    PEOPLE,
    PROJECTOR,
    ROBIN,
    ROLES,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)
from tests.pages.conftest import Typed
from tests.pages.test_starting import require_sentence
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving
from tests.realtime.test_bad_days import full_disk

HELD, RESTRICTED = "Canary-held", "Canary-restricted"
NAME = re.compile(r'attachment; filename="record-\d{4}-\d\d-\d\d-[0-9a-f]{4}\.(\w+)"')
KINDS = {"pdf": "application/pdf", "html": "text/html", "csv": "text/csv", "json": "application/json"}


async def browser_of(sitting: Sitting, person: str) -> httpx2.AsyncClient:
    return sitting.server.client(Cookie=await sitting.join(person), Origin=sitting.server.base_url)


async def ask(
    browser: httpx2.AsyncClient, sitting: Sitting, person: str, document: str, format: str, **more: Any
) -> httpx2.Response:
    wanted = {"person_id": person, "document": document, "format": format, **more}
    return await browser.post(f"/api/conferences/{sitting.id}/records", json=wanted)


def said(answer: httpx2.Response) -> tuple[int, bytes, dict[str, str]]:
    kept = {name: value for name, value in answer.headers.items() if name != "date"}
    return answer.status_code, answer.content, kept


def words_in(answer: httpx2.Response) -> bytes:
    if not answer.content.startswith(b"PK"):
        return answer.content
    with ZipFile(BytesIO(answer.content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


# ---- who may


@pytest.mark.parametrize("role", [role for role in get_args(Role) if role != "chair"])
async def test_nobody_but_the_chair_learns_that_there_is_anything(sitting: Sitting, role: str) -> None:
    """Whatever they ask for, they are answered like somebody who asks for another conference."""
    async with await browser_of(sitting, ROLES[role]) as browser:
        page = await browser.get(f"/c/{sitting.id}/record")
        elsewhere = await browser.get(f"/c/{uuid4()}/record")
        assert said(page) == said(elsewhere)
        assert page.status_code == 404
        nothing = await browser.post(
            f"/api/conferences/{uuid4()}/records",
            json={"person_id": DANA, "document": "outline_plan", "format": "pdf"},
        )
        assert (nothing.status_code, nothing.json()) == (404, {"code": "not_found"})
        for document in get_args(DocumentCode):
            for format in get_args(Format):
                for person in (ROLES[role], DANA):
                    answer = await ask(browser, sitting, person, document, format, child_id=ROBIN)
                    assert said(answer) == said(nothing)


async def test_without_a_seat_there_is_nothing(sitting: Sitting) -> None:
    async with sitting.server.client(Origin=sitting.server.base_url) as browser:
        assert (await browser.get(f"/c/{sitting.id}/record")).status_code == 404
        assert (await browser.get(f"/c/{sitting.id}/dates.ics")).status_code == 404
        assert (await ask(browser, sitting, DANA, "outline_plan", "pdf")).status_code == 404


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {}])
async def test_no_other_site_can_have_a_record_made(sitting: Sitting, headers: dict[str, str]) -> None:
    async with sitting.server.client(Cookie=await sitting.join(CHAIR), **headers) as browser:
        answer = await ask(browser, sitting, DANA, "outline_plan", "csv")
    assert (answer.status_code, answer.json()) == (403, {"code": "wrong_origin"})


@pytest.mark.parametrize(
    "wrong", [{"format": "exe"}, {"document": "everything"}, {"person_id": "../x"}, {"more": 1}, {"child_id": 5}]
)
async def test_what_is_asked_for_is_one_of_a_few_things(sitting: Sitting, wrong: dict[str, Any]) -> None:
    wanted = {"person_id": DANA, "document": "outline_plan", "format": "pdf", **wrong}
    async with await browser_of(sitting, CHAIR) as browser:
        answer = await browser.post(f"/api/conferences/{sitting.id}/records", json=wanted)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_a_stranger_cannot_fill_the_house_through_this_door(sitting: Sitting) -> None:
    """A body is read before anybody looks at who sends it."""
    wanted = json.dumps({"person_id": DANA, "document": "outline_plan", "format": "pdf"}).encode()
    headers = {"Origin": sitting.server.base_url, "Content-Type": "application/json"}
    async with sitting.server.client(**headers) as browser:
        path = f"/api/conferences/{sitting.id}/records"
        assert (await browser.post(path, content=wanted + b" " * 1000)).status_code == 404
        assert (await browser.post(path, content=wanted + b" " * 5000)).status_code == 413


async def test_one_meeting_that_asks_for_many_files_does_not_hold_up_another(server: Server) -> None:
    """Whoever comes second waits for the file that is being made, not for all that somebody has asked for."""
    busy, other = await server.sitting(), await server.sitting()
    made: list[str] = []

    async def make(browser: httpx2.AsyncClient, sitting: Sitting, whose: str) -> None:
        assert (await ask(browser, sitting, DANA, "outline_plan", "pdf")).status_code == 200
        made.append(whose)

    async with (
        await browser_of(busy, CHAIR) as many,
        await browser_of(other, CHAIR) as one,
        asyncio.TaskGroup() as asked,
    ):
        begun = [asked.create_task(make(many, busy, "busy")) for _ in range(5)]
        await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
        await make(one, other, "other")
    assert made.index("other") < 4


async def test_somebody_who_was_taken_out_has_a_copy_only_if_the_chair_lists_them(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    await chair.does("remove_person", person_id=DANA)
    async with await browser_of(sitting, CHAIR) as browser:
        assert DANA not in (await browser.get(f"/c/{sitting.id}/record")).text
        assert (await ask(browser, sitting, DANA, "outline_plan", "csv")).status_code == 404
        listed = {"person_id": DANA, "version": "family", "children": [], "how": "By post"}
        nothing = dict.fromkeys(("base_version", "lead_social_worker", "core_group_on", "review_on"))
        empty: dict[str, Any] = {"core_group": [], "tells": [], "told_how_to": []}
        await chair.does("write_closing", **nothing, **empty, recipients=[listed])
        assert (await ask(browser, sitting, DANA, "outline_plan", "csv")).status_code == 200


# ---- what the chair is given


@pytest.mark.parametrize("document", get_args(DocumentCode))
@pytest.mark.parametrize("format", get_args(Format))
async def test_the_chair_has_each_document_in_each_of_its_formats(
    sitting: Sitting, document: DocumentCode, format: Format
) -> None:
    """Nothing that would be kept by a browser or guessed at, under a name that is nobody's."""
    child = {"child_id": ROBIN} if document == "child_letter" else {}
    whom = DANA if document == "family_copy" else CHAIR
    async with await browser_of(sitting, CHAIR) as browser:
        answer = await ask(browser, sitting, whom, document, format, **child)
    if format not in FORMATS_OF[document]:
        assert (answer.status_code, answer.json()) == (404, {"code": "not_found"})
        return
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"].partition(";")[0] == KINDS.get(format, answer.headers["content-type"])
    found = NAME.fullmatch(answer.headers["content-disposition"])
    assert found
    assert found[1] == format


@pytest.mark.parametrize("person", [OBSERVER, PROJECTOR, OUTSIDER])
async def test_for_whom_there_is_no_record_none_is_made(sitting: Sitting, person: str) -> None:
    async with await browser_of(sitting, CHAIR) as browser:
        for document in get_args(DocumentCode):
            assert (await ask(browser, sitting, person, document, "html")).status_code == 404
        assert person not in (await browser.get(f"/c/{sitting.id}/record")).text


async def test_a_letter_is_for_a_child_of_this_conference(sitting: Sitting) -> None:
    async with await browser_of(sitting, CHAIR) as browser:
        for child in ({}, {"child_id": DANA}, {"child_id": str(uuid4())}):
            assert (await ask(browser, sitting, CHAIR, "child_letter", "html", **child)).status_code == 404
        assert (await ask(browser, sitting, CHAIR, "child_letter", "html", child_id=TANSY)).status_code == 200


async def test_the_log_has_what_was_made_before_it_is_handed_out(sitting: Sitting) -> None:
    chair = await sitting.open(CHAIR)
    async with await browser_of(sitting, CHAIR) as browser:
        answer = await ask(browser, sitting, DANA, "outline_plan", "csv")
    await chair.until(lambda: chair.shared.get("issued"))
    (issued,) = chair.shared["issued"]
    assert (issued["person_id"], issued["document"], issued["version"]) == (DANA, "outline_plan", "family")
    assert issued["sha256"] == hashlib.sha256(answer.content).hexdigest()


async def test_nobody_can_note_a_record_over_the_socket(sitting: Sitting) -> None:
    chair = await sitting.open(CHAIR)
    answer = await chair.send(
        "issue_record", person_id=DANA, document="full_record", version="full", sha256="0" * 64, fingerprint=""
    )
    assert answer["code"] == "invalid"


@pytest.fixture
async def own_server(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery) as server:
        yield server


@pytest.mark.about_the_file
async def test_what_cannot_be_noted_is_not_handed_out(own_server: Server) -> None:
    sitting = await own_server.sitting()
    async with await browser_of(sitting, CHAIR) as browser:
        assert (await ask(browser, sitting, DANA, "outline_plan", "csv")).status_code == 200
        with full_disk(own_server, also_for_logs=False):
            answer = await ask(browser, sitting, DANA, "outline_plan", "csv")
            for _ in range(40):  # what was left of the last block
                answer = await ask(browser, sitting, DANA, "outline_plan", "csv") if answer.is_success else answer
        assert (answer.status_code, answer.json()) == (503, {"code": "not_saved"})
        assert (await ask(browser, sitting, DANA, "outline_plan", "csv")).status_code == 200


# ---- what is in it


async def test_no_file_for_anybody_holds_what_they_may_not_know(sitting: Sitting) -> None:
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    await nurse.does("add_item", **point(HELD, family_knows=False))
    source = {"person_id": NURSE, "basis": "report"}
    restricted: dict[str, Any] = {
        "text": RESTRICTED,
        "reason": "Safe address.",
        "source": source,
        "visible_to": [SOCIAL_WORKER],
    }
    await chair.does("add_restricted", **restricted)
    await chair.settle()
    knows = {RESTRICTED: {CHAIR, SOCIAL_WORKER}, HELD: {CHAIR}}
    found: dict[str, set[str]] = {RESTRICTED: set(), HELD: set()}
    async with await browser_of(sitting, CHAIR) as browser:
        for person in [each for each in PEOPLE if each.role not in ("observer", "room_screen")]:
            for document in get_args(DocumentCode):
                for format in ("docx", "csv", "json", "html"):
                    file = words_in(await ask(browser, sitting, person.id, document, format, child_id=ROBIN))
                    for secret in (HELD, RESTRICTED):
                        if secret.encode() in file:
                            found[secret].add(person.id)
    assert found == knows


async def test_nothing_of_a_record_is_in_a_log_or_an_address(own_server: Server) -> None:
    sitting = await own_server.sitting(scale_question="Canary-question?")
    async with await browser_of(sitting, CHAIR) as browser:
        answers = [await ask(browser, sitting, DANA, "family_copy", format) for format in ("docx", "html", "csv")]
        page = await browser.get(f"/c/{sitting.id}/record")
    assert NAMES[DANA] in page.text
    for answer in (*answers, page):
        assert NAMES[DANA] not in str(answer.headers) + str(answer.url)
    assert NAMES[DANA] not in page.text.partition("<body")[0]
    logged = own_server.log.read_text()
    for word in ("Canary", NAMES[DANA], DANA):
        assert word not in logged


# ---- the page


async def test_the_page_has_a_row_for_everybody_with_their_documents(sitting: Sitting) -> None:
    async with await browser_of(sitting, CHAIR) as browser:
        page = await browser.get(f"/c/{sitting.id}/record")
    assert page.headers["cache-control"] == "no-store"
    rows = dict(re.findall(r'data-person="([^"]+)">(.*?)</details>', page.text, re.DOTALL))
    assert set(rows) == {each.id for each in PEOPLE if each.role not in ("observer", "room_screen")}
    documents = set(re.findall(r'data-document="(\w+)"', rows[DANA]))
    assert documents == set(DOCUMENTS_OF["family"])
    assert "The decision is not recorded for every child yet." in page.text
    assert "Nobody is listed to get a copy yet." in page.text
    assert "The letter to Tansy is not written yet." in page.text


async def test_whom_the_chair_listed_comes_first_and_gets_what_she_chose(sitting: Sitting) -> None:
    """One child's school gets that child's plan; everybody else stands below."""
    chair = await sitting.open(CHAIR)
    recipients: list[dict[str, Any]] = [
        {"person_id": DANA, "version": "family", "children": [], "how": "By hand"},
        {"person_id": TEACHER, "version": "plan_only", "children": [TANSY], "how": ""},
    ]
    nothing: dict[str, Any] = {
        "base_version": None,
        "lead_social_worker": None,
        "core_group": [],
        "core_group_on": None,
    }
    nothing |= {"review_on": "2027-01-08", "tells": [], "told_how_to": []}
    await chair.does("write_closing", **nothing, recipients=recipients)
    letter: dict[str, Any] = {"worried": "", "going_well": "You read well.", "will_happen": [], "if_worried": ""}
    await chair.does("write_letter", child_id=TANSY, base_version=None, **letter)
    async with await browser_of(sitting, CHAIR) as browser:
        page = (await browser.get(f"/c/{sitting.id}/record")).text
        assert (await ask(browser, sitting, TEACHER, "full_record", "html")).status_code == 404
        plan = await ask(browser, sitting, TEACHER, "outline_plan", "html")
        dates = await browser.get(f"/c/{sitting.id}/dates.ics")
    assert plan.status_code == 200
    listed = page[page.index("Who gets a copy") : page.index("Everybody else")]
    assert re.findall(r'data-person="([^"]+)"', listed) == [DANA, TEACHER]
    assert "By hand" in listed
    assert "Gets the plan only, about Tansy only." in listed
    assert "Nobody is listed" not in page
    assert "The letter to Tansy is not written yet." not in page
    assert "The letter to Robin is not written yet." in page
    assert b"DTSTART;VALUE=DATE:20270108" in dates.content


async def test_names_on_the_page_are_words_and_not_markup(server: Server) -> None:
    plain = cast.preparation()
    people = tuple(
        Person(**{**each.model_dump(), "name": f'<script>{each.name}</script>"', "relationship": "<b>'"})
        for each in plain.people
    )
    sitting = await server.sitting_of(plain.model_copy(update={"id": str(uuid4()), "people": people}))
    async with await browser_of(sitting, CHAIR) as browser:
        page = await browser.get(f"/c/{sitting.id}/record")
    assert f"&lt;script&gt;{NAMES[DANA]}&lt;/script&gt;" in page.text
    assert f"<script>{NAMES[DANA]}" not in page.text
    assert "<b>'" not in page.text


# ---- dates


@pytest.mark.parametrize("person", [CHAIR, TEACHER, DANA])
async def test_everybody_at_the_meeting_can_have_its_dates(sitting: Sitting, person: str) -> None:
    async with await browser_of(sitting, person) as browser:
        answer = await browser.get(f"/c/{sitting.id}/dates.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert 'filename="dates.ics"' in answer.headers["content-disposition"]
    assert Calendar.from_ical(answer.content).events
    for word in (*NAMES.values(), "Tansy", "Robin"):
        assert word.encode() not in answer.content


# ---- at the keyboard


async def test_somebody_at_the_keyboard_lists_the_recipients_and_has_a_file_made(
    tmp_path: Path, kinboard: Typed, sitting: Sitting
) -> None:
    """Beside the running server, whose screens hear of it."""
    data = ("--data", sitting.server.data)
    listed = await kinboard("record", sitting.id, *data, folder=tmp_path, **sitting.server.settings)
    assert listed.code == 0
    assert f"{DANA}  family" in listed.said
    assert OBSERVER not in listed.said
    wanted = ("--for", DANA, "--document", "outline_plan", "--format", "csv", "--out", "plan.csv")
    made = await kinboard("record", sitting.id, *wanted, *data, folder=tmp_path, **sitting.server.settings)
    assert (made.code, made.complained) == (0, "")
    assert (tmp_path / "plan.csv").stat().st_mode & 0o077 == 0
    chair = await sitting.open(CHAIR)
    await chair.does("set_phase", phase="welcome")
    (issued,) = chair.shared["issued"]
    assert issued["sha256"] == hashlib.sha256((tmp_path / "plan.csv").read_bytes()).hexdigest()


async def test_what_cannot_be_made_is_said_in_a_sentence(tmp_path: Path, kinboard: Typed, sitting: Sitting) -> None:
    data = ("--data", sitting.server.data)
    whole = {"--for": DANA, "--document": "outline_plan", "--format": "csv", "--out": "plan.csv"}

    async def refused(*parts: str, **changed: str | None) -> None:
        options = {**whole, **{f"--{name.rstrip('_')}": value for name, value in changed.items()}}
        given = [each for name, value in options.items() if value is not None for each in (name, value)]
        require_sentence(
            await kinboard("record", sitting.id, *given, *data, folder=tmp_path, **sitting.server.settings), *parts
        )
        assert not (tmp_path / "plan.csv").exists()

    await refused("--for", for_=None)
    await refused("--document", document="everything")
    await refused("--format", format="exe")
    await refused("no such document for this person", document="full_record")
    await refused("no such document for this person", for_=OBSERVER)
    (tmp_path / "there.csv").write_text("mine")
    await refused("there.csv", out="there.csv")
    assert (tmp_path / "there.csv").read_text() == "mine"
