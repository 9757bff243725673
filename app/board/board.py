"""The three verbs: decide, evolve, see. Everything else in this room belongs to one subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import reduce
from operator import attrgetter
from typing import Annotated, Any, Union

from pydantic import Field, TypeAdapter

from . import (
    adding,
    area,
    chair,
    closing,
    conference,
    danger,
    dates,
    decision,
    earlier,
    fingerprint,
    heard,
    houses,
    issued,
    items,
    letters,
    moving,
    offers,
    people,
    plan,
    preparing,
    private,
    quorum,
    reduced,
    responses,
    restricted,
    rewording,
    running,
    safety_prompt,
    scale,
    seating,
    sight,
    translations,
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
    chair,
    running,
    adding,
    rewording,
    moving,
    responses,
    translations,
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
    houses,
    issued,
    sight,
    private,
    undo,
)
_FROM_WITHIN = (conference.PrepareConference, people.Arrive, issued.IssueRecord)  # never over the wire
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


def decide(
    board: Board, command: Command, actor: Actor, now: datetime, gone_since: chair.GoneSince = lambda person: None
) -> list[Event]:
    """The events that this command leads to; raises Refused, and then nothing has changed."""
    if not isinstance(command, _FROM_WITHIN):
        chair.require_reign(board, command, actor)
        _require_policy(board, command, actor)
        _require_key(board, command, actor)
    if isinstance(command, chair.TakeOver):
        chair.require_lost(board, gone_since, now)
    return _DECIDE[type(command)](_as_known_to(board, command, actor), command, actor, now)


def _as_known_to(board: Board, command: Command, actor: Actor) -> Board:
    """What somebody may not see is not there, whatever they ask for; what is said inside is about what is inside."""
    if private.goes_inside(board, command, actor):
        return private.inside(board)
    theirs = sight.sight_of(board, audience_of(actor))
    return reduced.reduced(board, theirs) if theirs else board


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
    if not rule.without_family and items.is_said_inside(board, actor.role):
        refuse(Reason.FAMILY_IS_OUT)
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
        and (rule.without_family or not items.is_said_inside(board, actor.role))
        and (rule.while_locked or not board.decisions.all_made(board))
        and (rule.phases is None or board.running.phase in rule.phases)
    )


def _require_key(board: Board, command: Command, actor: Actor) -> None:
    """Commands that name a key of a view name one that is really there."""
    if isinstance(command, running.Spotlight) and command.key is not None:
        if command.key not in COLUMN_KEYS and command.key not in _keys_seen_by(board, ROOM):
            refuse(Reason.NOT_ON_SCREEN)
    elif isinstance(command, running.RaiseHand | running.AskMeaning | running.AskForBreak) and command.key is not None:
        if command.key not in COLUMN_KEYS and command.key not in _keys_seen_by(board, audience_of(actor)):
            refuse(Reason.NOT_FOUND)
    elif isinstance(command, conference.AddCorrection) and command.about not in _keys_seen_by(board, CHAIR):
        refuse(Reason.NOT_FOUND)


def _keys_seen_by(board: Board, audience: Audience) -> View:
    """Blanked or not: what stands on the board does not go away because a screen rests or the family is out."""
    return merged(_seen(board, frozenset(), audience, Memory()))


COLUMN_KEYS = frozenset({"column/worry", "column/strength", "column/next_step"})


def type_of(command: Command) -> str:
    kind: str = command.type  # type: ignore[attr-defined]
    return kind


def evolve(board: Board, event: Event) -> Board:
    """The next board."""
    if private.happened_inside(board, event):
        return private.taken_over(board, _evolved(private.inside(board), event))
    return _evolved(board, event)


def _evolved(board: Board, event: Event) -> Board:
    return undo.noted(board, _EVOLVE[type(event)](board, event), event)


def replayed(board: Board, events: Iterable[Event]) -> Board:
    return reduce(evolve, events, board)


def see(board: Board, present: frozenset[Id], audience: Audience, memory: Memory | None = None) -> View:
    """The shared part of what one audience may see: built up from nothing, so a field nobody put in cannot leak."""
    return merged(see_parts(board, present, audience, memory or Memory()))


def merged(parts: Iterable[View]) -> View:
    return {key: value for part in parts for key, value in part.items()}


def see_parts(board: Board, present: frozenset[Id], audience: Audience, memory: Memory) -> tuple[View, ...]:
    """The same in parts with different keys; a part that did not change is the very same object as last time."""
    made = memory.made_of(board, present)
    if "plain" not in made:
        made["plain"] = _is_plain(board)
    if made["plain"] and audience.kind != "observer":
        return _see_board(board, present, audience, memory)
    if board.private.out and private.is_out(audience):
        return ({"conference": _title(board), **private.see_holding(board, present)},)
    if is_blanked(board, audience):
        return ({"conference": _title(board), "blank": running.see_blank(board)},)
    if audience.kind == "observer" and not board.conference.settings.observers_agreed:
        return ({"conference": _title(board), "phase": {"phase": board.running.phase}},)
    seen = _seen(board, present, audience, memory)
    if board.private is NO_PRIVATE or private.is_out(audience):
        return seen
    inside = (seen, board.private, board.people, board.conference, board.danger)
    return memory.recall(
        ("inside", audience.kind), inside, lambda: (*seen, private.see_out(board), private.see_private(board, audience))
    )


NO_PRIVATE = Board().private


def _is_plain(board: Board) -> bool:
    """Nobody is out, kept apart or before a screen that rests, and nothing was put right: as boards mostly are."""
    return (
        not board.private.out
        and not board.private.items.by_id
        and board.running.screens == "none"
        and not board.conference.corrections
        and not sight.kept_apart(board)
    )


def _seen(board: Board, present: frozenset[Id], audience: Audience, memory: Memory) -> tuple[View, ...]:
    """What stands on the board for this audience, whether or not its screen rests or waits."""
    apart = sight.kept_apart(board)
    if apart:
        theirs = memory.recall(("sight", audience), (board.people,), lambda: sight.sight_of(board, audience))
        if theirs:
            made_of = (*_values_of(board), present)
            return memory.recall(("apart", audience), made_of, lambda: (_see_apart(board, present, audience, theirs),))
    seen = _see_board(board, present, audience, memory)
    if board.conference.corrections:
        seen = (*seen, conference.see_corrections(board, audience, frozenset(merged(seen))))
    if apart and audience.kind == "chair":
        seen = (*seen, sight.see_kept_apart(board, merged(seen)))
    return seen


def _see_apart(board: Board, present: frozenset[Id], audience: Audience, theirs: sight.Sight) -> View:
    """For whoever may not see somebody's part, from a board on which that is not."""
    less = reduced.reduced(board, theirs)
    seen = merged(_see_board(less, present, audience, Memory()))
    seen.update(conference.see_corrections(board, audience, frozenset(seen)))
    hidden = sight.see_unnamed(board, present, lambda person: person in theirs.hidden)
    return {**reduced.narrowed(board, theirs, seen), "unnamed": hidden}


