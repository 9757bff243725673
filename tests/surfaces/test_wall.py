"""The last row reads the wall: however much is said, however long the names are, and also when the server has gone."""

import os
import re
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import BrowserContext, Locator, expect

from app.board.conference import Person, PrepareConference
from app.board.terms import HERE
from tests import cast
from tests.cast import CHAIR, NURSE, PROJECTOR, ROBIN
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting
from tests.surfaces.meeting import DEVICES, HESTER, SCREEN, Meeting
from tests.surfaces.seat import Seat

WALLS = [(3840, 2160), (1280, 720), (1920, 1080)]
WORRIES = ("past_harm", "future_danger", "complicating_factor")
STRENGTHS = ("existing_strength", "existing_safety")
STEPS = ("next_step", "if_things_go_wrong")
WHERE = {
    "welcome": "Who is here",
    "mapping": "What are we worried about?",
    "next_steps": "What needs to happen?",
    "agency_views": "What does each of us think?",
    "decision": "The decision",
}
LONG = (
    "Robin was seen at the window on his own, and the neighbour who rang the school says he called for a long time."
).ljust(120, "!")

# Every text that can be seen lies whole in what is around it and on the wall: a list of those that do not.
CUT = """() => {
  const found = []
  const texts = document.createTreeWalker(document.querySelector('.room'), NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const one = text.parentElement
    if (!text.data.trim() || one.closest('.vh') || !one.checkVisibility()) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const slack = parseFloat(getComputedStyle(one).fontSize) * 0.15
    const frames = [{ top: 0, left: 0, right: innerWidth, bottom: innerHeight }]
    let block = null
    for (let place = one; place; place = place.parentElement) {
      const style = getComputedStyle(place)
      if (!block && style.display !== 'inline') block = place.getBoundingClientRect()
      if (style.overflow !== 'visible') frames.push(place.getBoundingClientRect())
    }
    for (const line of range.getClientRects()) {
      const whole = frames.every((frame) => line.left >= frame.left - 1 && line.right <= frame.right + 1
        && line.top >= frame.top - slack && line.bottom <= frame.bottom + slack)
      if (!whole || line.left < block.left - 1 || line.right > block.right + 1) found.push(text.data.trim())
    }
  }
  return found
}"""
TOO_SMALL = """() => [...document.querySelectorAll('.room *')]
  .filter((one) => one.checkVisibility() && !one.closest('.vh') && one.innerText?.trim())
  .filter((one) => parseFloat(getComputedStyle(one).fontSize)
    < 24 * Math.min(innerWidth / 1920, innerHeight / 1080) - 0.01)
  .map((one) => `${one.innerText}: ${getComputedStyle(one).fontSize}`)"""
SCROLLS = """() => [document.documentElement, ...document.querySelectorAll('.room *')]
  .filter((one) => getComputedStyle(one).overflowY !== 'hidden' || one === document.documentElement)
  .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY) || one === document.documentElement)
  .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
  .map((one) => one.className || one.localName)"""
LONELY_HEADINGS = """() => [...document.querySelectorAll('.sub')]
  .filter((group) => group.querySelector('.card') && group.querySelector('h3').checkVisibility())
  .filter((group) => {
    const card = [...group.querySelectorAll('.card')].find((one) => one.checkVisibility())
    const heading = group.querySelector('h3').getBoundingClientRect()
    if (!card) return !group.querySelector('.count').checkVisibility() // how many, in words
    return card.getBoundingClientRect().top < heading.top
  })
  .map((group) => group.dataset.group)"""


DRAWN = """(async (found) => {
  const patience = performance.now() + 5000
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame)
  let now = found()
  while (now.length && performance.now() < patience) {
    await new Promise(requestAnimationFrame)
    now = found()
  }
  return now
})"""


LAID = """() => [getComputedStyle(document.querySelector('.map')).gridTemplateColumns,
  parseFloat(getComputedStyle(document.querySelector('.card .words')).fontSize)]"""


