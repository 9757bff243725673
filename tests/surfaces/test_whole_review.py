"""A review on four screens at once: what became of the plan before, and a decision that somebody disagrees with."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.surfaces import chair, officer, papers, tablet
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, GRACE, HESTER, NAOMI, ROBIN, SCREEN, TANSY, Meeting
from tests.surfaces.seat import Seat

GOAL = "A grown-up always knows where Robin is"
STEP = "Go to the weekly meeting at Clearwater"
NOTE = "He got out twice in the summer."
WORRY = "Robin found the new key in June."
STRENGTH = "Nobody has heard shouting since Easter."
WHY_NOW = "The front door is the same door."
CALMER = "We talk before it gets loud."
HER_VIEW = "We can do this with help."
WITHOUT = "The goals from the last time stand as they are."
REASONS = {
    "Tansy": "It is calm at home, and she says so herself.",
    "Robin": "He still gets out of the house when nobody sees it.",
}
OUTCOME = {"Tansy": "The plan ends, with a Child in Need plan", "Robin": "The plan goes on"}
DISSENT = "Half a year of calm is too short for her plan to end."


@dataclass
class Room:
    meeting: Meeting
    chair: Seat
    wall: Seat
    grace: Seat
    dana: Seat

    @property
    def all(self) -> list[Seat]:
        return [self.chair, *self.but_the_chair]

    @property
    def but_the_chair(self) -> list[Seat]:
        return [self.wall, self.grace, self.dana]


@pytest.mark.timeout(240)
async def test_a_review_from_the_plan_before_to_the_papers(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start", review=True)
    room = Room(meeting, *[await meeting.sits_down(whom) for whom in (HESTER, SCREEN, GRACE, DANA)])
    await the_plan_before_stands_beside_the_new_map(room)
    await how_it_went_is_written_beside_each_part(room)
    await the_new_map_fills(room)
    await todays_numbers_stand_over_those_from_before(room)
    await each_child_has_an_outcome_of_its_own(room)
    await a_disagreement_stands_beside_the_decision(room)
    await the_papers_tell_how_it_went(room)


def part_of(seat: Seat, words: str) -> Locator:
    """A goal or step of the plan before."""
    return seat.page.locator("[data-key^='earlier_']").filter(has_text=words)


async def the_plan_before_stands_beside_the_new_map(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Map")
    await officer.looks_at(room.grace, "The last plan")
    await room.dana.button("The last plan").tap()
    for seat in (room.chair, room.grace, room.dana):
        for words in (GOAL, STEP):
            await expect(part_of(seat, words).first).to_be_visible()
    await expect(room.dana.page.get_by_text("We have not talked about it yet")).not_to_have_count(0)


async def how_it_went_is_written_beside_each_part(room: Room) -> None:
    """By the chair, and by a service; the lamp brings the plan before onto the room screen."""
    goal = part_of(room.chair, GOAL).first
    await goal.get_by_role("button", name="Partly").click()
    await goal.get_by_label("Note").fill(NOTE)
    await goal.get_by_label("Note").press("Tab")
    await part_of(room.grace, STEP).first.get_by_role("button", name="Done", exact=True).click()
    for seat in (room.chair, room.grace):
        await expect(part_of(seat, STEP).first.get_by_role("button", name="Done", exact=True)).to_have_attribute(
            "aria-pressed", "true"
        )
    await expect(part_of(room.dana, GOAL).first).to_contain_text(f"Partly done. {NOTE}")
    await expect(part_of(room.dana, STEP).first).to_contain_text("Done")

    await goal.get_by_role("button", name="Light it").click()
    on_the_wall = room.wall.page.locator("li.lit").filter(has_text=GOAL)
    await expect(on_the_wall).to_contain_text(f"Partly. {NOTE}")
    await expect(part_of(room.dana, GOAL).first).to_contain_text("We are talking about this")
    await goal.get_by_role("button", name="Lamp off").click()
    await expect(room.wall.page.get_by_role("heading", name="What are we worried about?")).to_be_visible()


async def the_new_map_fills(room: Room) -> None:
    await chair.gives_the_floor(room.chair, "Grace")
    await chair.writes(room.chair, "1", WORRY)
    await chair.gives_the_floor(room.chair, "Dana")
    await chair.writes(room.chair, "2", STRENGTH)
    await officer.looks_at(room.grace, "Map")
    await tablet.looks_at(room.dana, "strength")
    for seat in room.all:
        await expect(seat.card(STRENGTH)).to_have_count(1)


async def todays_numbers_stand_over_those_from_before(room: Room) -> None:
    """The numbers from before come with today's, and not sooner: nobody's number is a guess at another's."""
    await chair.moves_the_room_to(room.chair, "Scale")
    await chair.explains_the_test(room.chair)
    await room.chair.button("Ask the question").click()
    await officer.puts_in(room.grace, 6, WHY_NOW)
    await tablet.puts_in(room.dana, 8, CALMER)
    for seat in room.all:
        await seat.knows_nothing_of("earlier_answers/")
    await room.chair.page.keyboard.press("r")
    await room.chair.button("Yes, show the numbers").click()
    for seat in room.all:
        await seat.sees(CALMER)
        assert [key for key in seat.shared if key.startswith("earlier_answers/")]
    for seat in (room.chair, room.wall):
        await seat.sees("Dotted: where we were on ")