def _title(board: Board) -> TitleSeen:
    title: TitleSeen = {"title": board.conference.title}
    return {**title, "practice": True} if board.conference.meeting.practice else title


@dataclass(frozen=True)
class Onlooker:
    """For whom a part of a view is built."""

    audience: Audience
    present: frozenset[Id]
    memory: Memory

    @property
    def chairs(self) -> bool:
        return self.audience.kind == "chair"

    @property
    def leads(self) -> bool:
        return self.audience.kind in ("chair", "scribe")


# All that anybody can see a part of: everything but the ledgers of what can be undone.
LEDGERS = ("ledger", "private_ledger")
MADE_OF = (*(each.name for each in fields(Board) if each.name not in ("items", *LEDGERS)), "items.by_id", "items.order")
_NAMES = (*MADE_OF, "present")
_values_of = attrgetter(*MADE_OF)
Part = tuple[frozenset[str], Callable[[Board, Onlooker], View]]


def _part(made_of: str, see: Callable[[Board, Onlooker], View]) -> Part:
    names = frozenset(made_of.split())
    if not names <= {*_NAMES}:
        raise RuntimeError(f"no such part of the board: {made_of}")
    return names, see


# Each line names what it is made of; while that is the same, so is what is seen.
_ALIKE: tuple[Part, ...] = (  # to all who see the board at all: built once for them
    _part("conference running decisions", lambda board, who: {"conference": conference.see_conference(board)}),
    _part("conference", lambda board, who: {"area": area.see_area(board), "dates": dates.see_dates(board)}),
    _part("running", lambda board, who: running.see_running(board)),
    _part("seat people", lambda board, who: {"chair": chair.see_chair(board)}),
    _part("conference", lambda board, who: conference.see_children(board)),
    _part("items.order conference", lambda board, who: items.see_order(board)),
    _part("danger people", lambda board, who: danger.see_dangers(board)),
    _part("danger people", lambda board, who: danger.see_goals(board)),
    _part("scales people", lambda board, who: scale.see_answers(board)),
    _part("decisions people conference", lambda board, who: decision.see_decisions(board)),
    _part("closing", lambda board, who: closing.see_closing(board)),
    _part("houses people", lambda board, who: houses.see_houses(board)),
    _part("conference marked", lambda board, who: earlier.see_earlier(board)),
    _part("conference scales", lambda board, who: earlier.see_earlier_answers(board)),
    _part("decisions", lambda board, who: fingerprint.see_fingerprint(board)),
)
_FOR_EVERYONE: tuple[Part, ...] = (  # and more of it for some
    _part(
        "people conference present", lambda board, who: people.see_people(board, who.present, who.chairs, who.memory)
    ),
    _part("items.by_id people conference danger", lambda board, who: items.see_items(board, who.leads, who.memory)),
    _part("scales people conference", lambda board, who: scale.see_scales(board, who.audience)),
    _part("views people conference", lambda board, who: views.see_views(board, who.audience)),
)
_FOR_LEADS: tuple[Part, ...] = (
    _part("people conference quorum", lambda board, who: {"quorum": quorum.see_quorum(board)}),
    _part("people", lambda board, who: people.see_times(board)),
    _part("items.by_id danger", lambda board, who: {"gaps": plan.see_gaps(board)}),
    _part("conference running", lambda board, who: {"reports": dates.see_reports(board)}),
    _part("preparing", lambda board, who: {"needs": preparing.see_needs(board)}),
    _part("closing", lambda board, who: {"recipients": closing.see_recipients(board)}),
    _part("letters", lambda board, who: letters.see_letters(board)),
)
_FOR_CHAIRS: tuple[Part, ...] = (
    _part("running", lambda board, who: running.see_help(board)),
    _part("scales people conference", lambda board, who: scale.see_still_thinking(board)),
    _part("scales people conference", lambda board, who: safety_prompt.see_safety_prompts(board)),
    _part("people running items.by_id views", lambda board, who: {"not_heard": heard.see_not_heard(board)}),
    _part(
        "conference people running items.by_id danger scales views decisions quorum",
        lambda board, who: decision.see_missing(board),
    ),
    _part("houses people", lambda board, who: houses.see_houses_to_look_at(board)),
    _part("issued", lambda board, who: {"issued": issued.see_issued(board)}),
    _part("conference", lambda board, who: {"prepared": dict(board.conference.kept)}),
    _part("conference", lambda board, who: {"prompts": area.see_prompts(board)}),
    _part("preparing", lambda board, who: {"cannot_share": preparing.see_cannot_share(board)}),
    _part("conference", lambda board, who: conference.see_child_facts(board)),
)