@dataclass
class Wall:
    """The room screen, and the chair without a browser."""

    sitting: Sitting
    hester: Screen
    seat: Seat

    async def holds(self, count: int, group: str, words: str = LONG) -> list[str]:
        return [await self.add(group, f"{number} {words}"[: len(words)]) for number in range(count)]

    async def add(self, group: str, text: str) -> str:
        if group in STEPS:
            step: dict[str, Any] = {"column": "next_step", "who": [NURSE], "about_children": [ROBIN]}
            return await self.hester.does("add_item", sub_category=group, text=text, family_knows=None, **step)
        column = "strength" if group in STRENGTHS else "worry"
        source = {"person_id": NURSE, "basis": "said_in_meeting"}
        known: dict[str, Any] = {"kind": "observation", "family_knows": True, "about_children": [ROBIN]}
        return await self.hester.does("add_item", column=column, sub_category=group, text=text, source=source, **known)

    async def lights(self, item: str) -> None:
        await self.hester.does("spotlight", key=f"item/{item}")
        await expect(self.card(item)).to_contain_class("lit")

    def card(self, item: str) -> Locator:
        return self.seat.page.locator(f"li[data-item='{item}']")

    @property
    def cards(self) -> Locator:
        return self.seat.page.locator("li[data-item]").filter(visible=True)

    def column(self, name: str) -> Locator:
        return self.seat.page.locator(f".col.{name}")

    async def has_none(self, looking_for: str) -> None:
        """Once everything has been drawn and has come to rest."""
        found = await self.seat.page.evaluate(f"{DRAWN}(({looking_for}))")
        assert not found

    async def is_whole(self) -> None:
        """Nothing is cut, nothing scrolls, nothing is too small, and no heading stands alone."""
        for looking_for in (CUT, TOO_SMALL, SCROLLS, LONELY_HEADINGS):
            await self.has_none(looking_for)

    async def is_whole_on_every_wall(self) -> None:
        for width, height in WALLS:
            await self.seat.page.set_viewport_size({"width": width, "height": height})
            await self.is_whole()

    async def shows(self, item: str) -> None:
        await expect(self.card(item)).to_be_in_viewport(ratio=1)
        await self.is_whole()


WallOf = Callable[..., Awaitable[Wall]]


@pytest.fixture
async def wall_of(server: Server, new_context: Callable[..., Awaitable[BrowserContext]]) -> AsyncIterator[WallOf]:
    walls: list[Wall] = []

    async def begin(server: Server = server, prepared: PrepareConference | None = None) -> Wall:
        prepared = prepared or cast.preparation()
        sitting = await server.sitting_of(prepared.model_copy(update={"id": str(uuid4())}))
        (hester,) = await sitting.begin(CHAIR)
        seat = await Seat.at(await new_context(**DEVICES[SCREEN]), server.base_url)
        await seat.page.goto(f"{server.base_url}/j#{await sitting.link(PROJECTOR)}")
        await seat.button("Join").click()
        await seat.has_the_board()
        walls.append(Wall(sitting, hester, seat))
        return walls[-1]

    yield begin
    for wall in walls:
        await wall.sitting.close()
    assert not [trouble for wall in walls for trouble in wall.seat.troubles]


async def test_the_last_row_reads_22_long_points(wall_of: WallOf) -> None:
    wall = await wall_of()
    for count, group in ((6, "past_harm"), (3, "future_danger"), (7, "existing_strength"), (6, "next_step")):
        await wall.holds(count, group)
    await expect(wall.cards).to_have_count(22)
    await expect(wall.seat.page.get_by_label("Safety scale")).to_be_in_viewport(ratio=1)
    await wall.is_whole_on_every_wall()
    for card in await wall.cards.all():
        await expect(card).to_be_in_viewport(ratio=1)
    await wall.seat.does_not_see("shown when we talk about")


async def test_the_last_row_reads_30_shorter_points(wall_of: WallOf) -> None:
    wall = await wall_of()
    for count, group in ((9, "past_harm"), (4, "future_danger"), (6, "existing_strength"), (4, "existing_safety")):
        await wall.holds(count, group, LONG[:60])
    await wall.holds(7, "next_step", LONG[:60])
    await expect(wall.cards).to_have_count(30)
    await wall.is_whole_on_every_wall()
    for card in await wall.cards.all():
        await expect(card).to_be_in_viewport(ratio=1)


async def sixty(wall: Wall) -> dict[str, list[str]]:
    """By column, as they stand."""
    groups = {"worry": WORRIES, "strength": STRENGTHS, "next_step": STEPS}
    counts = (16, 7, 5), (12, 8), (8, 4)
    points: dict[str, list[str]] = {}
    for (column, parts), numbers in zip(groups.items(), counts, strict=True):
        points[column] = [
            item for part, count in zip(parts, numbers, strict=True) for item in await wall.holds(count, part)
        ]
    return points


