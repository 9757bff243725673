"""The chair looks back at the meeting, by keyboard alone, as each screen showed it."""

from playwright.async_api import expect

from tests.surfaces import chair
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import HESTER
from tests.surfaces.seat import Seat

WORDS = "Robin laughs when Callum carries him on his shoulders."


async def looks_back(hester: Seat) -> None:
    await hester.page.goto(f"{hester.page.url}/back")
    await expect(hester.page.frame_locator("iframe").locator(".room")).to_be_visible()


async def test_the_chair_steps_back_to_before_a_point_was_there(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    await chair.writes(hester, "2", WORDS)
    await hester.sees(WORDS)
    await looks_back(hester)
    wall = hester.page.frame_locator("iframe").locator(".room")
    await expect(wall).to_contain_text(WORDS)
    moment = hester.page.get_by_role("slider", name="Moment of the meeting")
    await moment.focus()
    await hester.page.keyboard.press("ArrowLeft")
    await expect(wall).not_to_contain_text(WORDS)
    await hester.page.keyboard.press("End")
    await expect(wall).to_contain_text(WORDS)
    await hester.page.get_by_role("button", name="Welcome").press("Enter")
    await expect(wall.locator("li[data-item]")).to_have_count(0)
    await require_no_barrier(hester.page)


async def test_the_chair_sees_what_a_parent_saw_and_what_happens_meanwhile(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, again = await meeting.sits_down(HESTER), await meeting.sits_down(HESTER)
    await looks_back(again)
    await again.page.get_by_label("As seen by").select_option(label="Dana Wrenfield")
    tablet = again.page.frame_locator("iframe").locator(".tablet")
    await expect(tablet).to_contain_text("Dana")
    await chair.writes(hester, "1", WORDS)
    await expect(tablet).to_contain_text(WORDS, timeout=15_000)
