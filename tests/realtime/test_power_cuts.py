"""The server is killed while eight people write. What was saved is there once, in order, and everybody is soon back."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import websockets

from app.store.log import EventLog
from tests.cast import CALLUM, CHAIR, DANA, NURSE, POLICE_OFFICER, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Closed, Screen
from tests.realtime.server import Server, Sitting, serving

WRITERS = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, DANA, CALLUM)
IN_FLIGHT = 4
BACK_WITHIN_SECONDS = 5.0


class Power:
    """Whether the server is on, and how much it has saved for all together."""

    def __init__(self) -> None:
        self.on = asyncio.Event()
        self.saved = 0
        self.enough = asyncio.Event()
        self.wanted = 0

    def count(self) -> None:
        self.saved += 1
        if self.saved >= self.wanted:
            self.enough.set()

    async def until_saved(self, more: int) -> None:
        self.wanted = self.saved + more
        self.enough.clear()
        async with asyncio.timeout(30):
            await self.enough.wait()


class Writer:
    """Keeps what is not saved, and sends it again with the same id as soon as there is a line."""

    def __init__(self, sitting: Sitting, person: str, power: Power) -> None:
        self.sitting = sitting
        self.person = person
        self.power = power
        self.unsaved: dict[str, str] = {}
        self.saved: list[str] = []
        self.came_before: list[tuple[str, str]] = []  # saved, and only then sent
        self.back = asyncio.Event()
        self.done = False

    async def write(self) -> None:
        while not self.done or self.unsaved:
            await self.power.on.wait()
            try:
                screen = await self.sitting.open_unseen(self.person)
                await screen.until(lambda: screen.own)  # noqa: B023
                self.back.set()
                await self._write_on(screen)
            except (Closed, OSError, EOFError, websockets.WebSocketException):
                self.back.clear()

    async def _write_on(self, screen: Screen) -> None:
        waiting = [(id, await screen.post("add_item", id, **self._words(text))) for id, text in self.unsaved.items()]
        while not self.done or waiting:
            while not self.done and len(waiting) < IN_FLIGHT:
                text = f"{self.person} {len(self.saved) + len(self.unsaved)}"
                id = await screen.post("add_item", **self._words(text))
                self.unsaved[id] = text
                waiting.append((id, id))
                if self.saved:
                    self.came_before.append((self.saved[-1], id))
            first = waiting.pop(0)[0]
            await screen.until(lambda: screen.answers_to(first))  # noqa: B023
            assert screen.answers_to(first)[0]["type"] == "saved", screen.answers_to(first)
            del self.unsaved[first]
            self.saved.append(first)
            self.power.count()

    def _words(self, text: str) -> dict[str, Any]:
        return point(text, family_knows=None if self.person in (DANA, CALLUM) else True)


@pytest.fixture
async def restartable(tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    async with serving(tmp_path, nursery=nursery) as server:
        yield server


async def test_no_saved_word_is_lost_or_doubled_in_five_power_cuts(restartable: Server) -> None:
    await cut_the_power(restartable, rounds=5)


@pytest.mark.soak
async def test_no_saved_word_is_lost_or_doubled_in_twenty_five_power_cuts(restartable: Server) -> None:
    await cut_the_power(restartable, rounds=25)


async def cut_the_power(server: Server, rounds: int) -> None:
    chance = random.Random(rounds)
    sitting = await server.sitting()
    (chair,) = await sitting.begin(CHAIR)
    await chair.close()
    power = Power()
    power.on.set()
    writers = [Writer(sitting, person, power) for person in WRITERS]
    async with asyncio.TaskGroup() as writing:
        for writer in writers:
            writing.create_task(writer.write())
        for _ in range(rounds):
            await power.until_saved(chance.randint(1, 150))
            power.on.clear()
            for writer in writers:
                writer.back.clear()
            await server.end(signal.SIGKILL)
            cut_at = monotonic()
            await server.start()
            power.on.set()
            async with asyncio.timeout(BACK_WITHIN_SECONDS):
                await asyncio.gather(*[writer.back.wait() for writer in writers])
            assert monotonic() - cut_at < BACK_WITHIN_SECONDS
        await power.until_saved(50)
        for writer in writers:
            writer.done = True
    assert server.database
    log = EventLog(server.database)
    rows = await log.read(sitting.id)
    place = {row.id: row.seq for row in rows}
    saved = [id for writer in writers for id in writer.saved]
    assert not any(writer.unsaved for writer in writers)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert len(place) == len(rows), "nothing twice"
    assert set(place) == {*saved, *[row.id for row in rows[:2]]}, "all that was saved, the preparation and the phase"
    assert all(place[before] < place[after] for writer in writers for before, after in writer.came_before)
    assert await log.verify(sitting.id) is None
    chair = await sitting.open(CHAIR)
    on_screen = {key.split("/")[1] for key in chair.shared if key.startswith(("item/", "offered/"))}
    assert on_screen == set(saved)
    await sitting.close()
