"""We write frames past uvicorn, so what we lean on inside it is named here: a new version that moves it is noticed."""

import inspect

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from app.realtime.protocol import encode, encode_changes, view_frame, view_text
from app.realtime.wire import Wire, framed, is_whole, whole_text


def test_one_whole_text_is_read_as_the_library_reads_it() -> None:
    for text in ("", "{}", "Nana Mo’s", "x" * 125, "x" * 126, "x" * 32_768):
        frame = Frame(Opcode.TEXT, text.encode()).serialize(mask=True)
        assert whole_text(frame) == text
        assert is_whole(frame)


def test_whatever_else_comes_is_left_to_the_library() -> None:
    text = Frame(Opcode.TEXT, b"{}").serialize(mask=True)
    ping = Frame(Opcode.PING, b"abcd").serialize(mask=True)
    begun = Frame(Opcode.TEXT, b"{", fin=False).serialize(mask=True)
    not_utf8 = Frame(Opcode.TEXT, b"\xff").serialize(mask=True)
    unmasked = Frame(Opcode.TEXT, b"{}").serialize(mask=False)
    too_long = Frame(Opcode.TEXT, b"x" * 32_769).serialize(mask=True)
    for data in (text[:-1], text + text, text + b"\x81", ping, begun, not_utf8, unmasked, too_long, b"", b"\x81"):
        assert whole_text(data) is None
    assert all(is_whole(data) for data in (text, ping, text + ping + text, not_utf8, too_long))
    assert not any(is_whole(data) for data in (text[:-1], begun, text + ping[:1], too_long[:3]))


# What Wire overrides or calls, and what it reads and sets.
METHODS = (
    "connection_made",
    "handle_connect",
    "data_received",
    "send_receive_event_to_app",
    "pause_writing",
    "resume_writing",
)
ATTRIBUTES = (
    *("transport", "conn", "queue", "loop", "scope", "response", "close_sent", "read_paused", "close_timer"),
    *("frames", "curr_msg_data_type", "handshake_initiated"),
)


def test_our_frames_are_those_that_the_library_itself_would_write() -> None:
    for payload in (b"", b"{}", "Nana Mo’s".encode(), b"x" * 125, b"x" * 126, b"x" * 65_535, b"x" * 65_536):
        protocol = ServerProtocol(state=OPEN)
        protocol.send_text(payload)
        assert framed(payload) == b"".join(protocol.data_to_send())


def test_a_view_frame_put_together_from_its_halves_is_the_whole_one() -> None:
    put, drop = {"item/1": {"text": 'Nana Mo’s "spare" room'}, "order/worry/x": ["a", "b"]}, ["item/2"]
    whole = view_frame("epoch", 7, put, drop, full=False)
    assert view_text("epoch", 7, encode_changes(put, drop)) == encode(whole)


def test_uvicorn_still_has_what_we_lean_on() -> None:
    source = inspect.getsource(WebSocketsSansIOProtocol)
    for method in METHODS:
        assert list(inspect.signature(getattr(Wire, method)).parameters) == list(
            inspect.signature(getattr(WebSocketsSansIOProtocol, method)).parameters
        ), method
    for attribute in ATTRIBUTES:
        assert f"self.{attribute} = " in source or f"self.{attribute}: " in source, attribute


def test_uvicorn_itself_writes_only_whole_frames() -> None:
    """Or ours could land in the middle of one of its own: everything it writes is all that the protocol has ready."""
    source = inspect.getsource(WebSocketsSansIOProtocol)
    written = source.count("self.transport.write(")
    whole = source.count("self.transport.write(b''.join(") + source.count('self.transport.write(b"".join(')
    assert written == whole > 0
