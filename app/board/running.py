"""What the room is doing: phase, floor, lamp, break, what is blanked, the threshold, and quiet calls for help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime
from typing_extensions import TypedDict

from .actor import Actor
from .changing import replace
from .conference import seen_at
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Help, Id, Key, Outcome, Phase, Screens

if TYPE_CHECKING:
    from .state import Board


class SetPhase(Command):
    type: Literal["set_phase"] = "set_phase"
    phase: Phase


class GiveFloor(Command):
    type: Literal["give_floor"] = "give_floor"
    person_id: Id | None


class Spotlight(Command):
    type: Literal["spotlight"] = "spotlight"
    key: Key | None


class Blank(Command):
    type: Literal["blank"] = "blank"
    screens: Screens


class TakeBreak(Command):
    type: Literal["take_break"] = "take_break"
    until: AwareDatetime | None = None


class EndBreak(Command):
    type: Literal["end_break"] = "end_break"


class ExplainThreshold(Command):
    type: Literal["explain_threshold"] = "explain_threshold"
    outcomes_named: tuple[Outcome, ...]


class RaiseHand(Command):
    type: Literal["raise_hand"] = "raise_hand"
    on: bool
    key: Key | None = None


class AskMeaning(Command):
    type: Literal["ask_meaning"] = "ask_meaning"
    on: bool
    key: Key | None = None


class AskForBreak(Command):
    type: Literal["ask_for_break"] = "ask_for_break"
    on: bool
    key: Key | None = None


class PhaseSet(Event):
    type: Literal["phase_set"] = "phase_set"
    phase: Phase


class FloorGiven(Event):
    type: Literal["floor_given"] = "floor_given"
    person_id: Id | None


class LampMoved(Event):
    type: Literal["lamp_moved"] = "lamp_moved"
    key: Key | None


class ScreensBlanked(Event):
    type: Literal["screens_blanked"] = "screens_blanked"
    screens: Screens


class BreakTaken(Event):
    type: Literal["break_taken"] = "break_taken"
    until: AwareDatetime | None


class BreakEnded(Event):
    type: Literal["break_ended"] = "break_ended"


class ThresholdExplained(Event):
    type: Literal["threshold_explained"] = "threshold_explained"
    outcomes_named: tuple[Outcome, ...]


class HelpAsked(Event):
    type: Literal["help_asked"] = "help_asked"
    what: Help
    on: bool
    key: Key | None


CALLS: dict[str, Help] = {"raise_hand": "speak", "ask_meaning": "meaning", "ask_for_break": "break"}


@dataclass(frozen=True)
class Call:
    """One quiet call for help, and when it was made."""

    at: datetime
    key: Key | None


@dataclass(frozen=True)
class Running:
    phase: Phase = "prepare"
    started_at: datetime | None = None
    floor: Id | None = None
    had_floor: frozenset[Id] = frozenset()
    lamp: Key | None = None
    screens: Screens = "none"
    break_since: datetime | None = None
    break_until: datetime | None = None
    threshold: ThresholdExplained | None = None
    help: Mapping[Id, Mapping[Help, Call]] = field(default_factory=dict)


def decide_phase(board: Board, command: SetPhase, actor: Actor, now: datetime) -> list[Event]:
    """Back and forth as the chair likes, among the stages that this kind of meeting has."""
    if command.phase not in board.conference.phases:
        refuse(Reason.WRONG_PHASE, "This kind of meeting does not have that stage.")
    return [PhaseSet(phase=command.phase, **stamp(command, actor, now))]


def decide_floor(board: Board, command: GiveFloor, actor: Actor, now: datetime) -> list[Event]:
    if command.person_id:
        member = require_member(board, command.person_id)
        if member.role == "room_screen" or not member.admitted:
            refuse(Reason.NOT_FOUND)
    return [FloorGiven(person_id=command.person_id, **stamp(command, actor, now))]


def decide_spotlight(board: Board, command: Spotlight, actor: Actor, now: datetime) -> list[Event]:
    """Only what the room screen has can be lit; board.decide has looked, since only it sees whole views."""
    return [LampMoved(key=command.key, **stamp(command, actor, now))]


def decide_blank(board: Board, command: Blank, actor: Actor, now: datetime) -> list[Event]:
    return [ScreensBlanked(screens=command.screens, **stamp(command, actor, now))]


def decide_break(board: Board, command: TakeBreak, actor: Actor, now: datetime) -> list[Event]:
    return [BreakTaken(until=command.until, **stamp(command, actor, now))]


def decide_end_break(board: Board, command: EndBreak, actor: Actor, now: datetime) -> list[Event]:
    if board.running.break_since is None:
        refuse(Reason.NO_BREAK)
    return [BreakEnded(**stamp(command, actor, now))]


def decide_threshold(board: Board, command: ExplainThreshold, actor: Actor, now: datetime) -> list[Event]:
    if not board.conference.meeting.decides:
        refuse(Reason.WRONG_OUTCOME, "Nothing is decided in this kind of meeting.")
    if set(command.outcomes_named) != set(board.conference.outcomes):
        refuse(Reason.OUTCOMES_MISSING)
    return [ThresholdExplained(outcomes_named=command.outcomes_named, **stamp(command, actor, now))]


def decide_help(
    board: Board, command: RaiseHand | AskMeaning | AskForBreak, actor: Actor, now: datetime
) -> list[Event]:
    """Reaches only the chair. The card it is about, if any, is one that this person can see."""
    return [HelpAsked(what=CALLS[command.type], on=command.on, key=command.key, **stamp(command, actor, now))]


def evolve_phase(board: Board, event: PhaseSet) -> Board:
    started = board.running.started_at or (event.at if event.phase != "prepare" else None)
    return replace(board, running=replace(board.running, phase=event.phase, started_at=started))


def evolve_floor(board: Board, event: FloorGiven) -> Board:
    """Whoever has the floor no longer waits for it."""
    calls = board.running.help.get(event.person_id or "", {})
    waiting = _with_calls(board.running.help, event.person_id, {w: c for w, c in calls.items() if w != "speak"})
    had_floor = board.running.had_floor | ({event.person_id} if event.person_id else set())
    return replace(board, running=replace(board.running, floor=event.person_id, had_floor=had_floor, help=waiting))


def evolve_lamp(board: Board, event: LampMoved) -> Board:
    return replace(board, running=replace(board.running, lamp=event.key))


def evolve_blanked(board: Board, event: ScreensBlanked) -> Board:
    return replace(board, running=replace(board.running, screens=event.screens))


def evolve_break(board: Board, event: BreakTaken) -> Board:
    since = board.running.break_since or event.at
    return replace(board, running=replace(board.running, break_since=since, break_until=event.until))


def evolve_break_ended(board: Board, event: BreakEnded) -> Board:
    return replace(board, running=replace(board.running, break_since=None, break_until=None))


def evolve_threshold(board: Board, event: ThresholdExplained) -> Board:
    return replace(board, running=replace(board.running, threshold=event))


def evolve_help(board: Board, event: HelpAsked) -> Board:
    calls = dict(board.running.help.get(event.by, {}))
    if event.on:
        calls[event.what] = Call(event.at, event.key)
    else:
        calls.pop(event.what, None)
    return replace(board, running=replace(board.running, help=_with_calls(board.running.help, event.by, calls)))


def _with_calls(
    everyone: Mapping[Id, Mapping[Help, Call]], person_id: Id | None, calls: Mapping[Help, Call]
) -> Mapping[Id, Mapping[Help, Call]]:
    others = {person: theirs for person, theirs in everyone.items() if person != person_id}
    return {**others, person_id: calls} if person_id and calls else others


class PhaseSeen(TypedDict):
    phase: Phase


class FloorSeen(TypedDict):
    person_id: str | None


class SpotlightSeen(TypedDict):
    key: str | None


class BlankSeen(TypedDict):
    screens: Screens


class BreakSeen(TypedDict):
    since: str
    until: str | None


class ThresholdSeen(TypedDict):
    at: str
    outcomes_named: list[Outcome]


class CallSeen(TypedDict):
    at: str
    key: str | None


def see_running(board: Board) -> dict[str, object]:
    running = board.running
    phase: PhaseSeen = {"phase": running.phase}
    floor: FloorSeen = {"person_id": running.floor}
    seen: dict[str, object] = {"phase": phase, "floor": floor, "blank": see_blank(board)}
    if running.break_since:
        pause: BreakSeen = {"since": running.break_since.isoformat(), "until": seen_at(running.break_until)}
        seen["break"] = pause
    if running.threshold:
        threshold: ThresholdSeen = {
            "at": running.threshold.at.isoformat(),
            "outcomes_named": list(running.threshold.outcomes_named),
        }
        seen["threshold"] = threshold
    return seen


def see_spotlight(board: Board, visible: Iterable[Mapping[str, object]]) -> SpotlightSeen:
    """The lamp, where what it lights is still there to be lit."""
    lamp = board.running.lamp
    is_there = lamp is not None and (lamp.startswith("column/") or any(lamp in part for part in visible))
    return {"key": lamp if is_there else None}


def see_blank(board: Board) -> BlankSeen:
    return {"screens": board.running.screens}


def see_help(board: Board) -> dict[str, dict[str, CallSeen]]:
    """What waits for the chair, by person. For her eyes only."""
    return {f"help/{person}": see_calls(calls) for person, calls in board.running.help.items()}


def see_calls(calls: Mapping[Help, Call]) -> dict[str, CallSeen]:
    return {what: {"at": call.at.isoformat(), "key": call.key} for what, call in calls.items()}


DECIDE = {
    SetPhase: decide_phase,
    GiveFloor: decide_floor,
    Spotlight: decide_spotlight,
    Blank: decide_blank,
    TakeBreak: decide_break,
    EndBreak: decide_end_break,
    ExplainThreshold: decide_threshold,
    RaiseHand: decide_help,
    AskMeaning: decide_help,
    AskForBreak: decide_help,
}
EVOLVE = {
    PhaseSet: evolve_phase,
    FloorGiven: evolve_floor,
    LampMoved: evolve_lamp,
    ScreensBlanked: evolve_blanked,
    BreakTaken: evolve_break,
    BreakEnded: evolve_break_ended,
    ThresholdExplained: evolve_threshold,
    HelpAsked: evolve_help,
}
