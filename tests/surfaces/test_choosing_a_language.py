"""Somebody at the door chooses their language, and loses neither the way in nor what stands on the page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext, expect

from tests.cast import DANA
from tests.languages.pseudo import pseudo, write_pseudo
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA as PARENT

NewContext = Callable[..., Awaitable[BrowserContext]]


@pytest.fixture
async def bilingual(
    front_end: None, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """In the place of Welsh stands a language in which every message has brackets."""
    catalogues = write_pseudo(tmp_path_factory.mktemp("catalogues"))
    setting = ("--set", f"app.languages.catalogue:FOLDER={catalogues}")
    async with serving(tmp_path_factory.mktemp("bilingual"), *setting, nursery=nursery) as server:
        yield server


async def test_a_link_that_works_once_still_works_in_another_language(
    bilingual: Server, new_context: NewContext
) -> None:
    secret = await (await bilingual.sitting()).link(DANA)
    page = await (await new_context()).new_page()
    await page.goto(f"{bilingual.base_url}/j#{secret}")
    await expect(page.locator("html")).to_have_attribute("lang", "en-GB")
    await page.get_by_role("button", name="Cymraeg").click()
    await expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert secret not in page.url
    await page.get_by_role("button", name=pseudo("Join"), exact=True).click()
    await page.wait_for_url("**/c/*")
    await expect(page.locator("html")).to_have_attribute("lang", "cy")


async def test_without_script_a_language_can_be_chosen_too(bilingual: Server, new_context: NewContext) -> None:
    page = await (await new_context(java_script_enabled=False)).new_page()
    await page.goto(f"{bilingual.base_url}/in")
    await page.get_by_role("button", name="Cymraeg").click()
    await expect(page.locator("html")).to_have_attribute("lang", "cy")
    assert page.url == f"{bilingual.base_url}/in"
    await expect(page.get_by_role("button", name="Cymraeg")).to_have_attribute("aria-current", "true")


async def test_on_a_board_another_language_comes_at_once_and_what_is_typed_stays(meeting_at_moment: MeetingAt) -> None:
    dana = await (await meeting_at_moment("mapping")).sits_down(PARENT)
    page = dana.page
    await page.add_init_script(OFFERING_WELSH)
    await page.route("**/words.cy.json", lambda route: route.fulfill(json=WELSH))
    await page.route("**/language", lambda route: route.fulfill(status=204))
    await page.reload()
    await page.get_by_role("button", name="Write it instead").click()
    await page.get_by_role("textbox").fill("I was told on Friday.")
    await page.evaluate("window.stays = true")
    await page.get_by_label("Language").select_option(label="Cymraeg")
    await expect(page.locator("html")).to_have_attribute("lang", "cy")
    await expect(page.get_by_label("Language")).to_be_focused()
    await page.get_by_role("button", name=WELSH["Write it instead"]).click()
    await expect(page.get_by_role("textbox")).to_have_value("I was told on Friday.")
    assert await page.evaluate("window.stays")


WELSH: dict[str, Any] = {"": ["other"], "Write it instead": "Ysgrifennwch e yn lle hynny"}
OFFERING_WELSH = """
  new MutationObserver(() => (document.documentElement.dataset.words = '{"cy": "/static/words.cy.json"}'))
    .observe(document, { childList: true })
"""
