"""The chair's page of records, and what is in a file that came from it."""

import asyncio
from io import BytesIO
from pathlib import Path

from docx import Document
from playwright.async_api import Locator, expect
from pypdf import PdfReader

from tests.surfaces.meeting import HESTER, Meeting
from tests.surfaces.seat import Seat


async def opens_records(meeting: Meeting, **options: object) -> Seat:
    chair = await meeting.sits_down(HESTER, **options)
    await turns_to_records(chair, meeting)
    return chair


async def turns_to_records(chair: Seat, meeting: Meeting) -> None:
    await chair.page.goto(f"{meeting.server.base_url}/c/{meeting.id}/record")
    await expect(chair.page.get_by_role("heading", name="Records")).to_be_visible()


def row(chair: Seat, meeting: Meeting, whom: str) -> Locator:
    return chair.page.locator(f"[data-person='{meeting.id_of(whom)}']")


def line(of: Locator, document: str) -> Locator:
    return of.locator(".paper").filter(has_text=document)


async def fetches(chair: Seat, meeting: Meeting, whom: str, document: str, format: str) -> bytes:
    """Presses the button of this file, and keeps what came of it."""
    copies = row(chair, meeting, whom)
    if await copies.locator("summary").count() and await copies.get_attribute("open") is None:
        await copies.locator("summary").click()
    paper = line(copies, document)
    async with chair.page.expect_download() as coming:
        await paper.get_by_role("button", name=format).click()
    file = await coming.value
    content = await asyncio.to_thread(Path(await file.path()).read_bytes)
    await expect(paper.get_by_role("status")).to_have_text("Made. It is with your downloads.")
    return content


def words_in(file: bytes) -> str:
    """Everything that can be read on its pages, with one space between words."""
    if file.startswith(b"%PDF"):
        lines = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]
    elif file.startswith(b"PK"):
        lines = list(_texts(file))
    else:
        lines = [file.decode()]
    return " ".join(" ".join(lines).split())


def _texts(file: bytes) -> list[str]:
    """Of a Word file: the body in its order, tables too, and what stands at the foot of each page."""
    document = Document(BytesIO(file))
    feet = [section.footer._element for section in document.sections]
    return ["".join(part.itertext()) for body in (document.element.body, *feet) for part in body]