async def each_child_has_an_outcome_of_its_own(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Views")
    for child, outcome in OUTCOME.items():
        await officer.gives_view(room.grace, child, outcome, WHY_NOW)
    await tablet.gives_view(room.dana, HER_VIEW)
    await room.chair.button("Show the views").click()
    for seat in room.all:
        await seat.sees(HER_VIEW)

    await chair.moves_the_room_to(room.chair, "Decision")
    for child, outcome in OUTCOME.items():
        form = chair.decision_about(room.chair, child)
        await form.get_by_label(outcome, exact=True).check()
        if child == "Robin":
            await form.get_by_label("Neglect").check()
        await form.get_by_label("Your reasons").fill(REASONS[child])
        await form.get_by_label("Or write why you go on without them").fill(WITHOUT)
        await chair.records(room.chair, child)
        for seat in room.all:
            await seat.sees(REASONS[child])
        await room.wall.sees(f"{child}: {outcome}")


async def a_disagreement_stands_beside_the_decision(room: Room) -> None:
    """It stops nothing, and everybody can read it."""
    await room.grace.page.locator("summary").filter(has_text="the decision for Tansy").click()
    form = room.grace.page.locator("form").filter(has=room.grace.button("Record my disagreement"))
    form = form.filter(visible=True)
    await form.get_by_label("Why? It is recorded with your name").fill(DISSENT)
    await form.get_by_role("button", name="Record my disagreement").click()
    for seat in room.all:
        await seat.sees(DISSENT)
    tansy, robin = [room.meeting.id_of(child) for child in (TANSY, ROBIN)]
    shown: dict[str, Any] = room.wall.shared
    assert [each["name"] for each in shown[f"decision/{tansy}"]["dissent"]] == ["Grace Tolland"]
    assert shown[f"decision/{robin}"]["dissent"] == []
    assert shown[f"decision/{tansy}"]["outcome"] == "plan_ends_child_in_need_plan"


async def the_papers_tell_how_it_went(room: Room) -> None:
    await chair.moves_the_room_to(room.chair, "Close")
    await room.chair.button("Close the meeting").click()
    await room.chair.button("Yes, close the meeting").click()
    await room.chair.sees("The meeting was closed at")
    fingerprint = await room.wall.page.locator(".fingerprint b").inner_text()
    await papers.turns_to_records(room.chair, room.meeting)
    for whom, document, format, held in (
        (DANA, "Letter about what was decided", "PDF", (*REASONS.values(), DISSENT)),
        (DANA, "Family copy", "Word", (*REASONS.values(), NOTE, CALMER, DISSENT)),
        (NAOMI, "Full record", "PDF", (*REASONS.values(), NOTE, CALMER, DISSENT, WITHOUT)),
    ):
        words = papers.words_in(await papers.fetches(room.chair, room.meeting, whom, document, format))
        for each in (*held, fingerprint):
            assert each in words, f"{document}: {each}"
