"""Somebody who reads at 200 or 400 per cent, without colours, or without anything moving loses nothing."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.surfaces import chair
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.gallery import Gallery
from tests.surfaces.meeting import DANA, HESTER, SCREEN, Meeting
from tests.surfaces.seat import Seat
from tests.surfaces.test_readable import TOO_SMALL_TO_PRESS

NewContext = Callable[..., Awaitable[BrowserContext]]

# A laptop of 1440 or 1280 pixels, enlarged.
AT_200 = {"width": 720, "height": 450}
AT_400 = {"width": 320, "height": 256}
DOORS = [
    *("join-ready", "join-no-link", "join-used", "join-offline", "join-trouble"),
    *("lobby-asking", "lobby-wrong", "lobby-waiting", "lobby-telling", "lobby-not-today"),
]
TABLETS = [
    *("welcome", "board", "lit", "new", "answering", "help-all", "offline", "break", "blank", "removed"),
    *("statements", "number", "numbers", "writing", "write-refused"),
]

# Words that nobody can bring into view: over the edge of the page, or of something that hides what is too much for it.
CUT = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility() && !one.closest('.vh, svg, select, noscript'))
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => {
    const words = document.createRange()
    words.selectNodeContents(one)
    const { left, right, top, bottom } = words.getBoundingClientRect()
    for (let place = one; place !== document.documentElement; place = place.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(place)
      const box = place.getBoundingClientRect()
      if (['auto', 'scroll'].includes(overflowX) && place.scrollWidth > place.clientWidth) return false
      if (overflowX !== 'visible' && (left < box.left - 1 || right > box.right + 1)) return true
      if (['hidden', 'clip'].includes(overflowY) && (top < box.top - 1 || bottom > box.bottom + 1)) return true
      if (['auto', 'scroll'].includes(overflowY)) return left < -1 || right > innerWidth + 1
    }
    return left < -1 || right > innerWidth + 1
  })
  .map((one) => one.innerText)"""

# What has the focus, where the row that stays below lies over any of it.
COVERED = """() => {
  const one = document.activeElement
  const row = document.querySelector('.cmd')
  if (one === document.body || row.contains(one)) return []
  return one.getBoundingClientRect().bottom > row.getBoundingClientRect().top ? [one.outerHTML.slice(0, 100)] : []
}"""

# What is told by a ground of another colour has to be told by a line too, and what is chosen or lit by a thick one.
WITHOUT_AN_EDGE = """() =>
  [...document.querySelectorAll('.btn:not(.quiet), .field, .tag, .numbers label > span, .opts > label')]
  .filter((one) => one.checkVisibility())
  .filter((one) => getComputedStyle(one).borderTopStyle === 'none')
  .map((one) => one.outerHTML.slice(0, 100))"""
WITHOUT_A_MARK = """() =>
  [...document.querySelectorAll('.lit, .btn.main:not([disabled]), .opts > label.on, :checked + span, .seat.floor')]
  .filter((one) => one.checkVisibility())
  .filter((one) => getComputedStyle(one).outlineStyle === 'none')
  .map((one) => one.outerHTML.slice(0, 100))"""

# Everything that has moved on the page since it was opened.
WATCH = """
  window.moved = []
  const animate = Element.prototype.animate
  Element.prototype.animate = function (frames, options) {
    const lasts = typeof options === 'number' ? options : (options?.duration ?? 0)
    if (lasts) moved.push(`${this.className}: ${lasts} ms`)
    return animate.call(this, frames, options)
  }
  for (const what of ['transitionrun', 'animationstart'])
    addEventListener(what, (event) => moved.push(`${event.target.className}: ${what}`), true)
"""


async def loses_nothing(page: Page, state: str) -> list[str]:
    too_wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    cut: list[str] = await page.evaluate(CUT)
    return [f"{state}: {words!r} is cut" for words in cut] + [f"{state} has to be scrolled sideways"] * too_wide


