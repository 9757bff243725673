"""People at a meeting who do whatever comes to mind, on tablets that come and go."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

from app.store.log import EventLog
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    NURSE,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TEACHER,
)
from tests.faults.device import Device
from tests.faults.history import Frame, History, check, check_screen
from tests.realtime.acts import point, question
from tests.realtime.server import Sitting

PEOPLE = (CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE, DANA, CALLUM, ADVOCATE, PROJECTOR)
FAMILY = (DANA, CALLUM)
Act = tuple[str, dict[str, Any]]


class Meeting:
    """One conference, a device for each of these people, and the history of all of it."""

    def __init__(
        self, sitting: Sitting, seed: int, people: tuple[str, ...] = PEOPLE, address: str | None = None
    ) -> None:
        self.sitting = sitting
        self.chance = random.Random(seed)
        self.history = History()
        self.devices = [Device(sitting, person, self.history, self.chance, address) for person in people]

    async def begin(self) -> None:
        for device in self.devices:
            device.switch_on()
        await self.all_live()
        await self.devices[0].act("set_phase", phase="mapping")
        await self.devices[0].empty.wait()

    async def all_live(self, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            await asyncio.gather(*[device.live.wait() for device in self.devices])

    async def act(self) -> None:
        """Somebody does something; it may well be refused."""
        device = self.chance.choice(self.devices)
        act = something(device.person, device.shared, self.chance)
        if act:
            await device.act(act[0], **act[1])

    async def end(self, seconds: float = 60) -> None:
        """Everybody is back, everything is answered, and all that was shown has arrived."""
        for device in self.devices:
            device.read_again()
        async with asyncio.timeout(seconds):
            await asyncio.gather(*[device.empty.wait() for device in self.devices])
        await self.all_live(seconds)
        await asyncio.gather(*[device.screen.settle() for device in self.devices if device.screen])

    async def require_one_history(self) -> None:
        """One order explains all of it, and each screen shows what the log comes to."""
        assert self.sitting.server.database
        log = EventLog(self.sitting.server.database)
        assert await log.verify(self.sitting.id) is None
        assert not self.history.unanswered
        board = check(self.history, await log.read(self.sitting.id))
        present = frozenset(device.person for device in self.devices)
        for device in self.devices:
            check_screen(board, present, device.person, device.shared, device.own)

    async def close(self) -> None:
        await asyncio.gather(*[device.switch_off() for device in self.devices])


def something(person: str, seen: Frame, chance: random.Random) -> Act | None:
    """What this person might do, with what stands on their screen."""
    if person == PROJECTOR:
        return None
    acts: list[Callable[[], Act | None]] = [lambda: bring(person, chance), lambda: call(chance)]
    if person in (CHAIR, SCRIBE):
        acts += [lambda: edit(seen, chance), lambda: move(seen, chance), lambda: place(seen, chance)]
        acts += [lambda: state(seen, chance)] * 2
    if person == CHAIR:
        acts += [lambda: run(seen, chance), lambda: scale(seen, chance), lambda: take_off(seen, chance)]
    else:
        acts += [lambda: score(seen, chance)]
    return chance.choice(acts)()


def bring(person: str, chance: random.Random) -> Act:
    known = None if person in FAMILY else chance.random() < 0.8
    return "add_item", point(f"Point {chance.randrange(10**6)}", family_knows=known)


def call(chance: random.Random) -> Act:
    return "raise_hand", {"on": chance.random() < 0.5}


def edit(seen: Frame, chance: random.Random) -> Act | None:
    item = one_of(seen, "item/", chance)
    words = {"text": f"Put better {chance.randrange(10**6)}"}
    return ("edit_item", {"item_id": item["id"], "base_version": item["version"], **words}) if item else None


def move(seen: Frame, chance: random.Random) -> Act | None:
    item = one_of(seen, "item/", chance)
    group = chance.choice([("worry", "past_harm"), ("worry", "future_danger"), ("strength", "existing_strength")])
    where = {"column": group[0], "sub_category": group[1], "after": None}
    return ("move_item", {"item_id": item["id"], **where}) if item else None


def place(seen: Frame, chance: random.Random) -> Act | None:
    item = one_of(seen, "offered/", chance)
    return ("place_item", {"item_id": item["id"], "base_version": item["version"]}) if item else None


def take_off(seen: Frame, chance: random.Random) -> Act | None:
    item = one_of(seen, "item/", chance)
    return ("remove_item", {"item_id": item["id"], "why": ""}) if item else None


def state(seen: Frame, chance: random.Random) -> Act:
    """One statement that several amend."""
    danger = one_of(seen, "danger/", chance)
    about = {"danger_id": danger["id"], "base_version": danger["version"]} if danger else {"danger_id": None}
    return "write_danger_statement", {**about, "children": [ROBIN], "text": f"Robin may be hurt {chance.random()}"}


def run(seen: Frame, chance: random.Random) -> Act:
    acts: list[Act] = [
        ("give_floor", {"person_id": chance.choice([None, TEACHER, DANA])}),
        ("blank", {"screens": chance.choice(["none", "none", "none", "room", "all"])}),
        ("set_phase", {"phase": chance.choice(["mapping", "mapping", "danger_statements", "scaling"])}),
    ]
    return chance.choice(acts)


def scale(seen: Frame, chance: random.Random) -> Act:
    asked = one_of(seen, "scale/", chance)
    if asked is None or asked["closed"]:
        return "open_scale", question()
    return chance.choice([("reveal_scale", {"scale_id": asked["id"]}), ("close_scale", {"scale_id": asked["id"]})])


def score(seen: Frame, chance: random.Random) -> Act | None:
    asked = one_of(seen, "scale/", chance)
    number = chance.randint(0, 10)
    return ("answer_scale", {"scale_id": asked["id"], "score": number, "why": ""}) if asked else None


def one_of(seen: Frame, prefix: str, chance: random.Random) -> Frame | None:
    keys = sorted(key for key in seen if key.startswith(prefix))
    found: Frame | None = seen[chance.choice(keys)] if keys else None
    return found
