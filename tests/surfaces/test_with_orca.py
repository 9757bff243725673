"""A mother and a chair with Orca, a real screen reader: what it says to them, word for word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserType

from tests.realtime.server import Server
from tests.surfaces.conftest import FLAGS
from tests.surfaces.meeting import DANA, GRACE, HESTER, ROBIN, TANSY, Meeting, meeting_at
from tests.surfaces.orca import MISSING, Orca, orca

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(bool(MISSING), reason=f"Orca is not heard: {', '.join(MISSING)} not installed."),
]
COUGH = "Robin has a cough."
QUESTION = "How safe are Tansy and Robin this week?"


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Orca]:
    async with orca(tmp_path) as reader:
        yield reader


@pytest.fixture
async def window(reader: Orca, browser_type: BrowserType) -> AsyncIterator[Browser]:
    args = [*FLAGS, "--force-renderer-accessibility", "--window-position=0,0", "--window-size=1280,900"]
    env: dict[str, str | float | bool] = {**reader.env}
    browser = await browser_type.launch(executable_path="/usr/bin/chromium", headless=False, env=env, args=args)
    yield browser
    await browser.close()


@asynccontextmanager
async def at_the_table(reader: Orca, window: Browser, server: Server, whom: str) -> AsyncIterator[Meeting]:
    """Through the link, at whose page Orca begins to read."""
    meeting = await meeting_at(server, "mapping", window.new_context)
    seat = await meeting.device(whom, viewport=None, no_viewport=True, has_touch=False)
    await seat.page.goto(await meeting.joining_link(whom))
    await reader.says("Join")
    await reader.press("Return")
    await seat.has_the_board()
    yield meeting
    await meeting.close()


async def test_a_mother_hears_the_board_answers_and_gives_her_number(
    reader: Orca, window: Browser, server: Server
) -> None:
    async with at_the_table(reader, window, server, DANA) as meeting:
        await reader.says("What are we worried about?")
        await reader.says("Change my answer: A neighbour told police")
        await reader.says("Ask Hester for something")
        head = await meeting.open(meeting.id_of(HESTER))
        card = await head.does(
            "add_item",
            column="worry",
            sub_category="past_harm",
            kind="observation",
            text=COUGH,
            about_children=[meeting.id_of(ROBIN)],
            family_knows=True,
            source={"person_id": meeting.id_of(GRACE), "basis": "said_in_meeting"},
        )
        await reader.says(f"Grace, health visitor, added to What has happened: {COUGH} Seen or heard.")
        await head.does("spotlight", key=f"item/{card}")
        await reader.says(f"We are talking about: {COUGH}")

        await reader.tabs_to(f"I want to answer this: {COUGH}")
        await reader.press("Return")
        await reader.says("Is this right?")
        await reader.says("Yes, that’s right.")
        await reader.press("space")
        await reader.tabs_to("In your own words. You can leave this empty.")
        await reader.types("I saw the doctor with him.")
        await reader.tabs_to("Put my answer beside it")
        await reader.press("Return")
        await reader.says("Your answer is beside the card.")

        await head.does("set_phase", phase="scaling")
        ends = {"direction": "higher_is_safer", "low_end": "Not safe at all", "high_end": "Safe enough for us all"}
        children = [meeting.id_of(TANSY)]
        await head.does("open_scale", question=QUESTION, **ends, children=children, danger_id=None, show="chair")
        await reader.says("The number")
        await reader.tabs_to("Your number, 0 to 10")
        await reader.press("space", "Tab")
        await reader.says("Why 0?")
        await reader.tabs_to("Put in my 0")
        await reader.press("Return")
        await reader.says("Your number is in.")


async def test_a_chair_hears_where_she_is_and_what_each_key_did(reader: Orca, window: Browser, server: Server) -> None:
    """Her letters are keys only while Orca leaves them to the page: its focus mode, kept on by pressing twice."""
    async with at_the_table(reader, window, server, HESTER):
        await reader.says("Finished loading")
        await reader.keeps_its_keys_to_itself()
        await reader.press("f")
        await reader.says("Find a card, a name, a command")
        await reader.types("Dana")
        await reader.press("Return")
        await reader.says("Dana has the floor.")
        await reader.press("2")
        await reader.says("What’s working well? Write what was said")
        await reader.types("Dana counts to ten.")
        await reader.press("Return")
        await reader.says("Added to Existing strengths: Dana.")
        await reader.press("Escape")
        await reader.says("Dana counts to ten.")
        await reader.press("shift+Down")
        await reader.says("Moved to What’s working well, Existing safety, 1 of 1.")
        await reader.press("s")
        await reader.says("We are talking about: Dana counts to ten.")
        await reader.press("0")
        await reader.says("Open a question")
