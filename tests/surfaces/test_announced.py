"""What somebody who cannot see the screen is told while a meeting runs: all that the live regions say, whole."""

import signal
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

from playwright.async_api import expect

from tests.realtime.server import Server
from tests.surfaces import chair, officer
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.listener import COUNT_EVERY_MS, Listener
from tests.surfaces.meeting import DANA, GRACE, HESTER, NAOMI, ROWAN, SCREEN, Meeting

COUGH = "Robin has a cough."
ALONE = "Robin was out alone."


async def listeners(meeting: Meeting, *people: str) -> list[Listener]:
    return [await Listener.sits_down(meeting, whom) for whom in people]


async def test_a_new_card_is_told_with_who_where_and_how_sure_in_the_words_of_the_screen(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, naomi, dana, wall = await listeners(meeting, HESTER, NAOMI, DANA, SCREEN)
    await chair.gives_the_floor(hester.seat, "Grace")
    await chair.writes(hester.seat, "1", COUGH)
    for screen in (naomi, wall):
        await screen.hears(f"Grace, health visitor, added to Past harm: {COUGH}")
    await dana.hears(f"Grace, health visitor, added to What has happened: {COUGH}")
    await hester.heard_nothing_of(f"added to Past harm: {COUGH}")  # what she did herself is no news to her

    rowan = await meeting.open(meeting.id_of(ROWAN))
    held = await rowan.does("add_item", **{**point(ALONE, "past_harm", "allegation"), "family_knows": False})
    await hester.hears("A point is new to the family.")
    head = await meeting.open(meeting.id_of(HESTER))
    await head.does("release_item", item_id=held, base_version=head.shared[f"held/{held}"]["version"])
    for screen in (naomi, wall):
        await screen.hears(f"Rowan, police officer, added to Past harm: {ALONE} Not proved. New to the family.")
    await dana.hears(f"Rowan, police officer, added to What has happened: {ALONE} Not proved. New to the family.")
    assert not [one for screen in (hester, naomi, dana, wall) for one in await screen.told() if one["loud"]]


async def test_whoever_moves_a_card_is_told_where_it_went_and_everybody_what_is_lit(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, *others = await listeners(meeting, HESTER, NAOMI, DANA, SCREEN)
    await chair.gives_the_floor(hester.seat, "Grace")
    await chair.writes(hester.seat, "1", COUGH)
    await chair.goes_to_card(hester.seat, COUGH)
    await hester.page.keyboard.press("Shift+ArrowRight")
    await hester.hears("Moved to What’s working well, Existing strengths, ")
    row, of = (await hester.words())[-1].removesuffix(".").rsplit(", ", 1)[1].split(" of ")
    group = hester.page.locator("[data-group=existing_strength]")
    cards = await group.locator("[data-card]").count()
    assert (row, of) == (str(await place_in(hester, COUGH)), str(cards))

    await hester.page.keyboard.press("s")
    for screen in (hester, *others):
        await screen.hears(f"We are talking about: {COUGH}")
    assert (await hester.words()).count(f"We are talking about: {COUGH}") == 1


async def place_in(listener: Listener, words: str) -> int:
    texts = await listener.page.locator("[data-group=existing_strength] [data-card]").all_inner_texts()
    return next(n for n, text in enumerate(texts, 1) if words in text)


async def test_many_cards_at_once_are_counted_and_not_read(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, naomi, dana, wall = await listeners(meeting, HESTER, NAOMI, DANA, SCREEN)
    head = await meeting.open(meeting.id_of(HESTER))
    said = [f"Number {n} of four." for n in range(1, 5)]
    for words in said:
        await head.post("add_item", **point(words, "past_harm", "fact"))
    for screen in (naomi, dana, wall):
        await screen.hears("4 new cards.")
        await screen.heard_nothing_of(*said)
    await hester.seat.sees(said[-1])


async def test_numbers_are_counted_now_and_then_and_read_when_they_are_shown(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("before_scale")
    hester, naomi, _, wall = everybody = await listeners(meeting, HESTER, NAOMI, DANA, SCREEN)
    rowan, grace = [await meeting.open(meeting.id_of(whom)) for whom in (ROWAN, GRACE)]
    await chair.asks(hester.seat, "Only me")
    scale = await open_question(rowan)
    await wall.hears("0 of 10 numbers are in.")
    await rowan.does("answer_scale", scale_id=scale, score=2, why="There was one more call.")
    await grace.does("answer_scale", scale_id=scale, score=6, why="The flat is warm.")
    await officer.puts_in(naomi.seat, 4, "")
    for screen in everybody:
        await screen.hears("3 of 10 numbers are in.")
        counts = [one for one in await screen.told() if "numbers are in" in one["words"]]
        assert [one["words"] for one in counts][-1] == "3 of 10 numbers are in."
        gaps = [later["at"] - one["at"] for one, later in pairwise(counts)]
        assert all(gap > COUNT_EVERY_MS - 200 for gap in gaps), counts
        await screen.heard_nothing_of("one more call", "warm", "lowest", "Rowan", "Grace")

    await hester.page.keyboard.press("r")
    await hester.seat.button("Yes, show the numbers").click()
    for screen in everybody:
        await screen.hears("Numbers shown. Lowest 2, Rowan. Middle 4. Highest 6, Grace.")
    assert len([words for words in await hester.words() if "Numbers shown" in words]) == 1


async def test_a_call_for_help_is_told_to_the_chair_and_to_nobody_else(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, naomi, rowan, dana, wall = await listeners(meeting, HESTER, NAOMI, ROWAN, DANA, SCREEN)
    await dana.seat.button("I’d like to say something").tap()
    await hester.hears("Dana wants to speak.")
    await dana.seat.button("I don’t understand").tap()
    await hester.hears("Dana didn’t follow.")
    await dana.seat.button("I need a break").tap()
    await hester.hears("Dana needs a break.")
    await officer.offers(rowan.seat, ALONE, where="past_harm", kind="fact", heard="No")
    await hester.hears("A point is new to the family.")
    await officer.offers(rowan.seat, COUGH, where="past_harm", kind="fact", heard="Yes")
    await hester.hears("A point is offered.")
    await hester.heard_nothing_of(COUGH, ALONE)
    await chair.gives_the_floor(hester.seat, "Naomi")
    await chair.writes(hester.seat, "2", "Robin laughs a lot.")
    for screen in (naomi, rowan, dana, wall):
        await screen.hears("Robin laughs a lot.")  # so all that came before has come
        if screen is not rowan:
            await screen.heard_nothing_of(COUGH, ALONE, "offered", "new to the family")
        if screen is not dana:
            await screen.heard_nothing_of("Dana", "speak", "follow", "break")


async def test_only_a_lost_connection_interrupts_even_in_a_dialog(
    own_server: Server, meetings: Callable[..., Awaitable[Meeting]]
) -> None:
    meeting = await meetings(own_server, "mapping")
    hester, naomi, dana, wall = everybody = await listeners(meeting, HESTER, NAOMI, DANA, SCREEN)
    await hester.page.keyboard.press("l")
    await expect(hester.page.get_by_role("dialog")).to_be_visible()
    for screen in everybody:
        screen.seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
    await own_server.end(signal.SIGKILL)
    for screen in (hester, naomi, dana):
        await screen.hears("Offline. Your words are kept here.")
    await wall.hears("Offline.")
    await own_server.start()
    for screen in everybody:
        await screen.hears("Back.")
        assert [one["words"] for one in await screen.told() if one["loud"]] == [
            "Offline." if screen is wall else "Offline. Your words are kept here."
        ]


def point(words: str, where: str, kind: str) -> dict[str, Any]:
    return {"column": "worry", "sub_category": where, "kind": kind, "text": words, "family_knows": True}


async def open_question(screen: Any) -> str:
    def asked() -> list[str]:
        return [value["id"] for key, value in screen.shared.items() if key.startswith("scale/") and not value["closed"]]

    await screen.until(asked)
    return asked()[-1]
