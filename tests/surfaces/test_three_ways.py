"""The worked conference from the welcome to the first paper and a look back: by keys, with a mouse, and by touch."""

import re
from dataclasses import dataclass

import pytest
from playwright.async_api import expect

from tests.surfaces import chair, papers
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.hands import Chairing, Finger, Hands, Keys, Mouse, chairing
from tests.surfaces.meeting import (
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
    Meeting,
)
from tests.surfaces.seat import Seat

SAID = "Dana counts to ten before she answers Callum."
OFFERED = "The caller said the children stood on the balcony alone."
HELD = "A second caller rang on Sunday evening about shouting."
DANGER = "Robin may be hurt when nobody watches the door."
AMENDED = "Robin may be badly hurt when nobody watches the door."
GOAL = "A grown-up is with Robin whenever the front door is open."
ANSWER = "I was in the kitchen and I saw them."
HIS_WHY = "The calls came close together."
HER_WHY = "It is quieter at home now."
STEP = "Priya fits a lock on the balcony door."
HIS_VIEW = "Two calls and a child who was hurt."
HER_VIEW = "I want help with the evenings."
REASONS = "Tansy was hurt, and others have to share the watching."
WITHOUT = "Tomasz had to go before he was asked, and sends his view tomorrow."


@dataclass
class Table:
    meeting: Meeting
    hester: Chairing
    wall: Seat
    rowan: Hands
    dana: Hands

    @property
    def all(self) -> list[Seat]:
        return [self.hester.seat, *self.but_the_chair]

    @property
    def but_the_chair(self) -> list[Seat]:
        return [self.wall, self.rowan.seat, self.dana.seat]


@pytest.mark.parametrize("way", [Keys, Mouse, Finger], ids=["with the keys alone", "with a mouse", "by touch"])
@pytest.mark.timeout(240)
async def test_everybody_gets_from_the_welcome_to_the_papers(meeting_at_moment: MeetingAt, way: type[Hands]) -> None:
    meeting = await meeting_at_moment("start")
    hester, wall, rowan, dana = [await way.come_in(meeting, whom) for whom in (HESTER, SCREEN, ROWAN, DANA)]
    table = Table(meeting, chairing(hester), wall.seat, rowan, dana)
    await everybody_is_welcomed(table)
    await the_chair_adds_moves_and_lights_a_card(table)
    await the_officer_offers_and_the_chair_places(table)
    await what_is_new_to_the_family_waits_until_it_is_released(table)
    await dana_asks_to_speak_and_answers(table)
    await a_break_is_taken(table)
    await the_danger_gets_better_words_and_a_goal(table)
    await numbers_come_in_and_are_shown(table)
    await what_makes_it_higher_becomes_a_step(table)
    await views_are_given_and_shown(table)
    await each_child_has_a_decision(table)
    await the_meeting_is_closed_and_dana_has_a_paper(table)
    await the_chair_looks_back(table)
    for hands in (hester, rowan, dana):
        await hands.used_nothing_else()