_PARTS = {
    "alike": _ALIKE,
    "everyone": _FOR_EVERYONE,
    "scribe": (*_FOR_EVERYONE, *_FOR_LEADS),
    "chair": (*_FOR_EVERYONE, *_FOR_LEADS, *_FOR_CHAIRS),
}


def _see_board(board: Board, present: frozenset[Id], audience: Audience, memory: Memory) -> tuple[View, ...]:
    """All of them alike, but for chair and scribe."""
    whose = audience.kind if audience.kind in ("chair", "scribe") else "everyone"
    made = memory.made_of(board, present)
    if whose not in made:
        parts = made.setdefault("parts", (*_values_of(board), present))
        made[whose] = _look_again(board, Onlooker(audience, present, memory), whose, parts)
    seen: tuple[View, ...] = made[whose]
    return seen


def _look_again(board: Board, who: Onlooker, whose: str, parts: tuple[object, ...]) -> tuple[View, ...]:
    memory = who.memory
    alike = memory.look_again("alike", _NAMES, parts, _PARTS["alike"], board, who)
    own = memory.look_again(whose, _NAMES, parts, _PARTS[whose], board, who)
    lit = memory.recall(
        ("lamp", whose),
        (board.running.lamp, alike, own),
        lambda: {"spotlight": running.see_spotlight(board, (*alike, *own))},
    )
    return memory.recall(("view", whose), (lit, alike, own), lambda: (*alike, *own, lit))


