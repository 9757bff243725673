"""One person's tablet: keeps what was not answered, comes back by itself with what it knows, and sends again."""

import asyncio
import random
from contextlib import suppress
from time import monotonic
from typing import Any
from uuid import UUID

import httpx2
import websockets

from app.realtime.wire import HIGH_WATER_BYTES
from tests.faults.history import Frame, History, Seen
from tests.realtime.screen import Closed, Screen
from tests.realtime.server import Sitting

OPENS_WITHIN_SECONDS, LOST_AFTER_SECONDS = 5.0, 8.0  # as in web/src/lib/socket.ts
AWAY = (Closed, OSError, EOFError, TimeoutError, websockets.WebSocketException, httpx2.TransportError)


class Witness(Screen):
    """A screen that tells its device what it hears."""

    device: "Device | None" = None
    seen: Seen | None = None
    heard_at = 0.0

    def _take(self, text: str) -> None:
        super()._take(text)
        self.heard_at = monotonic()
        self.raw.clear()
        frame = self.frames[-1]
        if self.device and self.seen:
            self.seen.may_skip |= len(text) > HIGH_WATER_BYTES  # a board so long makes its reader lag for a moment
            self.device.hear(frame)
            if frame["type"] == "view" and not frame.get("own"):
                self.seen.versions.append((frame["epoch"], frame["version"], bool(frame.get("full"))))


class Device:
    kind = Witness

    def __init__(
        self, sitting: Sitting, person: str, history: History, chance: random.Random, address: str | None = None
    ) -> None:
        """`address` is a way to the server that may be worse than the straight one."""
        self.sitting = sitting
        self.person = person
        self.history = history
        self.chance = chance
        self.address = address or sitting.url
        self.outbox: dict[str, tuple[str, Frame]] = {}
        self.screen: Witness | None = None
        self.live = asyncio.Event()
        self.gone = asyncio.Event()
        self.empty = asyncio.Event()
        self.empty.set()
        self._answered = asyncio.Event()
        self.may_skip = False  # its line is such that it may be a lagging reader
        self._task: asyncio.Task[None] | None = None
        self._wrong: BaseException | None = None

    def switch_on(self) -> None:
        self._task = asyncio.create_task(self._stay())

    async def switch_off(self) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self.screen:
            with suppress(*AWAY):
                await self.screen.close()
        if self._wrong:
            raise self._wrong

    # ---- what a person does

    async def act(self, type: str, **fields: Any) -> str:
        id = str(UUID(int=self.chance.getrandbits(128), version=4))
        self.history.sends(id, self.person, type, fields)
        self.outbox[id] = (type, fields)
        self.empty.clear()
        if self.live.is_set():
            await self._post(id)
        return id

    async def until_fewer_wait(self, than: int) -> None:
        while len(self.outbox) >= than:
            self._answered.clear()
            await self._answered.wait()

    def pull_the_plug(self) -> None:
        """No word of farewell."""
        if self.screen:
            self.screen.socket.transport.abort()

    def stop_reading(self) -> None:
        if self.screen and self.screen.seen:
            self.screen.seen.may_skip = True
            self.screen.stop_reading()

    def read_again(self) -> None:
        if self.screen:
            self.screen.read_again()

    def hear(self, frame: Frame) -> None:
        self.history.hears(frame)
        id = frame.get("id")
        if frame["type"] in ("saved", "refused"):
            self.outbox.pop(id or "", None)
            self._answered.set()
            if not self.outbox:
                self.empty.set()
        elif frame["type"] == "error":
            assert frame["code"] in ("not_saved", "too_fast"), frame
            asyncio.get_running_loop().call_later(0.1, self._again, id)

    @property
    def shared(self) -> Frame:
        return self.screen.shared if self.screen else {}

    @property
    def own(self) -> Frame:
        return self.screen.own if self.screen else {}

    # ---- what it does by itself

    def _again(self, id: str | None) -> None:
        if id and id in self.outbox and self.live.is_set():
            self._sending = asyncio.ensure_future(self._post(id))

    async def _post(self, id: str) -> None:
        type, fields = self.outbox.get(id, ("", {}))
        if self.screen and type:  # it may have been answered meanwhile
            with suppress(*AWAY):
                await self.screen.post(type, id, **fields)

    async def _stay(self) -> None:
        while True:
            try:
                await self._connect()
                assert self.screen
                await self._until_lost(self.screen)
            except AWAY:
                pass
            except AssertionError as wrong:
                self._wrong = wrong
                raise
            finally:
                self.live.clear()
                self.gone.set()
            await asyncio.sleep(self.chance.uniform(0.01, 0.1))  # not all at once

    async def _until_lost(self, screen: Witness) -> None:
        """Ended, or silent for longer than a browser that reads waits."""
        while (silent := monotonic() - screen.heard_at) < LOST_AFTER_SECONDS or screen.stopped:
            with suppress(TimeoutError):
                await screen.until_closed(LOST_AFTER_SECONDS if screen.stopped else LOST_AFTER_SECONDS - silent)
                return
        screen.socket.transport.abort()

    async def _connect(self) -> None:
        cookie = await self.sitting.join(self.person)
        before = self.screen
        query = f"?epoch={before.epoch}&version={before.version}" if before and before.version is not None else ""
        screen = await self.kind.open(
            self.address + query, cookie, self.sitting.server.base_url, open_timeout=OPENS_WITHIN_SECONDS
        )
        screen.heard_at = monotonic()
        screen.device, screen.seen = self, Seen(self.person, may_skip=self.may_skip)
        if before:
            screen.shared, screen.epoch, screen.version = dict(before.shared), before.epoch, before.version
        self.history.seen.append(screen.seen)
        self.screen = screen
        try:
            async with asyncio.timeout(LOST_AFTER_SECONDS):
                await screen.until(lambda: screen.own, seconds=60)
        except TimeoutError:
            screen.socket.transport.abort()
            raise
        self.gone.clear()
        self.live.set()
        for id in list(self.outbox):
            if id in self.outbox:
                await self._post(id)
