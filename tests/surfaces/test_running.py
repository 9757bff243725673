"""What the chair does to all screens, and what happens when two people write at once."""

import re

from playwright.async_api import expect

from tests.surfaces import chair, officer
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, NAOMI, ROWAN, SCREEN

TITLE = "First child protection conference for Tansy and Robin"
WHILE_HIDDEN = "Robin laughs when Callum carries him on his shoulders."
HIS_WHY = "There was one more call on Sunday."
HERS = "We are worried that Robin gets out of the flat at night and is hit by a car."
MINE = "We are worried that nobody wakes up when Robin opens the door."


async def test_a_screen_at_rest_hides_everything_at_once(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, DANA)]
    await expect(wall.page.locator("li[data-item]")).not_to_have_count(0)
    await chair.gives_the_floor(hester, "Callum")
    await hester.page.keyboard.press("p")
    await expect(wall.page.locator("li[data-item]")).to_have_count(0)
    assert (
        await wall.page.locator(".room").inner_text()
    ).strip() == "First child protection conference for Tansy and Robin"
    await chair.writes(hester, "2", WHILE_HIDDEN)
    await dana.page.locator("#tab-strength").tap()
    await dana.sees(WHILE_HIDDEN)
    assert set(wall.shared) == {"blank", "conference"}
    await wall.knows_nothing_of(WHILE_HIDDEN)

    await hester.page.keyboard.press("p")
    await expect(wall.card(WHILE_HIDDEN)).to_have_count(1)


async def test_everybody_sees_that_there_is_a_break_and_when_it_ends(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, *others = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    await hester.page.keyboard.press("b")
    await hester.button("10 minutes").click()
    await hester.sees("Break until")
    for seat in others:
        await expect(seat.page.locator(".title")).to_contain_text(
            re.compile(r"We’re having a break\. Back at \d\d:\d\d")
        )

    await expect(hester.page.get_by_role("dialog")).to_have_count(0)  # its keys are the board's again
    await hester.page.keyboard.press("b")
    await hester.button("End the break").click()
    for seat in others:
        await seat.does_not_see("We’re having a break")


async def test_where_nobody_may_watch_even_the_chair_sees_only_who_is_still_thinking(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, rowan = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN)]
    await chair.asks(hester, "Nobody")
    await rowan.sees("Nobody sees your number until Hester shows all of them. Not even Hester.")
    thinking = hester.page.get_by_role("region", name="Still thinking")
    await expect(thinking).to_contain_text("Rowan, police officer")
    await officer.puts_in(rowan, 3, HIS_WHY)
    await expect(thinking).to_contain_text("Naomi, social worker")
    await expect(thinking).not_to_contain_text("Rowan")
    await hester.sees("1 of 10 are in")
    await expect(chair.spread(hester)).to_have_count(0)
    assert [value.get("spread") for key, value in hester.shared.items() if key.startswith("scale/")] == [None]
    await hester.knows_nothing_of(HIS_WHY)


