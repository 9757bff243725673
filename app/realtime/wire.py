"""The way out: one ready frame is written to many sockets in a plain loop, with no await between them.

uvicorn keeps the handshake, pings and every other route. This protocol class of ours lets the room write whole frames
itself, which is safe because uvicorn, too, only ever writes whole frames (compression is off); and once a board has
taken a line over, it hears of what comes up at once, and no task waits for that. Named in `serving.py`;
`tests/realtime` fails when uvicorn's insides move, and then `plain.py` does the same by what every server offers.
"""

import inspect
import re
import socket
from asyncio.transports import BaseTransport
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.speedups import apply_mask

from .protocol import MOST_BYTES_UP

# In the kernel, which takes twice as much: a reader that stops is noticed soon, and is not sent minutes of old news.
SEND_BUFFER_BYTES = 128 * 1024
HIGH_WATER_BYTES = 64 * 1024  # beyond it in our own memory a reader is lagging and is sent nothing more
CLOSING_SECONDS = 5.0
EXTENSION = "kinboard.wire"


class AtBoard(Protocol):
    """Whoever sits at a board at the end of this line."""

    def take_now(self, text: str, read_on: Callable[[], None]) -> bool:
        """False: not now; `read_on` will be called."""

    def end(self) -> None: ...


class Wire(WebSocketsSansIOProtocol):
    """One socket, as the room writes to it."""

    lagging = False
    in_pieces = False
    at_board: AtBoard | None = None
    on_writable: Callable[[], None] | None = None
    on_shutdown: Callable[[], None] | None = None
    held: deque[str] | None = None  # what came and was not taken yet

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        asked: Any = self.transport.get_protocol()
        asked.parser = None  # or what read the request and its parser hold each other until garbage is looked for
        self.transport.set_write_buffer_limits(high=HIGH_WATER_BYTES)
        raw: Any = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: dict[Any, Any] = self.scope["extensions"] or {}
            self.scope["extensions"] = {**extensions, EXTENSION: self}  # type: ignore[dict-item]

    def take_over(self, at_board: AtBoard) -> None:
        """From now on the board hears of everything itself, and the route returns. What only the handshake needed is
        let go of: it is more than all the rest of a line.
        """
        came, self.at_board = self.queue, at_board
        self.queue = Ending(self)  # type: ignore[assignment]
        self.writable = NOBODY  # type: ignore[assignment]
        self.close_timer = NOBODY  # type: ignore[assignment]  # or uvicorn closes the line when the route returns
        self.request.headers.clear()  # uvicorn's parser stands in a function that has it for good
        del self.scope, self.request, self.response
        while not came.empty():
            message: Any = came.get_nowait()
            if message["type"] == "websocket.receive":
                self.take(message.get("text") or "")
            else:
                self.end_soon()

    def data_received(self, data: bytes) -> None:
        """What nearly always comes is one whole text frame, which needs no parser. Once a frame has come in pieces,
        the rest of the line goes to uvicorn's parser, which alone knows where it is.
        """
        if not self.handshake_initiated:
            self.in_pieces = not data.endswith(b"\r\n\r\n")
        elif not self.in_pieces:
            text = whole_text(data) if self.at_board and not self.close_sent else None
            if text is not None:
                self.take(text)
                return
            self.in_pieces = not is_whole(data)
        super().data_received(data)

    def send_receive_event_to_app(self) -> None:
        """A whole message. Before a board has taken the line over it waits in uvicorn's queue."""
        if self.at_board is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        data, self.frames = b"".join(self.frames), []
        try:
            self.take(data.decode() if self.curr_msg_data_type == "text" else "")
        except UnicodeDecodeError:
            self.conn.send_close(1007)
            self.handle_parser_exception()

    def take(self, text: str) -> None:
        """What the board does not take now is held in order, and nothing more is read until it does."""
        if self.at_board is None:
            return
        if self.held or not self.at_board.take_now(text, self.read_on):
            self.held = self.held or deque()
            self.held.append(text)
            if not self.read_paused:
                self.read_paused = True
                self.transport.pause_reading()

    def read_on(self) -> None:
        """The board has room again."""
        while self.held and self.at_board and self.at_board.take_now(self.held[0], self.read_on):
            self.held.popleft()
        if not self.held and self.read_paused and not self.transport.is_closing():
            self.read_paused = False
            self.transport.resume_reading()

    def pause_writing(self) -> None:
        self.lagging = True
        super().pause_writing()

    def resume_writing(self) -> None:
        self.lagging = False
        super().resume_writing()
        if self.on_writable:
            self.on_writable()

    def end_soon(self) -> None:
        """Not while the room goes through its lines."""
        if self.at_board:
            self.loop.call_soon(self.at_board.end)
            self.at_board = self.on_writable = self.on_shutdown = None
            self.queue = NOBODY  # type: ignore[assignment]

    def shutdown(self) -> None:
        """uvicorn says so when the server stops. A board's socket waits for the turn in hand."""
        (self.on_shutdown or self.hang_up)()

    def hang_up(self) -> None:
        """As uvicorn ends a socket: 1012, come back soon."""
        send_all()
        if not self.transport.is_closing():
            super().shutdown()

    def write(self, frames: bytes) -> None:
        """Ready frames, one or several. They go out when all rooms that one commit woke have built theirs, which was
        measured to be cheaper than building and sending by turns (docs/performance.md).
        """
        if not _GOING_OUT:
            self.loop.call_soon(send_all)
        _GOING_OUT.append((self, frames))

    def close(self, code: int) -> None:
        """Say why, and hang up soon, whether or not the other side reads it."""
        send_all()
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(CLOSING_SECONDS, self.transport.abort)


