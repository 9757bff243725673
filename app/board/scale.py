"""The 0-10 scale: everyone answers privately, the chair shows the numbers, everyone explains. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NotRequired

from typing_extensions import TypedDict

from .actor import Actor, Audience
from .changing import replace
from .conference import require_children
from .people import require_member
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import FAMILY, SERVICES, Command, Direction, Event, Id, Question, Reply, Role, Score, Show, Why

if TYPE_CHECKING:
    from .people import Member
    from .state import Board

# Supporters, interpreters, observers, the scribe, the chair and screens never score (invariant 11).
SCORING: frozenset[Role] = FAMILY | SERVICES
Slot = tuple[Id, Id | None]  # whose answer: the person who gives it, and the child they bring it for


class OpenScale(Command):
    """Both ends are always described; without them the question cannot be opened."""

    type: Literal["open_scale"] = "open_scale"
    question: Question
    direction: Direction
    low_end: Question
    high_end: Question
    children: tuple[Id, ...]
    danger_id: Id | None = None
    show: Show
    again_of: Id | None = None


class AnswerScale(Command):
    type: Literal["answer_scale"] = "answer_scale"
    scale_id: Id
    score: Score | None = None
    passed: bool = False
    why: Reply = ""
    for_child: Id | None = None
    for_person: Id | None = None


class RevealScale(Command):
    type: Literal["reveal_scale"] = "reveal_scale"
    scale_id: Id


class HideScale(Command):
    type: Literal["hide_scale"] = "hide_scale"
    scale_id: Id


class CloseScale(Command):
    type: Literal["close_scale"] = "close_scale"
    scale_id: Id


class VoidScale(Command):
    type: Literal["void_scale"] = "void_scale"
    scale_id: Id
    why: Why


class ScaleOpened(Event):
    type: Literal["scale_opened"] = "scale_opened"
    question: str
    direction: Direction
    low_end: str
    high_end: str
    children: tuple[Id, ...]
    danger_id: Id | None
    show: Show
    again_of: Id | None
    round: int


class ScaleAnswered(Event):
    type: Literal["scale_answered"] = "scale_answered"
    scale_id: Id
    person_id: Id
    for_child: Id | None
    score: Score | None
    passed: bool
    why: str


class ScaleRevealed(Event):
    type: Literal["scale_revealed"] = "scale_revealed"
    scale_id: Id


class ScaleHidden(Event):
    type: Literal["scale_hidden"] = "scale_hidden"
    scale_id: Id


class ScaleClosed(Event):
    type: Literal["scale_closed"] = "scale_closed"
    scale_id: Id


class ScaleVoided(Event):
    """The answers stay in the log and are on no board from here on."""

    type: Literal["scale_voided"] = "scale_voided"
    scale_id: Id
    why: str


@dataclass(frozen=True)
class Scale:
    opened: ScaleOpened
    answers: Mapping[Slot, ScaleAnswered] = field(default_factory=dict)
    revealed_at: datetime | None = None
    closed_at: datetime | None = None
    on_screens: bool = False
    voided: ScaleVoided | None = None

    @property
    def id(self) -> Id:
        return self.opened.id

    @property
    def revealed(self) -> bool:
        return self.revealed_at is not None


@dataclass(frozen=True)
class Scales:
    by_id: Mapping[Id, Scale] = field(default_factory=dict)

    def with_scale(self, scale: Scale) -> Scales:
        return Scales({**self.by_id, scale.id: scale})

    @property
    def any_revealed(self) -> bool:
        return any(scale.revealed for scale in self.by_id.values())


def decide_open(board: Board, command: OpenScale, actor: Actor, now: datetime) -> list[Event]:
    """Direction and who sees what freeze here."""
    _require_unlocked(board)
    require_children(board, command.children)
    if command.danger_id and command.danger_id not in board.danger.statements:
        refuse(Reason.NOT_FOUND)
    round_ = 1
    if command.again_of:
        earlier = require_scale(board, command.again_of).opened
        if (earlier.question, earlier.direction) != (command.question, command.direction):
            refuse(Reason.DIFFERENT_QUESTION)
        round_ = earlier.round + 1
    opened = ScaleOpened(
        question=command.question,
        direction=command.direction,
        low_end=command.low_end,
        high_end=command.high_end,
        children=command.children,
        danger_id=command.danger_id,
        show=command.show,
        again_of=command.again_of,
        round=round_,
        **stamp(command, actor, now),
    )
    return [opened]


def decide_answer(board: Board, command: AnswerScale, actor: Actor, now: datetime) -> list[Event]:
    """One person's score, or their pass, which counts as an answer. The last one before the reveal counts."""
    scale = require_scale(board, command.scale_id)
    _require_unlocked(board)
    _require_counts(scale)
    if scale.closed_at:
        refuse(Reason.SCALE_CLOSED)
    if (command.score is None) is not command.passed:
        refuse(Reason.SCORE_OR_PASS)
    giver = _giver(board, command, actor)
    _require_may_score(giver, command, scale)
    if scale.revealed and (giver.id, command.for_child) in scale.answers:
        refuse(Reason.ALREADY_ANSWERED)
    answered = ScaleAnswered(
        scale_id=scale.id,
        person_id=giver.id,
        for_child=command.for_child,
        score=command.score,
        passed=command.passed,
        why=command.why,
        **stamp(command, actor, now),
    )
    return [answered]


