"""A meeting of every area is held from the welcome to the close over real sockets, under that area's rules and no other."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app.areas.areas import area_named
from app.board.area import Area, groups_in
from app.board.conference import settings_of
from tests import cast
from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, ROBIN, SOCIAL_WORKER, TANSY, TEACHER
from tests.realtime.acts import point
from tests.realtime.screen import Frame, Screen
from tests.realtime.server import Server, Sitting

WORKERS = (CHAIR, SOCIAL_WORKER, TEACHER, NURSE)
SEATED = (*WORKERS, DANA, PROJECTOR)
CHILDREN = (TANSY, ROBIN)
NOT_HERE = "That is not one of the outcomes of this kind of meeting."


@dataclass
class Table:
    """Everybody of one meeting with their screen."""

    sitting: Sitting
    area: Area
    screens: dict[str, Screen]

    @property
    def chair(self) -> Screen:
        return self.screens[CHAIR]

    @property
    def workers(self) -> list[Screen]:
        return [self.screens[person] for person in WORKERS if person != CHAIR]

    @property
    def words(self) -> Frame:
        return self.chair.shared["area"]  # type: ignore[no-any-return]

    async def everybody_sees(self, key: str) -> list[Frame]:
        for screen in self.screens.values():
            await screen.settle()
        return [screen.shared[key] for screen in self.screens.values()]

    async def chair_sees(self, key: str) -> Any:
        await self.chair.settle()
        return self.chair.shared.get(key)


Seating = Callable[..., Awaitable[Table]]


@pytest.fixture
async def seated(server: Server) -> AsyncIterator[Seating]:
    begun: list[Sitting] = []

    async def seat(area: Area, type: str = "initial", seats: tuple[str, ...] = SEATED) -> Table:
        people = tuple(person for person in cast.PEOPLE if person.id in seats)
        changes = {"settings": settings_of(area, ()), "conference_type": type, "people": people}
        sitting = await server.sitting_of(cast.preparation().model_copy(update=changes | {"id": begun_id(begun)}))
        begun.append(sitting)
        return Table(sitting, area, {person: await sitting.open(person) for person in seats})

    yield seat
    for sitting in begun:
        await sitting.close()


def begun_id(begun: list[Sitting]) -> str:
    return cast.fresh_id() if False else ""
