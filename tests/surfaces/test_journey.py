"""A whole conference on four screens at once, from the map to the decision, and through the death of the server."""

import re
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from tests.realtime.screen import Screen
from tests.realtime.server import Server
from tests.surfaces import chair, officer, tablet
from tests.surfaces.meeting import (
    BEA,
    CALLUM,
    DANA,
    GRACE,
    HESTER,
    LEILA,
    NAOMI,
    ROBIN,
    ROWAN,
    SCREEN,
    TANSY,
    TOMASZ,
    Meeting,
)
from tests.surfaces.seat import Seat

SAID = "Dana rings Nana Mo every night before the children go to bed."
OFFERED = "A neighbour says the children were left alone on Friday evening."
HELD = "Callum was stopped at the wheel on Monday and taken to the station."
ANSWER = "I was at the shop for ten minutes. I should have asked Mum."
HER_WHY = "We are trying, and it is quiet now."
HIS_WHY = "The shouting has stopped only since last week."
STEP = "Nana Mo has the children on Friday nights."
HIS_VIEW = "Two calls in one month, and a child was hurt."
HER_VIEW = "I want help, not people telling me off."
REASONS = "Tansy was hurt in a row, and she looks after Robin at night. A plan makes sure that others share that."
WHY_WITHOUT = "We agreed the words of the danger together and write them up tomorrow."
RECORDING = re.compile("record it|read back|decide", re.IGNORECASE)
WHILE_AWAY = "Priya fits a high latch on the front door."


@dataclass
class Room:
    meeting: Meeting
    chair: Seat
    wall: Seat
    officer: Seat
    dana: Seat

    @property
    def all(self) -> list[Seat]:
        return [self.chair, self.wall, self.officer, self.dana]

    @property
    def but_the_chair(self) -> list[Seat]:
        return [self.wall, self.officer, self.dana]

    async def others(self, *people: str) -> list[Screen]:
        """Round the table too, without a browser."""
        return [await self.meeting.open(self.meeting.id_of(person)) for person in people]


@pytest.fixture
async def room(own_server: Server, meetings: Callable[..., Awaitable[Meeting]]) -> Room:
    meeting = await meetings(own_server, "mapping")
    hester, wall, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    return Room(meeting, hester, wall, rowan, dana)


@pytest.mark.timeout(240)
async def test_a_conference_from_the_map_to_the_decision_and_through_a_crash(room: Room) -> None:
    await everybody_sees_the_same_map(room)
    await what_the_chair_writes_is_on_every_screen(room)
    await a_card_that_the_chair_moves_moves_everywhere(room)
    await the_lamp_is_on_every_screen(room)
    await what_the_officer_offers_waits_for_the_chair(room)
    await what_is_new_to_the_family_reaches_nobody_before_it_is_released(room)
    await only_the_chair_sees_that_dana_wants_to_speak(room)
    await what_dana_answers_stands_beside_what_was_said_about_her(room)
    await numbers_come_in_without_names_and_only_the_chair_watches_them(room)
    await shown_numbers_have_names_and_reasons_on_every_screen(room)
    await what_makes_it_one_higher_becomes_a_next_step(room)
    await what_each_thinks_is_shown_to_all_at_once(room)
    await a_decision_without_the_steps_before_it_needs_a_typed_reason(room)
    await nobody_but_the_chair_can_record(room)
    await after_the_last_decision_the_map_is_locked(room)
    await a_killed_server_loses_nothing(room)


async def everybody_sees_the_same_map(room: Room) -> None:
    on_the_chairs = await room.chair.page.locator("li[data-item] .words").all_inner_texts()
    on_the_officers = await room.officer.page.locator("li[data-item] .words").all_inner_texts()
    on_the_wall = await room.wall.page.locator("li[data-item] .words").all_text_contents()
    on_danas = await tablet.whole_board(room.dana)
    assert len(on_the_chairs) > 15
    assert on_the_chairs == on_the_officers == on_the_wall == on_danas


async def what_the_chair_writes_is_on_every_screen(room: Room) -> None:
    await chair.gives_the_floor(room.chair, "Dana")
    await tablet.looks_at(room.dana, "strength")
    await chair.writes(room.chair, "2", SAID)
    for seat in room.all:
        await expect(seat.card(SAID)).to_have_count(1)
    for seat in (room.chair, room.officer, room.dana):
        await expect(seat.card(SAID)).to_be_visible()
    await expect(room.officer.card(SAID)).to_contain_text("Dana, Mum")