def _giver(board: Board, command: AnswerScale, actor: Actor) -> Member:
    """Whose number this is: one's own, or, typed by chair or scribe, a named person's who has no device."""
    if actor.types_for_others:
        if command.for_person is None:
            refuse(Reason.NOT_YOURS_TO_SCORE)
        return require_member(board, command.for_person)
    if command.for_person not in (None, actor.person_id):
        refuse(Reason.NOT_YOURS_TO_SCORE)
    return require_member(board, actor.person_id)


def _require_may_score(giver: Member, command: AnswerScale, scale: Scale) -> None:
    if command.for_child is not None:
        if not brings_number_of(giver, command.for_child):
            refuse(Reason.NOT_YOURS_TO_SCORE)
    elif giver.role == "advocate":
        if not command.passed:
            refuse(Reason.NOT_YOURS_TO_SCORE)  # an advocate brings another's number and passes for themselves
    elif giver.role not in SCORING:
        refuse(Reason.NOT_YOURS_TO_SCORE)


def brings_number_of(member: Member, child: Id) -> bool:
    return member.role == "advocate" and (child in member.children or member.sits_with == child)


def decide_reveal(board: Board, command: RevealScale, actor: Actor, now: datetime) -> list[Event]:
    """Cannot be undone, only taken off the screens and put on again; both are recorded."""
    scale = require_scale(board, command.scale_id)
    _require_unlocked(board)
    _require_counts(scale)
    if scale.revealed and scale.on_screens:
        refuse(Reason.ALREADY_REVEALED)
    return [ScaleRevealed(scale_id=scale.id, **stamp(command, actor, now))]


def decide_hide(board: Board, command: HideScale, actor: Actor, now: datetime) -> list[Event]:
    scale = require_scale(board, command.scale_id)
    if not scale.on_screens:
        refuse(Reason.NOT_REVEALED)
    return [ScaleHidden(scale_id=scale.id, **stamp(command, actor, now))]


def decide_close(board: Board, command: CloseScale, actor: Actor, now: datetime) -> list[Event]:
    scale = require_scale(board, command.scale_id)
    _require_unlocked(board)
    if scale.closed_at:
        refuse(Reason.SCALE_CLOSED)
    return [ScaleClosed(scale_id=scale.id, **stamp(command, actor, now))]


def decide_void(board: Board, command: VoidScale, actor: Actor, now: datetime) -> list[Event]:
    """For a round that went wrong. It counts for nothing, and voiding it shows nobody what was in it."""
    scale = require_scale(board, command.scale_id)
    _require_unlocked(board)
    _require_counts(scale)
    return [ScaleVoided(scale_id=scale.id, why=command.why, **stamp(command, actor, now))]


def _require_counts(scale: Scale) -> None:
    if scale.voided:
        refuse(Reason.SCALE_VOIDED)


def require_scale(board: Board, scale_id: Id) -> Scale:
    scale = board.scales.by_id.get(scale_id)
    if scale is None:
        refuse(Reason.NOT_FOUND)
    return scale


def _require_unlocked(board: Board) -> None:
    if board.decisions.all_made(board):
        refuse(Reason.LOCKED)


def evolve_opened(board: Board, event: ScaleOpened) -> Board:
    return replace(board, scales=board.scales.with_scale(Scale(event)))


def evolve_answered(board: Board, event: ScaleAnswered) -> Board:
    scale = board.scales.by_id[event.scale_id]
    answers = {**scale.answers, (event.person_id, event.for_child): event}
    return replace(board, scales=board.scales.with_scale(replace(scale, answers=answers)))


def evolve_revealed(board: Board, event: ScaleRevealed) -> Board:
    scale = board.scales.by_id[event.scale_id]
    revealed = replace(scale, revealed_at=scale.revealed_at or event.at, on_screens=True)
    return replace(board, scales=board.scales.with_scale(revealed))


def evolve_hidden(board: Board, event: ScaleHidden) -> Board:
    scale = board.scales.by_id[event.scale_id]
    return replace(board, scales=board.scales.with_scale(replace(scale, on_screens=False)))


def evolve_closed(board: Board, event: ScaleClosed) -> Board:
    scale = board.scales.by_id[event.scale_id]
    return replace(board, scales=board.scales.with_scale(replace(scale, closed_at=event.at)))


def evolve_voided(board: Board, event: ScaleVoided) -> Board:
    """Nothing but the question is left, so that no later line can send what was answered."""
    voided = Scale(board.scales.by_id[event.scale_id].opened, closed_at=event.at, voided=event)
    return replace(board, scales=board.scales.with_scale(voided))


def spread_of(answers: Iterable[ScaleAnswered]) -> list[int]:
    """How many people stand at each score: eleven counts, index 0..10.

    A spread, not a mean: one very low score is what the room must see.
    """
    spread = [0] * 11
    for answer in answers:
        if answer.score is not None:
            spread[answer.score] += 1
    return spread


