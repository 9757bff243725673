"""One open line to a board: what it was last sent, and the answers that wait for it."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from app.access.sessions import Session
from app.board.actor import Audience
from app.board.board import View
from app.board.terms import Id

from .allowance import Errors
from .measures import COMMANDS, SLOW_READERS
from .protocol import STILL, ErrorFrame, Frame, InvalidFrame, encode, error_frame, read_command
from .wire import framed

if TYPE_CHECKING:
    from .room import Room

STILL_SECONDS = 5.0
SLOW_SECONDS = 15.0  # a reader that takes nothing for so long comes back later
MOST_ANSWERS_WAITING = 1000
TOO_SLOW = 1013
CLOSED_NOT_ADMITTED = 4003
MISBEHAVED = 1008
_STILL = framed(encode(STILL))


class Line(Protocol):
    """How the frames go down: a socket (`wire.py`), or answers where sockets are blocked (`stream.py`)."""

    on_writable: Callable[[], None] | None
    on_shutdown: Callable[[], None] | None

    @property
    def lagging(self) -> bool: ...
    def write(self, frames: bytes) -> None: ...
    def close(self, code: int) -> None: ...
    def hang_up(self) -> None: ...


class Connection:
    """When rung it writes what lies between what it last sent and now. There is no backlog, so nothing to overflow."""

    # fmt: off
    __slots__ = (
        "_answers", "_errors", "_is_stopping", "_room", "_wire", "_wrote_at", "audience", "epoch", "has_news", "is_new",
        "own", "person_id", "session", "version",
    )
    # fmt: on

    def __init__(
        self, wire: Line, room: Room, session: Session, epoch: str | None = None, version: int | None = None
    ) -> None:
        self.session = session
        self.person_id: Id = session.seat.person_id
        self.audience: Audience | None = None  # the room says, at each turn
        self.epoch = epoch
        self.version = version
        self.own: View | None = None
        self.is_new = True
        self.has_news = True  # besides the view and answers: its first frames, its own part
        self._wire = wire
        self._wire.on_writable = self.ring
        self._wire.on_shutdown = self._stop
        self._is_stopping = False
        self._room = room
        self._answers: list[bytes] = []
        self._errors: Errors | None = None
        self._wrote_at = monotonic()

    def ring(self) -> None:
        """Write what is new: the view first, then the answers, so `saved` comes after the view that shows it.

        A reader that lags is sent nothing; it is rung again when it has caught up, and skips what it missed.
        """
        if self.audience is None or self._wire.lagging:
            return
        frames = self._room.frames_for(self, self.audience)
        frames += self._answers
        self._answers.clear()
        self.has_news = False
        if frames:
            self._write(frames[0] if len(frames) == 1 else b"".join(frames), monotonic())

    def step(self, frame: bytes, version: int, now: float) -> None:
        """One version further, by the frame that all of its audience get. What most are sent, so it does no more."""
        if not self._wire.lagging:
            self.version = version
            if self._answers:
                frame = b"".join((frame, *self._answers))
                self._answers.clear()
            self._wire.write(frame)
            self._wrote_at = now

    def _write(self, frames: bytes, now: float) -> None:
        self._wire.write(frames)
        self._wrote_at = now

    def answer(self, frame: Frame) -> None:
        self.keep_answer(frame)
        self.ring()

    @property
    def has_answers(self) -> bool:
        return bool(self._answers)

    def keep_answer(self, frame: Frame) -> None:
        """To be written behind what is shown next."""
        self._answers.append(framed(encode(frame)))
        if len(self._answers) > MOST_ANSWERS_WAITING:
            self._say_too_slow()

    def tick(self, now: float) -> bool:
        """Now and then: show that the line is live, or give up on a reader that has stopped. Whether it lags."""
        silent_seconds = now - self._wrote_at
        if self._wire.lagging:
            if silent_seconds > SLOW_SECONDS:
                self._say_too_slow()
            return True
        if silent_seconds >= STILL_SECONDS and self.audience is not None:
            self._write(_STILL, now)
        return False

    def close(self, code: int) -> None:
        self._wire.close(code)

    def hang_up(self) -> None:
        """Come back soon: the server restarts."""
        self._wire.hang_up()

    def _stop(self) -> None:
        """What comes from now on is not taken; whoever sent it keeps it and sends it again."""
        self._is_stopping = True
        self._room.stop(self)

    def _say_too_slow(self) -> None:
        SLOW_READERS.inc()
        self.close(TOO_SLOW)

    def begin(self) -> None:
        self._room.enter(self)

    def end(self) -> None:
        self._wire.on_writable = self._wire.on_shutdown = None
        if self._is_stopping:
            self.hang_up()
        self._room.leave(self)

    async def take(self, text: str) -> None:
        """One frame that came up; whoever sent it waits while too much is waiting."""
        if not self._is_stopping:
            self._take(text)
        await self._room.inbox.until_not_full()

    def take_now(self, text: str, read_on: Callable[[], None]) -> bool:
        """False where too much is waiting: then nothing more is to be read until it says so."""
        if self._is_stopping:
            return True
        if self._room.inbox.is_full:
            self._room.inbox.say_when_not_full(read_on)
            return False
        self._take(text)
        return True

    def _take(self, text: str) -> None:
        try:
            command = read_command(text)
        except InvalidFrame as invalid:
            self._say_error(error_frame(invalid.command_id, "invalid", field=invalid.field))
            return
        if not self._room.ask(command, self):
            self._say_error(error_frame(command.id, "too_fast"))

    def _say_error(self, frame: ErrorFrame) -> None:
        COMMANDS[frame["code"]].inc()
        self.answer(frame)
        self._errors = self._errors or Errors()
        if self._errors.too_many():
            self.close(MISBEHAVED)