async def test_two_keys_add_a_card_one_moves_it_and_one_lights_it(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall = await Keys.come_in(meeting, HESTER), await meeting.sits_down(SCREEN)
    at_table = chairing(hester)
    await at_table.adds("strength", SAID)  # which counts its own two keys, and goes back with Esc
    before = hester.pressed
    await hester.key("Shift+ArrowRight")
    await expect(wall.page.locator(".next_step").get_by_text(SAID)).to_have_count(1)
    assert hester.pressed - before == 1
    await expect(hester.page.locator("[data-card]:focus")).to_contain_text(SAID)
    await hester.key("s")
    await expect(wall.card(SAID)).to_have_class(re.compile(r"\blit\b"))
    assert hester.pressed - before == 2


async def test_who_writes_nothing_in_the_line_comes_back_to_where_they_were(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    await chair.goes_to_card(hester, "very tired at school")
    await hester.page.keyboard.press("2")
    await expect(hester.page.get_by_placeholder("Write what was said")).to_be_focused()
    await hester.page.keyboard.press("Escape")
    await expect(hester.page.locator("[data-card]:focus")).to_contain_text("very tired at school")
    line = hester.page.locator(".col.worry").get_by_role("button", name="Write what was said")
    await line.click()
    await hester.page.keyboard.press("Escape")
    await expect(line).to_be_focused()


async def everybody_is_welcomed(table: Table) -> None:
    hester, hands = table.hester, table.hester.hands
    await expect(table.wall.page.get_by_role("heading", name="Who is here")).to_be_visible()
    seat = hester.page.get_by_label("People", exact=True).get_by_role("button", name=re.compile("^Leila"))
    await hands.presses(seat)
    await hands.presses(hester.page.get_by_role("menuitem", name="stepped out"))
    await expect(seat).to_contain_text("Stepped out")
    await hands.presses(seat)
    await hands.presses(hester.page.get_by_role("menuitem", name="back"))
    await expect(seat).not_to_contain_text("Stepped out")
    await hester.moves_the_room_to("Map")
    await table.dana.seat.sees("Nothing here yet")


async def the_chair_adds_moves_and_lights_a_card(table: Table) -> None:
    hester = table.hester
    await hester.gives_the_floor("Dana")
    await table.dana.presses(table.dana.page.locator("#tab-strength"))
    await hester.adds("strength", SAID)
    for seat in table.all:
        await expect(seat.card(SAID)).to_have_count(1)
    await expect(table.rowan.seat.card(SAID)).to_contain_text("Dana, Mum")
    await hester.moves_to_the_next_group(SAID, "existing_safety")
    for seat in (hester.seat, table.wall, table.rowan.seat):
        await expect(seat.page.locator("[data-group=existing_safety]").get_by_text(SAID)).to_have_count(1)
    await expect(table.dana.page.locator("[aria-labelledby=group-existing_safety]")).to_contain_text(SAID)
    await hester.lights(SAID)
    for seat in table.all:
        await expect(seat.card(SAID)).to_have_class(re.compile(r"\blit\b"))
    await expect(table.wall.card(SAID)).to_be_in_viewport(ratio=1)
    await hester.puts_the_lamp_out(SAID)
    for seat in table.all:
        await expect(seat.page.locator(".lit")).to_have_count(0)


async def offers(officer: Hands, words: str, *, heard: str) -> None:
    page = officer.page
    await officer.writes(page.get_by_label("Write a point"), words)
    await officer.chooses(page.get_by_role("combobox", name="Where", exact=True), "past_harm")
    await officer.chooses(page.get_by_role("combobox", name="Kind", exact=True), "allegation")
    about = page.get_by_role("group", name="About").get_by_label("Tansy")
    if not await about.is_checked():
        await officer.presses(about)
    await officer.presses(page.get_by_role("group", name="Has the family heard it?").get_by_label(heard))
    await officer.presses(officer.seat.button("Offer to Hester"))
    await expect(page.get_by_label("Write a point")).to_have_value("")


async def the_officer_offers_and_the_chair_places(table: Table) -> None:
    await offers(table.rowan, OFFERED, heard="Yes")
    await table.hester.seat.sees("1 point offered")
    for seat in (table.wall, table.dana.seat):
        await seat.knows_nothing_of(OFFERED)
    await table.hester.places(OFFERED)
    await table.dana.presses(table.dana.page.locator("#tab-worry"))
    for seat in table.all:
        await expect(seat.card(OFFERED)).to_contain_text("Not asked yet")


async def what_is_new_to_the_family_waits_until_it_is_released(table: Table) -> None:
    await offers(table.rowan, HELD, heard="Not yet")
    await table.hester.seat.sees("1 new to the family")
    for seat in (table.wall, table.dana.seat):
        await seat.knows_nothing_of(HELD)
    await table.hester.releases(HELD)
    for seat in table.all:
        await expect(seat.card(HELD)).to_contain_text("New today")


async def dana_asks_to_speak_and_answers(table: Table) -> None:
    hester, dana = table.hester, table.dana
    await hester.gives_the_floor("Rowan")
    await dana.seat.sees("Rowan")
    await dana.presses(dana.seat.button("I’d like to say something"))
    await hester.seat.sees("Wants to speak")
    await hester.gives_the_floor_to_who_waits("Dana")
    await dana.seat.sees("It is your turn to speak.")
    card = dana.seat.card(OFFERED)
    await dana.presses(card.get_by_role("button", name="I want to answer this"))
    await dana.presses(card.get_by_role("radio", name="Part of it"))
    await dana.writes(card.get_by_label("In your own words"), ANSWER)
    await dana.presses(dana.seat.button("Put my answer beside it"))
    for seat in table.all:
        await expect(seat.card(OFFERED)).to_contain_text(ANSWER)


async def a_break_is_taken(table: Table) -> None:
    hester, hands = table.hester, table.hester.hands
    await hester.opens_the_break()
    await hands.presses(hester.seat.button("10 minutes"))
    for seat in table.but_the_chair:
        await seat.sees("We’re having a break. Back at ")
    await hester.opens_the_break()
    await hands.presses(hester.seat.button("End the break"))
    for seat in table.but_the_chair:
        await seat.does_not_see("We’re having a break.")


async def the_danger_gets_better_words_and_a_goal(table: Table) -> None:
    hester, hands = table.hester, table.hester.hands
    page, keep = hester.page, hester.seat.button("Keep this wording")
    await hester.moves_the_room_to("Danger and goal")
    await hands.writes(page.get_by_label("New danger statement"), DANGER)
    await hands.presses(keep.first)
    for seat in table.but_the_chair:
        await seat.sees(DANGER)
    danger = chair.danger(hester.seat)
    await hands.writes(danger, AMENDED)
    await hands.writes(page.get_by_label("Why it changes"), "Dana said how.")
    await hands.presses(keep.first)
    for seat in table.but_the_chair:
        await seat.sees(AMENDED)
    await hands.presses(hester.seat.button("Move the room to goals"))
    await hands.writes(page.get_by_label("New safety goal"), GOAL)
    await hands.presses(keep.last)
    for seat in table.but_the_chair:
        await seat.sees(GOAL)


async def puts_in(hands: Hands, number: int, why: str) -> None:
    await hands.presses(hands.page.get_by_role("radio", name=str(number), exact=True))
    await hands.writes(hands.page.get_by_label(f"Why {number}?"), why)
    await hands.presses(hands.seat.button(f"Put in my {number}"))
    await hands.seat.sees("Your number is in.")


async def numbers_come_in_and_are_shown(table: Table) -> None:
    hester = table.hester
    await hester.moves_the_room_to("Scale")
    test = hester.page.get_by_role("group", name="Tick each one as you say it")
    for outcome in await test.get_by_role("checkbox").all():
        await hester.hands.presses(outcome)
    await hester.hands.presses(hester.seat.button("We have explained the test"))
    await hester.seat.sees("with every outcome named.")
    await hester.hands.presses(hester.seat.button("Ask the question"))
    await puts_in(table.rowan, 4, HIS_WHY)
    await puts_in(table.dana, 7, HER_WHY)
    await expect(chair.spread(hester.seat)).to_have_count(2)
    for seat in table.but_the_chair:
        await expect(seat.page.locator(".dot")).to_have_count(0)
    for seat in (hester.seat, table.wall):
        await seat.knows_nothing_of(HIS_WHY)
        await seat.knows_nothing_of(HER_WHY)
    await hester.shows_the_numbers()
    for seat in table.all:
        await seat.sees(HIS_WHY)
        await seat.sees(HER_WHY)
        for name in ("Rowan", "Dana"):
            await expect(seat.page.get_by_label("Everyone’s number").get_by_text(name)).to_be_visible()


async def what_makes_it_higher_becomes_a_step(table: Table) -> None:
    hester, dana = table.hester, table.dana
    await hester.hands.writes(hester.page.get_by_label("Said by"), STEP)
    await hester.hands.presses(hester.seat.button("Add as a next step"))
    await hester.moves_the_room_to("Next steps")
    await dana.seat.sees("Step 4 of 8")
    await dana.presses(dana.page.locator("#tab-next_step"))
    for seat in table.all:
        await seat.sees(STEP)


async def gives_view(officer: Hands, child: str) -> None:
    form = officer.page.locator("form").filter(has=officer.seat.button(f"Put in our view for {child}"))
    await officer.presses(form.get_by_label("Child Protection plan"))
    await officer.writes(form.get_by_label("Why, in one sentence"), HIS_VIEW)
    await officer.presses(form.get_by_role("button", name="Put in our view"))
    await expect(officer.seat.button(f"Change it for {child}")).to_be_visible()


async def views_are_given_and_shown(table: Table) -> None:
    hester, dana = table.hester, table.dana
    await hester.moves_the_room_to("Views")
    for child in ("Tansy", "Robin"):
        await gives_view(table.rowan, child)
    await dana.writes(dana.page.get_by_label("What do you think should happen?"), HER_VIEW)
    await dana.presses(dana.seat.button("Keep my words"))
    await others_give_their_views(table.meeting)
    await hester.hands.presses(hester.seat.button("Write Nana Mo’s view"))
    await hester.hands.writes(hester.page.get_by_label("In their own words"), "They can always come to me.")
    await hester.hands.presses(hester.seat.button("Keep this view"))
    await expect(hester.page.locator("dialog")).to_have_count(0)
    for seat in (hester.seat, table.wall):
        await seat.knows_nothing_of(HIS_VIEW)
        await seat.knows_nothing_of(HER_VIEW)
    await hester.hands.presses(hester.seat.button("Show the views"))
    for seat in table.all:
        await seat.sees(HIS_VIEW)
        await seat.sees(HER_VIEW)


async def others_give_their_views(meeting: Meeting) -> None:
    children = [meeting.id_of(child) for child in (TANSY, ROBIN)]
    for person in (NAOMI, LEILA, GRACE):
        screen = await meeting.open(meeting.id_of(person))
        for child in children:
            await screen.does("give_view", child_id=child, view="child_protection_plan", why="For them to be safe.")
    callum = await meeting.open(meeting.id_of(CALLUM))
    await callum.does("give_family_view", children=children, text="I will keep going to Clearwater.")


async def each_child_has_a_decision(table: Table) -> None:
    hester, hands = table.hester, table.hester.hands
    await hester.moves_the_room_to("Decision")
    for child, plan in (("Tansy", "Child Protection plan"), ("Robin", "Child in Need plan")):
        form = chair.decision_about(hester.seat, child)
        reasons = f"{child}: {REASONS}"
        await hands.presses(form.get_by_label(plan))
        if plan == "Child Protection plan":
            await hands.presses(form.get_by_label("Physical abuse"))
        await hands.writes(form.get_by_label("Your reasons"), reasons)
        await hands.writes(form.get_by_label("Or write why you go on without them"), WITHOUT)
        await hands.presses(form.get_by_role("button", name="Read back, then record"))
        aloud = hester.page.get_by_role("dialog", name=f"Read back: {child}")
        await expect(aloud).to_contain_text(reasons)
        for seat in table.but_the_chair:
            await seat.knows_nothing_of(reasons)
        await hands.presses(aloud.get_by_role("button", name="Record it"))
        for seat in table.all:
            await seat.sees(reasons)
    await table.rowan.seat.sees("The decisions are made, so the map is locked.")


async def the_meeting_is_closed_and_dana_has_a_paper(table: Table) -> None:
    hester, hands = table.hester, table.hester.hands
    page = hester.page
    await hester.moves_the_room_to("Close")
    await hands.chooses(page.get_by_label("Lead social worker"), table.meeting.id_of(NAOMI))
    await hands.presses(chair.fold(hester.seat, "Core group"))
    await hands.presses(page.get_by_role("group", name="Core group").get_by_label("Dana"))
    await hands.presses(chair.fold(hester.seat, "Who gets which paper"))
    await hands.chooses(page.get_by_label("What Dana gets"), "family")
    await hands.presses(hester.seat.button("Write the letter to Tansy"))
    letter = page.get_by_role("dialog")
    await hands.writes(letter.get_by_label("What is going well?"), "You read well.")
    await hands.presses(letter.get_by_role("button", name="Close"))
    await hands.presses(hester.seat.button("Close the meeting"))
    await hands.presses(hester.seat.button("Yes, close the meeting"))
    await hester.seat.sees("The meeting was closed at")
    for seat in (table.rowan.seat, table.dana.seat):
        await seat.sees("The meeting is over.")
    async with hester.seat.context.expect_page() as opened:
        await hands.presses(page.get_by_role("link", name="Records"))
    records = type(hands)(Seat(hester.seat.context, await opened.value, hester.seat.home))
    await records.seat.sees("Papers are made for 0 of 1 people.")  # hers is open: the next that is not made
    plan = papers.line(papers.row(records.seat, table.meeting, DANA), "The plan")
    async with records.page.expect_download():
        await records.presses(plan.get_by_role("button", name="PDF"))
    await records.seat.sees("Papers are made for 1 of 1 people.")


async def the_chair_looks_back(table: Table) -> None:
    """To the welcome, and on from there."""
    hester, hands = table.hester, table.hester.hands
    async with hester.seat.context.expect_page() as opened:
        await hands.presses(hester.page.get_by_role("link", name="Look back"))
    back = type(hands)(Seat(hester.seat.context, await opened.value, hester.seat.home))
    wall = back.page.frame_locator("iframe").locator(".room")
    await expect(wall).to_contain_text("Lead social worker")
    await back.presses(back.seat.button("Welcome"))
    await expect(wall).to_contain_text("Who is here")
    step = back.page.get_by_text(re.compile(r"^Step \d+ of \d+$"))
    before = int((await step.inner_text()).split()[1])
    await back.presses(back.seat.button("Step on"))
    await expect(step).to_have_text(re.compile(rf"^Step {before + 1} of "))
