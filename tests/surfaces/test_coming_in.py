"""At the door: a link, one button, and what happens when the link is no longer good or somebody has to leave."""

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Request, Route, expect

from tests.surfaces import chair
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, ROWAN


async def test_a_used_link_says_so_kindly(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start")
    link = await meeting.joining_link(DANA)
    dana, neighbour = await meeting.device(DANA), await meeting.device(DANA)
    for seat in (dana, neighbour):
        await seat.page.goto(link)
        assert "#" not in seat.page.url
    await dana.button("Join").click()
    await dana.has_the_board()

    neighbour.forgive("status of 404")
    await neighbour.button("Join").click()
    await neighbour.sees("This link doesn’t open the meeting now. It may have been used already")
    await neighbour.sees("ask the person who invited you for a new link.")
    await expect(neighbour.button("Join")).to_have_count(0)
    await neighbour.knows_nothing_of("Tansy")


async def test_whoever_joins_before_they_are_told_whom_the_link_invites_is_told_of_no_error(
    meeting_at_moment: MeetingAt,
) -> None:
    """What tells it is slow, and only comes when the link is used already; the board waits for it here."""
    meeting = await meeting_at_moment("start")
    dana = await meeting.device(DANA)
    held: list[Route] = []
    over = asyncio.Event()

    async def hold(route: Route) -> None:
        held.append(route)

    async def let_both_go(route: Route) -> None:
        with suppress(Error):  # nobody waits for it any more
            await held[0].continue_()
        await over.wait()
        await route.continue_()

    def ends(request: Request) -> None:
        if request.url.endswith("/api/invitation"):
            over.set()

    dana.page.on("requestfinished", ends)
    dana.page.on("requestfailed", ends)
    await dana.page.route("**/api/invitation", hold)
    await dana.page.route("**/c/*", let_both_go)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.button("Join").click()
    await dana.has_the_board()


async def test_somebody_who_uses_only_the_keyboard_joins_and_puts_in_a_number(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("scale_open")
    rowan = await meeting.device(ROWAN)
    await rowan.page.goto(await meeting.joining_link(ROWAN))
    await expect(rowan.button("Join")).to_be_focused()
    await rowan.page.keyboard.press("Enter")
    await rowan.has_the_board()

    numbers = rowan.page.get_by_role("group", name="Your number, 0 to 10")
    await expect(numbers).to_be_visible()
    await rowan.tabs_to(numbers)
    for _ in range(6):
        await rowan.page.keyboard.press("ArrowRight")
    await expect(numbers.get_by_role("radio", name="6", exact=True)).to_be_checked()
    await rowan.tabs_to(rowan.page.get_by_label("Why 6?"))
    await rowan.page.keyboard.type("Nobody has called us since June.")
    await rowan.tabs_to(rowan.button("Put in my 6"))
    await rowan.page.keyboard.press("Enter")
    await rowan.sees("Your number is in.")


async def test_somebody_who_is_taken_out_is_told_calmly_and_has_to_be_let_in_again(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, dana = await meeting.sits_down(HESTER), await meeting.sits_down(DANA)
    await hester.button("Dana Wrenfield, Mum").click()
    await hester.page.get_by_role("menuitem", name="Take Dana out of the meeting").click()
    await hester.button("Take them out of the meeting").click()
    await dana.sees("You are not in this meeting now")
    await dana.sees("Speak to the chair if you think that is a mistake.")
    heard = len(dana.frames)

    await hester.page.keyboard.press("Escape")
    await chair.gives_the_floor(hester, "Rowan")
    assert "neighbour" not in await dana.says()
    assert len(dana.frames) == heard
    assert dana.sockets == 1
    dana.forgive("status of 40")
    await dana.page.reload()
    await dana.sees("This board is not open here")
    assert "neighbour" not in await dana.says()

    await hester.page.keyboard.press("l")
    await hester.button("Let in").click()
    await hester.sees("Dana is let in")
    await dana.page.reload()
    await dana.sees("Open the joining link that you were given")  # a new one: what she had is over
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.button("Join").click()
    await dana.has_the_board()
