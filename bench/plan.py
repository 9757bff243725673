"""What the crowd will say, written down before it begins, so that making it costs nothing while it is measured."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

ENOUGH = 400_000  # acts of all boards; nothing here is fast enough to need more


@dataclass(frozen=True)
class Seat:
    """How one person comes in: the request, what is said then, what is answered to what, and what shows the board."""

    request: bytes
    ready_when: bytes
    hellos: tuple[bytes, ...] = ()
    replies: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True)
class Crowd:
    """Boards with as many people each, of whom the first acts. `ours`: acts are known by versions, not by marks."""

    boards: list[list[Seat]]
    ours: bool = False
    binary: bool = False

    def acts(self, board: int) -> Iterator[bytes]:
        raise NotImplementedError


def request(port: int, path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade"]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def write_plan(path: Path, crowd: Crowd, acts_per_board: int) -> None:
    people = len(crowd.boards[0])
    with path.open("wb") as file:
        for number in (crowd.ours, crowd.binary, len(crowd.boards), people, acts_per_board):
            _number(file, number)
        for board, seats in enumerate(crowd.boards):
            for seat in seats:
                _texts(file, (seat.request, seat.ready_when))
                _number(file, len(seat.hellos))
                _texts(file, seat.hellos)
                _number(file, len(seat.replies))
                _texts(file, (text for reply in seat.replies for text in reply))
            _texts(file, islice(crowd.acts(board), acts_per_board))


def _number(file: BinaryIO, number: int) -> None:
    file.write(int(number).to_bytes(4, "little"))


def _texts(file: BinaryIO, texts: Iterable[bytes]) -> None:
    for text in texts:
        _number(file, len(text))
        file.write(text)