async def test_where_all_may_watch_everybody_is_told_first_and_sees_no_name(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, wall, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    await chair.asks(hester, "Everybody")
    for seat in (rowan, dana):
        await seat.sees("Your number goes on every screen now, without your name.")
    await officer.puts_in(rowan, 3, HIS_WHY)
    for seat in (hester, wall, rowan):
        await expect(seat.page.get_by_label("Numbers so far, without names").locator(".dot")).to_have_count(1)
    await expect(dana.page.get_by_label("Numbers so far, without names")).to_contain_text("1 number")
    for seat in (hester, wall, dana):
        await seat.knows_nothing_of(HIS_WHY)
        assert not [key for key in seat.shared if key.startswith("answer/")]


async def test_a_chair_who_presses_keys_too_fast_releases_nothing(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    for key in ("o", "Enter", "Escape", "n", "Enter", "Escape", "l", "Escape"):
        await hester.page.keyboard.press(key)
    await chair.gives_the_floor(hester, "Rowan")
    await hester.sees("1 new to the family")


async def test_what_is_typed_over_a_panel_does_nothing_on_the_board(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    await chair.goes_to_card(hester, "very tired at school")
    keyboard = hester.page.keyboard
    await keyboard.type("?sp1")  # would light a card, rest the room screen, and open the line
    await expect(hester.page.get_by_role("dialog", name="All keys")).to_be_visible()
    await keyboard.press("Escape")
    await expect(hester.page.get_by_role("dialog")).to_have_count(0)
    board = await meeting.open(meeting.id_of(HESTER))
    assert board.all["blank"] == {"screens": "none"}
    assert board.all["spotlight"] == {"key": None}
    await expect(hester.page.get_by_placeholder("Write what was said")).to_have_count(0)


async def test_what_the_chair_takes_back_is_taken_back_on_every_screen(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, rowan = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN)]
    keyboard = hester.page.keyboard
    await keyboard.press("ArrowDown")
    words = await hester.page.locator("[data-card]:focus .words").inner_text()
    await keyboard.press("Shift+ArrowRight")
    await expect(rowan.page.locator("[data-group=existing_strength]")).to_contain_text(words)
    await hester.sees("Moved to Working well")
    await keyboard.press("z")
    await expect(rowan.page.locator("[data-group=past_harm]")).to_contain_text(words)
    await expect(hester.page.locator("[data-card]:focus")).to_contain_text(words)
    await hester.sees("Undone: Moved to Working well")
    await keyboard.press("Shift+Z")
    await expect(rowan.page.locator("[data-group=existing_strength]")).to_contain_text(words)
    await expect(hester.page.locator("[data-card]:focus")).to_contain_text(words)


async def test_who_is_given_the_chair_has_it_on_their_own_screen(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, naomi, dana = [await meeting.sits_down(whom) for whom in (HESTER, NAOMI, DANA)]
    await hester.button("Naomi Trask, Social worker").click()
    await hester.page.get_by_role("menuitem", name="Hand the chair to Naomi").click()
    await hester.button("Hand over the chair").click()
    await expect(naomi.page.locator(".chair")).to_be_visible()
    await expect(hester.page.locator(".page")).to_be_visible()
    await dana.sees("Only Naomi sees these.")
    assert not [key for key in hester.shared if key.startswith(("held/", "offered/", "help/"))]


async def test_two_people_who_change_the_same_words_both_see_both(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, naomi, wall = [await meeting.sits_down(whom) for whom in (HESTER, NAOMI, SCREEN)]
    await chair.moves_the_room_to(hester, "Danger and goal")
    await naomi.button("Change the words of Danger statement 1").click()
    await naomi.page.get_by_label("Danger statement 1", exact=True).fill(MINE)
    await chair.words_the_danger(hester, HERS)
    await wall.sees(HERS)

    await naomi.sees(HERS)
    await expect(naomi.page.get_by_label("Danger statement 1", exact=True)).to_have_value(MINE)
    await expect(naomi.button("Keep this wording")).to_be_disabled()
    await naomi.button("Keep both").click()
    await naomi.button("Keep this wording").click()
    for seat in (wall, naomi):
        await seat.sees(HERS)
        await seat.sees(MINE)
    await expect(chair.danger(hester)).to_have_value(f"{HERS}\n{MINE}")


async def test_the_chair_writes_what_a_professional_says_without_a_mouse(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    await chair.gives_the_floor(hester, "Grace")
    await chair.writes(hester, "1", "Robin has a cough.")
    await expect(hester.card("Robin has a cough.")).to_contain_text("Grace, health visitor")


async def test_what_the_chair_is_writing_survives_a_reload(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    await hester.page.keyboard.press("1")
    await hester.page.keyboard.type("Half a sentence that Grace")
    await hester.page.reload()
    await hester.has_the_board()
    await hester.page.keyboard.press("1")
    await expect(hester.page.get_by_placeholder("Write what was said")).to_have_value("Half a sentence that Grace")
    await expect(hester.page.get_by_placeholder("Write what was said")).to_be_focused()