def expected_slots(board: Board, scale: Scale) -> list[Slot]:
    """Whose answers the room waits for: everyone here who scores, and each child whose number somebody brings.

    An advocate is waited for too and passes, so that the number expected does not move as they do.
    """
    here = [member for member in board.people.members.values() if member.is_here]
    scoring: list[Slot] = [(member.id, None) for member in here if member.role in SCORING or member.role == "advocate"]
    for child in scale.opened.children or tuple(board.conference.children):
        bringers = [member for member in here if brings_number_of(member, child)]
        already = [member for member in bringers if (member.id, child) in scale.answers]
        scoring += [(member.id, child) for member in (already or bringers[:1])]
    return scoring


class ScaleSeen(TypedDict):
    id: str
    question: str
    direction: Direction
    low_end: str
    high_end: str
    children: list[str]
    danger_id: str | None
    show: Show
    again_of: str | None
    round: int
    opened_at: str
    answered: int
    expected: int
    revealed: bool
    revealed_at: str | None
    closed: bool
    on_screens: bool
    voided: bool
    voided_why: NotRequired[str]
    spread: NotRequired[list[int]]


class AnswerSeen(TypedDict):
    person_id: str
    for_child: str | None
    score: int | None
    passed: bool
    why: str
    entered_by: str | None


class StillThinkingSeen(TypedDict):
    waiting: list[str]


def see_scales(board: Board, audience: Audience) -> dict[str, ScaleSeen]:
    return {f"scale/{scale.id}": see_scale(board, scale, audience) for scale in board.scales.by_id.values()}


def see_scale(board: Board, scale: Scale, audience: Audience) -> ScaleSeen:
    opened = scale.opened
    slots = set(expected_slots(board, scale)) | set(scale.answers)
    seen: ScaleSeen = {
        "id": scale.id,
        "question": opened.question,
        "direction": opened.direction,
        "low_end": opened.low_end,
        "high_end": opened.high_end,
        "children": list(opened.children),
        "danger_id": opened.danger_id,
        "show": opened.show,
        "again_of": opened.again_of,
        "round": opened.round,
        "opened_at": opened.at.isoformat(),
        "answered": len(scale.answers),
        "expected": len(slots),
        "revealed": scale.revealed,
        "revealed_at": scale.revealed_at.isoformat() if scale.revealed_at else None,
        "closed": scale.closed_at is not None,
        "on_screens": scale.on_screens,
        "voided": scale.voided is not None,
    }
    if scale.voided:
        seen["voided_why"] = scale.voided.why
    elif watches_spread(scale, audience):
        seen["spread"] = spread_of(scale.answers.values())
    return seen


def watches_spread(scale: Scale, audience: Audience) -> bool:
    show = scale.opened.show
    return scale.revealed or show == "everyone" or (show == "chair" and audience.kind == "chair")


def see_answers(board: Board) -> dict[str, AnswerSeen]:
    """Every revealed answer, in the order of the people at the table, so that nobody was first."""
    places = {person_id: place for place, person_id in enumerate(board.people.members)}
    seen: dict[str, AnswerSeen] = {}
    for scale in board.scales.by_id.values():
        if scale.revealed:
            for answer in sorted(scale.answers.values(), key=lambda a: (places[a.person_id], a.for_child or "")):
                seen[f"answer/{scale.id}/{answer.id}"] = see_answer(answer)
    return seen


def see_answer(answer: ScaleAnswered) -> AnswerSeen:
    return {
        "person_id": answer.person_id,
        "for_child": answer.for_child,
        "score": answer.score,
        "passed": answer.passed,
        "why": answer.why,
        "entered_by": answer.by if answer.by != answer.person_id else None,
    }


def see_still_thinking(board: Board) -> dict[str, StillThinkingSeen]:
    """Only where the chair watches no spread: who and how many together would name every number."""
    return {
        f"still_thinking/{scale.id}": {
            "waiting": [
                person for person, child in expected_slots(board, scale) if (person, child) not in scale.answers
            ]
        }
        for scale in board.scales.by_id.values()
        if scale.opened.show == "nobody" and not scale.revealed and not scale.closed_at
    }


def see_own_answers(board: Board, person_id: Id) -> dict[str, list[AnswerSeen]]:
    """One's own number, and those one brings for a child; never those that one typed for somebody else."""
    return {
        f"mine/answer/{scale.id}": own
        for scale in board.scales.by_id.values()
        if (own := [see_answer(a) for a in scale.answers.values() if a.person_id == person_id])
    }


DECIDE = {
    OpenScale: decide_open,
    AnswerScale: decide_answer,
    RevealScale: decide_reveal,
    HideScale: decide_hide,
    CloseScale: decide_close,
    VoidScale: decide_void,
}
EVOLVE = {
    ScaleOpened: evolve_opened,
    ScaleAnswered: evolve_answered,
    ScaleRevealed: evolve_revealed,
    ScaleHidden: evolve_hidden,
    ScaleClosed: evolve_closed,
    ScaleVoided: evolve_voided,
}
