"""The chair looks at what another screen shows: it is there as it is there, and nothing on it can be done."""

from playwright.async_api import expect

from tests.surfaces import chair
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, SCREEN

WORDS = "Robin laughs when Callum carries him on his shoulders."


async def test_the_chair_sees_the_tablet_as_it_is_now_and_touches_nothing_on_it(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, dana = [await meeting.sits_down(whom) for whom in (HESTER, DANA)]
    await dana.button("I’d like to say something").tap()
    await hester.button("Dana Wrenfield, Mum").click()
    await hester.page.get_by_role("menuitem", name="See what Dana sees").click()
    await expect(hester.page.get_by_role("dialog", name="What Dana’s tablet shows")).to_be_visible()
    tablet = hester.page.frame_locator("iframe")
    await expect(tablet.locator(".tablet")).to_contain_text("Dana")
    await expect(tablet.get_by_text("Hester knows you want to speak").first).to_be_visible()

    for _ in range(4):
        await hester.page.keyboard.press("Tab")
        assert not await hester.page.evaluate("document.activeElement.matches('iframe')")
    await hester.page.mouse.click(720, 450)
    assert await tablet.locator("body").evaluate("body => document.activeElement === body")
    await hester.page.get_by_role("dialog").get_by_role("button", name="Close").press("Escape")
    await expect(hester.page.locator("iframe")).to_have_count(0)


async def test_what_is_new_on_the_wall_is_new_where_the_chair_looks_at_it(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN)]
    await hester.page.keyboard.press("p")
    await hester.page.keyboard.press("/")
    await hester.page.keyboard.type("See the room screen")
    await hester.page.keyboard.press("Enter")
    seen = hester.page.frame_locator("iframe").locator(".room")
    await expect(seen.locator(".rest")).to_be_visible()
    await expect(seen.locator("li[data-item]")).to_have_count(0)
    await hester.page.keyboard.press("Escape")
    await hester.page.keyboard.press("p")
    await chair.writes(hester, "2", WORDS)
    await wall.sees(WORDS)
    await hester.page.keyboard.press("/")
    await hester.page.keyboard.type("See the room screen")
    await hester.page.keyboard.press("Enter")
    await expect(seen).to_contain_text(WORDS)
