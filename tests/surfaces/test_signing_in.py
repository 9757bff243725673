"""Staff sign in on the real pages: with a password and an app, with the council's account, with a second passkey."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import time
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect
from sqlalchemy import update

from app.access.accounts import StaffRole, add_account, issue_account_link
from app.access.codes_by_time import code_at
from app.models import StaffSessionRow
from app.models.instant import instant_text
from tests.pages.office import PASSWORD, QUICK, bytes_of
from tests.pages.test_council_account import CLIENT, Provider, provider
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.seat import PATIENCE, Seat
from tests.surfaces.test_office import presses, types, with_authenticator

assert provider  # a fixture: the council's provider, in a process of its own


@pytest.fixture
async def office(
    front_end: None, provider: Provider, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    settings = {
        "KINBOARD_SIGN_IN": "passkey,password,oidc",
        "KINBOARD_OIDC_ISSUER": provider.issuer,
        "KINBOARD_OIDC_CLIENT_ID": CLIENT,
        "KINBOARD_OIDC_CLIENT_SECRET": "known to both",
    }
    folder = tmp_path_factory.mktemp("signing-in")
    async with serving(folder, "--host", "localhost", *QUICK, settings=settings, nursery=nursery) as server:
        yield server


async def link_for(office: Server, name: str, role: StaffRole) -> str:
    assert office.database
    now = datetime.now(UTC)
    account = await add_account(office.database, name, f"{name.lower()}@example.org", role, now)
    assert account
    secret = await issue_account_link(office.database, account, now, now + timedelta(hours=1))
    return f"{office.base_url}/begin#{secret}"


async def signs_out(seat: Seat) -> None:
    await presses(seat, "Sign out")
    await seat.page.wait_for_url("**/sign-in")


async def test_with_a_password_and_an_app_then_with_a_passkey_that_was_added_and_removed(
    office: Server, new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    chair = await Seat.at(await new_context(), office.base_url)
    page = chair.page
    chair.forgive("401")  # what a browser says by itself when somebody is not let in
    await with_authenticator(chair.context, page)
    await page.goto(await link_for(office, "Ruth", "chair"))
    await types(chair, "Password", PASSWORD)
    await presses(chair, "Use a password")
    app = await page.get_by_role("link", name="Open the app on this device").get_attribute("href")
    secret = bytes_of(parse_qs(urlsplit(app or "").query)["secret"][0])
    await require_no_barrier(page)
    step = int(time()) // 30  # one before is still taken, for half a minute at most
    await types(chair, "Code from the app", code_at(secret, step - 1))
    await presses(chair, "Use a password")
    await expect(page.locator("#codes li")).to_have_count(8)
    await presses(chair, "I have kept them")
    await page.wait_for_url("**/home")
    await signs_out(chair)

    await types(chair, "Sign-in name", "ruth@example.org")
    await types(chair, "Password", PASSWORD)
    await types(chair, "Code from your app", "000000")
    await presses(chair, "Sign in")
    await chair.sees("That did not work. Check what you gave, or try another way.")
    assert await page.get_by_label("Password", exact=True).input_value() == PASSWORD  # nothing typed is lost
    await types(chair, "Code from your app", code_at(secret, int(time()) // 30))
    await presses(chair, "Sign in")
    await page.wait_for_url("**/home")

    await chair.tabs_to(page.get_by_role("link", name="How you sign in"))
    await page.keyboard.press("Enter")
    await chair.sees("You have none.")
    await presses(chair, "Add a passkey")
    await chair.sees("Made on")
    await require_no_barrier(page)
    await page.goto(f"{office.base_url}/home")
    await signs_out(chair)
    await presses(chair, "Sign in with a passkey")
    await page.wait_for_url("**/home")
    await page.goto(f"{office.base_url}/ways")
    await chair.sees("last used on")
    await presses(chair, "Remove this passkey 1")
    await chair.sees("You have none.")
    assert not chair.troubles


async def at_the_provider(page: Page, subject: str) -> None:
    await page.get_by_placeholder("sub").fill(subject)
    await page.get_by_role("button", name="Authorize", exact=True).click()


async def test_with_the_councils_account_and_shown_again_in_a_window_of_its_own(
    office: Server, provider: Provider, new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    context = await new_context()
    await context.route("https://cdn.**", lambda route: route.abort())  # the provider's pages do not wait for a network
    reader = await Seat.at(context, office.base_url)
    page = reader.page
    await page.goto(await link_for(office, "Ines", "information_governance"))
    await presses(reader, "Use my council account")
    await at_the_provider(page, "ines-at-the-council")
    await page.wait_for_url("**/audit")
    await signs_out(reader)
    await reader.tabs_to(page.get_by_role("link", name="Sign in with your council account"))
    await page.keyboard.press("Enter")
    await at_the_provider(page, "ines-at-the-council")
    await page.wait_for_url("**/audit")

    assert office.database
    long_ago = update(StaffSessionRow).values(confirmed_at=instant_text(datetime.now(UTC) - timedelta(hours=1)))
    await office.database.write(lambda connection: connection.execute(long_ago).rowcount)
    inside, is_her = page.frame_locator("dialog.sure iframe"), asyncio.Event()

    async def asks_late(route: Route) -> None:
        """A busy laptop: how it stood is asked only once the other window is done."""
        await is_her.wait()
        await route.continue_()

    opened = asyncio.Event()

    async def comes_late(route: Route) -> None:
        """And the link was pressed before the small page's script was there."""
        await opened.wait()
        await route.continue_()

    await page.route("**/api/confirm", asks_late)
    await page.route("**/assets/confirm-*.js", comes_late)
    await reader.button("Export as data (JSON)").press("Enter")
    async with reader.context.expect_page() as opening:
        await inside.get_by_role("link", name="Use your council account").press("Enter")
    window = await opening.value
    opened.set()
    await provider.says("ines-at-the-council", auth_time=int(time()))
    async with page.expect_download(timeout=3 * PATIENCE) as coming:  # after three pages of the provider
        await at_the_provider(window, "ines-at-the-council")
        await expect(window.get_by_role("heading", name="It is you")).to_be_visible()
        is_her.set()
    lines = json.loads((await (await coming.value).path()).read_text())
    assert "confirmed" in [line["what"] for line in lines]
    elsewhere = (f"request to another origin: {provider.issuer}", "request to another origin: https://cdn.")
    reader.forgive(*elsewhere, "403", "404", "net::ERR_")  # the provider's own pages, and what they would load
    assert not reader.troubles
