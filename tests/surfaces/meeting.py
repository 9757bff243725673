"""The worked conference at a moment of its own, and the people who sit down in it with a real browser."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from playwright.async_api import BrowserContext

from app.script.demo import EXAMPLE, EXAMPLE_REVIEW, moved, until
from app.script.file import conference_file_from, read_conference_file
from app.script.ids import ROOM_SCREEN, Ids, conference_id_of
from app.script.importer import earlier_in, import_conference, import_steps
from app.script.parts import ConferenceFile
from app.script.script import script_after, script_of
from app.store.log import EventLog
from tests.realtime.server import Server, Sitting
from tests.surfaces.seat import Seat

# As the worked conference's own file calls them.
HESTER, NAOMI, ROWAN, LEILA, GRACE, TOMASZ, BEA = "p01", "p03", "p04", "p05", "p06", "p07", "p08"
DANA, CALLUM, MAUREEN = "p09", "p10", "p11"
INES = "p99"  # whom a test seats beside Dana
TANSY, ROBIN = "c1", "c2"
SCREEN = ROOM_SCREEN
CONFERENCE = re.compile(r"\bconf-\d+\b")  # what the files call one

DEVICES: dict[str, dict[str, Any]] = {
    HESTER: {"viewport": {"width": 1440, "height": 900}},
    SCREEN: {"viewport": {"width": 1920, "height": 1080}},
    NAOMI: {"viewport": {"width": 1366, "height": 768}},
    ROWAN: {"viewport": {"width": 1366, "height": 768}},
    GRACE: {"viewport": {"width": 1366, "height": 768}},
    BEA: {"viewport": {"width": 1024, "height": 768}, "has_touch": True},
    DANA: {"viewport": {"width": 1024, "height": 768}, "has_touch": True},
    INES: {"viewport": {"width": 1024, "height": 768}, "has_touch": True},
}

NewContext = Callable[..., Awaitable[BrowserContext]]


@dataclass
class Meeting(Sitting):
    """A conference of its own on the server, and whoever has sat down in it."""

    new_context: NewContext = field(kw_only=True)
    seats: list[Seat] = field(default_factory=list)

    def id_of(self, whom: str) -> str:
        return Ids(self.id).of(whom)

    async def device(self, whom: str, **options: Any) -> Seat:
        """What this person has in front of them, with nothing open on it yet."""
        context = await self.new_context(**{**DEVICES[whom], **options})
        seat = await Seat.at(context, self.server.base_url)
        self.seats.append(seat)
        return seat

    async def joining_link(self, whom: str) -> str:
        return f"{self.server.base_url}/j#{await self.link(self.id_of(whom))}"

    async def sits_down(self, whom: str, **options: Any) -> Seat:
        """Through the link, as everybody comes in."""
        seat = await self.device(whom, **options)
        await seat.page.goto(await self.joining_link(whom))
        await seat.page.locator("#join button").click()  # whatever it is called in their language
        await seat.has_the_board()
        return seat


async def review_at(server: Server, moment: str, new_context: NewContext) -> Meeting:
    """The worked review, after the whole of the first conference, both under ids of their own."""
    assert server.database
    log, own = EventLog(server.database), uuid4().hex
    first, review = (
        conference_file_from(CONFERENCE.sub(rf"\g<0>-{own}", path.read_text(encoding="utf-8")).encode())
        for path in (EXAMPLE, EXAMPLE_REVIEW)
    )
    assert not (await import_conference(log, first)).refused
    steps = until(script_after(await earlier_in(log, review), review), moment)
    just_now = datetime.now(UTC) - timedelta(minutes=1)
    conference_id = conference_id_of(review.conference.id)
    assert not (await import_steps(log, conference_id, moved(steps, just_now - steps[-1].at))).refused
    return Meeting(server, conference_id, new_context=new_context)


async def meeting_at(
    server: Server,
    moment: str,
    new_context: NewContext,
    elsewhere: Callable[[ConferenceFile], ConferenceFile] | None = None,
) -> Meeting:
    """The demonstration's conference, under an id of its own, so that many can be held on one server; `elsewhere` makes
    it that of another area.
    """
    assert server.database
    file = read_conference_file(EXAMPLE)
    file = file.model_copy(update={"conference": file.conference.model_copy(update={"id": str(uuid4())})})
    steps = until(script_of(elsewhere(file) if elsewhere else file), moment)
    just_now = datetime.now(UTC) - timedelta(minutes=1)
    conference_id = conference_id_of(file.conference.id)
    imported = await import_steps(EventLog(server.database), conference_id, moved(steps, just_now - steps[-1].at))
    assert not imported.refused
    return Meeting(server, conference_id, new_context=new_context)
