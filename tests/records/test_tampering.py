"""Whatever somebody changes in a record, or in the log it came from, is found; and by whom, and with what."""

import ast
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from app.board.fingerprint import fingerprint_of
from app.models import LogRow
from app.records import verifier
from app.records.record_json import canonical, with_chain
from app.records.verifier import CANNOT_TELL, CHANGED, SOUND, UNREADABLE, verify
from app.store.chain import first_break, spelled
from app.store.commits import NewRow
from app.store.database import Database
from app.store.log import EventLog
from app.store.rows import move_sqlite_heads
from app.store.seal import place_of
from app.verifying import verify_conference, verify_file
from tests.records.chained import CouncilsCopy, councils_copy, linked, reissued
from tests.records.edits import IN_BYTES, IN_CHAIN, IN_LOG, IN_WORDS
from tests.script.worked import FILES
from tests.store.rows import change

EDITS = 1000


@pytest.fixture(params=FILES)
def copy(request: pytest.FixtureRequest) -> CouncilsCopy:
    return councils_copy(request.param)


def test_what_nobody_changed_is_sound_and_says_what_to_hold_against_paper(copy: CouncilsCopy) -> None:
    verdict = verify(copy.file)
    assert verdict.code == SOUND
    assert copy.fingerprint in verdict.sentence
    assert copy.fingerprint_of_end in verdict.sentence
    for paper in (copy.fingerprint, copy.fingerprint_of_end):
        assert verify(copy.file, paper).code == SOUND
        assert verify(copy.file, paper, copy.sum_of_record).code == SOUND
    assert verify(copy.record, copy.fingerprint, copy.sum_of_record).code == SOUND
    assert first_break(copy.conference_id, copy.links, copy.links[-1]) is None  # type: ignore[arg-type]


# ---- edits of a file


def test_a_thousand_edits_of_the_councils_record_are_found_without_anything_on_paper() -> None:
    copy, random = councils_copy(), Random(14)
    edits = (*IN_BYTES, *IN_WORDS, *IN_CHAIN)
    for number in range(EDITS):
        edit = edits[number % len(edits)]
        edited = edit(copy.file, random)
        if edited != copy.file:
            verdict = verify(edited)
            assert verdict.code in (CHANGED, UNREADABLE), f"{edit.__name__}, edit {number}"
            assert verdict.sentence.endswith(".")


