"""The real product on a fresh database, with as many conferences as asked for, each with a filled map."""

import asyncio
import json
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from uuid import UUID

from app.access.sessions import Seat, begin_session
from app.board.actor import Actor
from app.board.adding import AddItem
from app.board.board import decide, replayed
from app.board.conference import Agency, Child, Person, PrepareConference, Settings
from app.board.moving import MoveItem
from app.board.running import SetPhase
from app.board.state import EMPTY
from app.board.terms import Command
from app.pages import gate
from app.realtime import allowance
from app.realtime.remembered import CODE, Remembered, to_bytes
from app.realtime.remembering import SNAPSHOT_EVERY
from app.realtime.turn import row_of
from app.serving import serve
from app.settings import load_settings
from app.store.chain import Head
from app.store.commits import NewRow, SavedRow
from app.store.database import Database
from app.store.keys import Keys
from app.store.log import EventLog
from app.store.snapshots import keep_snapshot

from .servers import Shape

GROUPS = (("worry", "past_harm"), ("worry", "future_danger"), ("strength", "existing_strength"))
MOVED = 8  # cards of one group, whose order is what a move changes: about 400 bytes for each person


def main() -> None:
    """product.py FD FOLDER SHAPE [URL]: prints what a crowd needs to come in, then serves. With the address of a
    database in which somebody has prepared that already there is nothing to print.
    """
    listening = socket.socket(fileno=int(sys.argv[1]))
    url = sys.argv[4] if len(sys.argv) > 4 else None
    settings = load_settings(data=Path(sys.argv[2]), port=listening.getsockname()[1], database_url=url)
    shape = Shape(**json.loads(sys.argv[3]))
    boards = [] if url else asyncio.run(prepare(settings.database_url, shape))
    allowance.COMMANDS_PER_SECOND = allowance.BURST = 1e9  # one person here is as quick as a whole room,
    gate.REQUESTS_PER_SECOND = gate.BURST = 1e9  # and one machine as many as a whole council
    if not shape.durable:
        EventLog.append = forget  # type: ignore[method-assign]
    print(json.dumps(boards), flush=True)
    serve(settings, [listening])


async def forget(_: EventLog, conference_id: str, rows: Sequence[NewRow], after: int) -> tuple[SavedRow, ...]:
    """In place of the log, to see what it costs: nothing is kept."""
    return tuple(
        SavedRow(after + n, row.id, row.person_id, row.at, row.body_hash, row.body, bytes(32))
        for n, row in enumerate(rows, 1)
    )


async def prepare(url: str, shape: Shape, keys: Keys | None = None) -> list[dict[str, object]]:
    database = await Database.open(url, keys)
    random = Random(1)
    try:
        return [await _prepare_board(database, random, shape) for _ in range(shape.boards)]
    finally:
        await database.close()


async def _prepare_board(database: Database, random: Random, shape: Shape) -> dict[str, object]:
    conference_id, now = _id(random), datetime.now(UTC)
    agencies = tuple(Agency(id=_id(random), name=f"Agency {n}", kind="health") for n in range(5))
    seats = [Person(id=_id(random), name="Ruth Chair", role="chair")]
    seats.append(Person(id=_id(random), name="Room screen", role="room_screen"))
    seats += [Person(id=_id(random), name=f"Parent {n}", role="parent") for n in range(3)]
    seats += [
        Person(id=_id(random), name=f"Worker {n}", role="professional", agency_id=agencies[n % 5].id)
        for n in range(shape.people - 5)
    ]
    seats = seats[: shape.people]
    chair = Actor(seats[0].id, "chair")
    commands: list[Command] = [
        PrepareConference(
            id=_id(random),
            title="A made-up conference",
            conference_type="initial",
            held_on=date(2026, 1, 1),
            children=(Child(id=_id(random), name="Robin"),),
            agencies=agencies,
            people=tuple(seats),
            settings=Settings(),
        ),
        SetPhase(id=_id(random), phase="mapping"),
    ]
    cards = [_id(random) for _ in range(shape.cards)]
    for number, card in enumerate(cards):
        column, sub = GROUPS[0 if number < MOVED else 1 + number % 2]
        text = f"Card {number}. " + "Somebody says what they saw, in everyday words. " * 2
        commands.append(AddItem(id=card, column=column, sub_category=sub, kind="fact", text=text, family_knows=True))  # type: ignore[arg-type]
    moved = cards[:MOVED]
    for number in range(shape.events):
        card, behind = moved[number % len(moved)], moved[(number + 1) % len(moved)]
        commands.append(MoveItem(id=_id(random), item_id=card, column="worry", sub_category="past_harm", after=behind))
    rows: list[NewRow] = []
    board = EMPTY
    boards = {}  # at each row after which a server keeps a snapshot
    for command in commands:
        events = decide(board, command, chair, now)
        board = replayed(board, events)
        rows.append(row_of(command, chair.person_id, events, now))
        if len(rows) % SNAPSHOT_EVERY == 0:
            boards = {len(rows): board}
    log = EventLog(database)
    await log.create(conference_id)
    for first in count(0, SNAPSHOT_EVERY):
        saved = await log.append(conference_id, rows[first : first + SNAPSHOT_EVERY], after=first)
        if saved and saved[-1].seq in boards:
            head = Head(saved[-1].seq, saved[-1].hash)
            remembered = to_bytes(Remembered(head, boards[head.seq], now))
            await keep_snapshot(log, conference_id, CODE, head, remembered)
        if not saved:
            break
    ends = now + timedelta(hours=1)
    tokens = await database.write(
        lambda connection: [begin_session(connection, Seat(conference_id, seat.id), now, ends) for seat in seats]
    )
    return {"conference": conference_id, "tokens": tokens, "cards": moved}


def _id(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


if __name__ == "__main__":
    main()