async def a_card_that_the_chair_moves_moves_everywhere(room: Room) -> None:
    await chair.goes_to_card(room.chair, SAID)
    await room.chair.page.keyboard.press("Shift+ArrowDown")
    for seat in (room.chair, room.wall, room.officer):
        await expect(seat.page.locator("[data-group=existing_safety]").get_by_text(SAID)).to_have_count(1)
    await expect(room.dana.page.locator("[aria-labelledby=group-existing_safety]")).to_contain_text(SAID)
    await expect(room.chair.page.locator(":focus")).to_contain_text(SAID)


async def the_lamp_is_on_every_screen(room: Room) -> None:
    await room.chair.page.keyboard.press("s")
    for seat in room.all:
        await expect(seat.card(SAID)).to_have_class(re.compile(r"\blit\b"))
        await expect(seat.card(SAID)).to_be_visible()
    await expect(room.chair.card(SAID)).to_contain_text("On every screen")
    await expect(room.officer.card(SAID)).to_contain_text("We are talking about this")
    await expect(room.dana.card(SAID)).to_contain_text("We are talking about this")
    await expect(room.wall.card(SAID)).to_be_in_viewport(ratio=1)
    await room.chair.page.keyboard.press("s")
    for seat in room.all:
        await expect(seat.page.locator(".lit")).to_have_count(0)


async def what_the_officer_offers_waits_for_the_chair(room: Room) -> None:
    await officer.offers(room.officer, OFFERED, where="past_harm", kind="allegation", heard="Yes")
    await expect(room.officer.page.get_by_label("Your own part")).to_contain_text("Offered")
    await room.chair.sees("1 point offered")
    await chair.gives_the_floor(room.chair, "Rowan")
    for seat in (room.wall, room.dana):
        await seat.sees("is speaking")
        await seat.knows_nothing_of(OFFERED)

    await room.chair.page.keyboard.press("o")
    await room.chair.page.keyboard.press("Enter")
    await expect(room.chair.page.locator("dialog")).to_contain_text("Nobody has offered a point.")
    await room.chair.page.keyboard.press("Escape")
    await tablet.looks_at(room.dana, "worry")
    for seat in room.all:
        await expect(seat.card(OFFERED)).to_have_count(1)
        await expect(seat.card(OFFERED)).to_contain_text("Not asked yet")


async def what_is_new_to_the_family_reaches_nobody_before_it_is_released(room: Room) -> None:
    naomi, callum = await room.others(NAOMI, CALLUM)
    await officer.offers(room.officer, HELD, where="past_harm", kind="fact", heard="Not yet")
    await room.chair.sees("2 new to the family")
    await chair.gives_the_floor(room.chair, "Grace")
    for seat in (room.wall, room.dana):
        await seat.sees("Grace")
        await seat.knows_nothing_of(HELD)
    for screen in (naomi, callum):
        await screen.settle()
        assert HELD not in "".join(screen.raw)

    await room.chair.page.keyboard.press("n")
    waiting = room.chair.page.locator("dialog li").filter(has_text=HELD)
    await waiting.get_by_role("button", name="Release").click()
    await expect(waiting).to_have_count(0)
    await room.chair.page.keyboard.press("Escape")
    for seat in room.all:
        await expect(seat.card(HELD)).to_contain_text("New today")


async def only_the_chair_sees_that_dana_wants_to_speak(room: Room) -> None:
    dana = room.meeting.id_of(DANA)
    (callum,) = await room.others(CALLUM)
    await room.dana.button("I’d like to say something").tap()
    await expect(room.chair.button("Dana Wrenfield, Mum. Wants to speak.")).to_be_visible()
    await room.dana.sees("Hester knows you want to speak")
    await room.chair.page.keyboard.press("w")
    await room.dana.sees("It is your turn to speak.")
    await expect(room.chair.button("Wants to speak")).to_have_count(0)
    for seat in (room.wall, room.officer):
        await expect(seat.page.locator("header.top")).to_contain_text("Dana, Mum, is speaking")
        assert "Wants to speak" not in await seat.says()
        await seat.knows_nothing_of(f"help/{dana}")
    await callum.settle()
    assert f"help/{dana}" not in "".join(callum.raw)


