"""The chair hands out records: at the end of the meeting, with the keys alone, and with nothing lost if it fails."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import cast, get_args

import pytest
from playwright.async_api import BrowserContext, Route, expect

from app.records.documents import make_document
from app.records.html import page_of
from app.records.recipient import DocumentCode, Recipient, Version
from app.script.demo import letter_steps
from app.script.play import play
from app.script.script import room_of
from tests.records.copies import FINGERPRINT, ISSUED, happened_in
from tests.script.worked import worked
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, NAOMI, TANSY
from tests.surfaces.papers import line, opens_records, row
from tests.surfaces.seat import Seat

TOO_SMALL_TO_PRESS = """() => [...document.querySelectorAll('a, button, summary')]
    .filter((one) => one.checkVisibility() && one.offsetHeight < 44)
    .map((one) => `${one.innerText}: ${one.offsetHeight}`)"""


async def test_from_the_end_of_the_meeting_with_the_keys_alone(meeting_at_moment: MeetingAt, tmp_path: Path) -> None:
    """The page opens beside the board, and a file is made without touching the mouse."""
    meeting = await meeting_at_moment("decision")
    hester = await meeting.sits_down(HESTER)
    await hester.page.get_by_label("Where we are").get_by_role("button").filter(has_text="Close").click()
    link = hester.page.get_by_role("link", name="Records")
    async with hester.context.expect_page() as opened:
        await hester.tabs_to(link)
        await hester.page.keyboard.press("Enter")
    page = await opened.value
    await expect(page).to_have_title("Kinboard")
    records = Seat(hester.context, page, hester.home)
    dana = row(records, meeting, DANA)
    await records.tabs_to(dana.locator("summary"))
    await page.keyboard.press("Enter")
    spreadsheet = dana.get_by_role("button", name=re.compile("^Spreadsheet of The plan, for Dana"))
    await records.tabs_to(spreadsheet)
    async with page.expect_download() as coming:
        await page.keyboard.press("Enter")
    file = await coming.value
    assert re.fullmatch(r"record-\d{4}-\d\d-\d\d-[0-9a-f]{4}\.csv", file.suggested_filename)
    await file.save_as(tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").read_text("utf-8-sig").startswith('"Part"')
    await expect(line(dana, "The plan").get_by_role("status")).to_have_text("Made. It is with your downloads.")
    await expect(spreadsheet).to_be_focused()
    await page.reload()
    await row(records, meeting, DANA).locator("summary").click()
    await records.sees("Last made at")


async def test_while_a_file_is_made_it_says_so_and_a_second_press_asks_for_nothing(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await opens_records(meeting)
    dana = row(hester, meeting, DANA)
    await dana.locator("summary").click()
    held: list[Route] = []
    await hester.page.route("**/records", lambda route: held.append(route))
    plan = line(dana, "The plan")
    pdf = plan.get_by_role("button", name="PDF")
    await pdf.click()
    await expect(plan.get_by_role("status")).to_have_text("Making it…")
    await expect(pdf).to_have_attribute("aria-disabled", "true")
    await expect(pdf).to_be_focused()
    await hester.page.keyboard.press("Enter")
    assert len(held) == 1
    async with hester.page.expect_download():
        await held[0].continue_()
    await expect(plan.get_by_role("status")).to_have_text("Made. It is with your downloads.")
    await expect(pdf).to_have_attribute("aria-disabled", "false")


async def test_what_fails_is_a_sentence_beside_the_button_and_can_be_pressed_again(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await opens_records(meeting)
    hester.forgive("status of 503", "ERR_INTERNET_DISCONNECTED")
    dana = row(hester, meeting, DANA)
    await dana.locator("summary").click()
    plan = line(dana, "The plan")
    pdf = plan.get_by_role("button", name="PDF")
    await hester.page.route("**/records", lambda route: route.fulfill(status=503, json={"code": "not_saved"}))
    await pdf.click()
    await expect(plan.get_by_role("status")).to_contain_text("nothing can be saved just now")
    await hester.page.unroute("**/records")
    await hester.context.set_offline(True)
    await pdf.click()
    await expect(plan.get_by_role("status")).to_contain_text("We can’t reach the meeting")
    await hester.context.set_offline(False)
    async with hester.page.expect_download():
        await pdf.click()
    await expect(plan.get_by_role("status")).to_have_text("Made. It is with your downloads.")


async def test_nobody_meets_a_barrier_on_the_page_of_records(meeting_at_moment: MeetingAt) -> None:
    """Each paper as it may stand: not made, made, and not to be had just now."""
    meeting = await meeting_at_moment("end")
    hester = await opens_records(meeting, reduced_motion="reduce")
    hester.forgive("status of 503")
    dana = row(hester, meeting, DANA)
    async with hester.page.expect_download():
        await line(dana, "The plan").get_by_role("button", name="Spreadsheet").click()
    await hester.sees("Papers are made for 1 of 9 people.")
    await hester.page.route("**/records", lambda route: route.fulfill(status=503, json={"code": "not_saved"}))
    await line(dana, "Family copy").get_by_role("button", name="PDF").click()
    await expect(dana.locator(".refused")).to_have_count(1)
    for width in (1340, 480, 320):
        await hester.page.set_viewport_size({"width": width, "height": 900})
        await require_no_barrier(hester.page)
        assert not await hester.page.evaluate(TOO_SMALL_TO_PRESS)
        await hester.needs_no_sideways_scrolling()


async def test_the_page_says_what_is_not_written_yet_and_leads_back_to_the_board(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await opens_records(meeting)
    await hester.sees("The decision is not recorded for every child yet. You can still print the board as it stands.")
    await hester.sees("The letter to Tansy is not written yet.")
    await hester.page.get_by_role("link", name="Write it on the board").click()
    await hester.has_the_board()


@pytest.mark.parametrize("code", get_args(DocumentCode))
async def test_nobody_meets_a_barrier_in_a_document_on_a_screen(
    new_context: Callable[..., Awaitable[BrowserContext]], code: DocumentCode
) -> None:
    """Each as its reader opens it: on a laptop, and on a telephone with everything four times as large."""
    first = worked("example-conference")
    board = play(first.steps + letter_steps(room_of(first.file, None))).board
    person, version = (NAOMI, "full") if code == "full_record" else (DANA, "family")
    recipient = Recipient(first.of(person), cast(Version, version))
    child = first.of(TANSY) if code == "child_letter" else None
    happened = happened_in(first.played.rows)
    page = await (await new_context(reduced_motion="reduce")).new_page()
    await page.set_content(page_of(make_document(code, board, recipient, ISSUED, FINGERPRINT, happened, child)))
    for width in (1340, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        await require_no_barrier(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
