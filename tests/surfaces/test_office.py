"""The office in a real browser: an administrator's first start, a chair's passkey, a conference prepared and opened."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, expect
from sqlalchemy import update

from app.models import SessionRow
from app.models.instant import instant_text
from tests.pages.office import QUICK, first_link
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.hands import Keys
from tests.surfaces.seat import Seat

TODAY = datetime.now(UTC).date()


@pytest.fixture
async def office(front_end: None, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """Under a name, for browsers make no passkey for a number."""
    folder = tmp_path_factory.mktemp("office")
    async with serving(folder, "--host", "localhost", *QUICK, nursery=nursery) as server:
        yield server


async def with_authenticator(context: BrowserContext, page: Page) -> None:
    """A device that keeps passkeys, and a person who always says yes to it."""
    devtools = await context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


async def types(seat: Seat, label: str, words: str) -> None:
    """By the keyboard alone: to the field with Tab, then the words."""
    field = seat.page.get_by_label(label, exact=True).filter(visible=True).first
    await seat.tabs_to(field)
    await seat.page.keyboard.press("Control+A")
    await seat.page.keyboard.type(words)


async def presses(seat: Seat, name: str) -> None:
    await seat.tabs_to(seat.button(name, exact=True).filter(visible=True).first)
    await seat.page.keyboard.press("Enter")


async def test_from_the_first_start_to_a_conference_that_is_opened(
    office: Server, new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    """No code is copied by hand by anybody, and the chair touches no mouse."""
    administrator = await Seat.at(await new_context(), office.base_url)
    page = administrator.page
    await with_authenticator(administrator.context, page)
    await page.goto(f"{office.base_url}/begin#{await first_link(office)}")
    await expect(page.get_by_text("You are the first administrator")).to_be_visible()
    assert "#" not in page.url
    await require_no_barrier(page)
    await types(administrator, "Your name", "Ada Brook")
    await types(administrator, "Sign-in name", "ada@example.org")
    await presses(administrator, "Make a passkey")
    await page.wait_for_url("**/people")
    await require_no_barrier(page)
    await types(administrator, "Name", "Ruth Adeyemi")
    await types(administrator, "Sign-in name", "ruth@example.org")
    await presses(administrator, "Make their link")
    link = await page.locator(".link:visible input").first.input_value()
    await expect(page.locator("#there summary").filter(has_text="Ruth Adeyemi")).to_be_visible()  # without a reload

    chair = await Seat.at(await new_context(), office.base_url)
    await with_authenticator(chair.context, chair.page)
    await chair.page.goto(link)
    await expect(chair.page.get_by_text("Hello, Ruth Adeyemi")).to_be_visible()
    await presses(chair, "Make a passkey")
    await chair.page.wait_for_url("**/home")
    await presses(chair, "Sign out")
    await chair.page.wait_for_url("**/sign-in")
    await require_no_barrier(chair.page)
    await presses(chair, "Sign in with a passkey")
    await chair.page.wait_for_url("**/home")
    chair.forgive("422")  # what a browser says by itself when a form is answered no
    await prepares(chair)
    await presses(chair, "Open the room")
    await chair.has_the_board()
    await chair.sees("Whitlow family")

    await she_shows_again_that_it_is_her(office, chair)
    await administrator_finds_nothing(administrator, chair.page.url)
    await somebody_reads_who_did_what(administrator, await Seat.at(await new_context(), office.base_url))
    assert not administrator.troubles
    assert not chair.troubles


async def she_shows_again_that_it_is_her(office: Server, chair: Seat) -> None:
    """In place and by the keyboard alone; if she would rather not, nothing is lost, and the next press asks again."""
    assert office.database
    long_ago = update(SessionRow).values(confirmed_at=instant_text(datetime.now(UTC) - timedelta(hours=1)))
    await office.database.write(lambda connection: connection.execute(long_ago).rowcount)
    page = chair.page
    await page.reload()
    await chair.has_the_board()
    await page.keyboard.press("l")
    await page.get_by_label("How Helen Marsh is here").select_option("in_room")  # who is not here cannot chair
    await chair.sees("Helen: ")
    await page.keyboard.press("Escape")
    await chair.tabs_to(chair.button("Helen Marsh, Social worker"))
    await page.keyboard.press("Enter")
    await page.get_by_role("menuitem", name="Hand the chair to Helen").press("Enter")
    await chair.button("Hand over the chair").press("Enter")
    dialog, inside = page.locator("dialog.sure"), page.frame_locator("dialog.sure iframe")
    await expect(inside.get_by_role("heading", name="Show that it is you")).to_be_visible()
    await expect(inside.get_by_role("button", name="Use your passkey")).to_be_focused()
    await require_no_barrier(page)
    await inside.get_by_role("button", name="Use your passkey").press("Escape")
    await expect(dialog).to_have_count(0)
    await chair.sees("Show first that it is you, then press again.")
    await expect(chair.button("Hand over the chair")).to_be_focused()  # she goes on there
    await page.keyboard.press("Enter")
    await expect(inside.get_by_role("button", name="Use your passkey")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".page")).to_be_visible()  # she has the other seat now


async def somebody_reads_who_did_what(administrator: Seat, reader: Seat) -> None:
    await administrator.page.goto(f"{administrator.home}/people")
    await types(administrator, "Name", "Ines Marlow")
    await types(administrator, "Sign-in name", "ines@example.org")
    await administrator.page.get_by_label("Part", exact=True).first.select_option("information_governance")
    await presses(administrator, "Make their link")
    link = await administrator.page.locator(".link:visible input").first.input_value()
    page = reader.page
    await with_authenticator(reader.context, page)
    await page.goto(link)
    await presses(reader, "Make a passkey")
    await page.wait_for_url("**/audit")
    for words in ("Chair handed over", "Shown again that it is them", "Ruth Adeyemi"):
        await reader.sees(words)
    assert "Whitlow" not in await reader.says()
    await page.get_by_label("What", exact=True).select_option("handed_over")
    await presses(reader, "Check that no line was changed")
    await reader.sees("Every line is as it was written, and none is missing.")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await require_no_barrier(page)
    await reader.tabs_to(reader.button("Export as data (JSON)"))
    async with page.expect_download() as coming:
        await page.keyboard.press("Enter")
    lines = json.loads((await (await coming.value).path()).read_text())
    assert [line["what"] for line in lines] == ["handed_over"]
    assert not reader.troubles


async def prepares(chair: Seat) -> None:
    page = chair.page
    await chair.tabs_to(page.get_by_role("link", name="Set up a conference"))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/home/new")
    await require_no_barrier(page)
    hands = Keys(chair)
    await types(chair, "Family", "Whitlow family")
    await hands.dates(page.get_by_label("Day", exact=True), TODAY + timedelta(days=1))
    await hands.times(page.get_by_label("Start", exact=True), "10:00")
    await hands.chooses(page.get_by_label("What", exact=True), "strategy_discussion")
    await hands.dates(page.get_by_label("On which day"), TODAY - timedelta(days=10))
    await types(chair, "Name", "Isla")
    await types(chair, "Age", "9")
    await presses(chair, "Save and go on")
    await page.wait_for_url("**/change")
    await chair.sees("working days after the strategy discussion")
    await require_no_barrier(page)
    for name, part, service in (
        ("Dana Whitlow", "parent", "Family and friends"),
        ("Callum Reece", "parent", "Family and friends"),
        ("Helen Marsh", "social_worker", "Children’s social care"),
    ):
        add = page.locator("#people > details").last
        if await add.get_attribute("open") is None:
            await hands.presses(add.locator("summary"))
        await hands.writes(add.get_by_label("Name", exact=True), name)
        await hands.chooses(add.get_by_label("Part in the meeting"), part)
        await hands.picks(add.get_by_label("Service or group"), service)
        await hands.presses(add.get_by_role("button", name="Add this person"))
        await expect(page.locator("#people summary b").filter(has_text=name)).to_be_visible()
    await they_are_kept_apart(hands)
    await a_report_is_shared(hands)
    services = page.locator("#services > details").filter(has_text="social care").first
    await hands.presses(services.locator("summary"))
    await hands.writes(services.get_by_label("What they cannot share, and why"), "Where the aunt lives.")
    await hands.presses(services.get_by_role("button", name="Save what they said"))
    await expect(page.locator("#services summary").filter(has_text="Where the aunt lives.")).to_be_visible()
    await chair.tabs_to(page.get_by_role("link", name="How ready it is"))
    await page.keyboard.press("Enter")
    for words in ("In time", "Isla, 9", "Where the aunt lives.", "Callum Reece may not see Dana Whitlow’s part"):
        await chair.sees(words)
    await require_no_barrier(page)
    await chair.needs_no_sideways_scrolling()


async def they_are_kept_apart(hands: Keys) -> None:
    page = hands.page
    dana = page.locator("#people > details").filter(has=page.locator("summary b", has_text="Dana Whitlow"))
    await hands.presses(dana.locator("summary"))
    group = dana.get_by_role("group", name="May not see what is Dana Whitlow’s")
    await hands.presses(group.get_by_label("Callum Reece"))
    await hands.presses(dana.get_by_role("button", name="Save", exact=True))
    await expect(page.locator("#people > details[open]")).to_have_count(0)


async def a_report_is_shared(hands: Keys) -> None:
    page = hands.page
    ask = page.locator("#reports > details").last
    await hands.presses(ask.locator("summary"))
    await hands.writes(ask.get_by_label("Report", exact=True), "Social worker")
    await hands.picks(ask.get_by_label("From", exact=True), "Helen Marsh")
    await hands.dates(ask.get_by_label("Day"), TODAY - timedelta(days=3))
    await hands.presses(ask.get_by_role("button", name="Put it on the list"))
    await expect(ask.get_by_text("Please check this.")).to_be_visible()  # a day without a time, said beside it
    await hands.times(ask.get_by_label("Time"), "15:30")
    await hands.presses(ask.get_by_role("button", name="Put it on the list"))
    await expect(page.locator("#reports summary").filter(has_text="In time")).to_be_visible()


async def administrator_finds_nothing(administrator: Seat, board: str) -> None:
    """There is no way from people and settings to content."""
    administrator.forgive("404")
    conference = board.rsplit("/", 1)[1]
    for address in (f"/c/{conference}", f"/home/{conference}", f"/home/{conference}/change", "/home/new"):
        answer: Any = await administrator.page.goto(f"{administrator.home}{address}")
        assert answer.status == 404, address
        await administrator.does_not_see("Whitlow")
