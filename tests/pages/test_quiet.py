"""What people wrote stays on the board: no log line, number, address or title says any of it."""

import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.board.conference import Agency, Child, Person, PrepareConference
from app.store.audit import keyboard
from app.store.backup import backup
from app.store.database import Database
from app.store.keys import KeyGone
from app.store.log import EventLog
from app.store.purging import purge
from tests import cast
from tests.cast import CHAIR, DANA, NURSE, ROBIN, SOCIAL_WORKER, TANSY, TEACHER
from tests.realtime.acts import point, question
from tests.realtime.nursery import Nursery
from tests.realtime.server import serving
from tests.realtime.test_bad_days import full_disk

CANARY = "Canary"


def with_canaries() -> PrepareConference:
    """Every name and title of the conference is one that must be found nowhere."""
    plain = cast.preparation()
    return plain.model_copy(
        update={
            "title": f"{CANARY} title",
            "children": tuple(Child(id=c.id, name=f"{CANARY} child", age=c.age) for c in plain.children),
            "agencies": tuple(Agency(id=a.id, name=f"{CANARY} agency", kind=a.kind) for a in plain.agencies),
            "people": tuple(
                Person(**{**p.model_dump(), "name": f"{CANARY} name", "relationship": f"{CANARY} kin"})
                for p in plain.people
            ),
        }
    )


def files_with(words: str, folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and words.encode() in file.read_bytes()]


def tables_with(words: str, file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [name for name in names if words in str(connection.execute(f"SELECT * FROM {name}").fetchall())]


@pytest.mark.about_the_file
async def test_nothing_that_anybody_wrote_is_in_a_log_a_number_or_an_address(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    async with serving(tmp_path, settings={"TMPDIR": str(tmp_path / "temporary")}) as server:
        sitting = await server.sitting_of(with_canaries())
        chair, worker, teacher, dana = await sitting.begin(CHAIR, SOCIAL_WORKER, TEACHER, DANA)
        made = await chair.does("add_item", **point(f"{CANARY} text"))
        await dana.does("respond_to_item", item_id=made, agrees="no", text=f"{CANARY} answer")
        await chair.does("remove_item", item_id=made, why=f"{CANARY} why")
        danger = await worker.does("write_danger_statement", danger_id=None, children=[ROBIN], text=f"{CANARY} danger")
        await chair.does("write_safety_goal", goal_id=None, danger_id=danger, text=f"{CANARY} goal")
        source = {"person_id": NURSE, "basis": "report"}
        await chair.does("add_restricted", text=f"{CANARY} r", reason=f"{CANARY} why", source=source, visible_to=[])
        ends = {"low_end": f"{CANARY} low", "high_end": f"{CANARY} high"}
        scale = await chair.does("open_scale", **question(question=f"{CANARY} question", **ends))
        await teacher.does("answer_scale", scale_id=scale, score=3, why=f"{CANARY} reason")
        await chair.does("set_phase", phase="decision")
        view = {"child_id": TANSY, "view": "no_plan", "why": f"{CANARY} view"}
        await teacher.does("give_view", **view)
        await dana.does("give_family_view", children=[TANSY], text=f"{CANARY} own view")
        decision = {"child_id": TANSY, "outcome": "no_plan", "category": None, "plain_words": f"{CANARY} plain"}
        override = {"reason": f"{CANARY} override"}
        await chair.does("record_decision", **decision, reasons=f"{CANARY} reasons", override=override)
        await teacher.does("record_dissent", child_id=TANSY, why=f"{CANARY} dissent")
        # What goes wrong says no more.
        await teacher.send("add_item", **point(f"{CANARY}\x07"))
        await teacher.socket.send(f"{CANARY} is no JSON")
        await teacher.socket.send(f"{CANARY}".encode())
        await teacher.refused("edit_item", item_id=made, base_version=made, text=f"{CANARY} edit")
        with full_disk(server, also_for_logs=False):
            answer = await teacher.send("add_item", **point(f"{CANARY} unsaved " * 12))
            while answer["type"] == "saved":
                answer = await teacher.send("add_item", **point(f"{CANARY} unsaved " * 12))
        other = await sitting.open(NURSE)
        await other.socket.send(f'{{"{CANARY}": "\udcff'.encode(errors="surrogateescape"), text=True)
        await other.until_closed()
        async with server.client(Origin=server.base_url) as browser:
            await browser.post("/api/join", json={"secret": f"{CANARY} secret"})
            await browser.post("/api/join", content=f"{CANARY} body")
            await browser.get(f"/{CANARY}/path?{CANARY}=query", headers={"User-Agent": CANARY, "Referer": CANARY})
            page = await browser.get(f"/c/{sitting.id}", headers={"Cookie": await sitting.join(CHAIR)})
            numbers = await browser.get("/metrics")
        await sitting.open_unseen(TEACHER, f"?epoch={CANARY}&version={CANARY}", user_agent_header=CANARY)
        await sitting.close()
        assert server.database
        await backup(server.database, tmp_path / "backup")
        assert files_with(CANARY, tmp_path) == [], "sealed, also while it is used"
        await purge(EventLog(server.database), sitting.id, keyboard(0), datetime.now(UTC), "asked")
        assert files_with(CANARY, tmp_path) == []
        left = [file for file in files_with(TEACHER, tmp_path) if file.name != "backup"]
        assert [file.name for file in left] == ["kinboard.sqlite3"]
        assert tables_with(TEACHER, left[0]) == ["audit"], "nor whose it was; who came in stays in the audit, as an id"
        restored = await Database.open(f"sqlite:///{tmp_path / 'backup'}", server.database.keys)
        with pytest.raises(KeyGone):
            await EventLog(restored).read(sitting.id)
        await restored.close()
        await server.end(signal.SIGTERM)
        logged = server.log.read_text()
    assert CANARY in str(chair.shared)
    assert "not saved" in logged
    assert "kinboard_commands_total" in numbers.text
    head = page.text.partition("<body")[0]
    for said in (logged, numbers.text, head, str(page.headers), str(page.url)):
        assert CANARY not in said
    for secret in sitting.cookies.values():
        assert secret.partition("=")[2] not in logged
    for id in (TEACHER, DANA, made):
        assert id not in numbers.text


@pytest.mark.about_the_file
async def test_a_corrupt_row_is_reported_without_its_words(tmp_path: Path, nursery: Nursery) -> None:
    """Somebody changed the database: the conference does not open, and the log still quotes nobody."""
    async with serving(tmp_path, nursery=nursery) as server:
        sitting = await server.sitting()
        cookie = await sitting.join(TEACHER)
        other = await server.sitting()
        connection = sqlite3.connect(server.data / "kinboard.sqlite3", isolation_level=None)
        body = f'[{{"type":"conference_prepared","title":"{CANARY}"}}]'.encode()
        table = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%body_hash%'")]
        connection.execute(f"UPDATE {table[0]} SET body = ? WHERE conference_id = ?", (body, other.id))
        connection.close()
        async with server.client(Origin=server.base_url) as browser:
            answer = await browser.post("/api/join", json={"secret": await other.link(TEACHER)})
            assert (answer.status_code, answer.json()) == (503, {"code": "damaged"})
            assert CANARY not in answer.text
            assert (await browser.get(f"/c/{sitting.id}", headers={"Cookie": cookie})).status_code == 200
        logged = server.log.read_text()
    assert other.id in logged
    assert CANARY not in logged
