"""What somebody has in the hand or under the fingers stays theirs, whatever others do and wherever the server is."""

import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import expect

from tests.realtime.server import Server
from tests.surfaces import chair, officer
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.hands import Finger, Mouse
from tests.surfaces.meeting import DANA, HESTER, NAOMI, ROBIN, ROWAN, TANSY, Meeting

OTHERS = "Grace saw the children laugh together on Thursday."
CHAIRS = "We are worried that Robin climbs out and falls."
NAOMIS = "We are worried that Tansy is left to watch Robin at night."
HALF = "Half a sentence that somebody"
MINUTE = 60_000


@pytest.mark.parametrize("way", [Mouse, Finger], ids=["the mouse", "a finger"])
async def test_a_card_in_the_hand_stays_there_and_drops_where_it_is_meant(
    meeting_at_moment: MeetingAt, way: type[Mouse | Finger]
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await way.come_in(meeting, HESTER)
    rowan = await meeting.sits_down(ROWAN)
    from_list, to_list = [hester.page.locator(f"[data-group={group}]") for group in ("past_harm", "existing_strength")]
    card = from_list.locator("li[data-item]").first
    words = await card.locator(".words").inner_text()
    second = await from_list.locator("li[data-item]").nth(1).get_attribute("data-item")
    first_there = to_list.locator("li[data-item]:not(.slot)").first
    below = await first_there.get_attribute("data-item")
    await hester.lifts(card)
    await hester.holds_over(to_list.locator("h3"))
    await expect(to_list.locator(".slot")).to_have_count(1)

    another_tab = await meeting.open(meeting.id_of(HESTER))
    for group, column in (("past_harm", "worry"), ("existing_strength", "strength")):
        await another_tab.does(
            "add_item", column=column, sub_category=group, text=f"{OTHERS} {group}", **known(meeting)
        )
    await another_tab.does("move_item", item_id=second, column="worry", sub_category="future_danger", after=None)
    await another_tab.does("move_item", item_id=below, column="strength", sub_category="existing_safety", after=None)
    await another_tab.does("spotlight", key=f"item/{second}")
    await expect(rowan.page.locator(f"li.lit[data-item='{second}']")).to_be_visible()
    await expect(hester.page.locator("header.top")).to_be_visible()
    await expect(hester.page.locator(".inhand")).to_contain_text(words)
    await expect(to_list.locator("li[data-item]").first).to_contain_class("slot")  # the place is still kept free
    await expect(first_there).to_have_attribute("data-item", below or "")
    await hester.lets_go()

    await expect(hester.page.locator(".inhand")).to_have_count(0)
    for seat in (hester.seat, rowan):
        there = seat.page.locator("[data-group=existing_strength] li[data-item]")
        await expect(there.first).to_contain_text(words)
        await expect(there.filter(has_text=OTHERS)).to_have_count(1)
        await expect(seat.card(words)).to_have_count(1)
        await expect(seat.page.locator("[data-group=existing_safety] li[data-item]").first).to_have_attribute(
            "data-item", below or ""
        )
        await expect(seat.page.locator("[data-group=future_danger] .lit")).to_have_count(1)


def known(meeting: Meeting) -> dict[str, Any]:
    source = {"person_id": meeting.id_of(NAOMI), "basis": "said_in_meeting"}
    about = [meeting.id_of(child) for child in (TANSY, ROBIN)]
    return {"kind": "observation", "family_knows": True, "about_children": about, "source": source}


async def test_the_chair_who_is_typing_sees_what_the_social_worker_kept_and_loses_no_word(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, naomi = [await meeting.sits_down(whom) for whom in (HESTER, NAOMI)]
    await chair.moves_the_room_to(hester, "Danger and goal")
    await naomi.button("Change the words of Danger statement 1").click()
    await naomi.page.get_by_label("Danger statement 1", exact=True).fill(NAOMIS)
    await chair.danger(hester).fill(CHAIRS)
    await naomi.button("Keep this wording").click()

    await hester.sees("changed this while you were typing.")
    await hester.sees(f"Theirs: “{NAOMIS}”")
    await expect(chair.danger(hester)).to_have_value(CHAIRS)
    await hester.button("Keep both").click()
    await hester.page.keyboard.press("Control+Enter")
    for words in (NAOMIS, CHAIRS):
        await naomi.sees(words)
    await expect(chair.danger(hester)).to_have_value(f"{NAOMIS}\n{CHAIRS}")


async def test_words_that_are_being_typed_survive_a_reload(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("decision")
    hester, rowan = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN)]
    reasons = chair.decision_about(hester, "Tansy").get_by_label("Your reasons")
    point = rowan.page.get_by_label("Write a point")
    for seat, field in ((hester, reasons), (rowan, point)):
        await field.click()
        await seat.page.keyboard.type(HALF)
        await seat.page.reload()
        await seat.has_the_board()
        await expect(field).to_have_value(HALF)


async def test_a_minute_without_the_server_loses_nothing_and_doubles_nothing(
    own_server: Server, meetings: Callable[..., Awaitable[Meeting]]
) -> None:
    """The minute is the pages' own: their clocks are put forward, so that all they try in it, they try."""
    meeting = await meetings(own_server, "mapping")
    hester, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN, DANA)]
    for seat in (hester, rowan, dana):
        seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
        await seat.page.clock.install()
        await seat.page.reload()
        await seat.has_the_board()
    await own_server.end(signal.SIGKILL)
    for seat in (hester, rowan, dana):
        await seat.sees("Offline. Your words are kept here.")
    await chair.writes(hester, "2", "Robin slept through the night.")
    await chair.writes(hester, "3", "Grace comes on Monday.")
    await chair.goes_to_card(hester, "Robin slept")
    await hester.page.keyboard.press("Shift+ArrowDown")
    await officer.writes_a_point(rowan, OTHERS, where="existing_strength", kind="observation", heard="Yes")
    await dana.button("I’d like to say something").tap()
    for seat in (hester, rowan, dana):
        await seat.page.clock.run_for(MINUTE)
    await expect(hester.card("Robin slept")).to_contain_text("Kept here, not sent yet")

    await own_server.start()
    for seat in (hester, rowan, dana):
        await seat.page.clock.run_for(MINUTE)
        await seat.does_not_see("Offline. Your words are kept here.")
    await hester.sees("1 point offered")
    await hester.sees("Wants to speak")
    (another_tab,) = [await meeting.open(meeting.id_of(HESTER))]
    points = [value for key, value in another_tab.all.items() if key.startswith(("item/", "offered/"))]
    for words in ("Robin slept through the night.", "Grace comes on Monday.", OTHERS):
        assert [point["text"] for point in points].count(words) == 1
    assert [point["sub_category"] for point in points if "Robin slept" in point["text"]] == ["existing_safety"]
