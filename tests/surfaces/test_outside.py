"""The part without the family, and the chair's seat, on real laptops, a tablet and the wall."""

from playwright.async_api import expect

from tests.surfaces import chair
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, GRACE, HESTER, SCREEN
from tests.surfaces.seat import Seat

SAID = "The dentist saw a bruise behind his ear."
STAYS = "The police will ask the neighbour tonight."
WHY = "The services need to check something among themselves."


async def finds(seat: Seat, words: str) -> None:
    """By the keys alone: find it, and do it."""
    await seat.page.keyboard.press("/")
    await seat.page.keyboard.type(words)
    await seat.page.keyboard.press("Enter")


async def test_what_is_said_without_the_family_crosses_only_by_name(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, grace, wall, dana = [await meeting.sits_down(whom) for whom in (HESTER, GRACE, SCREEN, DANA)]
    keyboard = hester.page.keyboard
    await finds(hester, "without the family")
    dialog = hester.page.get_by_role("dialog", name="Without the family")
    await hester.tabs_to(dialog.get_by_role("radio").first)
    await keyboard.press("ArrowDown")
    await expect(dialog.get_by_role("radio", name=WHY)).to_be_checked()
    await hester.tabs_to(dialog.get_by_role("button", name="Begin without the family"))
    await keyboard.press("Enter")
    for seat in (wall, dana):
        await seat.sees("Some people are talking on their own for a while")
        await seat.sees(WHY)
        assert set(seat.shared) == {"conference", "without_family", "unnamed"}
    await dana.button("I need a break").tap()
    await dana.sees("The chair knows you need a break")  # by role, as everybody is meanwhile

    await grace.sees("What is written now stays with those who work here.")
    await chair.writes(hester, "1", SAID)
    await chair.writes(hester, "1", STAYS)
    await expect(grace.card(SAID)).to_have_count(1)
    for seat in (wall, dana):
        await seat.knows_nothing_of(SAID)

    await hester.tabs_to(hester.button("Bring the family back"))
    await keyboard.press("Enter")
    await dana.does_not_see("Some people are talking on their own for a while")
    await dana.knows_nothing_of(SAID)
    await finds(hester, "without the family")
    point = dialog.get_by_role("listitem").filter(has_text=SAID)
    await hester.tabs_to(point.get_by_role("button", name="Release…"))
    await keyboard.press("Enter")
    await expect(point).to_contain_text("These will read it:")
    await expect(point).to_contain_text("Dana")
    await hester.tabs_to(point.get_by_role("button", name="Let all of them read it"))
    await keyboard.press("Enter")
    await expect(dana.card(SAID)).to_have_count(1)
    await expect(wall.card(SAID)).to_have_count(1)
    for seat in (wall, dana):
        await seat.knows_nothing_of(STAYS)


async def test_the_deputy_is_told_and_has_to_type_it_and_to_wait(meeting_at_moment: MeetingAt) -> None:
    """She has to be away for a minute, which the server counts; `tests/realtime/test_chair.py` waits for it."""
    meeting = await meeting_at_moment("mapping")
    hester, grace = [await meeting.sits_down(whom) for whom in (HESTER, GRACE)]
    await hester.button("Grace").click()
    await hester.page.get_by_role("menuitem", name="Name Grace deputy").click()
    await hester.sees("Name Grace deputy")
    await hester.page.goto("about:blank")
    await grace.sees("’s screen is gone.")
    take = grace.button("Take the chair")
    await expect(take).to_be_disabled()
    await grace.tabs_to(grace.page.get_by_label("Type “take the chair”"))
    await grace.page.keyboard.type("take the chair")
    await grace.page.keyboard.press("Enter")
    await grace.sees("The chair was here less than a minute ago. Wait a little.")


async def test_the_chair_is_handed_over_and_both_laptops_follow(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, grace = [await meeting.sits_down(whom) for whom in (HESTER, GRACE)]
    await hester.button("Grace").click()
    await hester.page.get_by_role("menuitem", name="Hand the chair to Grace").click()
    await hester.button("Hand over the chair").click()
    await expect(grace.page.locator(".chair")).to_be_visible()
    await hester.sees("Grace is in the chair since")
    await hester.sees("You handed it over.")
