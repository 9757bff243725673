"""Somebody at the door chooses their language, and loses neither the way in nor what stands on the page."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import BrowserContext, expect

from tests.cast import DANA
from tests.languages.pseudo import pseudo, write_pseudo
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving

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
