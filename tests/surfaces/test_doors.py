"""Journeys through the doors: the sheet, the room's screen, somebody late, and a tablet that the family shares."""

import os
import re
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, BrowserType, Error, FrameLocator, expect

from tests.realtime.acts import point
from tests.realtime.server import Server
from tests.surfaces import chair
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import FLAGS, MeetingAt
from tests.surfaces.meeting import HESTER, MAUREEN, Meeting, meeting_at
from tests.surfaces.seat import Seat
from tests.surfaces.voice import Voice

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TABLET: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}
NO_PRINTER = "window.print = () => { window.printed = (window.printed ?? 0) + 1 }"


async def new_seat(meeting: Meeting, **options: Any) -> Seat:
    seat = await Seat.at(await meeting.new_context(**options), meeting.server.base_url)
    meeting.seats.append(seat)
    return seat


async def presses(seat: Seat, place: Any, key: str = "Enter") -> None:
    """With the keys alone."""
    await place.wait_for()
    await seat.tabs_to(place)
    await seat.page.keyboard.press(key)


async def types(seat: Seat, place: Any, words: str) -> None:
    await place.wait_for()
    await seat.tabs_to(place)
    await seat.page.keyboard.type(words)


async def asks_to_come_in(seat: Seat, name: str, *, for_work: bool) -> None:
    """With the keys alone, from the field of the name."""
    await types(seat, seat.page.get_by_label("Your name"), name)
    await seat.page.keyboard.press("Tab")
    await seat.page.keyboard.press("ArrowDown" if for_work else "Space")
    await presses(seat, seat.button("Ask to come in"))


async def the_door_of(hester: Seat, meeting: Meeting) -> Seat:
    page = await hester.context.new_page()
    await page.add_init_script(NO_PRINTER)
    await page.goto(f"{meeting.server.base_url}/c/{meeting.id}/door")
    door = Seat(hester.context, page, hester.home)
    await door.sees("At the door")
    return door