_GOING_OUT: list[tuple[Wire, bytes]] = []


def send_all() -> None:
    """What is written to a socket that is closing is dropped. One that fails is ended; the others go on."""
    going = _GOING_OUT.copy()
    _GOING_OUT.clear()
    for wire, frames in going:
        if not wire.close_sent and not wire.transport.is_closing():
            try:
                wire.transport.write(frames)
            except Exception:
                wire.transport.abort()


class Ending:
    """In place of uvicorn's queue: of a line that was taken over it is told nothing but that it has ended."""

    __slots__ = ("wire",)

    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    def put_nowait(self, _: object) -> None:
        self.wire.end_soon()


class Nobody:
    """In place of what only a task needs that waits."""

    def _nothing(self, *_: object) -> None:
        pass

    put_nowait = set = clear = cancel = _nothing


NOBODY = Nobody()


def wire_of(websocket: WebSocket) -> Wire | None:
    """None where the server runs without it (`moved`)."""
    wire: Wire | None = websocket.scope["extensions"].get(EXTENSION)
    return wire


# What Wire overrides, and what it reads and sets.
METHODS = (
    *("connection_made", "handle_connect", "data_received", "send_receive_event_to_app"),
    *("pause_writing", "resume_writing", "shutdown"),
)
ATTRIBUTES = (
    *("transport", "conn", "queue", "loop", "scope", "request", "response", "close_sent", "read_paused", "close_timer"),
    *("frames", "curr_msg_data_type", "handshake_initiated", "writable"),
)
STAYS_OPEN = "if self.close_timer is None:\n            self.transport.close()"  # when the route has returned


def moved() -> list[str]:
    """What is no longer as we lean on it in this version of uvicorn."""
    source = inspect.getsource(WebSocketsSansIOProtocol)
    written = source.count("self.transport.write(")
    whole = source.count("self.transport.write(b''.join(") + source.count('self.transport.write(b"".join(')
    return [
        *(name for name in METHODS if _parameters(Wire, name) != _parameters(WebSocketsSansIOProtocol, name)),
        *(name for name in ATTRIBUTES if not re.search(rf"self\.{name}(: [^=\n]+)? = ", source)),
        *([] if STAYS_OPEN in source else ["closes a line when its route returns"]),
        *([] if written == whole > 0 else ["writes parts of frames"]),
    ]


def _parameters(kind: type, name: str) -> list[str]:
    return list(inspect.signature(getattr(kind, name, _parameters)).parameters)


def whole_text(data: bytes) -> str | None:
    """The text, if these bytes are one masked text frame and no more."""
    if len(data) < 6 or data[0] != 0x81 or data[1] < 0x80:
        return None
    size, start = data[1] & 0x7F, 2
    if size == 126:
        size, start = int.from_bytes(data[2:4], "big"), 4
    if size == 127 or size > MOST_BYTES_UP or len(data) != start + 4 + size:
        return None
    try:
        return apply_mask(data[start + 4 :], data[start : start + 4]).decode()
    except UnicodeDecodeError:
        return None


def is_whole(data: bytes) -> bool:
    """Whether these bytes, which begin with a frame, are whole frames of whole messages."""
    at = 0
    while len(data) - at >= 2:
        size, head = data[at + 1] & 0x7F, 2
        if size >= 126:
            head = 4 if size == 126 else 10
            size = int.from_bytes(data[at + 2 : at + head], "big")
        if data[at] & 0x80 == 0:
            return False
        at += head + (4 if data[at + 1] & 0x80 else 0) + size
    return at == len(data)


def framed(payload: bytes) -> bytes:
    """A whole text frame, as a server sends it: no mask, no compression."""
    size = len(payload)
    if size < 126:
        return b"\x81%c%b" % (size, payload)
    if size < 65536:
        return b"\x81\x7e%b%b" % (size.to_bytes(2, "big"), payload)
    return b"\x81\x7f%b%b" % (size.to_bytes(8, "big"), payload)


def unframed(frames: bytes) -> Iterator[bytes]:
    """What was framed: for a line that is no websocket."""
    at = 0
    while at < len(frames):
        size, at = frames[at + 1], at + 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(frames[at : at + wide], "big"), at + wide
        yield frames[at : at + size]
        at += size
