"""Whatever the line does, a conference goes on: websockets that nobody lets through, and a cable that is out."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import BrowserContext, expect

from tests.realtime.server import Server
from tests.surfaces import chair, officer, tablet
from tests.surfaces.meeting import DANA, HESTER, ROWAN, SCREEN, Meeting
from tests.surfaces.middlebox import Middlebox, serving_behind_middlebox
from tests.surfaces.seat import Seat

Meetings = Callable[..., Awaitable[Meeting]]

SAID = "Robin slept through the night."
OFFERED = "School has seen both children each day."
HIS_WHY, HER_WHY = "Two calls in a month.", "It has been quiet for a week."
REASONS = "Tansy heard every row."
HALF = "Half a sentence that somebody"
MEANWHILE = "Grace comes on Monday."
MINUTES = 10


@pytest.fixture
async def behind(front_end: None, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Server, Middlebox]]:
    async with serving_behind_middlebox(tmp_path_factory.mktemp("lines")) as found:
        yield found


def forgive(*seats: Seat) -> None:
    for seat in seats:
        seat.forgive("WebSocket connection to", "Failed to load resource", "net::ERR_")


@pytest.mark.timeout(240)
async def test_a_conference_runs_where_no_websocket_gets_through(
    behind: tuple[Server, Middlebox], meetings: Meetings
) -> None:
    """From the map to a decision, on four surfaces; for one the proxy also keeps each answer until it is whole."""
    server, box = behind
    box.refuses_sockets = True
    meeting = await meetings(server, "mapping")
    hester, wall, rowan = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN)]
    box.keeps_answers_until_whole = True
    dana = await meeting.sits_down(DANA)
    everybody = [hester, wall, rowan, dana]
    forgive(*everybody)
    for seat in (hester, rowan, dana):
        await expect(seat.page.locator(".conn")).to_have_text("Saved")
    await expect(hester.page.locator(".seat").filter(has_text="Dana")).not_to_contain_text("Lost connection")

    await chair.gives_the_floor(hester, "Dana")
    await tablet.looks_at(dana, "strength")
    await chair.writes(hester, "2", SAID)
    await chair.goes_to_card(hester, SAID)
    await hester.page.keyboard.press("Shift+ArrowDown")
    for seat in (hester, wall, rowan):
        await expect(seat.page.locator("[data-group=existing_safety]").get_by_text(SAID)).to_have_count(1)
    await expect(dana.page.locator("[aria-labelledby=group-existing_safety]")).to_contain_text(SAID)
    await officer.offers(rowan, OFFERED, where="existing_strength", kind="observation", heard="Yes")
    await hester.page.keyboard.press("o")
    await expect(hester.page.locator("dialog li:focus-within")).to_contain_text(OFFERED)
    await hester.page.keyboard.press("Enter")
    await hester.page.keyboard.press("Escape")
    for seat in everybody:
        await expect(seat.card(OFFERED)).to_have_count(1)

    await chair.moves_the_room_to(hester, "Scale")
    await chair.explains_the_test(hester)
    await hester.button("Ask the question").click()
    await officer.puts_in(rowan, 4, HIS_WHY)
    await tablet.puts_in(dana, 7, HER_WHY)
    await expect(chair.spread(hester)).to_have_count(2)
    await hester.page.keyboard.press("r")
    await hester.button("Yes, show the numbers").click()
    for seat in everybody:
        await seat.sees(HER_WHY)

    await chair.moves_the_room_to(hester, "Decision")
    tansy = chair.decision_about(hester, "Tansy")
    await tansy.get_by_label("Child Protection plan").check()
    await tansy.get_by_label("Physical abuse").check()
    await tansy.get_by_label("Your reasons").fill(REASONS)
    await tansy.get_by_label("Or write why you go on without them").fill("There is no time left today.")
    await chair.records(hester, "Tansy")
    for seat in everybody:
        await seat.sees(REASONS)
    assert box.sockets == 0


async def test_whoever_looks_after_the_network_reads_what_does_not_get_through(
    behind: tuple[Server, Middlebox], new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    _, box = behind
    seat = await Seat.at(await new_context(permissions=["clipboard-read", "clipboard-write"]), box.url)
    forgive(seat)
    await seat.page.goto(f"{box.url}/connection")
    await seat.sees("The board works from here.")
    await seat.sees("Long answers: each piece arrives at once.")
    await seat.sees("Clock: that of this device is right.")
    box.refuses_sockets = box.keeps_answers_until_whole = True
    await seat.button("Try again").click()
    await seat.sees("The board works from here without websockets, a little more slowly.")
    await seat.sees("Long answers: something on the way keeps them until they are whole")
    await seat.button("Copy as text").click()
    await seat.sees("Copied.")
    copied = await seat.page.evaluate("navigator.clipboard.readText()")
    assert "Websockets: none opened." in copied
    assert f"{box.url}/api/" in copied
    assert seat.troubles == []


@pytest.mark.timeout(180)
async def test_a_cable_that_is_out_for_ten_minutes_loses_nothing_and_doubles_nothing(
    behind: tuple[Server, Middlebox], meetings: Meetings
) -> None:
    """In the middle of typing, scoring and moving. The minutes are the pages' own: their clocks are put forward."""
    server, box = behind
    meeting = await meetings(server, "scale_open")
    hester, wall, rowan, dana = everybody = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    forgive(*everybody)
    for seat in everybody:
        await seat.page.clock.install()
        await seat.page.reload()
        await seat.has_the_board()
    await hester.page.keyboard.press("m")
    await chair.writes(hester, "2", SAID)
    await rowan.page.get_by_label("Write a point").fill(HALF)

    box.cable.clear()
    await chair.goes_to_card(hester, SAID)
    await hester.page.keyboard.press("Shift+ArrowDown")
    for seat in everybody:
        await seat.page.clock.run_for(10_000)
    for seat in (hester, rowan, dana):
        await seat.sees("Offline. Your words are kept here.")
    await wall.sees("Catching up")
    await expect(hester.card(SAID)).to_contain_text("Kept here, not sent yet")
    await chair.writes(hester, "3", MEANWHILE)
    await rowan.page.keyboard.type(" wrote")
    for seat, number, why in ((rowan, 4, HIS_WHY), (dana, 7, HER_WHY)):
        await seat.page.get_by_role("radio", name=str(number), exact=True).click()
        await seat.page.get_by_label(f"Why {number}?").fill(why)
        await seat.button(f"Put in my {number}").click()
        await seat.sees("Kept here, not sent yet")
    for seat in everybody:
        await seat.page.clock.run_for(MINUTES * 60_000)

    box.cable.set()
    for seat in everybody:
        await seat.page.clock.run_for(20_000)
        await seat.does_not_see("Offline. Your words are kept here.")
        await seat.does_not_see("Kept here, not sent yet")
    await wall.does_not_see("Catching up")
    await expect(rowan.page.get_by_label("Write a point")).to_have_value(f"{HALF} wrote")
    another_tab = await meeting.open(meeting.id_of(HESTER))
    points = [value for key, value in another_tab.all.items() if key.startswith("item/")]
    for words, group in ((SAID, "existing_safety"), (MEANWHILE, "next_step")):
        assert [point["sub_category"] for point in points if point["text"] == words] == [group]
    (scale,) = [value for key, value in another_tab.all.items() if key.startswith("scale/") and not value["closed"]]
    assert (scale["answered"], scale["spread"][4], scale["spread"][7]) == (2, 1, 1)
    assert box.sockets > len(everybody)
