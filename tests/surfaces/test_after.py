"""What comes after the decision: what happens next, a letter to each child; and at a review the plan from last time."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.surfaces import chair, officer, tablet
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, GRACE, HESTER, NAOMI, ROWAN, SCREEN, Meeting
from tests.surfaces.seat import Seat

SAVED = "Saved. Everybody sees it, but not who gets which paper."
CHANGED = "changed this while you were typing."


async def at_the_close(hester: Seat) -> None:
    await chair.moves_the_room_to(hester, "Close")
    await expect(hester.page.get_by_role("heading", name="What happens next")).to_be_visible()


def day_of(hester: Seat, what: str) -> Locator:
    return hester.page.get_by_label(what)


async def types_the_day(hester: Seat, what: str, day: str) -> None:
    """Day, month and year, as a date field wants them."""
    await hester.tabs_to(day_of(hester, what))
    year, month, number = day.split("-")
    for part in (month, number, year):  # the browser of the tests speaks American
        await hester.page.keyboard.type(part)
    await expect(day_of(hester, what)).to_have_value(day)


async def chooses_with_keys(hester: Seat, place: Locator, letter: str, words: str) -> None:
    await hester.tabs_to(place)
    await hester.page.keyboard.type(letter)
    await expect(place.locator("option:checked")).to_contain_text(words)


async def opens(hester: Seat, words: str) -> None:
    await hester.tabs_to(chair.fold(hester, words))
    await hester.page.keyboard.press("Enter")


# ---- what happens next


@pytest.mark.timeout(180)
async def test_what_happens_next_is_written_with_the_keys_alone_and_is_on_the_four_surfaces(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("decision")
    hester, wall, rowan, dana = [await meeting.sits_down(one) for one in (HESTER, SCREEN, ROWAN, DANA)]
    await at_the_close(hester)
    page = hester.page
    await hester.sees("by Tue 8 July, 10 working days")
    await hester.sees("by Wed 24 September, 3 months")

    await chooses_with_keys(hester, page.get_by_label("Lead social worker"), "Naomi", "Naomi")
    await opens(hester, "Core group")
    group = page.get_by_role("group", name="Core group")
    for name in ("Dana", "Naomi"):
        await hester.tabs_to(group.get_by_label(name))
        await page.keyboard.press("Space")
    await types_the_day(hester, "The core group meets on", "2025-07-03")
    await types_the_day(hester, "The next review is on", "2025-09-16")
    await opens(hester, "Who tells Tansy")
    await hester.tabs_to(page.get_by_role("group", name="Who tells Tansy").get_by_label("Bea"))
    await page.keyboard.press("Space")
    await opens(hester, "We told the family how to")
    await hester.tabs_to(page.get_by_label("complain about how the meeting was run"))
    await page.keyboard.press("Space")
    await opens(hester, "Who gets which paper")
    await chooses_with_keys(hester, page.get_by_label("What Dana gets"), "Family", "Family’s version")
    await hester.tabs_to(page.get_by_label("How it gets to Dana"))
    await page.keyboard.type("To 4 Hidden Street, by hand")
    await page.keyboard.press("Tab")
    await hester.sees(SAVED)
    await expect(chair.fold(hester, "Core group")).to_have_text("Core group Dana and Naomi")
    await hester.sees("Not written yet: who tells Robin, the letter to Tansy and the letter to Robin.")

    for words in ("Lead social worker: Naomi", "Core group: Dana and Naomi", "Thursday 3 July", "Who tells Tansy: Bea"):
        await expect(wall.page.locator(".sheet")).to_contain_text(words)
    await wall.sees("complain about how the meeting was run")
    for words in ("Lead social worker", "Thursday 3 July", "Tuesday 16 September"):
        await rowan.sees(words)
    await dana.sees("The small group meets on Thursday 3 July.")
    await dana.sees("We all meet again on Tuesday 16 September.")
    await dana.sees("Bea tells Tansy what was decided.")
    for seat in (wall, rowan, dana):
        await seat.knows_nothing_of("Hidden Street")

    for seat, words in ((rowan, "Dates for your calendar"), (dana, "Put the days in a calendar")):
        async with seat.page.expect_download() as coming:
            await seat.page.get_by_role("link", name=words).click()
        assert "20250703" in (await (await coming.value).path()).read_text()


async def test_what_two_tabs_write_at_once_is_all_kept(meeting_at_moment: MeetingAt) -> None:
    """Different fields both stand; the same field is shown twice, until somebody chooses."""
    meeting = await meeting_at_moment("decision")
    one, other = await meeting.sits_down(HESTER), await meeting.sits_down(HESTER)
    await at_the_close(one)
    await day_of(one, "The core group meets on").fill("2025-07-03")
    await other.page.get_by_label("Lead social worker").select_option(meeting.id_of(NAOMI))
    await day_of(other, "The next review is on").focus()
    await other.sees(SAVED)
    await day_of(one, "The next review is on").focus()
    for seat in (one, other):
        await seat.sees(SAVED)
        await expect(day_of(seat, "The core group meets on")).to_have_value("2025-07-03")
        await expect(seat.page.get_by_label("Lead social worker")).to_have_value(meeting.id_of(NAOMI))

    await one.page.clock.install()  # no pause is long enough to save by itself
    await day_of(one, "The next review is on").fill("2025-09-16")
    await day_of(other, "The next review is on").fill("2025-09-18")
    await day_of(other, "The core group meets on").focus()
    await one.sees(CHANGED)
    await one.sees("Theirs: “Thu 18 September")
    await one.sees("Yours: “Tue 16 September")
    await one.button("Keep mine").click()
    await one.sees(SAVED)
    await expect(day_of(other, "The next review is on")).to_have_value("2025-09-16")


async def test_what_is_not_saved_yet_is_there_after_a_reload(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("decision")
    hester = await meeting.sits_down(HESTER)
    await at_the_close(hester)
    await hester.page.clock.install()
    await day_of(hester, "The core group meets on").fill("2025-06-01")
    await hester.sees("This day is before the meeting. It is not saved.")
    await hester.page.reload()
    await hester.sees("This day is before the meeting. It is not saved.")
    await expect(day_of(hester, "The core group meets on")).to_have_value("2025-06-01")
    await day_of(hester, "The core group meets on").fill("2025-07-03")
    await day_of(hester, "The next review is on").focus()
    await hester.sees(SAVED)


# ---- letters


async def test_a_letter_is_written_and_seen_as_the_child_will_read_it(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("decision")
    hester = await meeting.sits_down(HESTER)
    await at_the_close(hester)
    page = hester.page
    await hester.button("Write the letter to Tansy").press("Enter")
    await expect(page.get_by_label("What are we worried about?")).to_be_focused()
    await page.keyboard.type("There was a safeguarding worry at night.")
    await hester.sees("keeping safe")
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.type("It is loud at night.")
    await hester.tabs_to(page.get_by_label("What will happen now?"))
    await page.keyboard.type("Naomi comes to see you.")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Callum sleeps somewhere else.")
    paper = page.get_by_role("region", name="As Tansy will read it")
    await expect(paper).to_contain_text("On Tuesday lots of grown-ups met to talk about you and Robin.")
    await expect(paper).to_contain_text(
        "It is loud at night. That is not your fault, and it is not your job to fix it."
    )
    await expect(paper.get_by_role("listitem")).to_have_count(2)
    await require_no_barrier(hester.page)
    await page.keyboard.press("Escape")
    await expect(hester.button("Change the letter to Tansy")).to_be_visible()


async def test_a_letter_can_be_changed_after_the_meeting_and_two_who_write_it_lose_nothing(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("end")
    one, other = await meeting.sits_down(HESTER), await meeting.sits_down(HESTER)
    dana = await meeting.sits_down(DANA)
    for seat in (one, other):
        await seat.sees("The meeting was closed at")
        await seat.button("Write the letter to Tansy").click()
    await one.page.clock.install()  # no pause is long enough to save by itself
    await one.page.get_by_label("What is going well?").fill("You read well.")
    await other.page.get_by_label("What is going well?").fill("You sing well.")
    await other.page.get_by_label("Whom to turn to").focus()
    await other.sees("Saved at")
    await one.sees(CHANGED)
    await one.button("Keep both").click()
    await one.sees("Saved at")
    for seat in (one, other):
        await expect(seat.page.get_by_label("What is going well?")).to_have_value("You sing well.\nYou read well.")
    await dana.knows_nothing_of("You read well.")


# ---- a review


async def reviewed(meeting_at_moment: MeetingAt) -> Meeting:
    return await meeting_at_moment("mapping", review=True)


def part(seat: Seat, words: str) -> Locator:
    return seat.page.locator("[data-key^=earlier_]").filter(has_text=words)


@pytest.mark.timeout(180)
async def test_how_the_last_plan_went_is_marked_by_the_chair_and_read_on_every_screen(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await reviewed(meeting_at_moment)
    hester, wall, grace, dana = [
        await meeting.sits_down(one, reduced_motion="reduce") for one in (HESTER, SCREEN, GRACE, DANA)
    ]
    await expect(hester.page.get_by_role("heading", name=re.compile("^The plan from .* 24 June 2025"))).to_be_visible()
    step = part(hester, "dentist").last
    words = (await step.locator("p").first.inner_text()).strip()
    await hester.tabs_to(step.get_by_role("button", name="Partly"))
    await hester.page.keyboard.press("Enter")
    await expect(step.get_by_role("button", name="Partly")).to_have_attribute("aria-pressed", "true")
    await hester.tabs_to(step.get_by_label("Note"))
    await hester.page.keyboard.press("ControlOrMeta+a")
    await hester.page.keyboard.type("One tooth is left")
    await hester.page.keyboard.press("Tab")
    await step.get_by_label("Who says so").select_option(label="Dana")

    await dana.button("The last plan").tap()
    await expect(part(dana, words)).to_contain_text("Partly done")
    await expect(part(dana, words)).to_contain_text("One tooth is left")
    await expect(part(dana, words)).to_contain_text("Dana says so.")

    await step.get_by_role("button", name="Light it").press("Enter")
    for seat in (hester, grace, dana):
        await expect(part(seat, words)).to_have_class(re.compile(r"\blit\b"))
    await wall.sees("The plan from Tue 24 June 2025")
    await expect(wall.page.locator("[data-card].lit")).to_contain_text("Partly. One tooth is left")
    await expect(grace.page.get_by_role("button", name="The last plan")).to_have_attribute("aria-current", "page")

    await part(grace, words).get_by_role("button", name="Done", exact=True).click()
    await expect(part(dana, words)).to_contain_text("Done. One tooth is left")
    for seat in (hester, grace, dana):
        await require_no_barrier(seat.page)


async def test_the_last_plan_can_be_shut_and_the_last_board_be_read(meeting_at_moment: MeetingAt) -> None:
    meeting = await reviewed(meeting_at_moment)
    hester, dana = await meeting.sits_down(HESTER), await meeting.sits_down(DANA)
    plan = hester.page.locator("details.plan")
    await hester.page.get_by_text("What was on the board then").click()
    points = plan.locator("details .item")
    await expect(points.first).to_be_visible()
    words = await points.first.locator(".words").inner_text()
    await hester.tabs_to(plan.locator("summary").first)
    await hester.page.keyboard.press("Enter")
    await expect(points.first).not_to_be_visible()
    await hester.page.reload()
    await expect(plan).to_be_visible()
    await expect(points.first).not_to_be_visible()
    await dana.button("The last plan").tap()
    await dana.page.get_by_text("What was on the board then").tap()
    await dana.sees(words)
    await tablet.looks_at(dana, "worry")
    await dana.does_not_see("What was on the board then")


@pytest.mark.parametrize("width", [1340, 320])
async def test_both_meetings_stand_side_by_side_on_a_page_of_their_own(
    meeting_at_moment: MeetingAt, width: int
) -> None:
    meeting = await meeting_at_moment("scale_shown", review=True)
    hester = await meeting.sits_down(HESTER)
    await chair.moves_the_room_to(hester, "Close")
    link = hester.page.get_by_role("link", name="Both meetings side by side")
    await hester.tabs_to(link)
    async with hester.context.expect_page() as opened:
        await hester.page.keyboard.press("Enter")
    beside = Seat(hester.context, await opened.value, hester.home)
    await beside.page.set_viewport_size({"width": width, "height": 900})
    numbers = beside.page.get_by_role("table").filter(has_text="shared by Bea")
    await expect(numbers.get_by_role("columnheader").nth(1)).to_have_text("Tuesday 24 June 2025")
    await expect(numbers.get_by_role("row", name="Dana Wrenfield")).to_have_text(
        re.compile(r"Dana Wrenfield\s*6\s*6\s*8")
    )
    await require_no_barrier(beside.page)
    await beside.needs_no_sideways_scrolling()


async def test_at_a_first_conference_there_is_no_last_plan(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, rowan, dana = [await meeting.sits_down(one) for one in (HESTER, ROWAN, DANA)]
    await officer.looks_at(rowan, "Map")
    for seat in (hester, rowan, dana):
        for words in ("The plan from", "The last plan"):
            await seat.does_not_see(words)
