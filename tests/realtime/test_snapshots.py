"""A board that was used for long opens from its snapshot, and is the board that its log comes to."""

import asyncio
import os
import pickle
import signal
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from app.realtime.remembered import CODE, Remembered, from_bytes, to_bytes
from app.store.chain import Head
from app.store.log import EventLog
from app.store.snapshots import keep_snapshot, kept_snapshot
from tests.board.histories import History, histories
from tests.cast import CHAIR, TEACHER
from tests.conftest import KeptIn
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, serving

HEAD = Head(7, bytes(32))


@settings(max_examples=40)
@given(histories())
def test_what_is_remembered_is_the_board_to_the_last_part(history: History) -> None:
    board = history.meeting.board
    assert from_bytes(HEAD, to_bytes(Remembered(HEAD, board, acted_at={CHAIR: history.meeting.now}))).board == board


def test_nothing_is_made_from_a_snapshot_but_parts_of_a_board() -> None:
    for other in (os.system, Path("/"), Server, asyncio.run):
        with pytest.raises(pickle.UnpicklingError, match="no part of a board"):
            from_bytes(HEAD, zlib.compress(pickle.dumps(other)))


@pytest.fixture
async def server(kept_in: KeptIn, tmp_path: Path, nursery: Nursery) -> AsyncIterator[Server]:
    """Takes a snapshot every ten rows, and looks at what lies before it soon after it was opened."""
    few = ("--set", "app.realtime.remembering:SNAPSHOT_EVERY=10")
    soon = ("--set", "app.realtime.remembering:LOOK_BACK_SECONDS=0.5")
    async with serving(tmp_path, *few, *soon, nursery=nursery, settings=await kept_in()) as server:
        yield server


async def until_kept(log: EventLog, conference: str, seq: int) -> Head:
    async with asyncio.timeout(10):
        while True:
            kept = await kept_snapshot(log, conference, CODE)
            if kept and kept[0].seq >= seq:
                return kept[0]
            await asyncio.sleep(0.02)


async def test_a_long_meeting_opens_from_its_snapshot_and_nobody_can_tell(server: Server) -> None:
    sitting = await server.sitting()
    chair, _ = await sitting.begin(CHAIR, TEACHER)
    assert server.database
    log = EventLog(server.database)
    made = [await chair.does("add_item", **point(f"Canary {n}")) for n in range(10)]
    head = await until_kept(log, sitting.id, 10)
    made.append(await chair.does("add_item", **point("After the snapshot.")))
    shared = dict(chair.shared)
    for file in server.data.rglob("*"):
        assert not file.is_file() or b"Canary" not in file.read_bytes(), "sealed like the log"
    await server.end(signal.SIGKILL)
    await server.start()
    chair, _ = [await sitting.open(person) for person in (CHAIR, TEACHER)]
    assert same(chair, shared)
    assert await chair.does("add_item", made[0], **point("Canary 0")) == made[0], "saved before, and once"
    await chair.post("add_item", made[1], **point("Other words."))
    await chair.until(lambda: chair.answers_to(made[1]))
    assert [answer["reason"] for answer in chair.answers_to(made[1])] == ["id_reused"]
    assert len(await log.read(sitting.id)) == 2 + len(made)

    # The log counts. One that it does not go on from is as good as none, and so is what cannot be read.
    for seq, content in ((head.seq - 1, b""), (head.seq, b"no board")):
        await server.end(signal.SIGKILL)
        await keep_snapshot(log, sitting.id, CODE, Head(seq, head.hash), content or to_bytes(Remembered()))
        await server.start()
        chair = await sitting.open(CHAIR)
        assert same(chair, shared)
        await until_kept(log, sitting.id, len(made))

    # Nobody reads what lies before it to open the board, so it is looked at soon after, and then by whoever comes.
    await server.end(signal.SIGKILL)
    wrong = text("UPDATE log SET person_id = :other WHERE conference_id = :id AND seq = 4")
    await server.database.write(lambda connection: connection.execute(wrong, {"other": str(uuid4()), "id": sitting.id}))
    await server.start()
    chair = await sitting.open_unseen(CHAIR)
    assert await chair.until_closed() == 4005
    again = await sitting.open_unseen(CHAIR)
    assert await again.until_closed() == 4005
    assert "conference refused" in server.log.read_text()


def same(screen: Screen, shared: dict[str, object]) -> bool:
    """But for who is here."""
    seen = {key: value for key, value in screen.shared.items() if not key.startswith("person/")}
    return seen == {key: value for key, value in shared.items() if not key.startswith("person/")}
