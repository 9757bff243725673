"""Who was here from when to when, and which parts the meeting had."""

from datetime import datetime

from app.board.conference import ConferenceClosed
from app.board.people import AttendanceMarked, PersonAdmitted, PersonArrived, PersonRemoved
from app.board.running import BreakEnded, BreakTaken, PhaseSet
from app.board.terms import FAMILY, HERE
from app.languages.speaking import _

from .parts import Child, Person, Stage, Stay
from .reading import Reading
from .recipient import Happened
from .words import ATTENDANCE

_Times = tuple[datetime | None, datetime | None]


def children_of(reading: Reading) -> tuple[Child, ...]:
    """The children of this record; in their order."""
    wanted = reading.recipient.children or tuple(reading.names.children)
    return tuple(_child(reading, id) for id in reading.names.children if id in wanted)


def _child(reading: Reading, id: str) -> Child:
    seen = reading.part(f"child/{id}")
    age, plan = seen.get("age"), seen.get("plan_now")
    return Child(
        id=id,
        name=seen["name"],
        age="" if age is None else str(age),
        plan_now=reading.words.outcome(plan) if plan else "",
        plan_since=reading.times.day(seen.get("plan_since")),
    )


def people_of(reading: Reading) -> tuple[Person, ...]:
    """Everybody who belongs to the conference, in its order."""
    stays = {id: _stays(reading.happened, id) for id in reading.names.people}
    nobody_marked = not any(stays.values())
    return tuple(
        _person(reading, id, stays[id], nobody_marked) for id in reading.names.people if _is_somebody(reading, id)
    )


def _is_somebody(reading: Reading, id: str) -> bool:
    return bool(reading.names.people[id]["role"] != "room_screen")


def _person(reading: Reading, id: str, stays: list[_Times], nobody_marked: bool) -> Person:
    seen, times = reading.names.people[id], reading.times
    expected_here = seen["attendance"] in HERE
    return Person(
        id=id,
        name=seen["name"],
        first=reading.names.first(id),
        called=reading.names.called(id),
        part=seen["relationship"],
        agency="" if seen["agency_kind"] == "family" else seen["agency"],
        is_family=seen["role"] in FAMILY,
        was_here=bool(stays) or (expected_here and nobody_marked),
        how=_(ATTENDANCE[seen["attendance"]]),
        stays=tuple(
            Stay(times.clock(since) if since else None, times.clock(left) if left else None) for since, left in stays
        ),
    )


def _stays(happened: Happened, person: str) -> list[_Times]:
    """From every mark that was made of them. Whoever comes back begins a new stay."""
    stays: list[_Times] = []
    for at, event in happened:
        if isinstance(event, AttendanceMarked) and event.person_id == person:
            stays = _marked(stays, event, at)
        elif isinstance(event, PersonArrived) and event.by == person:
            stays = [*stays, (at, None)]
        elif isinstance(event, PersonRemoved) and event.person_id == person:
            stays = _left(stays, at)
        elif isinstance(event, PersonAdmitted) and event.person_id == person and stays and stays[-1][1]:
            stays = [*stays, (at, None)]
    return stays


def _marked(stays: list[_Times], event: AttendanceMarked, at: datetime) -> list[_Times]:
    if event.how not in HERE:
        return _left(stays, event.left or at)
    last = stays[-1] if stays else None
    if last and last[1] and event.left is None:
        came_back = event.since if event.since and event.since >= last[1] else at
        return [*stays, (came_back, None)]
    return [*stays[:-1], (last[0] if last and len(stays) > 1 else event.since, event.left)]


def _left(stays: list[_Times], at: datetime) -> list[_Times]:
    return [*stays[:-1], (stays[-1][0], at)] if stays and stays[-1][1] is None else stays


def stages_of(reading: Reading) -> tuple[Stage, ...]:
    """The parts of the meeting as they followed each other, breaks among them; the time before it is none."""
    turns = _turns(reading)
    ended = next((at for at, event in reading.happened if isinstance(event, ConferenceClosed)), None)
    following = [at for _, at in turns[1:]] + [ended]
    clock = reading.times.clock
    return tuple(
        Stage(words, clock(since), clock(until) if until else None)
        for (words, since), until in zip(turns, following, strict=False)
        if words
    )


def _turns(reading: Reading) -> list[tuple[str, datetime]]:
    turns: list[tuple[str, datetime]] = []
    stage = ""
    for at, event in reading.happened:
        if isinstance(event, PhaseSet):
            stage = "" if event.phase == "prepare" else reading.words.stage(event.phase)
            now = stage
        elif isinstance(event, BreakTaken):
            now = _("Break")
        elif isinstance(event, BreakEnded):
            now = stage
        else:
            continue
        if not turns or turns[-1][0] != now:
            turns.append((now, at))
    return turns