@pytest.mark.parametrize("language", ["en", *(pytest.param(one, marks=pytest.mark.soak) for one in ("pl", "ar"))])
@pytest.mark.parametrize("size", [AT_200, AT_400], ids=["200 per cent", "400 per cent"])
async def test_at_the_door_and_on_the_tablet_nothing_is_lost_by_enlarging(
    new_context: NewContext, size: dict[str, int], language: str
) -> None:
    gallery = await Gallery.opened(await new_context(viewport=size, has_touch=True))
    await gallery.speaks(language)
    lost: list[str] = []
    small: list[str] = []
    for state in [*DOORS, *(f"family-{name}" for name in TABLETS)]:
        await gallery.show(state)
        least = 56 if state.startswith("family") and size is AT_200 else 44  # a phone's page, four times as large
        lost += await loses_nothing(gallery.page, state)
        small += [f"{state}: {words}" for words in await gallery.page.evaluate(TOO_SMALL_TO_PRESS, least)]
    assert not lost
    assert not small


async def test_a_number_can_be_put_in_at_400_per_cent(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("scale_open")
    dana = await meeting.sits_down(DANA, viewport=AT_400)
    await dana.page.get_by_role("radio", name="10", exact=True).check()
    await dana.button("Put in my 10").click()
    await dana.sees("Your number is in.")
    assert not await loses_nothing(dana.page, "The number")


async def test_the_chair_at_200_per_cent_has_columns_under_each_other_and_everything_in_reach(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER, viewport=AT_200)
    assert not await loses_nothing(hester.page, "The map")
    tops = [await column.bounding_box() for column in await hester.page.locator(".col").all()]
    lefts = {box["x"] for box in tops if box}
    assert len(tops) == 3
    assert len(lefts) == 1
    for words in ("Close", "Idris", "Find a card", "Safety scale"):
        place = hester.page.get_by_text(words).filter(visible=True).first
        await place.scroll_into_view_if_needed()
        await expect(place).to_be_in_viewport(ratio=0.9)


async def test_the_row_that_stays_below_never_covers_what_has_the_focus(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER, viewport=AT_200)
    await chair.writes(hester, "1", "Dana counts to ten.")
    covered = []
    for key in ["Escape", "ArrowDown", *["Tab"] * 25, *["Shift+Tab"] * 25]:
        await hester.page.keyboard.press(key)
        covered += await hester.page.evaluate(COVERED)
    assert not covered


async def test_without_colours_what_can_be_pressed_and_what_is_lit_has_an_edge(new_context: NewContext) -> None:
    gallery = await Gallery.opened(await new_context(forced_colors="active"))
    bare: list[str] = []
    for state in ("cards", "line", "number", "seats", "decision", "family-lit", "room-22", "scale-shown"):
        await gallery.show(state)
        bare += await gallery.page.evaluate(WITHOUT_AN_EDGE) + await gallery.page.evaluate(WITHOUT_A_MARK)
    assert not bare


@pytest.mark.parametrize("wish", ["reduce", "no-preference"])
async def test_nothing_moves_for_those_who_asked_for_that(meeting_at_moment: MeetingAt, wish: str) -> None:
    meeting = await meeting_at_moment("mapping")
    hester, wall = [await sits_down_watched(meeting, whom, wish) for whom in (HESTER, SCREEN)]
    await chair.goes_to_card(hester, "very tired at school")
    await hester.page.keyboard.press("s")
    await expect(wall.card("very tired at school")).to_have_class(re.compile(r"\blit\b"))
    await hester.page.keyboard.press("Shift+ArrowRight")
    await expect(wall.page.locator(".strength").filter(has_text="very tired at school")).to_be_visible()
    for seat in (hester, wall):
        moved = await seat.page.evaluate("moved")
        assert bool(moved) == (wish == "no-preference"), moved


async def sits_down_watched(meeting: Meeting, whom: str, wish: str) -> Seat:
    seat = await meeting.device(whom, reduced_motion=wish)
    await seat.context.add_init_script(WATCH)
    await seat.page.goto(await meeting.joining_link(whom))
    await seat.button("Join").click()
    await seat.has_the_board()
    return seat
