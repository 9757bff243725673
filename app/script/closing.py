"""What is arranged at the end: who leads, the core group, the next dates, and who gets which copy."""

from collections.abc import Iterator
from datetime import date

from app.board.closing import Recipient, WriteClosing

from .clock import Day
from .file import copy_at
from .parts import After
from .step import Room, Step
from .timeline import spread, stretches


def closing_steps(room: Room) -> Iterator[Step]:
    """Written by the chair in the middle of the last phase. When things are due is worked out and not said."""
    after = room.file.after
    if after is None or not _arranges_something(after):
        return
    ids = room.ids
    command = WriteClosing(
        id=ids.at("after"),
        base_version=None,
        lead_social_worker=ids.maybe(after.lead_social_worker),
        core_group=ids.all(after.core_group or ()),
        core_group_on=_day(after.core_group_on),
        review_on=_day(after.review_on),
        tells=(),
        recipients=_recipients(room, after),
        told_how_to=after.family_told_how_to or (),
    )
    (at,) = spread(stretches(room, "close"), 1).times
    yield Step(at, room.chair, command, "after")


def _arranges_something(after: After) -> bool:
    return any(
        (
            after.lead_social_worker,
            after.core_group,
            after.core_group_on,
            after.review_on,
            after.who_gets_the_record,
            after.family_told_how_to,
        )
    )


def _day(day: Day | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _recipients(room: Room, after: After) -> tuple[Recipient, ...]:
    copies = [(part, *copy_at(room.file, index)) for index, part in enumerate(after.who_gets_the_record or ())]
    return tuple(
        Recipient(person_id=room.ids.of(part.person_id), version=version, children=room.ids.all(children), how=part.how)
        for part, version, children in copies
    )
