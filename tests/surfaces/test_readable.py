"""Every surface can be used by people who see badly, press badly, or sit at the back of the room."""

import pytest

from tests.surfaces import tablet
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, NAOMI, SCREEN

CALM = {"reduced_motion": "reduce"}
FINGER = {HESTER: 44, NAOMI: 44, DANA: 56, SCREEN: 44}
TOO_SMALL_TO_PRESS = """(least) =>
  [...document.querySelectorAll('a, button, input, select, summary, textarea, [role=tab]')]
    .filter((one) => one.checkVisibility())
    .map((one) => (['checkbox', 'radio'].includes(one.type) ? one.closest('label') : one))
    .filter((one) => Math.min(one.offsetWidth, one.offsetHeight) < least)
    .map((one) => `${one.innerText || one.ariaLabel}: ${one.offsetWidth} x ${one.offsetHeight}`)"""
TOO_SMALL_TO_READ = """(least) =>
  [...document.querySelectorAll('.room *')]
    .filter((one) => one.checkVisibility() && !one.closest('.vh') && one.innerText?.trim())
    .filter((one) => parseFloat(getComputedStyle(one).fontSize) < least)
    .map((one) => one.innerText)"""


@pytest.mark.parametrize(("moment", "language"), [("mapping", "en"), ("scale_shown", "ar"), ("decision", "pl")])
async def test_nobody_meets_a_barrier_on_their_board(meeting_at_moment: MeetingAt, moment: str, language: str) -> None:
    """In three languages, one of them from right to left."""
    meeting = await meeting_at_moment(moment)
    for whom, finger in FINGER.items():
        seat = await meeting.sits_down(whom, locale=language, **CALM)
        assert await seat.page.evaluate("document.documentElement.lang.slice(0, 2)") == language
        await require_no_barrier(seat.page)
        assert not await seat.page.evaluate(TOO_SMALL_TO_PRESS, finger), whom
        assert not await seat.page.evaluate(TOO_SMALL_TO_READ, 24)  # on the wall only


async def test_nobody_meets_a_barrier_at_the_door(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start")
    dana = await meeting.device(DANA, **CALM)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.sees("Press Join when you are ready.")
    await require_no_barrier(dana.page)


async def test_a_parent_can_join_and_put_in_a_number_on_a_small_phone(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("scale_open")
    dana = await meeting.device(DANA, viewport={"width": 320, "height": 640}, has_touch=True)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.needs_no_sideways_scrolling()
    await dana.button("Join").tap()
    await dana.has_the_board()
    await dana.needs_no_sideways_scrolling()
    await tablet.puts_in(dana, 10, "")
