"""Danger statements, safety goals and next steps: what is feared, what will be seen, and who does what."""

from datetime import datetime

from app.languages.lists import listed
from app.languages.speaking import _

from .mapped import Seen
from .parts import Danger, Earlier, EarlierPlan, Goal, Step
from .reading import Reading
from .words import PROGRESS, in_letters


def dangers_of(reading: Reading) -> tuple[Danger, ...]:
    return tuple(_danger(reading, id, number, seen) for number, (id, seen) in enumerate(reading.all("danger"), start=1))


def _danger(reading: Reading, id: str, number: int, seen: Seen) -> Danger:
    first_at = datetime.fromisoformat(seen["first_at"])
    brought_by = reading.names.full(seen["brought_by"])
    return Danger(
        id=id,
        number=number,
        text=seen["text"],
        about=reading.names.about(seen["children"]),
        brought_by=brought_by,
        at=reading.times.clock(first_at),
        wordings=reading.wordings(seen["earlier"], first_at, brought_by),
    )


def goals_of(reading: Reading) -> tuple[Goal, ...]:
    dangers = {id: number for number, (id, __) in enumerate(reading.all("danger"), start=1)}
    return tuple(
        _goal(reading, id, number, seen, dangers.get(seen["danger_id"]))
        for number, (id, seen) in enumerate(reading.all("goal"), start=1)
    )


def _goal(reading: Reading, id: str, number: int, seen: Seen, danger: int | None) -> Goal:
    first_at = datetime.fromisoformat(seen["first_at"])
    return Goal(
        id=id,
        number=number,
        text=seen["text"],
        for_how_long=seen["for_how_long"] or "",
        danger_number=danger,
        about=reading.names.about(seen["children"]),
        wordings=reading.wordings(seen["earlier"], first_at, reading.names.full(seen["brought_by"])),
    )


def steps_of(reading: Reading) -> tuple[Step, ...]:
    numbers = {id: number for number, (id, __) in enumerate(reading.all("goal"), start=1)}
    ids = reading.of("order/next_step/next_step") or ()
    items = [item for id in ids if (item := reading.of(f"item/{id}"))]
    return tuple(_step(reading, item, number, numbers) for number, item in enumerate(items, start=1))


def _step(reading: Reading, item: Seen, number: int, goal_numbers: dict[str, int]) -> Step:
    goal = reading.part(f"goal/{item.get('goal_id')}")
    return Step(
        id=item["id"],
        number=number,
        what=item["text"],
        who=reading.names.doing(item.get("who") or []),
        by=reading.times.day(item.get("by")),
        repeats=item.get("repeats") or "",
        goal_number=goal_numbers.get(item.get("goal_id") or ""),
        goal=goal.get("text", ""),
        how_we_will_know=item.get("how_we_will_know") or "",
        about=reading.names.about(item["about_children"] or goal.get("children") or []),
        wordings=reading.wordings(
            item["earlier"], reading.written_at(item["id"]), reading.names.full(item["source"]["person_id"])
        ),
    )


def earlier_of(reading: Reading) -> Earlier | None:
    """The goals and steps of the meeting before this one, and how each went."""
    before = reading.part("earlier")
    if not before:
        return None
    return Earlier(
        title=before["title"],
        held_on=reading.times.long_day(before["held_on"]),
        goals=tuple(_earlier(reading, seen) for __, seen in reading.all("earlier_goal")),
        steps=tuple(_earlier(reading, seen) for __, seen in reading.all("earlier_step")),
    )


def _earlier(reading: Reading, seen: Seen) -> EarlierPlan:
    """Who was to do it is said by name: they need not belong to this meeting."""
    progress = seen.get("progress")
    return EarlierPlan(
        text=seen["text"],
        who=listed(seen.get("who") or []),
        progress=_(PROGRESS.get(progress, in_letters(progress))) if progress else _("Not said"),
        note=seen.get("note") or "",
        said_by=reading.names.first(seen.get("said_by")),
    )
