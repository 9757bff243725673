"""A screen without a connection keeps what its person writes."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.realtime.server import Server
from tests.surfaces import officer
from tests.surfaces.meeting import DANA, HESTER, ROWAN, Meeting

POINT = "We have had no call from the flat since Callum began at Clearwater."
WORDS = "I rang the school myself on Monday."


async def test_what_people_write_while_offline_is_kept_and_arrives_once(
    own_server: Server, meetings: Callable[..., Awaitable[Meeting]]
) -> None:
    meeting = await meetings(own_server, "mapping")
    hester, rowan, dana = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN, DANA)]
    for seat in (hester, rowan, dana):
        seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
    await own_server.end(signal.SIGKILL)
    for seat in (rowan, dana):
        await seat.sees("Offline. Your words are kept here.")
    await officer.writes_a_point(rowan, POINT, where="existing_strength", kind="observation", heard="Yes")
    await rowan.sees("Kept here, not sent yet")
    await dana.button("Write it instead").tap()
    await dana.page.get_by_role("textbox").fill(WORDS)
    await dana.page.get_by_role("radio", name="Something that is going well").tap()
    await dana.button("Offer to Hester").tap()

    await own_server.start()
    await asyncio.gather(*[seat.sees("Back. 1 thing sent.") for seat in (rowan, dana)])
    await hester.sees("2 points offered")
    await expect(rowan.page.get_by_label("Your own part").get_by_text(POINT)).to_have_count(1)
    await hester.page.keyboard.press("o")
    for words in (POINT, WORDS):
        await expect(hester.page.locator("dialog li").filter(has_text=words)).to_have_count(1)
