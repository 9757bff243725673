"""What somebody typed survives a reload, a crash, an upgrade and a closed lid, and nobody can read it on the device."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserType, expect

from tests.realtime.server import Server
from tests.surfaces import chair
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, DEVICES, HESTER, ROWAN, SCREEN, Meeting
from tests.surfaces.seat import Seat

Meetings = Callable[..., Awaitable[Meeting]]

HALF = "Canary half a sentence that Hester"
WHOLE = "Canary whole sentence, kept while nobody answers."
TYPED = "Canary words on the tablet."
MEANWHILE = "Grace comes on Monday."
IS_SEALED = """
  (words) => new Promise((done) => {
    const opening = indexedDB.open('kinboard')
    opening.onsuccess = () => {
      const all = opening.result.transaction('kinboard').objectStore('kinboard').getAll()
      all.onsuccess = () => (opening.result.close(), done(all.result.some((one) => one.sealed.byteLength > words)))
    }
  })
"""


def end_browser_in(profile: Path) -> None:
    """As a power cut ends it: every process that works on this profile."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={profile}".encode() in (process / "cmdline").read_bytes():
                os.kill(int(process.name), signal.SIGKILL)


def found_in(profile: Path, words: str) -> list[str]:
    forms = (words.encode(), words.encode("utf-16-le"))
    files = [path for path in profile.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


async def test_a_browser_that_crashes_loses_no_word_and_its_disk_tells_none(
    own_server: Server,
    meetings: Meetings,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    meeting = await meetings(own_server, "mapping")
    profile = tmp_path / "profile"

    async def sits_down_at_the_laptop() -> Seat:
        context = await browser_type.launch_persistent_context(profile, **browser_type_launch_args, **DEVICES[HESTER])
        seat = await Seat.at(context, own_server.base_url)
        seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
        await seat.page.goto(await meeting.joining_link(HESTER))
        await seat.button("Join").click()
        await seat.has_the_board()
        return seat

    hester = await sits_down_at_the_laptop()
    dana = await meeting.sits_down(DANA)
    dana.forgive("WebSocket connection to", "ERR_CONNECTION_")
    await dana.button("Write it instead").tap()
    await dana.page.get_by_role("textbox").fill(TYPED)
    await own_server.end(signal.SIGKILL)
    await hester.sees("Offline. Your words are kept here.")
    await chair.writes(hester, "2", WHOLE)
    await hester.page.keyboard.press("1")
    await hester.page.keyboard.type(HALF)
    await expect(hester.card(WHOLE)).to_contain_text("Kept here, not sent yet")
    await is_on_paper(hester, WHOLE)
    await hester.page.wait_for_function(IS_SEALED, arg=len(HALF) + len(WHOLE))
    assert await hester.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert await dana.page.evaluate("indexedDB.databases()") == []
    assert await dana.page.evaluate("sessionStorage.length + localStorage.length") == 0
    gone = asyncio.get_running_loop().create_future()
    hester.context.on("close", lambda _: gone.set_result(None))
    end_browser_in(profile)
    await asyncio.wait_for(gone, 10)

    for words in (WHOLE, HALF):
        assert found_in(profile, words) == []
    assert any("IndexedDB" in path for path in found_in(profile, meeting.id)), "or nothing is kept there at all"

    await own_server.start()
    again = await sits_down_at_the_laptop()
    await expect(again.card(WHOLE)).to_have_count(1)
    await again.page.keyboard.press("1")
    await expect(again.page.get_by_placeholder("Write what was said")).to_have_value(HALF)
    another_tab = await meeting.open(meeting.id_of(HESTER))
    said = [value["text"] for key, value in another_tab.all.items() if key.startswith("item/")]
    assert said.count(WHOLE) == 1
    assert again.troubles == []
    await again.context.close()


async def is_on_paper(hester: Seat, words: str) -> None:
    await expect(hester.button("Print the board")).to_be_visible()
    await hester.page.emulate_media(media="print")
    await hester.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = hester.page.locator(".paper")
    await expect(paper.locator("li").filter(has_text=words)).to_contain_text("Kept here, not sent yet")
    assert await paper.locator("li").count() > 15
    await expect(hester.page.locator(".chair")).to_be_hidden()
    await hester.page.evaluate("dispatchEvent(new Event('afterprint'))")
    await hester.page.emulate_media(media="screen")


async def test_an_upgrade_in_the_middle_of_a_meeting_takes_no_word(own_server: Server, meetings: Meetings) -> None:
    """A laptop loads the new page at once; the tablet, on which nothing is stored, when nothing is being written."""
    meeting = await meetings(own_server, "mapping")
    hester, dana = [await meeting.sits_down(whom) for whom in (HESTER, DANA)]
    for seat in (hester, dana):
        seat.forgive("WebSocket connection to", "ERR_CONNECTION_")
    await hester.page.keyboard.press("1")
    await hester.page.keyboard.type(HALF)
    await dana.button("Write it instead").tap()
    await dana.page.get_by_role("textbox").fill(TYPED)
    began = [await seat.page.evaluate("performance.timeOrigin") for seat in (hester, dana)]
    own_server.arguments = ("--break", "newer")
    await own_server.end()
    await own_server.start()

    await hester.page.wait_for_function("(began) => performance.timeOrigin > began", arg=began[0])
    await hester.has_the_board()
    await hester.page.keyboard.press("1")
    await expect(hester.page.get_by_placeholder("Write what was said")).to_have_value(HALF)
    await expect(dana.page.locator(".conn")).to_contain_text("Saved")
    await expect(dana.page.get_by_role("textbox")).to_have_value(TYPED)
    assert await dana.page.evaluate("performance.timeOrigin") == began[1]
    await dana.page.get_by_role("radio", name="Something that is going well").tap()
    await dana.button("Offer to Hester").tap()
    await dana.page.wait_for_function("(began) => performance.timeOrigin > began", arg=began[1])
    await hester.sees("1 point offered")


async def test_whoever_opens_the_lid_again_is_simply_back(meeting_at_moment: MeetingAt) -> None:
    """Ten minutes later by their clock, and nothing on the screen says that anything was lost, because nothing was."""
    meeting = await meeting_at_moment("mapping")
    hester, rowan = [await meeting.sits_down(whom) for whom in (HESTER, ROWAN)]
    wall = await meeting.sits_down(SCREEN)
    for seat in (rowan, wall):
        await seat.page.clock.install()
        await seat.page.reload()
        await seat.has_the_board()
    await rowan.page.evaluate(
        """() => {
          window.said = ''
          new MutationObserver(() => (said += document.querySelector('.conn')?.textContent ?? ''))
            .observe(document.body, { subtree: true, childList: true, characterData: true })
        }"""
    )
    lines = [await seat.context.new_cdp_session(seat.page) for seat in (rowan, wall)]
    for line in lines:
        await line.send("Page.setWebLifecycleState", {"state": "frozen"})
    await chair.writes(hester, "2", MEANWHILE)
    for line in lines:
        await line.send("Page.setWebLifecycleState", {"state": "active"})
    for seat in (rowan, wall):
        await seat.page.clock.fast_forward(600_000)
        await expect(seat.card(MEANWHILE)).to_have_count(1)
        await seat.page.clock.run_for(3000)
    await chair.writes(hester, "2", WHOLE)
    for seat in (rowan, wall):
        await expect(seat.card(WHOLE)).to_have_count(1)
    said = await rowan.page.evaluate("said")
    assert "Offline" not in said
    assert "Back." not in said
