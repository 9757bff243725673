"""One person's open board over a real socket, kept as the contract says a screen keeps it."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self
from uuid import uuid4

import websockets
from websockets.asyncio.client import ClientConnection

from tests.realtime.frames import require_contract

Frame = dict[str, Any]


class Closed(Exception):
    """The server ended it, with this code."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


class Screen:
    require = staticmethod(require_contract)

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.shared: Frame = {}
        self.own: Frame = {}
        self.epoch: str | None = None
        self.version: int | None = None
        self.raw: list[str] = []
        self.frames: list[Frame] = []
        self.code: int | None = None  # what it was closed with
        self.wrong: BaseException | None = None  # the first frame that broke the contract
        self._answers: dict[str, list[Frame]] = {}
        self._news = asyncio.Event()
        self._may_read = asyncio.Event()
        self._may_read.set()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, url: str, cookie: str, origin: str | None, **more: Any) -> Self:
        """Raises `websockets.InvalidStatus` where the server does not accept it."""
        options: dict[str, Any] = {"compression": None, "max_size": None, "open_timeout": 10, **more}
        socket = await websockets.connect(url, origin=origin, additional_headers={"Cookie": cookie}, **options)  # type: ignore[arg-type]
        return cls(socket)

    # ---- what a person does

    async def send(self, type: str, id: str | None = None, **fields: Any) -> Frame:
        """Sends a command and waits for its answer."""
        command_id = id or str(uuid4())
        before = len(self._answers.get(command_id, ()))
        await self.post(type, command_id, **fields)
        await self.until(lambda: len(self._answers.get(command_id, ())) > before)
        return self._answers[command_id][before]

    async def post(self, type: str, id: str | None = None, **fields: Any) -> str:
        """Sends a command and waits for nothing."""
        command_id = id or str(uuid4())
        await self.socket.send(json.dumps({"id": command_id, "type": type, **fields}))
        return command_id

    async def does(self, type: str, id: str | None = None, **fields: Any) -> str:
        """What is sent is saved; its id, which is also the id of what it made."""
        answer = await self.send(type, id, **fields)
        assert answer["type"] == "saved", answer
        saved: str = answer["id"]
        return saved

    async def refused(self, type: str, id: str | None = None, **fields: Any) -> str:
        """What is sent is refused; the reason."""
        answer = await self.send(type, id, **fields)
        assert answer["type"] == "refused", answer
        assert answer["message"].strip()
        reason: str = answer["reason"]
        return reason

    async def settle(self) -> Self:
        """Everything that was shown before now has arrived: an answer comes after the view of its turn."""
        await self.refused("undo", of=str(uuid4()))
        return self

    # ---- what a person sees

    @property
    def all(self) -> Frame:
        return {**self.shared, **self.own}

    @property
    def views(self) -> list[Frame]:
        """The frames of the shared part, in order."""
        return [frame for frame in self.frames if frame["type"] == "view" and "own" not in frame]

    def answers_to(self, command_id: str) -> list[Frame]:
        return self._answers.get(command_id, [])

    async def until(self, fact: Callable[[], Any], seconds: float = 10) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not fact():
                    if self.wrong:
                        raise self.wrong
                    if self.code is not None:
                        raise Closed(self.code)
                    news = self._news
                    await news.wait()
        except TimeoutError:
            raise AssertionError(f"not within {seconds} s; the last frames: {self.raw[-4:]}") from None

    async def until_closed(self, seconds: float = 30) -> int | None:
        async with asyncio.timeout(seconds):
            await asyncio.shield(self._reading)
        if self.wrong:
            raise self.wrong
        return self.code

    # ---- the tablet itself

    def stop_reading(self) -> None:
        self._may_read.clear()

    @property
    def stopped(self) -> bool:
        return not self._may_read.is_set()

    def read_again(self) -> None:
        self._may_read.set()

    async def close(self) -> None:
        await self.let_go()
        if self.wrong:
            raise self.wrong

    async def let_go(self) -> None:
        """Whatever has gone wrong."""
        await self.socket.close()
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)

    async def _read(self) -> None:
        try:
            while True:
                await self._may_read.wait()
                text = await self.socket.recv()
                assert isinstance(text, str)
                self._take(text)
                self._wake()
        except websockets.ConnectionClosed as closed:
            self.code = closed.rcvd.code if closed.rcvd else 1006
        except (AssertionError, ValueError, KeyError) as wrong:
            self.wrong = wrong
        finally:
            self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _take(self, text: str) -> None:
        frame = json.loads(text)
        self.require(frame)
        if not self.frames:
            assert frame["type"] == "view", "the first frame is always a view"
        self.raw.append(text)
        self.frames.append(frame)
        if frame["type"] == "view":
            self._fold(frame)
        elif frame.get("id"):
            self._answers.setdefault(frame["id"], []).append(frame)

    def _fold(self, frame: Frame) -> None:
        part = self.own if frame.get("own") else self.shared
        kept = {} if frame.get("full") else {key: value for key, value in part.items() if key not in frame["drop"]}
        folded = {**kept, **frame["put"]}
        if frame.get("own"):
            assert self.frames[0] is not frame
            self.own = folded
        else:
            if not frame.get("full") and self.epoch == frame["epoch"] and self.version is not None:
                assert frame["version"] > self.version or len(self.views) == 1
            if not frame.get("full"):
                assert self.epoch == frame["epoch"], "only a full view begins an epoch"
            self.shared, self.epoch, self.version = folded, frame["epoch"], frame["version"]
        assert not set(self.shared) & set(self.own), "one key, one part"
