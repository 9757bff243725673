"""What others speak: a bare broadcast, socket.io, and Yjs, each with the same card in its own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from .plan import Crowd, Seat, request

NOTE = (
    "Somebody says what they saw, in everyday words, and somebody else writes it down for all of them: "
    "what happened, when, and who saw it. A move of ours is as long."
)
NODE = ("ws", "socket.io", "y-websocket", "hocuspocus")


def card(board: int, number: int) -> str:
    """A moved card of about 320 bytes. The mark is what it is known by when it comes back."""
    where = f'"card":"card-{number % 100:04}","x":{number * 7 % 1920},"y":{number * 5 % 1080}'
    who = f'"by":"7f3a9c52-11d4-4e0b-9a53-0c8a2f6de{board:03}","color":"#ffd966"'
    return f'{{"type":"move","board":"b{board}",{where},"mark":"@@{number:08x}",{who},"note":"{NOTE}"}}'


@dataclass(frozen=True)
class Broadcast(Crowd):
    """`limit` and ws: the text comes back to everybody."""

    @classmethod
    def at(cls, port: int, boards: int, people: int) -> Crowd:
        return cls([[Seat(request(port, f"/boards/{n}"), b"x")] * people for n in range(boards)])

    def acts(self, board: int) -> Iterator[bytes]:
        return (card(board, number).encode() for number in count())


@dataclass(frozen=True)
class SocketIo(Crowd):
    @classmethod
    def at(cls, port: int, boards: int, people: int) -> Crowd:
        knock = request(port, "/socket.io/?EIO=4&transport=websocket")
        return cls([[cls.seat(knock, n)] * people for n in range(boards)])

    @staticmethod
    def seat(knock: bytes, board: int) -> Seat:
        join = f'42["join","b{board}"]'.encode()
        return Seat(knock, b'42["snapshot"', replies=((b"0{", b"40"), (b"40", join)))

    def acts(self, board: int) -> Iterator[bytes]:
        return (f'42["act",{card(board, number)}]'.encode() for number in count())


@dataclass(frozen=True)
class Yjs(Crowd):
    """y-websocket: a document for each board, whose map the first person sets a card in."""

    binary: bool = True

    @classmethod
    def at(cls, port: int, boards: int, people: int) -> Crowd:
        return cls([[cls.seat(port, n)] * people for n in range(boards)])

    @staticmethod
    def seat(port: int, board: int) -> Seat:
        return Seat(request(port, f"/b{board}"), SYNC + STEP_2, hellos=(SYNC + STEP_1 + NOTHING_YET,))

    def acts(self, board: int) -> Iterator[bytes]:
        return (SYNC + UPDATE + sized(set_card(board, number)) for number in count())


@dataclass(frozen=True)
class Hocuspocus(Yjs):
    """The same, each message behind the document's name; and it wants a token first, whatever it is."""

    @staticmethod
    def seat(port: int, board: int) -> Seat:
        name = sized(f"b{board}".encode())
        token = name + AUTH + b"\0" + sized(b"t")
        return Seat(request(port, "/"), name + SYNC + STEP_2, hellos=(token, name + SYNC + STEP_1 + NOTHING_YET))

    def acts(self, board: int) -> Iterator[bytes]:
        name = sized(f"b{board}".encode())
        return (name + act for act in super().acts(board))


CROWDS: dict[str, type[Broadcast] | type[SocketIo] | type[Yjs]] = {
    "limit": Broadcast,
    "ws": Broadcast,
    "socket.io": SocketIo,
    "y-websocket": Yjs,
    "hocuspocus": Hocuspocus,
}

# The first bytes of Yjs's sync protocol.
SYNC, AUTH = b"\0", b"\2"
STEP_1, STEP_2, UPDATE = b"\0", b"\1", b"\2"
NOTHING_YET = b"\1\0"


def set_card(board: int, number: int) -> bytes:
    """A Yjs update: the map `cards` gets a new value under `card`, in place of the one before."""
    author, value = variable(1000 + board), b"\x77" + sized(card(board, number).encode())
    head = b"\1\1" + author + variable(number)
    if number == 0:
        return head + b"\x28\1" + sized(b"cards") + sized(b"card") + b"\1" + value + b"\0"
    before = variable(number - 1)
    return head + b"\xa8" + author + before + b"\1" + value + b"\1" + author + b"\1" + before + b"\1"


def variable(number: int) -> bytes:
    """Seven bits in each byte, the lowest first."""
    parts = bytearray()
    while number > 127:
        parts.append(0x80 | number & 127)
        number >>= 7
    return bytes([*parts, number])


def sized(text: bytes) -> bytes:
    return variable(len(text)) + text
