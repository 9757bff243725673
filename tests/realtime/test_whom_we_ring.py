"""Other servers are told that a conference has moved only where somebody of it is at one of them."""

from pathlib import Path
from uuid import uuid4

from app.board.running import SetPhase
from app.realtime.elsewhere import Alone
from app.realtime.rooms import Rooms
from app.settings import sqlite_url
from app.store.database import Database
from app.store.log import EventLog
from tests import cast
from tests.cast import CHAIR, DANA


class Listening(Alone):
    def __init__(self) -> None:
        self.rung: list[int] = []

    def ring(self, conference_id: str, seq: int) -> None:
        self.rung.append(seq)


async def test_a_bell_is_rung_for_whoever_is_elsewhere_and_at_once_when_they_come(tmp_path: Path) -> None:
    database, others = await Database.open(sqlite_url(tmp_path)), Listening()
    rooms = Rooms(EventLog(database), other_servers=others)
    prepared = cast.preparation()
    await rooms.prepare(prepared, CHAIR)
    room = await rooms.room(prepared.id)
    assert room
    for phase in ("welcome", "mapping"):
        await room.act(SetPhase(id=str(uuid4()), phase=phase), CHAIR)
    assert (room.seq, others.rung) == (3, [])
    room.hear_people(frozenset({DANA}))
    assert others.rung == [3], "what was saved before we knew of her"
    await room.act(SetPhase(id=str(uuid4()), phase="scaling"), CHAIR)
    assert others.rung == [3, 4]
    room.hear_people(frozenset())
    await room.act(SetPhase(id=str(uuid4()), phase="mapping"), CHAIR)
    assert (room.seq, others.rung) == (5, [3, 4])
    await rooms.close()
    await database.close()
