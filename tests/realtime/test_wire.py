"""We write frames past uvicorn, so what we lean on inside it is named here: a new version that moves it is noticed."""

import inspect
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from app.realtime.connection import Connection
from app.realtime.protocol import encode, encode_changes, encode_whole, view_frame, view_text
from app.realtime.wire import Wire, framed, is_whole, moved, whole_text
from tests.cast import CHAIR, DANA, NURSE
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.server import serving


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


def test_our_frames_are_those_that_the_library_itself_would_write() -> None:
    for payload in (b"", b"{}", "Nana Mo’s".encode(), b"x" * 125, b"x" * 126, b"x" * 65_535, b"x" * 65_536):
        protocol = ServerProtocol(state=OPEN)
        protocol.send_text(payload)
        assert framed(payload) == b"".join(protocol.data_to_send())


def test_a_view_frame_put_together_from_its_halves_is_the_whole_one() -> None:
    put, drop = {"item/1": {"text": 'Nana Mo’s "spare" room'}, "order/worry/x": ["a", "b"]}, ["item/2"]
    whole = view_frame("epoch", 7, put, drop, full=False)
    assert view_text("epoch", 7, encode_changes(put, drop)) == encode(whole)
    whole = view_frame("epoch", 7, put, [], full=True)
    assert view_text("epoch", 7, encode_whole(put)) == encode(whole)


class Sheet:
    """A line whose end is in the test's hands."""

    lagging = False

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def write(self, frames: bytes) -> None:
        self.written.append(frames)


def test_an_answer_goes_out_with_the_frame_that_shows_the_act_and_waits_for_a_reader_that_lags() -> None:
    sheet: Any = Sheet()
    nobody: Any = SimpleNamespace(seat=SimpleNamespace(person_id=CHAIR))
    connection = Connection(sheet, nobody, nobody)
    saved, shown = framed(encode({"type": "saved", "id": "a"})), framed(b"{}")
    connection.keep_answer({"type": "saved", "id": "a"})
    sheet.lagging = True
    connection.step(shown, 1, 0.0)
    assert connection.has_answers
    sheet.lagging = False
    connection.step(shown, 1, 0.0)
    connection.step(shown, 2, 0.0)
    assert sheet.written == [shown + saved, shown]


def test_a_line_that_fails_keeps_nothing_from_the_others() -> None:
    soon: list[Callable[[], None]] = []
    written: list[bytes] = []
    ended: list[str] = []

    def fails(_: bytes) -> None:
        raise RuntimeError("the handler is closed")

    def line(write: Callable[[bytes], None]) -> Any:
        transport = SimpleNamespace(is_closing=lambda: False, write=write, abort=lambda: ended.append("broken"))
        return SimpleNamespace(close_sent=False, transport=transport, loop=SimpleNamespace(call_soon=soon.append))

    for frame, write in ((b"1", written.append), (b"2", fails), (b"3", written.append)):
        Wire.write(line(write), frame)
    assert len(soon) == 1
    soon.pop()()
    assert (written, ended) == ([b"1", b"3"], ["broken"])
    Wire.write(line(written.append), b"4")
    soon.pop()()
    assert written == [b"1", b"3", b"4"], "each once"


def test_uvicorn_still_has_what_we_lean_on() -> None:
    assert moved() == []


def test_it_is_noticed_when_uvicorn_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or our frames could land in the middle of one of its own."""
    source = inspect.getsource(WebSocketsSansIOProtocol)
    newer = source.replace("read_paused", "reading_paused").replace('write(b"".join(output))', "write(output[0])")
    monkeypatch.setattr(inspect, "getsource", lambda _: newer)
    monkeypatch.setattr(WebSocketsSansIOProtocol, "resume_writing", lambda self, how: None)
    assert moved() == ["resume_writing", "read_paused", "writes parts of frames"]


async def test_who_comes_within_a_moment_is_shown_to_the_others_together(tmp_path: Path, nursery: Nursery) -> None:
    """Whatever else is shown meanwhile is shown at once, and does not hasten it."""
    async with serving(tmp_path, "--set", "app.realtime.showing:GATHER_SECONDS=2.0", nursery=nursery) as server:
        sitting = await server.sitting()
        (chair,) = await sitting.begin(CHAIR)
        for person in (DANA, NURSE):
            await sitting.open(person)
        await chair.does("add_item", **point("Said meanwhile."))
        assert not any(chair.shared[f"person/{person}"]["present"] for person in (DANA, NURSE))
        seen = len(chair.views)
        await chair.until(lambda: chair.shared[f"person/{NURSE}"]["present"])
        assert chair.shared[f"person/{DANA}"]["present"]
        assert len(chair.views) == seen + 1
        await sitting.close()


async def test_where_uvicorn_has_moved_a_meeting_goes_on_all_the_same(tmp_path: Path, nursery: Nursery) -> None:
    async with serving(tmp_path, "--break", "moved", nursery=nursery) as server:
        sitting = await server.sitting()
        chair, dana, nurse = await sitting.begin(CHAIR, DANA, NURSE)
        made = await chair.does("add_item", **point("Said over a plain line."))
        await dana.until(lambda: f"item/{made}" in dana.shared)
        await chair.does("remove_person", person_id=NURSE)
        assert await nurse.until_closed() == 4003
        await dana.close()
        await chair.until(lambda: not chair.shared[f"person/{DANA}"]["present"])
        again = await sitting.back(dana, DANA)
        assert f"item/{made}" in again.shared
        await sitting.close()
