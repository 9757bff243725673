"""What is on its way down over plain requests, and for whose seat: it is cut off when that seat ends.

uvicorn keeps everything; this protocol class of ours only knows the line that a request came by. Named in `serving.py`.
"""

import fcntl
import socket
import struct
import termios
from collections.abc import Callable
from typing import Any

from starlette.requests import HTTPConnection
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.access.sessions import Session

EXTENSION = "kinboard.answering"
_AT_ONCE = struct.pack("ii", 1, 0)  # what the kernel still holds is thrown away, and the other side is told so


class Answering(HttpToolsProtocol):
    """One line of plain requests. A proxy sends those of many people by the same, one after the other."""

    on_over: Callable[["Answering"], None] | None = None

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._over()
        self.scope["extensions"] = {EXTENSION: self}  # type: ignore[dict-item]

    def connection_lost(self, exc: Exception | None) -> None:
        self._over()
        super().connection_lost(exc)

    def _over(self) -> None:
        if self.on_over:
            self.on_over(self)
            self.on_over = None

    @property
    def is_on_its_way(self) -> bool:
        """Whether some of the last answer has not arrived: in our memory, or in the kernel's."""
        if self.transport.is_closing():
            return False
        unfinished = self.cycle is not None and not self.cycle.response_complete
        return unfinished or self.transport.get_write_buffer_size() > 0 or self._held_by_kernel() > 0

    def _held_by_kernel(self) -> int:
        raw: Any = self.transport.get_extra_info("socket")
        if raw is None:
            return 0
        (held,) = struct.unpack("i", fcntl.ioctl(raw.fileno(), termios.TIOCOUTQ, b"\0" * 4))
        return int(held)

    def cut(self) -> None:
        raw: Any = self.transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.transport.abort()


class Answers:
    """The lines whose last answer was for a seat."""

    def __init__(self) -> None:
        self._by_line: dict[Answering, Session] = {}

    def begin(self, connection: HTTPConnection, session: Session) -> None:
        """What is answered to this request is for this session."""
        line = (connection.scope.get("extensions") or {}).get(EXTENSION)
        if isinstance(line, Answering):
            self._by_line[line] = session
            line.on_over = self._end

    def _end(self, line: Answering) -> None:
        self._by_line.pop(line, None)

    def renew(self, old: bytes, session: Session) -> None:
        self._by_line |= {line: session for line, one in self._by_line.items() if one.id == old}

    def cut(self, is_over: Callable[[Session], bool]) -> None:
        for line, session in list(self._by_line.items()):
            if is_over(session):
                self._end(line)
                if line.is_on_its_way:
                    line.cut()
