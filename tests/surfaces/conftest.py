"""Real browsers on a real server. The front end has to be built, which `make test` does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import BrowserContext

from app.pages.front_end import FrontEndMissing, load_front_end
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving
from tests.surfaces.meeting import Meeting, meeting_at, review_at

CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

MeetingAt = Callable[..., Awaitable[Meeting]]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def front_end() -> None:
    try:
        load_front_end()
    except FrontEndMissing as why:
        pytest.fail(str(why), pytrace=False)


@pytest.fixture(scope="session")
async def server(front_end: None, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """For all who only use it."""
    async with serving(tmp_path_factory.mktemp("surfaces"), nursery=nursery) as server:
        yield server


@pytest.fixture
async def own_server(
    front_end: None, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """For whoever ends it."""
    async with serving(tmp_path_factory.mktemp("own"), nursery=nursery) as server:
        yield server


@pytest.fixture
async def meetings(new_context: Callable[..., Awaitable[BrowserContext]]) -> AsyncIterator[Callable[..., Any]]:
    """Begins a meeting at a moment of the demonstration. Nothing may have gone wrong on any screen in it."""
    begun: list[Meeting] = []

    async def begin(server: Server, moment: str, elsewhere: Any = None, *, review: bool = False) -> Meeting:
        held = review_at(server, moment, new_context) if review else meeting_at(server, moment, new_context, elsewhere)
        begun.append(await held)
        return begun[-1]

    yield begin
    for meeting in begun:
        await meeting.close()
    troubles = [trouble for meeting in begun for seat in meeting.seats for trouble in seat.troubles]
    assert not troubles


@pytest.fixture
def meeting_at_moment(server: Server, meetings: Callable[..., Awaitable[Meeting]]) -> MeetingAt:
    async def begin(moment: str, elsewhere: Any = None, **how: Any) -> Meeting:
        return await meetings(server, moment, elsewhere, **how)

    return begin