async def what_dana_answers_stands_beside_what_was_said_about_her(room: Room) -> None:
    await tablet.answers(room.dana, OFFERED, "Part of it", ANSWER)
    for seat in room.all:
        await expect(seat.card(OFFERED)).to_contain_text(ANSWER)
        await expect(seat.card(OFFERED)).not_to_contain_text("Not asked yet")
    await expect(room.officer.card(OFFERED)).to_contain_text("Dana agrees with part of it")


async def numbers_come_in_without_names_and_only_the_chair_watches_them(room: Room) -> None:
    before = {seat: len(seat.frames) for seat in room.all}
    await chair.moves_the_room_to(room.chair, "Scale")
    await chair.explains_the_test(room.chair)
    await room.chair.button("Ask the question").click()
    for seat in (room.officer, room.dana):
        await seat.sees("Hester sees the numbers come in, without names.")
    await expect(chair.spread(room.chair)).to_have_count(0)

    await officer.puts_in(room.officer, 4, HIS_WHY)
    await expect(chair.spread(room.chair)).to_have_count(1)
    await tablet.puts_in(room.dana, 7, HER_WHY)
    await expect(chair.spread(room.chair)).to_have_count(2)
    await expect(room.chair.page.get_by_role("listitem", name="4", exact=True).locator(".dot")).to_have_count(1)
    await expect(room.chair.page.get_by_role("listitem", name="7", exact=True).locator(".dot")).to_have_count(1)
    for seat in room.all:
        await seat.sees("2 of ")
    for seat in room.but_the_chair:
        await expect(seat.page.locator(".dot")).to_have_count(0)
        scales = [
            value
            for frame in seat.since(before[seat])
            for key, value in frame.get("put", {}).items()
            if key.startswith("scale/")
        ]
        assert scales
        assert not any(scale.get("spread") for scale in scales)
    for seat in room.all:
        if seat is not room.officer:
            await seat.knows_nothing_of(HIS_WHY)
        if seat is not room.dana:
            await seat.knows_nothing_of(HER_WHY)


async def shown_numbers_have_names_and_reasons_on_every_screen(room: Room) -> None:
    await room.chair.page.keyboard.press("r")
    await room.chair.button("Yes, show the numbers").click()
    for seat in room.all:
        await seat.sees(HIS_WHY)
        await seat.sees(HER_WHY)
        for name in ("Rowan", "Dana"):
            mark = seat.page.get_by_label("Everyone’s number").get_by_text(name)
            await expect(mark).to_be_visible()


async def what_makes_it_one_higher_becomes_a_next_step(room: Room) -> None:
    await room.chair.page.get_by_label("Said by").fill(STEP)
    await room.chair.button("Add as a next step").click()
    await chair.moves_the_room_to(room.chair, "Next steps")
    await room.dana.sees("Step 4 of 8")
    await tablet.looks_at(room.dana, "next_step")
    for seat in room.all:
        await seat.sees(STEP)


