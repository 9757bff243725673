"""A whole conference on four screens at once, from the welcome to the papers that people take home."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.async_api import expect

from tests.realtime.screen import Screen
from tests.surfaces import chair, officer, papers, tablet
from tests.surfaces.conftest import MeetingAt
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

KEEP_THE_LINES = """
  window.lines = []
  window.WebSocket = class extends WebSocket { constructor(...how) { super(...how); lines.push(this) } }
"""

WORRY = "Tansy’s hand was cut when a plate was thrown."
STRENGTH = "Dana put a chain high up on the door."
RELEASED = "Callum was stopped at the wheel on Monday."
STILL_HELD = "The dentist has a note that nobody has read out yet."
RESTRICTED = "The new address of an aunt is not given to anyone."
HALF, WHOLE = "A neighbour rang twice in ", "A neighbour rang twice in May about shouting."
DANGER = "Robin may be hurt when nobody watches the door."
AMENDED = "Robin may be badly hurt in Mill Street when nobody watches the door."
GOAL = "A grown-up is with Robin whenever the front door is open."
STEP = "Grace brings a second chain for the kitchen door."
WHY = "It has been quiet for a week."
VIEW = "Two calls in one month, and a child was hurt."
HER_VIEW = "I want help with the evenings."
REASONS = {
    "Tansy": "Tansy heard every row, and she looks after Robin at night.",
    "Robin": "Robin was out in the street on his own, and his teeth hurt.",
}
CATEGORY = {"Tansy": "Emotional abuse", "Robin": "Neglect"}
LETTER = {
    "What are we worried about?": "A plate broke and your hand was cut.",
    "What is going well?": "Mum looked after your hand.",
    "What will happen now?": "Naomi comes to see you on Tuesday.",
    "Whom to turn to": "You can tell Mrs Hartnoll or Bea.",
}


@dataclass
class Room:
    meeting: Meeting
    chair: Seat
    wall: Seat
    officer: Seat
    dana: Seat
    screens: dict[str, Screen] = field(default_factory=dict)

    @property
    def all(self) -> list[Seat]:
        return [self.chair, self.wall, self.officer, self.dana]

    @property
    def but_the_chair(self) -> list[Seat]:
        return self.all[1:]

    async def other(self, whom: str) -> Screen:
        """Round the table too, without a browser."""
        if whom not in self.screens:
            self.screens[whom] = await self.meeting.open(self.meeting.id_of(whom))
        return self.screens[whom]

    @property
    def children(self) -> list[str]:
        return [self.meeting.id_of(child) for child in (TANSY, ROBIN)]


@pytest.mark.timeout(240)
async def test_a_first_conference_from_the_welcome_to_the_papers(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start")
    hester, wall = [await meeting.sits_down(whom) for whom in (HESTER, SCREEN)]
    rowan = await sits_down_with_a_line_that_breaks(meeting, ROWAN)
    room = Room(meeting, hester, wall, rowan, await meeting.sits_down(DANA))
    await everybody_is_welcome(room)
    await an_empty_map_fills_on_every_screen(room)
    await what_is_new_to_the_family_waits(room)
    await a_dropped_line_takes_no_word_from_who_is_writing(room)
    await a_break_stands_on_every_screen(room)
    await a_danger_is_put_into_better_words_and_all_see_which(room)
    await a_step_and_a_number_for_the_goal(room)
    await everybody_is_asked(room)
    await each_child_has_a_category_of_its_own(room)
    await what_comes_next_is_written_and_the_meeting_is_closed(room)
    await five_papers_hold_what_their_reader_may_see(room)


async def sits_down_with_a_line_that_breaks(meeting: Meeting, whom: str) -> Seat:
    seat = await meeting.device(whom)
    await seat.page.add_init_script(KEEP_THE_LINES)
    await seat.page.goto(await meeting.joining_link(whom))
    await seat.button("Join").click()
    await seat.has_the_board()
    return seat


async def everybody_is_welcome(room: Room) -> None:
    await expect(room.wall.page.get_by_role("heading", name="Who is here")).to_be_visible()
    await room.dana.sees("Step 1 of 8")
    for seat in (room.wall, room.officer, room.dana):
        for name in ("Dana", "Naomi", "Grace", "Hester"):
            await seat.sees(name)


async def an_empty_map_fills_on_every_screen(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Map")
    await room.dana.sees("Nothing here yet")
    await chair.gives_the_floor(room.chair, "Naomi")
    await chair.writes(room.chair, "1", WORRY)
    await chair.gives_the_floor(room.chair, "Dana")
    await chair.writes(room.chair, "2", STRENGTH)
    for seat in room.all:
        for words in (WORRY, STRENGTH):
            await expect(seat.card(words)).to_have_count(0 if seat is room.dana and words == STRENGTH else 1)
    await tablet.looks_at(room.dana, "strength")
    await expect(room.dana.card(STRENGTH)).to_contain_text("Dana, Mum")


async def what_is_new_to_the_family_waits(room: Room) -> None:
    await officer.offers(room.officer, RELEASED, where="past_harm", kind="fact", heard="Not yet")
    grace, hester = await room.other(GRACE), await room.other(HESTER)
    where: dict[str, Any] = {"column": "worry", "sub_category": "past_harm", "about_children": room.children}
    await grace.does("add_item", text=STILL_HELD, kind="fact", family_knows=False, **where)
    naomi = room.meeting.id_of(NAOMI)
    why: dict[str, Any] = {"reason": "She asked for that.", "source": {"person_id": naomi, "basis": "letter"}}
    await hester.does("add_restricted", text=RESTRICTED, visible_to=[naomi], **why)
    await room.chair.sees("2 new to the family")
    for seat in (room.wall, room.dana):
        for words in (RELEASED, STILL_HELD, RESTRICTED):
            await seat.knows_nothing_of(words)
    await room.chair.page.keyboard.press("n")
    waiting = room.chair.page.locator("dialog li").filter(has_text=RELEASED)
    await waiting.get_by_role("button", name="Release").click()
    await expect(waiting).to_have_count(0)
    await room.chair.page.keyboard.press("Escape")
    await tablet.looks_at(room.dana, "worry")
    for seat in room.all:
        await expect(seat.card(RELEASED)).to_contain_text("New today")


async def a_dropped_line_takes_no_word_from_who_is_writing(room: Room) -> None:
    rowan = room.officer
    rowan.forgive("WebSocket connection to", "ERR_INTERNET_DISCONNECTED")
    lines = rowan.sockets
    place = rowan.page.get_by_label("Write a point")
    await place.press_sequentially(HALF)
    await rowan.context.set_offline(True)
    await rowan.page.evaluate("lines.forEach((line) => line.close())")
    await rowan.sees("Offline. Your words are kept here.")
    await chair.writes(room.chair, "2", "Nana Mo comes on Fridays.")
    await expect(place).to_be_focused()
    await place.press_sequentially(WHOLE.removeprefix(HALF))
    await rowan.context.set_offline(False)
    await expect(rowan.card("Nana Mo comes on Fridays.")).to_have_count(1)
    assert rowan.sockets > lines
    await expect(place).to_have_value(WHOLE)
    await officer.offers(rowan, WHOLE, where="past_harm", kind="allegation", heard="Yes")
    await room.chair.sees("1 point offered")
    await room.chair.page.keyboard.press("o")
    await room.chair.page.keyboard.press("Enter")
    await expect(room.chair.page.locator("dialog")).to_contain_text("Nobody has offered a point.")
    await room.chair.page.keyboard.press("Escape")
    for seat in room.all:
        await expect(seat.card(WHOLE)).to_have_count(1)


async def a_break_stands_on_every_screen(room: Room) -> None:
    await room.chair.page.keyboard.press("b")
    await room.chair.button("10 minutes").click()
    await room.chair.sees("Break until")
    for seat in room.but_the_chair:
        await seat.sees("We’re having a break. Back at ")
    await room.wall.does_not_see(WORRY)
    await expect(room.chair.page.get_by_role("dialog")).to_have_count(0)
    await room.chair.page.keyboard.press("b")
    await room.chair.button("End the break").click()
    for seat in room.but_the_chair:
        await seat.does_not_see("We’re having a break.")
    await room.wall.sees(WORRY)


async def a_danger_is_put_into_better_words_and_all_see_which(room: Room) -> None:
    hester = room.chair
    await chair.moves_the_room_to(hester, "Danger and goal")
    await hester.page.get_by_label("New danger statement").fill(DANGER)
    await hester.page.keyboard.press("Control+Enter")
    for seat in room.but_the_chair:
        await seat.sees(DANGER)
    await expect(chair.danger(hester)).to_have_value(DANGER)
    await chair.danger(hester).fill(AMENDED)
    await hester.page.get_by_label("Why it changes").fill("Dana said where he was found.")
    await hester.button("Keep this wording").first.click()

    for seat in (hester, room.wall):
        await expect(seat.page.locator("ins")).to_have_text(["badly", "in Mill Street"])
    await room.wall.sees("The first wording stays in the record.")
    for seat in (room.officer, room.dana):
        await seat.sees(AMENDED)
    await room.dana.sees("Dana said where he was found.")
    await room.officer.page.get_by_text("Earlier wordings").click()
    await expect(room.officer.page.locator("del")).to_have_text(DANGER)

    await hester.button("Move the room to goals").click()
    await hester.page.get_by_label("New safety goal").fill(GOAL)
    await hester.page.keyboard.press("Control+Enter")
    for seat in room.but_the_chair:
        await seat.sees(GOAL)


async def a_step_and_a_number_for_the_goal(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Next steps")
    await chair.gives_the_floor(room.chair, "Grace")
    await room.chair.page.keyboard.press("m")
    await chair.writes(room.chair, "3", STEP)
    await tablet.looks_at(room.dana, "next_step")
    for seat in room.all:
        await seat.sees(STEP)

    await chair.moves_the_room_to(room.chair, "Scale")
    await chair.explains_the_test(room.chair)
    await room.chair.button("Ask the question").click()
    await officer.puts_in(room.officer, 4, VIEW)
    await tablet.puts_in(room.dana, 6, WHY)
    bea, tansy = await room.other(BEA), room.children[0]
    await bea.until(lambda: [key for key in bea.shared if key.startswith("scale/")])
    (scale,) = [key.removeprefix("scale/") for key in bea.shared if key.startswith("scale/")]
    await bea.does("answer_scale", scale_id=scale, score=4, passed=False, why="It is loud at night.", for_child=tansy)
    await room.chair.page.keyboard.press("r")
    await room.chair.button("Yes, show the numbers").click()
    for seat in room.all:
        await seat.sees(WHY)


async def everybody_is_asked(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Views")
    for child in ("Tansy", "Robin"):
        await officer.gives_view(room.officer, child, "Child Protection plan", VIEW)
    await tablet.gives_view(room.dana, HER_VIEW)
    for person in (NAOMI, LEILA, GRACE, TOMASZ):
        screen = await room.other(person)
        for child in room.children:
            await screen.does("give_view", child_id=child, view="child_protection_plan", why="For them to be safe.")
    callum = await room.other(CALLUM)
    await callum.does("give_family_view", children=room.children, text="I keep going to Clearwater.")
    await chair.writes_view_of(room.chair, "Nana Mo", "They can always come to me.")
    await room.chair.button("Show the views").click()
    for seat in room.all:
        await seat.sees(VIEW)
        await seat.sees(HER_VIEW)


async def each_child_has_a_category_of_its_own(room: Room) -> None:
    """With nothing missing, so no reason is asked for; read aloud, and only then on every screen."""
    await chair.moves_the_room_to(room.chair, "Decision")
    for child, reasons in REASONS.items():
        form = chair.decision_about(room.chair, child)
        await form.get_by_label("Child Protection plan").check()
        await form.get_by_label(CATEGORY[child]).check()
        await form.get_by_label("Your reasons").fill(reasons)
        await expect(form).not_to_contain_text("Some steps come first")
        for seat in room.but_the_chair:
            await seat.knows_nothing_of(reasons)
        await chair.records(room.chair, child)
        for seat in room.all:
            await seat.sees(reasons)
    for category in CATEGORY.values():
        await room.wall.sees(category)
        await room.officer.sees(category)


async def what_comes_next_is_written_and_the_meeting_is_closed(room: Room) -> None:
    hester = room.chair
    await chair.moves_the_room_to(hester, "Close")
    await chooses(hester, "Lead social worker", room.meeting.id_of(NAOMI))
    await chair.fold(hester, "Who gets which paper").click()
    await chooses(hester, "What Dana gets", "family")
    await chooses(hester, "What Naomi gets", "full")
    await hester.page.keyboard.press("Tab")
    await hester.sees("Saved. Everybody sees it, but not who gets which paper.")
    await hester.button("Write the letter to Tansy").click()
    for label, words in LETTER.items():
        await hester.page.get_by_role("dialog").get_by_label(label).fill(words)
    await hester.page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await hester.button("Close the meeting").click()
    await hester.button("Yes, close the meeting").click()
    await hester.sees("The meeting was closed at")
    for seat in (room.officer, room.dana):
        await seat.sees("The meeting is over")
        await seat.sees("You can close this page.")
    await room.wall.sees("Lead social worker")


async def chooses(hester: Seat, label: str, value: str) -> None:
    place = hester.page.get_by_label(label)
    await place.focus()
    await place.select_option(value)


async def five_papers_hold_what_their_reader_may_see(room: Room) -> None:
    fingerprint = await room.wall.page.locator(".fingerprint b").inner_text()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}", fingerprint)
    await papers.turns_to_records(room.chair, room.meeting)
    for whom, document, format, title in (
        (DANA, "Letter about what was decided", "PDF", "What was decided"),
        (DANA, "The plan", "Word", "The plan"),
        (DANA, "Family copy", "PDF", "Your copy of what was said and decided at"),
        (DANA, "Letter to Tansy", "Word", "For Tansy"),
        (NAOMI, "Full record", "PDF", "Record of the"),
        (HESTER, "Full record", "Word", "Record of the"),
    ):
        file = await papers.fetches(room.chair, room.meeting, whom, document, format)
        words = papers.words_in(file)
        assert file.startswith(b"%PDF-" if format == "PDF" else b"PK")
        assert title in words, words
        assert fingerprint in words, document
        assert (STILL_HELD in words) is (whom == HESTER), document
        assert (RESTRICTED in words) is (whom in (NAOMI, HESTER)), document
        for given, paper in (
            (GOAL, "The plan"),
            (AMENDED, "Family copy"),
            (LETTER["Whom to turn to"], "Letter to Tansy"),
        ):
            assert document != paper or given in words, document
        if document in ("Letter about what was decided", "Full record"):
            assert all(reasons in words for reasons in REASONS.values())
