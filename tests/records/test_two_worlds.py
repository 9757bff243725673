"""Two worlds that differ in one secret: no document of anybody who is not entitled to it tells them apart."""

from datetime import timedelta
from typing import Any

import pytest

from app.board.actor import audience_of
from app.records.recipient import NotEntitled, Recipient
from app.records.record import Record, build_record
from tests.board.meeting import EVERYONE, Meeting, command_of
from tests.board.worlds import WORLDS, World
from tests.cast import NOON, ROBIN
from tests.records.copies import every_copy, happened_in

Made = dict[object, Any]


def played(world: World, secret: Any) -> Meeting:
    meeting = world.base()
    for step in world.script(secret):
        if step is None:
            meeting.now += timedelta(seconds=1)
        else:
            person, kind, id, fields = step
            meeting.sends(person, command_of(kind, id, **fields))
    return meeting


def given_out(meeting: Meeting, world: World) -> Made:
    """Every record and every document for everybody who is not entitled to the secret."""
    happened = happened_in(meeting.rows)
    made: Made = {}
    narrowed = ((), (ROBIN,))
    for recipient, document in every_copy(meeting.board, happened, narrowed):
        if world is WORLDS["letter"] and document.code == "child_letter":
            continue  # what is written for a child is what their letter says
        if recipient.person_id not in world.entitled:
            made[recipient, document.code, document.title] = document
            if recipient not in made:
                made[recipient] = build_record(meeting.board, recipient, NOON, "", happened)
    return made


@pytest.mark.parametrize("name", WORLDS)
def test_no_copy_of_anybody_not_entitled_tells_of_a_secret(name: str) -> None:
    world = WORLDS[name]
    first, *others = [given_out(played(world, secret), world) for secret in world.secrets]
    assert len({recipient for recipient in first if isinstance(recipient, Recipient)}) >= 8
    for other in others:
        assert other.keys() == first.keys()
        assert [key for key in first if first[key] != other[key]] == []


@pytest.mark.parametrize("name", ["restricted", "offered", "removed offer"])
def test_the_secret_is_there_for_whom_it_is_meant(name: str) -> None:
    """Otherwise the test above would prove nothing."""
    world = WORLDS[name]
    full = record_of(played(world, world.secrets[0]), world.entitled[0])
    assert world.secrets[0] in repr(full)


def record_of(meeting: Meeting, person: str) -> Record:
    return build_record(meeting.board, Recipient(person, "full"), NOON)


def test_nobody_who_only_watches_is_given_a_record() -> None:
    meeting = played(WORLDS["held"], None)
    for person in EVERYONE:
        if audience_of(meeting.actor(person)).kind in ("observer", "room"):
            with pytest.raises(NotEntitled):
                record_of(meeting, person)
