"""What the chair is told quietly: who is missing, which number is very low, what the plan lacks, what she may ask."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from playwright.async_api import BrowserContext, expect

from app.script.demo import REVIEW, fill_demo
from app.store.log import EventLog
from tests.realtime.server import Server
from tests.surfaces import chair, officer, tablet
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, NAOMI, ROWAN, SCREEN, Meeting
from tests.surfaces.seat import Seat

REASON = "The police told us by phone all that they know."
SAFE_TONIGHT = "Is everyone safe tonight?"
HIS_WHY = "There was one more call on Sunday."
HER_WHY = "It is quieter at home now."
ASIDE = "Two people had not heard the question."
STEP = "Priya fits a lock on the balcony door."
FIRST_PROMPT = "What are you most worried about?"
NEXT_PROMPT = "What has happened that made you worry?"
CARD_PROMPT = "Who saw that, or who told you?"


async def steps_out(hester: Seat, name: str) -> None:
    await hester.page.get_by_label("Round the table").get_by_role("button", name=re.compile(name)).click()
    await hester.page.get_by_role("menuitem", name="stepped out").click()
    await expect(hester.page.get_by_role("dialog")).to_have_count(0)


async def test_the_chair_is_told_when_the_police_leave_and_writes_why_we_go_on(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    sign = hester.button("Not enough services here")
    await steps_out(hester, "Leila")
    await expect(hester.page.locator(".seat").filter(has_text="Leila")).to_contain_text(
        re.compile(r"Stepped out \d\d:\d\d")
    )
    await expect(sign).to_have_count(0)
    await steps_out(hester, "Rowan")
    await expect(sign).to_have_text("Not enough services here: one other agency that knows a child")

    keyboard = hester.page.keyboard
    await keyboard.press("l")
    here = hester.page.get_by_role("dialog", name="Who is here")
    await hester.tabs_to(here.get_by_role("button", name="Write why we go on"))
    await keyboard.press("Enter")
    await expect(here.get_by_label("Why we go on with fewer services")).to_be_focused()
    await keyboard.type(REASON)
    await hester.tabs_to(here.get_by_role("button", name="Keep this reason"))
    await keyboard.press("Enter")
    await expect(here).to_contain_text(re.compile(rf"Why we go on, written at \d\d:\d\d: {REASON}"))
    await keyboard.press("Escape")
    await expect(sign).to_have_count(0)
    for seat in (wall, rowan, dana):
        await seat.knows_nothing_of(REASON)
        assert "quorum" not in seat.shared


async def test_when_somebody_came_and_left_is_shown_and_can_be_put_right(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, dana = [await meeting.sits_down(whom) for whom in (HESTER, DANA)]
    await hester.page.keyboard.press("l")
    row = hester.page.get_by_role("dialog").get_by_role("listitem").filter(has_text="Rowan")
    await row.get_by_text("Times", exact=True).click()
    await row.get_by_label("From").fill("00:05")
    await row.get_by_label("Left at").fill("00:45")
    await row.get_by_role("button", name="Keep these times").click()
    await expect(row).to_contain_text("Stepped out from 00:05, left at 00:45")
    await row.get_by_label("Left at").fill("")
    await row.get_by_role("button", name="Keep these times").click()
    await expect(row).to_contain_text("Here from 00:05")
    await row.get_by_role("combobox").select_option("absent_sent_report")
    await expect(row).to_contain_text("Not here")
    assert not [key for key in dana.shared if key.startswith("times/")]


async def test_a_very_low_number_asks_the_chair_alone_whether_all_are_safe(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, wall, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    await chair.asks(hester, "Only me")
    await officer.puts_in(rowan, 3, HIS_WHY)
    await expect(chair.spread(hester)).to_have_count(1)
    await hester.does_not_see(SAFE_TONIGHT)
    await tablet.puts_in(dana, 2, HER_WHY)
    await hester.sees(f"A number stands at 2 or below. {SAFE_TONIGHT}")
    await hester.does_not_see("Given by")
    await hester.page.keyboard.press("r")
    await hester.button("Yes, show the numbers").click()
    await hester.sees("Given by Dana.")
    await wall.sees(HER_WHY)
    for seat in (wall, rowan, dana):
        await seat.knows_nothing_of("safe tonight")
        await seat.knows_nothing_of("safety_prompt")


async def test_a_round_that_is_set_aside_is_gone_from_every_screen(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    everybody = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    hester, _wall, rowan, dana = everybody
    await chair.asks(hester, "Only me")
    await officer.puts_in(rowan, 3, HIS_WHY)
    await tablet.puts_in(dana, 6, HER_WHY)
    await hester.page.keyboard.press("r")
    await hester.button("Yes, show the numbers").click()
    for seat in everybody:
        await seat.sees(HIS_WHY)

    await hester.tabs_to(hester.button("Set this round aside"))
    await hester.page.keyboard.press("Enter")
    panel = hester.page.get_by_role("dialog", name="Set this round aside")
    await expect(panel).to_contain_text("This cannot be undone")
    await expect(panel.get_by_label("Why")).to_be_focused()
    await expect(panel.get_by_role("button", name="Set it aside")).to_be_disabled()
    await hester.page.keyboard.type(ASIDE)
    await hester.tabs_to(panel.get_by_role("button", name="Set it aside"))
    await hester.page.keyboard.press("Enter")
    for seat in everybody:
        await seat.sees(f"We set this round aside. {ASIDE}")
        await seat.does_not_see(HIS_WHY)
        await seat.does_not_see(HER_WHY)
        await expect(seat.page.get_by_label("Everyone’s number")).to_have_count(0)
        assert not [key for key in seat.shared if key.startswith("answer/")]
        assert not [value for key, value in seat.shared.items() if key.startswith("scale/") and "spread" in value]
    await hester.button("Ask again, round 2").click()
    await hester.button("Ask the question").click()
    for seat in (rowan, dana):
        await seat.sees("This is round 2.")
        await seat.does_not_see(ASIDE)


async def test_what_the_plan_lacks_leads_to_its_card_and_stops_nothing(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, wall, naomi, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, NAOMI, DANA)]
    await chair.moves_the_room_to(hester, "Next steps")
    await hester.does_not_see("Before deciding, look at:")
    await chair.writes(hester, "3", STEP)
    gap = hester.button(f"Nobody does this yet: {STEP}")
    for stage in ("Next steps", "Decision"):
        await chair.moves_the_room_to(hester, stage)
        await hester.sees("Before deciding, look at:")
        await gap.focus()
        await hester.page.keyboard.press("Enter")
        await expect(hester.page.locator("[data-card]:focus")).to_contain_text(STEP)
    for seat in (wall, naomi, dana):
        await seat.does_not_see("Nobody does this yet")
        assert "gaps" not in seat.shared


async def test_the_chair_turns_over_what_she_may_ask_by_key(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    strip = hester.page.get_by_role("region", name="You could ask")
    await expect(strip).to_contain_text(FIRST_PROMPT)
    await hester.page.keyboard.press("q")
    await expect(strip).to_contain_text(NEXT_PROMPT)
    await strip.get_by_role("button", name="Next question").click()
    await expect(strip).not_to_contain_text(NEXT_PROMPT)
    await chair.goes_to_card(hester, "very tired at school")
    await hester.page.keyboard.press("s")
    await expect(strip).to_contain_text(CARD_PROMPT)
    await expect(wall.card("very tired at school")).to_have_class(re.compile(r"\blit\b"))
    for seat in (wall, rowan, dana):
        for words in (FIRST_PROMPT, NEXT_PROMPT, CARD_PROMPT):
            await seat.knows_nothing_of(words)


async def test_a_card_says_on_the_chairs_board_which_column_it_came_from(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, rowan = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN)]
    await chair.goes_to_card(hester, "very tired at school")
    await hester.page.keyboard.press("Shift+ArrowRight")
    await expect(hester.card("very tired at school")).to_contain_text("from What are we worried about?")
    await expect(rowan.page.locator("[data-group=existing_strength]")).to_contain_text("very tired at school")
    await rowan.does_not_see("from What are we worried about?")
    await hester.page.keyboard.press("Shift+ArrowLeft")
    await expect(hester.card("very tired at school")).not_to_contain_text("from What are we worried about?")


async def test_at_a_review_the_numbers_of_then_stand_beside_those_of_today(
    own_server: Server, new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    assert own_server.database
    review = await fill_demo(EventLog(own_server.database), REVIEW, datetime.now(UTC))
    meeting = Meeting(own_server, review, new_context=new_context)
    hester, wall, naomi, dana = everybody = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, NAOMI, DANA)]
    await hester.page.keyboard.press("0")
    await hester.button("Ask the question").click()
    await tablet.puts_in(dana, 7, HER_WHY)
    for seat in everybody:
        await seat.does_not_see("where we were on")
        await seat.knows_nothing_of("earlier_answers")
    await hester.page.keyboard.press("r")
    await hester.button("Yes, show the numbers").click()
    for seat in (hester, wall, naomi):
        await seat.sees("Dotted: where we were on Tue 16 September 2025")
        await expect(seat.page.locator(".tag.then", has_text="Grace")).to_have_count(1)
        await expect(seat.page.locator(".tag.then", has_text="Grace")).to_be_visible()
        await expect(seat.page.locator(".tag.then", has_text="Rowan")).to_have_count(0)  # in June, not that day
    await dana.sees("Dotted: where we were on Tue 16 September 2025")
    await expect(dana.page.locator(".then", has_text="Grace")).to_be_visible()
    await expect(dana.page.locator(".then", has_text="Rowan")).to_have_count(0)
    await meeting.close()
