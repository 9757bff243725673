"""People who come back to another server when theirs is gone, and so many of them that few can be looked at closely."""

import random
import re
from time import monotonic

from tests.faults.device import Device, Witness
from tests.faults.history import History
from tests.realtime.server import Sitting

HEAD = re.compile(r'\{"type":"view","epoch":"([^"]+)","version":(\d+),')


class Wanderer(Device):
    """Comes by a proxy that sends all of a conference to one server, and elsewhere while that one is away; a `stray`
    is sent to any.
    """

    def __init__(
        self, sittings: list[Sitting], person: str, history: History, chance: random.Random, *, stray: bool = True
    ) -> None:
        super().__init__(sittings[0], person, history, chance)
        self.sittings = sittings
        self.stray = stray

    async def _connect(self) -> None:
        running = [each for each in self.sittings if each.server.is_running]
        self.sitting = self.chance.choice(running) if self.stray else running[0]
        self.address = self.sitting.url
        await super()._connect()


class Glimpse(Witness):
    """Of each frame of a board it reads the version alone, so that hundreds fit on half a core."""

    def _take(self, text: str) -> None:
        self.heard_at = monotonic()
        if head := HEAD.match(text):
            self.epoch, self.version = head[1], int(head[2])
            if self.seen:
                self.seen.versions.append((self.epoch, self.version, text.endswith(',"full":true}')))
        elif text.startswith('{"type":"view","own"'):
            self.own = {"came": True}


class Onlooker(Wanderer):
    kind = Glimpse
