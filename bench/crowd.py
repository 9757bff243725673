"""People with open boards: they send, they receive, and they note when."""

import asyncio
import json
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin


@dataclass(frozen=True)
class Door:
    """How to come to one board: an address and a cookie for each person, and what its first person sends."""

    url: str
    origin: str
    cookies: tuple[str, ...]
    cards: tuple[str, ...] = ()  # none: a bare broadcast, which is sent `padding` bytes
    padding: int = 0


@dataclass
class Board:
    """One board and the people at it. An act is done when every one of them has received it."""

    door: Door
    sockets: list[ClientConnection] = field(default_factory=list)
    received: int = 0
    bytes_received: int = 0
    _missing: int = 0
    _all_have_it: asyncio.Event = field(default_factory=asyncio.Event)
    _acts: int = 0

    async def open(self) -> None:
        for cookie in self.door.cookies:
            headers = {"Cookie": cookie} if cookie else {}
            origin = Origin(self.door.origin) if self.door.origin else None
            socket = await connect(
                self.door.url,
                additional_headers=headers,
                origin=origin,
                compression=None,
                max_queue=None,
            )
            self.sockets.append(socket)

    async def listen(self) -> None:
        await asyncio.gather(*(self._listen(socket) for socket in self.sockets))

    async def _listen(self, socket: ClientConnection) -> None:
        async for message in socket:
            # In the product every board frame of an act holds the order of the moved card's group.
            if self.door.cards and ('"order/' not in message or '"full":true' in message):
                continue
            self.received += 1
            self.bytes_received += len(message)
            self._missing -= 1
            if self._missing <= 0:
                self._all_have_it.set()

    async def act(self) -> float:
        """Send one act and wait until everybody at this board has it; how long that took, in seconds."""
        self._missing = len(self.sockets)
        self._all_have_it.clear()
        started = perf_counter()
        await self.sockets[0].send(self._next_act())
        await asyncio.wait_for(self._all_have_it.wait(), 30)
        return perf_counter() - started

    def _next_act(self) -> str:
        self._acts += 1
        number = self._acts
        cards = self.door.cards
        if not cards:
            return "x" * self.door.padding
        behind = cards[(number + 1) % len(cards)]
        move = {"item_id": cards[number % len(cards)], "column": "worry", "sub_category": "past_harm", "after": behind}
        return json.dumps({"id": str(uuid4()), "type": "move_item", **move})

    async def close(self) -> None:
        await asyncio.gather(*(socket.close() for socket in self.sockets))


async def opened(doors: list[Door]) -> tuple[list[Board], "asyncio.Task[None]"]:
    boards = [Board(door) for door in doors]
    for board in boards:
        await board.open()
    listening = asyncio.create_task(_listen_all(boards))
    await asyncio.sleep(1.0)  # let what everybody's coming in caused go by; nothing is measured yet
    return boards, listening


async def _listen_all(boards: list[Board]) -> None:
    await asyncio.gather(*(board.listen() for board in boards))


async def latency(door: Door, acts: int) -> dict[str, float]:
    """From one person's act to the last screen of the board, in milliseconds."""
    (board,), listening = await opened([door])
    times = []
    for _ in range(acts):
        times.append(await board.act() * 1000)
        await asyncio.sleep(0.05)
    listening.cancel()
    size = board.bytes_received / max(1, board.received)
    await board.close()
    times.sort()
    return {"p50_ms": median(times), "p99_ms": times[int(len(times) * 0.99)], "bytes": size}


async def deliveries(doors: list[Door], acts: int, cpu_seconds: "CpuClock") -> dict[str, float]:
    """Every board acts as fast as its screens follow, one act at a time; what that costs the server."""
    boards, listening = await opened(doors)
    before, started = cpu_seconds(), perf_counter()
    received = sum(board.received for board in boards)
    await asyncio.gather(*(_act_often(board, acts) for board in boards))
    cpu, wall = cpu_seconds() - before, perf_counter() - started
    delivered = sum(board.received for board in boards) - received
    listening.cancel()
    for board in boards:
        await board.close()
    return {"per_cpu_second": delivered / cpu, "per_second": delivered / wall, "us_each": cpu / delivered * 1e6}


async def _act_often(board: Board, acts: int) -> None:
    for _ in range(acts):
        await board.act()


class CpuClock:
    """Seconds of CPU that a process and its threads have used (Linux)."""

    def __init__(self, pid: int, ticks_per_second: int) -> None:
        self.path = f"/proc/{pid}/stat"
        self.ticks_per_second = ticks_per_second

    def __call__(self) -> float:
        with open(self.path) as stat:
            fields = stat.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / self.ticks_per_second
