"""The way out: one ready frame is written to many sockets in a plain loop, with no await between them.

uvicorn keeps the handshake, reading, pings and every other route. This protocol class of ours only lets the room write
whole frames itself, which is safe because uvicorn, too, only ever writes whole frames (compression is off). Named in
`serving.py`; `tests/realtime` fails when uvicorn's insides move.
"""

import socket
from asyncio.transports import BaseTransport
from collections.abc import Callable, Iterator
from typing import Any

from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.speedups import apply_mask

from .protocol import MOST_BYTES_UP

# In the kernel, which takes twice as much: a reader that stops is noticed soon, and is not sent minutes of old news.
SEND_BUFFER_BYTES = 128 * 1024
HIGH_WATER_BYTES = 64 * 1024  # beyond it in our own memory a reader is lagging and is sent nothing more
CLOSING_SECONDS = 5.0
EXTENSION = "kinboard.wire"


class Wire(WebSocketsSansIOProtocol):
    """One socket, as the room writes to it."""

    lagging = False
    in_pieces = False
    on_text: Callable[[str], bool] | None = None  # takes what comes without a task that must wake; False: not now

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=HIGH_WATER_BYTES)
        raw: Any = transport.get_extra_info("socket")
        if raw is not None:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self.on_writable = _nothing
        self.on_shutdown = self.hang_up

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: dict[Any, Any] = self.scope["extensions"] or {}
            self.scope["extensions"] = {**extensions, EXTENSION: self}  # type: ignore[dict-item]

    def data_received(self, data: bytes) -> None:
        """What nearly always comes is one whole text frame, which needs no parser. Once a frame has come in pieces,
        the rest of the line goes to uvicorn's parser, which alone knows where it is.
        """
        if not self.handshake_initiated:
            self.in_pieces = not data.endswith(b"\r\n\r\n")
        elif not self.in_pieces:
            text = whole_text(data) if self.on_text and self.queue.empty() and not self.close_sent else None
            if text is not None and self.on_text and self.on_text(text):
                return
            self.in_pieces = not is_whole(data)
        super().data_received(data)

    def send_receive_event_to_app(self) -> None:
        """A text is handed over at once where that can be; else by uvicorn's queue, which reads no more meanwhile."""
        if self.on_text and self.curr_msg_data_type == "text" and not self.close_sent and self.queue.empty():
            try:
                taken = self.on_text(b"".join(self.frames).decode())
            except UnicodeDecodeError:
                taken = False  # uvicorn closes the line
            if taken:
                self.frames = []
                return
        super().send_receive_event_to_app()

    def pause_writing(self) -> None:
        self.lagging = True
        super().pause_writing()

    def resume_writing(self) -> None:
        self.lagging = False
        super().resume_writing()
        self.on_writable()

    def shutdown(self) -> None:
        """uvicorn says so when the server stops. A board's socket waits for the turn in hand."""
        self.on_shutdown()

    def hang_up(self) -> None:
        """As uvicorn ends a socket: 1012, come back soon."""
        if not self.transport.is_closing():
            super().shutdown()

    def write(self, frames: bytes) -> None:
        """Ready frames, one or several. What is written to a socket that is closing is dropped."""
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frames)

    def close(self, code: int) -> None:
        """Say why, and hang up soon, whether or not the other side reads it."""
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


def _nothing() -> None:
    pass


def wire_of(websocket: WebSocket) -> Wire:
    wire: Wire = websocket.scope["extensions"][EXTENSION]
    return wire


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