def see_own(board: Board, actor: Actor, memory: Memory | None = None, made_of: tuple[Any, ...] | None = None) -> View:
    """What only this person may see. Its keys are never used by the shared part. `made_of` is `own_made_of` of this
    board, where it is at hand.
    """
    memory = memory or Memory()
    made_of = made_of or own_made_of(board, memory)
    may = memory.recall(("may", actor.role), made_of, lambda: _may(board, actor))
    waiting = made_of[0].get(actor.person_id, {})
    return memory.recall(("own", actor), made_of, lambda: _see_own(board, actor, may, waiting))


def own_made_of(board: Board, memory: Memory) -> tuple[Any, ...]:
    """All that anybody's own part is made of; while these are the same objects, so is everybody's own part."""
    said = (board.items.by_id, board.people, board.conference, board.danger)
    waiting = memory.recall("waiting", said, lambda: items.waiting_by_author(board))
    return (waiting, *_own_values_of(board))


_KEPT = ("restricted", "houses", "scales", "views")
_OF_ONES_OWN = ("conference", "people", "seat", "running", "private", "decisions", *_KEPT)
_own_values_of = attrgetter(*_OF_ONES_OWN)


def _see_own(board: Board, actor: Actor, may: list[str], waiting: View) -> View:
    seen: View = {"me": see_me(board, actor, may)}
    audience = audience_of(actor)
    if board.private.out and private.is_out(audience):
        return seen | _see_own_calls(board, actor)
    if is_blanked(board, audience) or actor.role in ("observer", "room_screen"):
        return seen
    seen.update(waiting)
    seen.update(restricted.see_own_restricted(board, actor))
    seen.update(houses.see_own_houses(board, actor))
    seen.update(scale.see_own_answers(board, actor.person_id))
    seen.update(views.see_own_views(board, actor))
    return seen | _see_own_calls(board, actor)


def _see_own_calls(board: Board, actor: Actor) -> View:
    calls = board.running.help.get(actor.person_id)
    return {"mine/help": running.see_calls(calls)} if calls else {}


def _may(board: Board, actor: Actor) -> list[str]:
    return [command for command, rule in POLICY.items() if is_open(board, rule, actor)]


def back_on_screens(board: Board) -> Board:
    """As if no screen rested and nobody was out: for what is written down of the board, which waits for neither."""
    running = replace(board.running, screens="none")
    return replace(board, running=running, private=replace(board.private, out=None))


def is_blanked(board: Board, audience: Audience) -> bool:
    """One act of the chair's blanks the room, or every screen but hers (invariant 16)."""
    screens = board.running.screens
    return (screens == "all" and audience.kind != "chair") or (screens == "room" and audience.kind == "room")
