"""The phases of a meeting, and how acts without a time of their own spread over the phase they belong to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.board.running import EndBreak, SetPhase, TakeBreak
from app.board.terms import PHASES, Phase

from .step import Room, Step

SECOND = timedelta(seconds=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Spread:
    """A moment for each act, and the time between two of them."""

    times: list[datetime]
    gap: timedelta

    @property
    def moment(self) -> timedelta:
        """A second, or less where acts follow one another faster than that."""
        return min(SECOND, self.gap / 2)


def timeline_steps(room: Room) -> Iterator[Step]:
    """A break is not a phase: `paused` begins one, and whatever comes next ends it."""
    phase, paused = "prepare", False
    for index, entry in enumerate(room.file.timeline):
        at, path, place = room.clock.instant(entry.at), f"timeline/{index}", f"timeline[{index}]"
        if entry.phase == "paused":
            yield Step(at, room.chair, TakeBreak(id=room.ids.at(path)), place)
            paused = True
            continue
        goes_on = paused and entry.phase == phase
        if paused:
            end_path = path if goes_on else f"{path}/end_break"
            yield Step(at, room.chair, EndBreak(id=room.ids.at(end_path)), place)
            paused = False
        if not goes_on:
            yield Step(at, room.chair, SetPhase(id=room.ids.at(path), phase=entry.phase), place)
        phase = entry.phase


def stretches(room: Room, phase: Phase) -> list[Stretch]:
    """When the room is in this phase, without its breaks; where it never is, the moment at which it would have been."""
    instants = [room.clock.instant(entry.at) for entry in room.file.timeline]
    ends = [*instants, end_of(room)][1:]
    found = [
        (start, max(start, end))
        for entry, start, end in zip(room.file.timeline, instants, ends, strict=True)
        if entry.phase == phase
    ]
    return found or [_missed(room, phase, instants)]


def _missed(room: Room, phase: Phase, instants: Sequence[datetime]) -> Stretch:
    later = PHASES[PHASES.index(phase) :]
    at = next(
        (start for entry, start in zip(room.file.timeline, instants, strict=True) if entry.phase in later),
        end_of(room),
    )
    return at, at


def end_of(room: Room) -> datetime:
    """When the conference ends; where that is open, at the last time that the file names."""
    if room.file.conference.ended_at:
        return room.clock.instant(room.file.conference.ended_at)
    return max(known_instants(room))


def known_instants(room: Room) -> list[datetime]:
    """Times of the day that the file gives, the start of the day if it gives none."""
    file = room.file
    clocks = [
        file.conference.started_at,
        *(entry.at for entry in file.timeline),
        *(person.joined_at for person in file.people),
        *(item.held.held_at for item in file.board_items if item.held),
        *(item.held.released_at for item in file.board_items if item.held),
        *(danger.changed_at for danger in file.danger_statements),
        file.threshold_explained.at if file.threshold_explained else None,
        *(clock for scale in file.scale_questions for clock in (scale.opened_at, scale.revealed_at)),
        *(decision.decided_at for decision in file.decisions),
        *(dissent.recorded_at for decision in file.decisions for dissent in decision.dissent),
    ]
    return [room.clock.instant(clock) for clock in clocks if clock] or [room.clock.instant("00:00")]


def spread(over: Sequence[Stretch], count: int) -> Spread:
    """Evenly, leaving the same time before the first and behind the last."""
    gap = sum((end - start for start, end in over), timedelta()) / (count + 1)
    times = [_within(over, gap * (number + 1)) for number in range(count)]
    if gap >= 2 * SECOND:
        times = [at.replace(microsecond=0) for at in times]
    return Spread(times, gap)


def _within(over: Sequence[Stretch], offset: timedelta) -> datetime:
    for start, end in over:
        if offset <= end - start:
            return start + offset
        offset -= end - start
    return over[-1][1]