async def test_the_chair_prints_the_sheet_and_pairs_the_screen_with_the_keys_alone(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("start")
    hester = await meeting.sits_down(HESTER)
    door = await the_door_of(hester, meeting)
    await presses(door, door.button("Open the door"))
    await door.sees("It works until you shut the door.")

    await presses(door, door.button("Print the sheet for the door"))
    await expect(door.page.locator(".sheet svg")).not_to_have_count(0)
    assert await door.page.evaluate("window.printed") == 1
    await door.page.emulate_media(media="print")
    await expect(door.page.locator(".sheet li", has_text="Dana Wrenfield").locator("svg")).to_be_visible()
    await expect(door.page.get_by_text("At the door")).to_be_hidden()
    await door.page.emulate_media(media="screen")

    wall = await new_seat(meeting, viewport={"width": 1920, "height": 1080})
    await wall.page.goto(f"{meeting.server.base_url}/screen")
    words = wall.page.locator("#words")
    await expect(words).not_to_have_text("One moment")
    await presses(door, door.button(f"It says “{await words.inner_text()}”"))
    await wall.has_the_board()
    await chair.moves_the_room_to(hester, "Welcome")
    code = wall.page.get_by_label("Come in with this code")
    await expect(code.locator("svg")).to_be_visible()
    await expect(code).to_contain_text((await door.page.locator(".letters").inner_text()).strip())
    await door.page.close()


async def test_somebody_late_who_is_on_no_list_gets_a_seat_beside_the_chairs_board_with_the_keys_alone(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    door = await the_door_of(hester, meeting)
    await presses(door, door.button("Open the door"))
    await expect(door.page.get_by_role("heading", name="Come in with this code")).to_be_focused()
    code = (await door.page.locator(".letters").inner_text()).replace(" ", "")
    await door.page.close()

    tomasz = await new_seat(meeting, **PHONE)
    await tomasz.page.goto(f"{meeting.server.base_url}/in#{code}")
    assert code not in tomasz.page.url
    await expect(tomasz.page.get_by_label("The code on the screen")).to_have_value(code)
    await expect(tomasz.page.get_by_label("Your name")).to_be_focused()
    await asks_to_come_in(tomasz, "Tomasz Berg", for_work=True)
    await expect(tomasz.page.get_by_role("heading", name="knows you’re here, Tomasz Berg")).to_be_focused()
    await tomasz.needs_no_sideways_scrolling()
    await presses(tomasz, tomasz.button("something first"))
    await tomasz.page.keyboard.type("My bus was late.")
    await presses(tomasz, tomasz.button("Tell them", exact=True))
    await tomasz.sees("They can read it now.")
    await tomasz.knows_nothing_of("Tansy")

    await expect(hester.button("1 at the door")).to_be_visible()
    await hester.page.keyboard.press("l")
    panel: FrameLocator = hester.page.frame_locator("iframe[title='The door']")
    await expect(panel.get_by_text("My bus was late.")).to_be_visible()
    await expect(panel.get_by_text("not on the list")).to_be_visible()
    await expect(panel.get_by_label("Service or group")).to_be_focused()
    await types(hester, panel.get_by_label("Service or group"), "Another")
    await types(hester, panel.get_by_label("Name of the service"), "Harbour Housing")
    await presses(hester, panel.get_by_role("checkbox", name="Robin"), "Space")
    async with hester.page.expect_response("**/door"):
        pass  # it was looked at once more, and nothing typed is lost
    await expect(panel.get_by_label("Name of the service")).to_have_value("Harbour Housing")
    await expect(panel.get_by_label("Name", exact=True)).to_have_value("Tomasz Berg")
    await presses(hester, panel.get_by_role("button", name=re.compile("^Give a seat, and let in")))
    await tomasz.has_the_board()
    assert tomasz.page.url.endswith(f"/c/{meeting.id}")
    await tomasz.sees("Tomasz")
    await expect(panel.get_by_role("heading", name="At the door")).to_be_focused()
    await hester.page.keyboard.press("Escape")
    await expect(hester.page.locator("iframe[title='The door']")).to_have_count(0)


async def test_a_wrong_code_is_said_beside_it_and_nothing_typed_is_lost(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("start")
    stranger = await new_seat(meeting, **PHONE)
    stranger.forgive("status of 404")
    await stranger.page.goto(f"{meeting.server.base_url}/in")
    await types(stranger, stranger.page.get_by_label("The code on the screen"), "bcdf ghjk")
    await asks_to_come_in(stranger, "Sam Doyle", for_work=False)
    await stranger.sees("That code does not open a meeting now.")
    await expect(stranger.page.get_by_label("The code on the screen")).to_be_focused()
    await expect(stranger.page.get_by_label("Your name")).to_have_value("Sam Doyle")


async def test_a_professional_disagrees_formally_after_the_meeting_with_the_keys_alone(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("end")
    door = await the_door_of(await meeting.sits_down(HESTER), meeting)
    async with door.page.expect_response("**/late-links") as answered:
        await presses(door, door.button("Link to disagree").first)
    link = str((await (await answered.value).json())["link"])
    await expect(door.page.locator("#new-link")).to_be_focused()
    await presses(door, door.button("Done"))
    await expect(door.page.get_by_role("heading", name="Invitations")).to_be_focused()

    naomi = await new_seat(meeting, **PHONE)
    naomi.forgive("status of 404")
    await naomi.page.goto(link)
    await naomi.sees("This is for Naomi")
    assert "#" not in naomi.page.url
    await presses(naomi, naomi.page.get_by_role("radio").first, "Space")
    await types(naomi, naomi.page.get_by_label("Why do you disagree?"), "The nights are not safe yet.")
    await presses(naomi, naomi.button("Write it into the record"))
    await naomi.sees("It is in the record of the meeting.")
    await expect(naomi.page.locator("#said")).to_be_focused()
    await naomi.page.goto("about:blank")
    await naomi.page.goto(link)
    await naomi.sees("This link can’t be used.")


async def lends_a_tablet(hester: Seat, meeting: Meeting, *people: str) -> str:
    """What the tablet's camera would read."""
    door = await the_door_of(hester, meeting)
    for name in people:
        await presses(door, door.page.get_by_role("checkbox", name=name), "Space")
    async with door.page.expect_response("**/tablets") as answered:
        await presses(door, door.button("Show the picture to scan"))
    await door.sees("Scan this with the tablet")
    await expect(door.page.get_by_role("heading", name="A tablet for the family")).to_be_focused()
    link = str((await (await answered.value).json())["link"])
    await door.page.close()
    return link


async def test_a_family_shares_a_tablet_and_hands_it_back(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    tablet = await new_seat(meeting, **TABLET)
    voice = await Voice.given_to(tablet)
    await tablet.page.goto(await lends_a_tablet(hester, meeting, "Dana Wrenfield", "Maureen"))
    await tablet.page.keyboard.press("Enter")  # "Join" has the focus
    await tablet.has_the_board()
    await tablet.sees("This is Dana Wrenfield’s turn.")
    await require_no_barrier(tablet.page)

    await voice.is_asked_for("A neighbour told")
    await presses(tablet, tablet.button("Pass it on"))
    await tablet.sees("Who has it now?")
    await voice.is_silent()
    assert "neighbour" not in await tablet.page.locator("body").inner_text(), "the screen clears first"
    await require_no_barrier(tablet.page)
    await presses(tablet, tablet.page.get_by_role("button", name="I am Maureen"))
    await tablet.sees("Maureen")
    await expect(tablet.page.locator(".tablet")).to_be_visible()
    assert await tablet.page.evaluate("document.body.dataset.person") == meeting.id_of(MAUREEN)

    tablet.forgive("status of 404")
    await voice.is_asked_for("A neighbour told")
    await presses(tablet, tablet.button("Hand it back"))
    await tablet.sees("Hand the tablet back?")
    await voice.is_silent()
    await presses(tablet, tablet.button("Hand it back"))
    await tablet.sees("This tablet shows nothing of the meeting any more.")
    await tablet.page.go_back()
    await expect(tablet.page.locator(".tablet")).to_have_count(0)
    await tablet.page.goto(f"{meeting.server.base_url}/c/{meeting.id}")
    await tablet.sees("This board is not open here")
    assert await tablet.context.cookies() == []


async def test_a_tablet_that_nobody_touches_covers_itself(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await meeting.sits_down(HESTER)
    tablet = await new_seat(meeting, **TABLET)
    await tablet.page.clock.install()
    voice = await Voice.given_to(tablet)
    await tablet.page.goto(await lends_a_tablet(hester, meeting, "Dana Wrenfield"))
    await tablet.button("Join").click()
    await tablet.has_the_board()
    await voice.is_asked_for("A neighbour told")
    await tablet.page.clock.run_for(119_000)
    await expect(tablet.page.locator(".tablet")).to_be_visible()
    assert await voice.says()
    await tablet.page.clock.run_for(5_000)
    await tablet.sees("The board is covered")
    await voice.is_silent()
    await expect(tablet.page.locator(".tablet")).to_have_count(0)
    await tablet.button("I am Dana Wrenfield: show the board").click()
    await expect(tablet.page.locator(".tablet")).to_be_visible()


CANARY, TYPED = "zebrafinch", "yellowhammer"


async def test_nothing_of_the_meeting_is_left_on_a_tablet(
    server: Server, browser_type: BrowserType, new_context: Callable[..., Awaitable[BrowserContext]], tmp_path: Path
) -> None:
    """Its whole profile, byte by byte: after the plug is pulled, after tabs are restored, after it is handed back."""
    meeting = await meeting_at(server, "mapping", new_context, None)
    board = await meeting.open(meeting.id_of(HESTER))
    await board.does("add_item", **point(f"There was a {CANARY} in the kitchen.", about_children=[]))
    hester = await meeting.sits_down(HESTER)
    link = await lends_a_tablet(hester, meeting, "Dana Wrenfield", "Maureen")
    profile = tmp_path / "profile"

    async def switched_on(*more: str) -> BrowserContext:
        return await browser_type.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=[*FLAGS, *more], **TABLET
        )

    tablet = await switched_on()
    page = await tablet.new_page()
    await page.goto(link)
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_text(CANARY).first).to_be_visible()
    await page.get_by_role("button", name="Write it instead").click()
    await page.get_by_role("textbox").first.fill(f"We had a {TYPED} too.")
    pulls_the_plug(profile)
    with suppress(Error):  # it may be gone before it is told to go
        await tablet.close()
    assert found_in(profile, meeting.id), "the address of the page is there, so the search finds what is there"
    assert not found_in(profile, CANARY)
    assert not found_in(profile, TYPED)

    tablet = await switched_on("--restore-last-session")
    page = await tablet.new_page()
    await page.goto(f"{server.base_url}/c/{meeting.id}")
    if await page.get_by_role("button", name="Hand it back").count() == 0:
        await page.goto(await lends_a_tablet(hester, meeting, "Dana Wrenfield"))
        await page.get_by_role("button", name="Join").click()
    await page.get_by_role("button", name="Hand it back").click()
    await page.locator(".over").get_by_role("button", name="Hand it back").click()
    await expect(page.get_by_text("This tablet shows nothing of the meeting any more.")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text(CANARY)).to_have_count(0)
    await tablet.close()
    assert not found_in(profile, CANARY)
    assert not found_in(profile, TYPED)
    await meeting.close()


def pulls_the_plug(profile: Path) -> None:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in said and not any(part.startswith(b"--type=") for part in said):
            os.kill(int(process.name), signal.SIGKILL)


def found_in(profile: Path, words: str) -> list[Path]:
    forms = [words.encode(), words.encode("utf-16-le")]
    files = [path for path in profile.rglob("*") if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in forms)]
