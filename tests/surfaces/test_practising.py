"""A chair practises for the first time: five steps that are done only when she really does them, and help beside it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Locator, expect

from tests.pages.office import Worker, worker
from tests.realtime.server import Server
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.chair import decision_about, goes_to_card, moves_the_room_to, writes
from tests.surfaces.seat import Seat
from tools.words import read

NewContext = Callable[..., Awaitable[BrowserContext]]
ABROAD = ("pl", "ar")


@pytest.fixture
async def ruth(server: Server, new_context: NewContext) -> Seat:
    """Signed in, at her own page."""
    chair: Worker = await worker(server, "chair", "Ruth")
    context = await new_context(viewport={"width": 1366, "height": 768})
    await context.add_cookies([{"name": "kinboard_staff", "value": chair.token or "", "url": server.base_url}])
    seat = await Seat.at(context, server.base_url)
    await seat.page.goto(f"{server.base_url}/home")
    return seat


async def presses(seat: Seat, name: str) -> None:
    """By the keyboard alone."""
    await seat.tabs_to(seat.button(name, exact=True))
    await seat.page.keyboard.press("Enter")


async def box(of: Locator) -> dict[str, float]:
    found: Any = await of.bounding_box()
    return dict(found)


async def speaks(seat: Seat, language: str) -> None:
    """Chosen on the board; the steps above it follow."""
    await seat.page.keyboard.press("?")
    await seat.page.locator(".tongue select").select_option(language)
    await expect(seat.page.locator("html")).to_have_attribute("lang", language)
    said = read(language).get("Leave the steps") if language in ABROAD else None
    await expect(seat.page.locator("[data-leave]")).to_have_text(str(said.string if said else "Leave the steps"))
    await seat.page.keyboard.press("Escape")
    await expect(seat.page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("languages", [(), pytest.param(ABROAD, marks=pytest.mark.soak)], ids=["en", "pl, ar"])
async def test_five_steps_lead_through_a_practice_and_never_stand_in_the_way(
    ruth: Seat, languages: tuple[str, ...]
) -> None:
    page, keyboard = ruth.page, ruth.page.keyboard
    await page.emulate_media(reduced_motion="reduce")  # or axe would meet colours half way from one theme to the other
    await presses(ruth, "Practise first")
    await page.wait_for_url("**/home/*")
    await ruth.sees("PRACTICE. Everyone in it is made up.")
    await require_no_barrier(page)
    await presses(ruth, "Open the room")
    await ruth.has_the_board()
    steps = page.get_by_role("complementary", name="Five steps to practise")
    told = steps.locator("[data-step]").filter(visible=True)
    done = told.locator("strong").filter(visible=True)

    async def is_at(number: int, title: str) -> None:
        await expect(told).to_contain_text(f"Step {number} of 5: {title}.")
        await expect(done).to_have_count(0)
        await require_no_barrier(page)
        for language in languages:
            await speaks(ruth, language)
            await require_no_barrier(page)
        if languages:
            await speaks(ruth, "en-GB")
            await expect(told).to_contain_text(f"Step {number} of 5: {title}.")

    await is_at(1, "Add a point")
    above, board = await box(steps), await box(page.locator(".chair"))
    assert above["y"] + above["height"] <= board["y"] + 1
    assert board["y"] + board["height"] <= 768 + 1
    await writes(ruth, "1", "He was late again.")
    await expect(done).to_have_text("Done. The point is on the board.")

    await presses(ruth, "Next step")
    await is_at(2, "Move it and light it")
    await goes_to_card(ruth, "He was late again.")
    await keyboard.press("s")
    await expect(page.locator(".card.lit")).to_be_visible()
    await expect(done).to_have_count(0)  # lit, and not moved yet
    await keyboard.press("Shift+ArrowRight")
    await expect(done).to_have_text("Done. All screens show what you are talking about.")

    await presses(ruth, "Next step")
    await is_at(3, "Ask for numbers")
    await page.reload()  # this browser remembers
    await ruth.has_the_board()
    await is_at(3, "Ask for numbers")
    await presses(ruth, "Let them answer")
    await ruth.sees("Ask the question first. Then they can answer.")
    await keyboard.press("0")
    await ruth.button("Ask the question").click()
    await ruth.sees("0 of 10 are in")
    await presses(ruth, "Let them answer")
    await expect(done).to_have_text("Done. Press R when you want to show them all.")
    await ruth.sees("10 of 10 are in")

    await presses(ruth, "Next step")
    await is_at(4, "Keep the room calm")
    await keyboard.press("p")
    await expect(done).to_have_text("Done. Each screen says so.")

    await presses(ruth, "Next step")
    await is_at(5, "Decide and read back")
    await expect(steps.get_by_role("button", name="Next step")).to_have_count(0)
    await moves_the_room_to(ruth, "Decision")
    await reads_back(ruth, "Tansy")
    await expect(done).to_have_text("Done. That was all. Practise on for as long as you like.")
    await keyboard.press("Escape")

    await presses(ruth, "Leave the steps")
    await expect(ruth.button("Show the five steps")).to_be_focused()
    await expect(told).to_have_count(0)
    await keyboard.press("Enter")
    await expect(told).to_contain_text("Step 5 of 5")
    await page.set_viewport_size({"width": 720, "height": 900})
    await ruth.needs_no_sideways_scrolling()
    assert not ruth.troubles


async def reads_back(chair: Seat, child: str) -> None:
    form = decision_about(chair, child)
    await form.get_by_role("radio").last.check()
    for field in await form.get_by_role("textbox").all():
        await field.fill("They are safe enough at home.")
    await form.get_by_role("button", name="Read back, then record").click()
    await expect(chair.page.get_by_role("dialog", name=f"Read back: {child}")).to_be_visible()


async def test_anybody_finds_help_and_what_they_look_for_stays_with_them(
    server: Server, new_context: NewContext
) -> None:
    seat = await Seat.at(await new_context(), server.base_url)
    page, asked = seat.page, []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{server.base_url}/help")
    await page.get_by_label("Find in the help").fill("tablet reads")
    await seat.sees("1 place found")
    await require_no_barrier(page)
    await page.get_by_label("Find in the help").press("Enter")
    assert page.url == f"{server.base_url}/help"
    assert not [url for url in asked if "tablet" in url or "?" in url]
    await page.get_by_role("link", name="For families: Hard words").click()
    await expect(page.get_by_role("heading", name="Hard words")).to_be_in_viewport()
    await page.goto(f"{server.base_url}/help/everything")
    await require_no_barrier(page)
    pictures = page.get_by_role("img")
    assert await pictures.count() == 7
    for picture in await pictures.all():
        await picture.scroll_into_view_if_needed()
        assert await picture.get_attribute("alt")
        await picture.evaluate("one => one.decode()")  # it is there
    await page.set_viewport_size({"width": 320, "height": 640})
    await seat.needs_no_sideways_scrolling()
    assert await seat.context.cookies() == []
    assert not seat.troubles


async def test_without_script_all_of_the_help_can_be_read(server: Server, new_context: NewContext) -> None:
    seat = await Seat.at(await new_context(java_script_enabled=False), server.base_url)
    await seat.page.goto(f"{server.base_url}/help")
    await expect(seat.page.get_by_label("Find in the help")).to_be_hidden()
    await seat.page.get_by_role("link", name="Who sees what").click()
    await seat.sees("A call for help reaches the chair and nobody else.")
