"""One open board socket: what it was last sent, and the answers that wait for it."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket

from app.board.actor import Audience
from app.board.board import View
from app.board.terms import Id

from .allowance import Errors
from .measures import COMMANDS, SLOW_READERS
from .protocol import STILL, ErrorFrame, Frame, InvalidFrame, encode, error_frame, read_command

if TYPE_CHECKING:
    from .room import Room

STILL_SECONDS = 5.0
SLOW_SECONDS = 15.0  # a reader that takes nothing for so long comes back later
CLOSING_SECONDS = 1.0
MOST_ANSWERS_WAITING = 1000
TOO_SLOW = 1013
MISBEHAVED = 1008


class Connection:
    """When rung it writes what lies between what it last sent and now. There is no backlog, so nothing to overflow."""

    def __init__(
        self, websocket: WebSocket, room: Room, person_id: Id, epoch: str | None = None, version: int | None = None
    ) -> None:
        self.person_id = person_id
        self.audience: Audience | None = None  # the room says, at each turn
        self.epoch = epoch
        self.version = version
        self.own: View | None = None
        self.is_new = True
        self._websocket = websocket
        self._room = room
        self._rung = asyncio.Event()
        self._answers: deque[Frame] = deque()
        self._errors = Errors()
        self._close_with: int | None = None

    def ring(self) -> None:
        self._rung.set()

    def answer(self, frame: Frame) -> None:
        self._answers.append(frame)
        if len(self._answers) > MOST_ANSWERS_WAITING:
            self.close(TOO_SLOW)
        self.ring()

    def close(self, code: int) -> None:
        self._close_with = code
        self.ring()

    async def serve(self) -> None:
        """Read and write until either side has had enough."""
        self._room.enter(self)
        reading, writing = asyncio.create_task(self._read()), asyncio.create_task(self._write())
        try:
            await asyncio.wait([reading, writing], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._room.leave(self)
            for task in (reading, writing):
                task.cancel()
            await asyncio.gather(reading, writing, return_exceptions=True)

    async def _read(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                command = read_command(message.get("text") or "")
            except InvalidFrame as invalid:
                self._say_error(error_frame(invalid.command_id, "invalid", field=invalid.field))
                continue
            if not self._room.ask(command, self):
                self._say_error(error_frame(command.id, "too_fast"))

    def _say_error(self, frame: ErrorFrame) -> None:
        COMMANDS.labels(frame["code"]).inc()
        self.answer(frame)
        if self._errors.too_many():
            self.close(MISBEHAVED)

    async def _write(self) -> None:
        while True:
            try:
                async with asyncio.timeout(STILL_SECONDS):
                    await self._rung.wait()
            except TimeoutError:
                if not await self._send([encode(STILL)]):
                    return
                continue
            self._rung.clear()
            if not await self._send(self._take_frames()):
                return
            if self._close_with is not None:
                await self._websocket.close(self._close_with)
                return

    def _take_frames(self) -> list[str]:
        """View first, then answers: `saved` comes after the view that shows it. Taken at one moment, then sent."""
        if self.audience is None:
            return []  # the first frame is always a view
        frames = self._room.frames_for(self, self.audience)
        frames += [encode(answer) for answer in self._answers]
        self._answers.clear()
        return frames

    async def _send(self, frames: list[str]) -> bool:
        """False for a reader that has stopped reading; it is closed and may come back."""
        try:
            async with asyncio.timeout(SLOW_SECONDS):
                for frame in frames:
                    await self._websocket.send_text(frame)
        except TimeoutError:
            SLOW_READERS.inc()
            try:
                async with asyncio.timeout(CLOSING_SECONDS):
                    await self._websocket.close(TOO_SLOW)
            except TimeoutError:
                pass  # it does not read that either; the server drops the line
            return False
        return True