def test_edits_of_a_familys_record_are_found_with_its_sum() -> None:
    """A record without a chain says nothing by itself, but no edit of it ever passes as sound."""
    copy, random = councils_copy(), Random(15)
    edits = (*IN_BYTES, *IN_WORDS)
    for number in range(EDITS // 4):
        edit = edits[number % len(edits)]
        edited = edit(copy.record, random)
        if edited != copy.record:
            found = f"{edit.__name__}, edit {number}"
            assert verify(edited, sum_of_record=copy.sum_of_record).code in (CHANGED, UNREADABLE), found
            assert verify(edited, copy.fingerprint).code in (CHANGED, UNREADABLE, CANNOT_TELL), found


def test_a_row_that_is_written_anew_breaks_the_next() -> None:
    copy = councils_copy()
    for seq in range(1, len(copy.rows), 5):
        links = list(copy.links)
        (*_, links[seq - 1]) = linked(copy.conference_id, [saying_something_else(copy.rows[seq - 1])], links[: seq - 1])
        assert verify(with_chain(copy.record, spelled(copy.conference_id, links))).code == CHANGED


# ---- edits of a log


def test_a_thousand_edits_of_a_log_are_found() -> None:
    copy, random = councils_copy(), Random(16)
    for number in range(EDITS):
        edit, links = IN_LOG[number % len(IN_LOG)], list(copy.links)
        head = edit(links, SimpleNamespace(seq=links[-1].seq, hash=links[-1].hash), random)
        if links != list(copy.links) or head.hash != copy.links[-1].hash or head.seq != copy.links[-1].seq:
            assert first_break(copy.conference_id, links, head) is not None, f"{edit.__name__}, edit {number}"


# ---- a chain that is written anew, with fitting hashes from there to the end


def saying_something_else(row: NewRow) -> NewRow:
    body = row.body.replace(b'"at":"2', b'"at":"1', 1)
    assert body != row.body
    return replace(row, body=body)


def rebuilt(copy: CouncilsCopy, changed: int) -> list[Any]:
    """From row `changed` on, in which something else is said."""
    rows = [saying_something_else(copy.rows[changed - 1]), *copy.rows[changed:]]
    return linked(copy.conference_id, rows, copy.links[: changed - 1])


def forged(copy: CouncilsCopy, changed: int) -> bytes:
    """Everything in it fits: the record says what it should not, and bears the fingerprint of the rebuilt chain."""
    links = rebuilt(copy, changed)[:-1]
    whole = json.loads(copy.record)
    whole["record"]["meeting"]["title"] += " (corrected)"
    whole["record"]["fingerprint"] = fingerprint_of(links[copy.decided - 1].hash)
    record = canonical(whole)
    links = linked(copy.conference_id, reissued(copy.rows, record)[-1:], links)
    return with_chain(record, spelled(copy.conference_id, links))


def test_a_chain_that_was_wholly_rebuilt_is_found_with_the_printed_fingerprint(copy: CouncilsCopy) -> None:
    for changed in (1, 2, copy.decided // 2, copy.decided):
        file = forged(copy, changed)
        assert verify(file).code == SOUND, "without paper nobody can tell: that is what the fingerprint is for"
        assert verify(file, copy.fingerprint).code == CHANGED
        assert verify(file, copy.fingerprint_of_end).code == CHANGED


def test_what_was_rebuilt_after_the_decision_is_found_with_the_fingerprint_of_the_end(copy: CouncilsCopy) -> None:
    file = forged(copy, copy.decided + 1)
    assert verify(file, copy.fingerprint).code == SOUND, "up to the decision nothing was changed"
    assert verify(file, copy.fingerprint_of_end).code == CHANGED


def test_a_rebuilt_chain_under_an_untouched_record_is_found_without_paper(copy: CouncilsCopy) -> None:
    file = with_chain(copy.record, spelled(copy.conference_id, rebuilt(copy, 1)))
    assert verify(file).code == CHANGED


def test_the_record_of_another_conference_has_another_fingerprint() -> None:
    one, other = (councils_copy(name) for name in FILES)
    assert verify(one.file, other.fingerprint).code == CHANGED
    assert verify(with_chain(one.record, json.loads(other.file)["chain"])).code == CHANGED


def test_a_fingerprint_is_accepted_as_people_type_it() -> None:
    copy = councils_copy()
    typed = copy.fingerprint.lower().replace("-", " ").replace("0", "O").replace("1", "l")
    assert verify(copy.file, f" {typed} ").code == SOUND
    assert verify(copy.file, copy.fingerprint[:-1]).code == CHANGED
    assert verify(copy.file, "").code == CHANGED


@pytest.mark.parametrize(
    "file", [b"", b"\xff\xfe", b"[]", b"{}", b"null", b"%PDF-1.7", b"[" * 100_000, b'{"format":"kinboard-record/2"}']
)
def test_what_is_no_record_is_said_to_be_none(file: bytes) -> None:
    assert verify(file).code == UNREADABLE


# ---- the verifier stands alone


@given(
    st.text("ab-", min_size=1, max_size=5),
    st.lists(
        st.tuples(
            st.text(max_size=9),
            st.text(max_size=9),
            st.integers(0, 10**12),
            st.binary(min_size=32, max_size=32),
            st.text(max_size=40),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_verifier_and_log_agree_on_every_hash(conference_id: str, said: list[tuple[str, str, int, bytes, str]]) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        NewRow(id, person, start + timedelta(microseconds=later), body_hash, body.encode())
        for id, person, later, body_hash, body in said
    ]
    links = linked(conference_id, rows)
    chain = json.loads(json.dumps(spelled(conference_id, links)))
    assert [row["hash"] for row in verifier.chained(chain)] == [link.hash.hex() for link in links]
    assert verifier.fingerprints(chain["rows"]) == [fingerprint_of(link.hash) for link in links]


def test_the_verifier_needs_nothing_but_python() -> None:
    tree = ast.parse(Path(verifier.__file__).read_text())
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    assert imported <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree))


def test_the_verifier_runs_as_a_file_by_itself(tmp_path: Path) -> None:
    copy, alone = councils_copy(), tmp_path / "verifier.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())

    def run(file: bytes, *more: str) -> tuple[int, str]:
        (tmp_path / "record.json").write_bytes(file)
        command = [sys.executable, "-I", "-S", "verifier.py", "record.json", *more]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        assert done.stdout.count("\n") == 1
        return done.returncode, done.stdout

    assert run(copy.file, "--fingerprint", copy.fingerprint)[0] == SOUND
    assert run(copy.record, "--sha256", copy.sum_of_record)[0] == SOUND
    assert run(copy.file.replace(b"2026", b"2027", 1))[0] == CHANGED
    assert run(b"nothing")[0] == UNREADABLE
    assert run(copy.record)[0] == CANNOT_TELL


# ---- held against the council's own database


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[EventLog]:
    database = await Database.open(f"sqlite:///{tmp_path / 'kinboard.sqlite3'}")
    yield EventLog(database)
    await database.close()


async def keep(log: EventLog, copy: CouncilsCopy) -> None:
    """In the council's database, row for row as it was copied from there."""
    await log.create(copy.conference_id)
    last, seal = copy.links[-1], await log.seal_of(copy.conference_id)
    rows = []
    for link in copy.links:
        closed = seal.close(place_of(copy.conference_id, link.seq), link.salt + link.said + link.body)
        kept = {name: value for name, value in vars(link).items() if name not in ("said", "is_whole")}
        rows.append({**kept, "conference_id": copy.conference_id, "body": closed, "salt": None, "sealed_with": seal.id})

    def write(connection: Connection) -> None:
        connection.execute(insert(LogRow), rows)
        move_sqlite_heads(connection, [(copy.conference_id, last.seq, last.hash)])

    await log.database.write(write)


async def test_a_log_is_held_against_a_printed_fingerprint(log: EventLog) -> None:
    copy, other = (councils_copy(name) for name in FILES)
    await keep(log, copy)
    verdict = await verify_conference(log, copy.conference_id)
    assert verdict.code == SOUND
    assert copy.fingerprint_of_end in verdict.sentence
    assert (await verify_conference(log, copy.conference_id, copy.fingerprint)).code == SOUND
    assert (await verify_conference(log, copy.conference_id, other.fingerprint)).code == CHANGED


async def test_the_councils_database_finds_a_wholly_rebuilt_record_without_paper(log: EventLog) -> None:
    copy = councils_copy()
    await keep(log, copy)
    await log.append(copy.conference_id, [said_later(copy)], after=len(copy.rows))
    assert with_chain(copy.record, await log.chain(copy.conference_id, to=len(copy.rows))) == copy.file
    assert (await verify_file(log, copy.file)).code == SOUND, "also when the meeting went on after it was issued"
    assert (await verify_file(log, forged(copy, 1))).code == CHANGED
    assert (await verify_file(log, forged(copy, copy.decided + 1))).code == CHANGED


def said_later(copy: CouncilsCopy) -> NewRow:
    last = copy.rows[-1]
    return NewRow("later", last.person_id, last.at, last.body_hash, b"[]")


async def test_a_file_without_a_chain_is_known_by_what_the_log_says_was_issued(log: EventLog) -> None:
    copy = councils_copy()
    assert (await verify_file(log, copy.record)).code == CHANGED, "an empty database has issued nothing"
    await keep(log, copy)
    assert (await verify_file(log, copy.record)).code == SOUND
    assert (await verify_file(log, copy.record, copy.fingerprint)).code == SOUND
    assert (await verify_file(log, copy.record, "7K3M-7K3M-7K3M-7K3M")).code == CHANGED
    assert (await verify_file(log, copy.record + b"\n")).code == CHANGED
    assert (await verify_file(log, copy.record.replace(b"2026", b"2027", 1))).code == CHANGED


async def test_a_file_of_any_format_is_known_again(log: EventLog) -> None:
    copy, pdf = councils_copy(), b"%PDF-1.7 made up"
    await log.create(copy.conference_id)
    await log.append(copy.conference_id, reissued(copy.rows, pdf), after=0)
    assert (await verify_file(log, pdf)).code == SOUND
    assert (await verify_file(log, pdf + b" ")).code == CHANGED


async def test_a_sum_that_somebody_wrote_on_the_board_vouches_for_nothing(log: EventLog) -> None:
    copy = councils_copy()
    said = json.dumps([{"type": "item_added", "text": sha256(b"forged").hexdigest(), "sha256": "x"}]).encode()
    await log.create(copy.conference_id)
    await log.append(copy.conference_id, [NewRow("said", "priya", copy.rows[0].at, bytes(32), said)], after=0)
    assert (await verify_file(log, b"forged")).code == CHANGED


async def test_a_log_that_was_changed_vouches_for_nothing(log: EventLog) -> None:
    copy = councils_copy()
    await keep(log, copy)
    await change(log.database, "UPDATE log SET person_id = 'somebody' WHERE seq = :seq", seq="3")
    for file in (copy.file, copy.record):
        verdict = await verify_file(log, file)
        assert verdict.code == CHANGED
        assert "from row 3" in verdict.sentence
