"""The three verbs: decide, evolve, see. Everything else in this room belongs to one subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import datetime
from functools import reduce
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from . import (
    adding,
    area,
    closing,
    conference,
    danger,
    dates,
    decision,
    earlier,
    fingerprint,
    heard,
    issued,
    items,
    letters,
    moving,
    offers,
    people,
    plan,
    preparing,
    quorum,
    responses,
    restricted,
    rewording,
    running,
    safety_prompt,
    scale,
    seating,
    undo,
    views,
)
from .actor import CHAIR, ROOM, Actor, Audience, audience_of
from .keys import TitleSeen
from .me import see_me
from .memory import Memory
from .policy import POLICY, Rule
from .refusals import Reason, refuse
from .state import Board
from .terms import Command, Event, Id

View = dict[str, Any]  # key of the contract -> a small complete JSON value

_SUBJECTS: tuple[Any, ...] = (
    conference,
    people,
    seating,
    preparing,
    running,
    adding,
    rewording,
    moving,
    responses,
    offers,
    restricted,
    danger,
    scale,
    views,
    decision,
    quorum,
    earlier,
    closing,
    letters,
    issued,
    undo,
)
_FROM_WITHIN = (conference.PrepareConference, issued.IssueRecord)  # never over the wire
_DECIDE: dict[type[Command], Callable[[Board, Any, Actor, datetime], list[Event]]] = {}
_EVOLVE: dict[type[Event], Callable[[Board, Any], Board]] = {}
for _subject in _SUBJECTS:
    _DECIDE.update(_subject.DECIDE)
    _EVOLVE.update(_subject.EVOLVE)

COMMANDS: dict[str, type[Command]] = {
    command.model_fields["type"].default: command for command in _DECIDE if command not in _FROM_WITHIN
}
if set(COMMANDS) != set(POLICY):
    raise RuntimeError(f"policy and commands differ: {sorted(set(COMMANDS) ^ set(POLICY))}")

# Unions made of the subjects' own tables, which a type checker cannot follow.
_ANY_COMMAND: Any = Annotated[Union[tuple(COMMANDS.values())], Field(discriminator="type")]  # noqa: UP007
_ANY_EVENT: Any = Annotated[Union[tuple(_EVOLVE)], Field(discriminator="type")]  # noqa: UP007
ANY_COMMAND: TypeAdapter[Command] = TypeAdapter(_ANY_COMMAND)
EVENTS: TypeAdapter[list[Event]] = TypeAdapter(list[_ANY_EVENT])


def decide(board: Board, command: Command, actor: Actor, now: datetime) -> list[Event]:
    """The events that this command leads to; raises Refused, and then nothing has changed."""
    if not isinstance(command, _FROM_WITHIN):
        _require_policy(board, command, actor)
        _require_key(board, command, actor)
    return _DECIDE[type(command)](board, command, actor, now)


def _require_policy(board: Board, command: Command, actor: Actor) -> None:
    rule = POLICY[type_of(command)]
    if actor.role not in rule.roles:
        refuse(Reason.NOT_ALLOWED)
    if board.conference.closed_at and not rule.after_close:
        refuse(Reason.CLOSED)
    if board.running.phase == "prepare" and rule.in_prepare is not None and actor.role not in rule.in_prepare:
        refuse(Reason.NOT_YET)
    if board.running.phase != "prepare" and rule.once_begun is not None and actor.role not in rule.once_begun:
        refuse(Reason.NOT_ALLOWED)
    if not rule.while_locked and board.decisions.all_made(board):
        refuse(Reason.LOCKED)
    if rule.phases is not None and board.running.phase not in rule.phases:
        refuse(Reason.WRONG_PHASE)


def is_open(board: Board, rule: Rule, actor: Actor) -> bool:
    """Whether the table leaves this command to this person now; the same questions as above, for `may`."""
    return (
        actor.role in rule.roles
        and (rule.after_close or not board.conference.closed_at)
        and (rule.in_prepare is None or board.running.phase != "prepare" or actor.role in rule.in_prepare)
        and (rule.once_begun is None or board.running.phase == "prepare" or actor.role in rule.once_begun)
        and (rule.while_locked or not board.decisions.all_made(board))
        and (rule.phases is None or board.running.phase in rule.phases)
    )


def _require_key(board: Board, command: Command, actor: Actor) -> None:
    """Commands that name a key of a view name one that is really there."""
    if isinstance(command, running.Spotlight) and command.key is not None:
        if command.key not in COLUMN_KEYS and command.key not in _keys_seen_by(board, ROOM):
            refuse(Reason.NOT_ON_SCREEN)
    elif isinstance(command, running.RaiseHand | running.AskMeaning | running.AskForBreak) and command.key is not None:
        if command.key not in COLUMN_KEYS and command.key not in _see_board(
            board, frozenset(), audience_of(actor), Memory()
        ):
            refuse(Reason.NOT_FOUND)
    elif isinstance(command, conference.AddCorrection) and command.about not in _keys_seen_by(board, CHAIR):
        refuse(Reason.NOT_FOUND)


def _keys_seen_by(board: Board, audience: Audience) -> View:
    """Blanked or not: what stands on the board does not go away because a screen rests."""
    return _see_board(board, frozenset(), audience, Memory())


COLUMN_KEYS = frozenset({"column/worry", "column/strength", "column/next_step"})


def type_of(command: Command) -> str:
    kind: str = command.type  # type: ignore[attr-defined]
    return kind


def evolve(board: Board, event: Event) -> Board:
    """The next board."""
    return undo.noted(board, _EVOLVE[type(event)](board, event), event)


def replayed(board: Board, events: Iterable[Event]) -> Board:
    return reduce(evolve, events, board)


def see(board: Board, present: frozenset[Id], audience: Audience, memory: Memory | None = None) -> View:
    """The shared part of what one audience may see: built up from nothing, so a field nobody put in cannot leak."""
    if is_blanked(board, audience):
        return {"conference": _title(board), "blank": running.see_blank(board)}
    if audience.kind == "observer" and not board.conference.settings.observers_agreed:
        return {"conference": _title(board), "phase": {"phase": board.running.phase}}
    memory = memory or Memory()
    parts = (*_parts(board), present)
    whose = audience.kind if audience.kind in ("chair", "scribe") else "everyone"
    seen = memory.recall(("board", whose), parts, lambda: _see_board(board, present, audience, memory))
    if board.conference.corrections:
        return {**seen, **conference.see_corrections(board, audience, frozenset(seen))}
    return seen


def _title(board: Board) -> TitleSeen:
    title: TitleSeen = {"title": board.conference.title}
    return {**title, "practice": True} if board.conference.meeting.practice else title


def _parts(board: Board) -> tuple[object, ...]:
    """All that anybody can see a part of: everything but the ledger of what can be undone."""
    return tuple(getattr(board, name) for name in PARTS)


PARTS = tuple(each.name for each in fields(Board) if each.name != "ledger")


def _see_board(board: Board, present: frozenset[Id], audience: Audience, memory: Memory) -> View:
    """Each line names the parts of the board that it is made of; while those are the same, so is what is seen."""
    recall, leads, chairs = memory.recall, audience.kind in ("chair", "scribe"), audience.kind == "chair"
    meeting, table, doing, said = board.conference, board.people, board.running, board.items
    seen: View = {}
    for part in (
        recall("conference", (meeting, doing, board.decisions), lambda: _one(conference.see_conference(board))),
        recall("area", (meeting,), lambda: {"area": area.see_area(board), "dates": dates.see_dates(board)}),
        recall("running", (doing,), lambda: running.see_running(board)),
        recall("children", (meeting,), lambda: conference.see_children(board)),
        recall(("people", chairs), (table, meeting, present), lambda: people.see_people(board, present, chairs)),
        recall(("items", leads), (said, table, meeting, board.danger), lambda: items.see_items(board, leads, memory)),
        recall("order", (said, meeting), lambda: items.see_order(board)),
        recall("dangers", (board.danger, table), lambda: danger.see_dangers(board)),
        recall("goals", (board.danger, table), lambda: danger.see_goals(board)),
        recall(("scales", chairs), (board.scales, table, meeting), lambda: scale.see_scales(board, audience)),
        recall("answers", (board.scales, table), lambda: scale.see_answers(board)),
        recall(("views", chairs), (board.views, table, meeting), lambda: views.see_views(board, audience)),
        recall("decisions", (board.decisions, table, meeting), lambda: decision.see_decisions(board)),
        recall("closing", (board.closing,), lambda: closing.see_closing(board)),
        recall("earlier", (meeting, board.marked), lambda: earlier.see_earlier(board)),
        recall("earlier_answers", (meeting, board.scales), lambda: earlier.see_earlier_answers(board)),
        recall("fingerprint", (board.decisions,), lambda: fingerprint.see_fingerprint(board)),
    ):
        seen.update(part)
    if leads:
        seen["quorum"] = recall("quorum", (table, meeting, board.quorum), lambda: quorum.see_quorum(board))
        seen.update(recall("times", (table,), lambda: people.see_times(board)))
        seen["gaps"] = recall("gaps", (said, board.danger), lambda: plan.see_gaps(board))
        seen["reports"] = recall("reports", (meeting, doing), lambda: dates.see_reports(board))
        seen["needs"] = recall("needs", (board.preparing,), lambda: preparing.see_needs(board))
        seen["recipients"] = recall("recipients", (board.closing,), lambda: closing.see_recipients(board))
        seen.update(recall("letters", (board.letters,), lambda: letters.see_letters(board)))
    if chairs:
        seen.update(recall("help", (doing,), lambda: running.see_help(board)))
        seen.update(recall("thinking", (board.scales, table, meeting), lambda: scale.see_still_thinking(board)))
        seen.update(recall("unsafe", (board.scales, table, meeting), lambda: safety_prompt.see_safety_prompts(board)))
        seen["not_heard"] = recall("not_heard", (table, doing, said, board.views), lambda: heard.see_not_heard(board))
        seen.update(decision.see_missing(board))
        seen["issued"] = recall("issued", (board.issued,), lambda: issued.see_issued(board))
        seen["prepared"] = recall("prepared", (meeting,), lambda: dict(meeting.kept))
        seen["prompts"] = recall("prompts", (meeting,), lambda: area.see_prompts(board))
        seen["cannot_share"] = recall("cannot_share", (board.preparing,), lambda: preparing.see_cannot_share(board))
        seen.update(recall("child_facts", (meeting,), lambda: conference.see_child_facts(board)))
    seen["spotlight"] = running.see_spotlight(board, seen)
    return seen


def _one(value: conference.ConferenceSeen) -> View:
    return {"conference": value}


def see_own(board: Board, actor: Actor, memory: Memory | None = None) -> View:
    """What only this person may see. Its keys are never used by the shared part."""
    recall = (memory or Memory()).recall
    may = recall(("may", actor.role), (board.conference, board.running, board.decisions), lambda: _may(board, actor))
    said = (board.items, board.people, board.conference, board.danger)
    waiting = recall("waiting", said, lambda: items.waiting_by_author(board))
    parts = (may, waiting, board.conference, board.people, board.running, board.restricted, board.scales, board.views)
    return recall(
        ("own", actor.person_id), parts, lambda: _see_own(board, actor, may, waiting.get(actor.person_id, {}))
    )


def _see_own(board: Board, actor: Actor, may: list[str], waiting: View) -> View:
    seen: View = {"me": see_me(board, actor, may)}
    if is_blanked(board, audience_of(actor)) or actor.role in ("observer", "room_screen"):
        return seen
    seen.update(waiting)
    seen.update(restricted.see_own_restricted(board, actor))
    seen.update(scale.see_own_answers(board, actor.person_id))
    seen.update(views.see_own_views(board, actor))
    if calls := board.running.help.get(actor.person_id):
        seen["mine/help"] = running.see_calls(calls)
    return seen


def _may(board: Board, actor: Actor) -> list[str]:
    return [command for command, rule in POLICY.items() if is_open(board, rule, actor)]


def is_blanked(board: Board, audience: Audience) -> bool:
    """One act of the chair's blanks the room, or every screen but hers (invariant 16)."""
    screens = board.running.screens
    return (screens == "all" and audience.kind != "chair") or (screens == "room" and audience.kind == "room")
