"""A child draws and writes, an adult beside them; the chair looks; then all see it, for as long as the child agrees."""

import pytest
from playwright.async_api import expect

from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import BEA, DANA, HESTER, SCREEN
from tests.surfaces.seat import Seat

WORDS = "wen they shout i <b>count</b> to a hundred"
DESCRIBED = "Two people with big mouths. Tansy is small and in the corner."


async def draws(bea: Seat) -> None:
    """One line with a finger's width of corners, and one that is taken back."""
    sheet = await bea.page.get_by_role("img", name="A sheet to draw on").bounding_box()
    assert sheet
    mouse = bea.page.mouse
    for across in (0.2, 0.6):
        await mouse.move(sheet["x"] + sheet["width"] * across, sheet["y"] + sheet["height"] * 0.3)
        await mouse.down()
        await mouse.move(sheet["x"] + sheet["width"] * (across + 0.1), sheet["y"] + sheet["height"] * 0.8, steps=4)
        await mouse.up()
    strokes = bea.page.locator("section.sheet svg[role=img] path")
    await expect(strokes).to_have_count(2)
    await bea.button("Take back").tap()
    await expect(strokes).to_have_count(1)


@pytest.mark.timeout(120)
async def test_what_a_child_drew_and_wrote_is_seen_by_all_once_the_child_agreed_and_the_chair_looked(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, bea, dana, wall = [await meeting.sits_down(one) for one in (HESTER, BEA, DANA, SCREEN)]

    await bea.page.get_by_role("link", name="Draw and write with a child").tap()
    await bea.page.get_by_role("button", name="Worries").tap()
    await draws(bea)
    words = bea.page.get_by_label("Tansy’s words, exactly as said")
    await words.fill(WORDS)
    assert await words.get_attribute("spellcheck") == "false"
    agrees = bea.button("Tansy agrees that we show this here, and it is safe")
    await agrees.tap()
    await bea.sees("Say in words what the drawing shows")
    await bea.page.get_by_label("What does the drawing show?").fill(DESCRIBED)
    await bea.button("Keep it").tap()
    await bea.sees("Kept. Nobody else sees it yet.")
    await expect(hester.page.get_by_role("link", name="Children’s houses")).to_have_count(0)
    await agrees.tap()
    await bea.sees("Tansy agrees. Hester looks at it now. Nobody else sees it.")

    async with hester.page.expect_popup() as opened:
        await hester.page.get_by_role("link", name="Children’s houses: 1 to look at").click()
    looking = await opened.value
    await expect(looking.get_by_text(WORDS)).to_be_visible()
    await expect(looking.get_by_role("img", name=DESCRIBED)).to_be_visible()
    await looking.get_by_role("button", name="Let it be shown: Tansy, Worries").press("Enter")
    await dana.button("The children’s houses").tap()
    await dana.sees(WORDS)
    await expect(wall.page.get_by_text(WORDS)).to_have_count(0)  # only where the room is led to it
    await looking.get_by_role("button", name="We talk about this now: Tansy, Worries").press("Enter")
    await wall.sees(WORDS)
    path = await wall.page.get_by_role("img", name=DESCRIBED).locator("path").get_attribute("d")
    assert path
    assert path.startswith("M")

    await bea.button("Tansy takes it back").tap()
    for seat in (dana, wall):
        await expect(seat.page.get_by_text(WORDS)).to_have_count(0)
    assert await bea.page.evaluate("indexedDB.databases()") == []
    assert WORDS not in await bea.page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert not [trouble for seat in (hester, bea, dana, wall) for trouble in seat.troubles]