async def what_each_thinks_is_shown_to_all_at_once(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Views")
    for child in ("Tansy", "Robin"):
        await officer.gives_view(room.officer, child, "Child Protection plan", HIS_VIEW)
    await tablet.gives_view(room.dana, HER_VIEW)
    children = [room.meeting.id_of(child) for child in (TANSY, ROBIN)]
    for screen in await room.others(NAOMI, LEILA, GRACE, TOMASZ):
        for child in children:
            await screen.does("give_view", child_id=child, view="child_protection_plan", why="For them to be safe.")
    (callum,) = await room.others(CALLUM)
    await callum.does("give_family_view", children=children, text="I will keep going to Clearwater.")
    await chair.writes_view_of(room.chair, "Nana Mo", "They can always come to me.")
    for seat in room.all:
        if seat is not room.officer:
            await seat.knows_nothing_of(HIS_VIEW)
        if seat is not room.dana:
            await seat.knows_nothing_of(HER_VIEW)

    await room.chair.button("Show the views").click()
    for seat in room.all:
        await seat.sees(HIS_VIEW)
        await seat.sees(HER_VIEW)


async def a_decision_without_the_steps_before_it_needs_a_typed_reason(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Decision")
    tansy = chair.decision_about(room.chair, "Tansy")
    await tansy.get_by_label("Child Protection plan").check()
    await tansy.get_by_label("Physical abuse").check()
    await tansy.get_by_label("Your reasons").fill(REASONS)
    await expect(tansy).to_contain_text("Some steps come first: write each danger statement with its goal.")
    await expect(tansy).to_contain_text("Still to do: Tansy’s why you go on without the steps.")
    await expect(tansy.get_by_role("button", name="Read back, then record")).to_be_disabled()
    (another_tab,) = await room.others(HESTER)
    said_no = await another_tab.send(
        "record_decision",
        child_id=room.meeting.id_of(TANSY),
        outcome="child_protection_plan",
        category="physical_abuse",
        reasons=REASONS,
    )
    assert said_no["reason"] == "steps_missing"
    assert said_no["message"].startswith("Some steps come first: write each danger statement")
    await expect(tansy.get_by_label("Your reasons")).to_have_value(REASONS)

    await tansy.get_by_label("Or write why you go on without them").fill(WHY_WITHOUT)
    for seat in room.but_the_chair:
        await seat.knows_nothing_of(REASONS)
    await chair.records(room.chair, "Tansy")
    for seat in room.all:
        await seat.sees(REASONS)
    await room.wall.sees("Tansy: Child Protection plan")


async def nobody_but_the_chair_can_record(room: Room) -> None:
    for seat in room.but_the_chair:
        await expect(
            seat.page.get_by_role("button", name=re.compile("record it|read back|decide", re.I))
        ).to_have_count(0)
    decision = {"child_id": room.meeting.id_of(ROBIN), "outcome": "no_plan", "category": None, "reasons": "Because."}
    for screen in await room.others(ROWAN, NAOMI, DANA, BEA, SCREEN):
        assert "record_decision" not in screen.own["me"]["may"]
        assert await screen.refused("record_decision", **decision) == "not_allowed"


async def after_the_last_decision_the_map_is_locked(room: Room) -> None:
    robin = chair.decision_about(room.chair, "Robin")
    await robin.get_by_label("Child in Need plan").check()
    await robin.get_by_label("Your reasons").fill("Robin needs a door that he cannot open.")
    await robin.get_by_label("Or write why you go on without them").fill(WHY_WITHOUT)
    await chair.records(room.chair, "Robin")
    for seat in room.all:
        await seat.sees("Robin needs a door that he cannot open.")
    await room.officer.sees("The decisions are made, so the map is locked.")
    await room.dana.sees("The decisions are made. The board stays as it is.")
    await room.chair.page.keyboard.press("m")
    await expect(room.chair.card(SAID)).to_contain_text("Locked")
    await room.chair.page.keyboard.press("m")


async def a_killed_server_loses_nothing(room: Room) -> None:
    server = room.meeting.server
    for seat in room.all:
        seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
    await server.end(signal.SIGKILL)
    for seat in (room.chair, room.officer, room.dana):
        await seat.sees("Offline. Your words are kept here.")
    await chair.writes(room.chair, "3", WHILE_AWAY)
    await expect(room.chair.card(WHILE_AWAY)).to_contain_text("Kept here, not sent yet")

    heard = {seat: len(seat.frames) for seat in room.all}
    await server.start()
    await room.chair.sees("Back. 1 thing sent.")
    await room.chair.page.keyboard.press("Escape")
    for seat in room.all:
        await seat.hears_more_than(heard[seat])
    for seat in room.but_the_chair:
        await seat.sees(REASONS)
    await officer.looks_at(room.officer, "Map")
    await tablet.looks_at(room.dana, "next_step")
    for seat in (room.chair, room.officer, room.dana):
        await expect(seat.card(WHILE_AWAY)).to_have_count(1)
        await expect(seat.card(WHILE_AWAY)).not_to_contain_text("Kept here")
    (naomi,) = await room.others(NAOMI)
    assert [value["text"] for key, value in naomi.shared.items() if key.startswith("item/")].count(WHILE_AWAY) == 1
    assert len([key for key in naomi.shared if key.startswith("decision/")]) == 2
