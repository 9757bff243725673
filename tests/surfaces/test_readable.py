"""Every surface can be used by people who do not see it, or see it badly: what axe can tell of that."""

import pytest
from axe_playwright_python.async_playwright import Axe

from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, DEVICES
from tests.surfaces.seat import Seat

CALM = {"reduced_motion": "reduce", "color_scheme": "light"}


async def require_no_barrier(seat: Seat) -> None:
    found = await Axe().run(seat.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("moment", ["mapping", "scale_shown", "decision"])
@pytest.mark.parametrize("whom", DEVICES)
async def test_nobody_meets_a_barrier_on_their_board(meeting_at_moment: MeetingAt, whom: str, moment: str) -> None:
    meeting = await meeting_at_moment(moment)
    await require_no_barrier(await meeting.sits_down(whom, **CALM))


async def test_nobody_meets_a_barrier_at_the_door(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start")
    dana = await meeting.device(DANA, **CALM)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.sees("Press Join when you are ready.")
    await require_no_barrier(dana)
