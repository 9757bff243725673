"""A record for a machine: the same facts, the same bytes, and nothing that its reader may not know."""

import json
from dataclasses import fields

import pytest

from app.records.recipient import Recipient, Version
from app.records.record import Record, build_record
from app.records.record_json import FORMAT, record_json, with_chain
from tests.board import meeting as moments
from tests.cast import CHAIR, DANA, NOON, SOCIAL_WORKER, TEACHER


def record(person: str, version: Version) -> Record:
    meeting = moments.decided()
    return build_record(meeting.board, Recipient(person, version), NOON)


@pytest.mark.parametrize(
    ("person", "version"), [(DANA, "family"), (TEACHER, "professional"), (DANA, "plan_only"), (CHAIR, "full")]
)
def test_it_holds_the_whole_record_and_is_the_same_each_time(person: str, version: Version) -> None:
    file = record_json(record(person, version))
    assert file == record_json(record(person, version))
    told = json.loads(file)
    assert set(told) == {"format", "record"}
    assert told["format"] == FORMAT
    assert set(told["record"]) == {field.name for field in fields(Record)}
    assert told["record"]["recipient"]["person_id"] == person


def test_it_is_canonical() -> None:
    file = record_json(record(SOCIAL_WORKER, "professional"))
    told = json.loads(file)
    assert file == json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert "\\u" not in file.decode()


def test_the_log_is_in_the_councils_own_copy_alone_and_only_where_it_is_given() -> None:
    file = record_json(record(CHAIR, "full"))
    assert json.loads(with_chain(file, {"rows": []})) == json.loads(file) | {"chain": {"rows": []}}
    assert "chain" not in json.loads(file)