async def test_a_lit_point_is_whole_wherever_it_stands_among_60(wall_of: WallOf) -> None:
    wall = await wall_of()
    points = await sixty(wall)
    for column, items in points.items():
        for item in (items[0], items[len(items) // 2], items[-1]):
            await wall.lights(item)
            await wall.shows(item)
        await expect(wall.column(column)).to_have_attribute("data-place", "wide")
        runs = {round(box["x"]) for card in await wall.cards.all() if (box := await card.bounding_box())}
        assert len(runs) > 2  # the lit column in two
        beside = "worry" if column == "strength" else "strength"
        await expect(wall.column(beside).locator(".card").filter(visible=True)).not_to_have_count(0)
        await expect(wall.column(beside)).to_contain_text("more, shown when we talk about")
        rest = ({"worry", "strength", "next_step"} - {column, beside}).pop()
        kept = wall.column(rest).locator(".card").filter(visible=True)
        if column == "next_step":  # it is whole in so little that both others can keep some
            await expect(kept).not_to_have_count(0)
            await expect(wall.column(rest)).to_contain_text(re.compile(r"\d+ more, shown when we talk about them"))
            continue
        await expect(kept).to_have_count(0)
        await expect(wall.column(rest)).to_contain_text(re.compile(r"\d+ (points|steps)"))
        await expect(wall.column(rest)).to_contain_text("Shown when we talk about them")
        sheet, lit = [await place.bounding_box() for place in (wall.seat.page.locator(".map"), wall.column(column))]
        assert sheet is not None
        assert lit is not None
        assert 0.6 < lit["width"] / sheet["width"] < 0.67  # about two thirds
    await wall.is_whole_on_every_wall()


# The worked conference's board is more than a wall holds at 24 px: 36 points and goals, and 7 answers beside them.
HEADINGS = """() => [...document.querySelectorAll('.col h2, .col h3')]
  .filter((one) => !one.checkVisibility()).map((one) => one.textContent)"""
UNTOLD = """() => [...document.querySelectorAll('.col')].filter((column) => {
  const cards = [...column.querySelectorAll('.card')]
  const hidden = cards.filter((one) => !one.checkVisibility()).length
  const said = column.querySelector('.more').checkVisibility() ? parseInt(column.querySelector('.more').innerText) : 0
  return hidden !== said || hidden > cards.length * 0.6
}).map((column) => column.innerText)"""


@pytest.mark.parametrize("moment", ["before_scale", "scale_shown"])
async def test_the_worked_conference_keeps_its_headings_and_much_of_every_column(
    meeting_at_moment: Callable[..., Awaitable[Meeting]], moment: str
) -> None:
    meeting = await meeting_at_moment(moment)
    hester = await meeting.open(meeting.id_of(HESTER))
    wall = Wall(meeting, hester, await meeting.sits_down(SCREEN))
    await wall.hester.does("set_phase", phase="mapping")
    await wall.seat.sees("What’s working well?")
    assert await wall.seat.page.locator(".col .card").count() == 36
    for width, height in WALLS:
        await wall.seat.page.set_viewport_size({"width": width, "height": height})
        await wall.is_whole()
        await wall.has_none(HEADINGS)
        await wall.has_none(UNTOLD)
    for item in await wall.seat.page.locator("li[data-item]").evaluate_all("all => all.map((one) => one.dataset.item)"):
        await wall.lights(item)
        await wall.shows(item)
        await wall.has_none(HEADINGS)


async def test_what_was_said_last_is_whole_among_60_where_nothing_is_lit(wall_of: WallOf) -> None:
    wall = await wall_of()
    await sixty(wall)
    for group in (*WORRIES, *STRENGTHS):
        await wall.shows(await wall.add(group, f"What was said last, in {group}."))


def with_long_names(people: int) -> PrepareConference:
    """Everybody and every child has a name of 40 letters; so many people are there."""
    prepared = cast.preparation()
    more = [
        Person(id=str(uuid4()), name="x", role="professional", agency_id=cast.HEALTH, children=(ROBIN,))
        for _ in range(people - len(prepared.people))
    ]

    def long(name: str, number: int) -> str:
        return f"{name}-{number}-Anastasia-Maximiliana-Wolfeschlegel".replace(" ", "-")[:40]

    return prepared.model_copy(
        update={
            "children": tuple(c.model_copy(update={"name": long(c.name, n)}) for n, c in enumerate(prepared.children)),
            "people": tuple(
                p.model_copy(update={"name": long(p.name, n)}) for n, p in enumerate([*prepared.people, *more])
            ),
        }
    )


async def test_names_of_40_letters_are_never_cut(wall_of: WallOf) -> None:
    wall = await wall_of(prepared=with_long_names(17))
    for group in (*WORRIES, *STRENGTHS, *STEPS):
        await wall.holds(2, group, LONG[:60])
    await wall.hester.does("give_floor", person_id=NURSE)
    for phase, heading in WHERE.items():
        await wall.hester.does("set_phase", phase=phase)
        await wall.seat.sees(heading)
        await wall.is_whole_on_every_wall()


async def test_30_people_with_long_names_are_on_the_scale(wall_of: WallOf) -> None:
    prepared = with_long_names(40)
    wall = await wall_of(prepared=prepared)
    hester = wall.hester
    await hester.does("set_phase", phase="scaling")
    scale = await hester.does(
        "open_scale",
        question="How safe are the children today?",
        direction="higher_is_safer",
        low_end="They were hurt again",
        high_end="Nobody worries",
        children=list(cast.BOTH),
        show="chair",
    )
    await wall.is_whole()
    asked = [one for one in prepared.people if one.role in ("professional", "parent")][:30]
    for number, person in enumerate(asked):
        answer: dict[str, Any] = {"score": number % 7, "why": LONG, "passed": False, "for_person": person.id}
        await hester.does("answer_scale", scale_id=scale, **answer)
    await hester.does("reveal_scale", scale_id=scale)
    await expect(wall.seat.page.locator(".tag").filter(visible=True)).to_have_count(30)
    await wall.is_whole_on_every_wall()


async def test_30_people_with_long_names_sit_round_the_chairs_table(
    wall_of: WallOf, new_context: Callable[..., Awaitable[BrowserContext]]
) -> None:
    prepared = with_long_names(30)
    wall = await wall_of(prepared=prepared)
    for person in prepared.people:
        if person.attendance in HERE and person.role != "room_screen":
            await wall.hester.does("mark_attendance", person_id=person.id, how=person.attendance)
    hester = await Seat.at(await new_context(**DEVICES[HESTER]), wall.seat.home)
    await hester.page.goto(f"{wall.seat.home}/j#{await wall.sitting.link(CHAIR)}")
    await hester.button("Join").click()
    await hester.has_the_board()
    await hester.needs_no_sideways_scrolling()
    seats = hester.page.get_by_label("Round the table").get_by_role("button")
    for seat in await seats.all():
        await expect(seat).to_be_in_viewport(ratio=1)
    names = [await seat.get_attribute("aria-label") or "" for seat in (await seats.all())[:-1]]
    assert all("Anastasia-Maximiliana" in name for name in names)
    not_at_the_table = 4  # the chair herself, the room screen, and two who only sent something
    await expect(seats.last).to_have_text(f"and {30 - not_at_the_table - len(names)} more")
    assert not hester.troubles


async def test_columns_stay_where_people_look_until_the_words_need_it_and_come_back(wall_of: WallOf) -> None:
    wall = await wall_of()
    many = await wall.holds(12, "past_harm")
    await wall.shows(many[-1])
    stood, size = await wall.seat.page.evaluate(LAID)
    short = await wall.add("existing_safety", "Nana Mo is there.")
    await wall.shows(short)
    assert await wall.seat.page.evaluate(LAID) == [stood, size]
    for item in many[2:]:
        await wall.hester.does("remove_item", item_id=item, why="")
    await expect(wall.cards).to_have_count(3)
    await wall.is_whole()
    assert (await wall.seat.page.evaluate(LAID))[1] > size


async def test_the_wall_says_that_it_is_catching_up(own_server: Server, wall_of: WallOf) -> None:
    wall = await wall_of(own_server)
    await wall.holds(3, "past_harm")
    os.kill(own_server.pid, signal.SIGSTOP)
    try:
        stopped = monotonic()
        await expect(wall.seat.page.get_by_text("Catching up")).to_be_visible(timeout=13_000)
        assert monotonic() - stopped < 12
        await wall.is_whole()
    finally:
        os.kill(own_server.pid, signal.SIGCONT)
    # One that shares its database lets nobody in until it has looked there again.
    wall.seat.forgive("WebSocket connection to")
    await wall.seat.does_not_see("Catching up")
