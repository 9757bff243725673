"""Whom and what somebody of the family may not see. Their view is made from a board on which that is not.

Two parents may be kept apart (`Person.hidden_from`). Nothing that is one's ever reaches the other: no word, number or
view, nor that they are here by name. What anybody else wrote may be about them, and no code can tell; so it reaches
whoever is kept apart only once the chair has read it and let them, in the wording that she read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from typing_extensions import TypedDict

from .actor import Actor, Audience, audience_of
from .items import Item
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import ROLES, Command, Event, Id, Key, Role

if TYPE_CHECKING:
    from .state import Board


class LetRead(Command):
    """Who of those kept apart may read what stands under this key, in this wording. The last word stands."""

    type: Literal["let_read"] = "let_read"
    key: Key
    version: Id
    people: tuple[Id, ...]


class ReadingLet(Event):
    type: Literal["reading_let"] = "reading_let"
    key: Key
    version: Id
    people: tuple[Id, ...]


@dataclass(frozen=True)
class Apart:
    let: Mapping[Key, ReadingLet] = field(default_factory=dict)


@dataclass(frozen=True)
class Sight:
    """What one audience may not see. `readers` are those of it who have to be let read what others wrote."""

    hidden: frozenset[Id]
    own: frozenset[Id]
    readers: frozenset[Id]


def sight_of(board: Board, audience: Audience) -> Sight | None:
    """None for whoever sees the whole board, which is everybody where nobody is kept apart.

    What one may not see may not hang on the wall, wherever they sit today; nor be before a stranger who watches.
    """
    everybody = frozenset(kept_apart(board))
    if not everybody or audience.kind not in ("family", "room", "observer"):
        return None
    own = party_of(board, audience) if audience.kind == "family" else frozenset()
    may_not = own or everybody
    hiding = [member for member in board.people.members.values() if member.hidden_from & may_not]
    if not hiding:
        return None
    hidden: frozenset[Id] = frozenset().union(*(party_of(board, audience_of(member.actor)) for member in hiding))
    return Sight(hidden - own, own, may_not & everybody)


def party_of(board: Board, audience: Audience) -> frozenset[Id]:
    """Everybody who shares this screen."""
    members = board.people.members.values()
    sharing = frozenset(member.id for member in members if audience_of(member.actor) == audience)
    return sharing | {audience.whose} if audience.whose else sharing


def kept_apart(board: Board) -> tuple[Id, ...]:
    """Who may not see somebody's part, in the order of the table."""
    return board.people.kept_apart


def decide_let(board: Board, command: LetRead, actor: Actor, now: datetime) -> list[Event]:
    """The chair's word for each line. She names the wording that she read; a later one waits for her again."""
    if not kept_apart(board) or version_of(board, command.key) is None:
        refuse(Reason.NOT_FOUND)
    if version_of(board, command.key) != command.version:
        refuse(Reason.CHANGED_MEANWHILE)
    for person in command.people:
        if person not in kept_apart(board):
            refuse(Reason.NOT_FOUND)
        sight = sight_of(board, audience_of(board.people.members[person].actor))
        if sight and is_of(board, command.key, sight.hidden):
            refuse(Reason.NOT_THEIRS_TO_READ)
    return [ReadingLet(key=command.key, version=command.version, people=command.people, **stamp(command, actor, now))]


def evolve_let(board: Board, event: ReadingLet) -> Board:
    return replace(board, apart=Apart({**board.apart.let, event.key: event}))


def version_of(board: Board, key: Key) -> Id | None:
    """Which wording stands under this key now; None where nobody has to be let read."""
    kind, _, rest = key.partition("/")
    match kind:
        case "item":
            item = board.items.by_id.get(rest)
            return item.version if item and item.standing == "on_board" else None
        case "danger":
            statement = board.danger.statements.get(rest)
            return statement.version if statement else None
        case "goal":
            goal = board.danger.goals.get(rest)
            return goal.version if goal else None
        case "answer":
            scale = board.scales.by_id.get(rest.partition("/")[0])
            answers = scale.answers.values() if scale and scale.revealed else ()
            return next((answer.id for answer in answers if key == f"answer/{answer.scale_id}/{answer.id}"), None)
        case "view" if board.views.shown:
            child, _, agency = rest.partition("/")
            view = board.views.of_agencies.get((child, agency))
            return view.id if view else None
        case "family_view" if board.views.shown:
            words = board.views.of_family.get(rest)
            return words.id if words else None
        case "decision":
            dissent = [each.id for each in board.decisions.dissent if each.child_id == rest]
            decision = board.decisions.by_child.get(rest)
            return ([decision.id, *dissent][-1]) if decision else None
        case "house":
            house = board.houses.by_id.get(rest)
            return house.version if house and house.shown else None
        case "correction":
            return next((each.id for each in board.conference.corrections if each.id == rest), None)
        case "earlier_goal" | "earlier_step" | "earlier_item":
            return _version_of_earlier(board, kind, rest)
    return None


def _version_of_earlier(board: Board, kind: str, id: Id) -> Id | None:
    earlier = board.conference.earlier
    if earlier is None:
        return None
    there = {
        "earlier_goal": [each.id for each in earlier.goals],
        "earlier_step": [each.id for each in earlier.steps],
        "earlier_item": [each.id for each in earlier.items],
    }[kind]
    marked = board.marked.by_id.get(id)
    return (marked.id if marked else id) if id in there else None


def is_of(board: Board, key: Key, people: frozenset[Id]) -> bool:
    """Whether these people said it. Nobody can be let read what is another's own."""
    kind, _, rest = key.partition("/")
    match kind:
        case "item":
            item = board.items.by_id.get(rest)
            return item is not None and _said_by(item, people)
        case "answer":
            scale = board.scales.by_id.get(rest.partition("/")[0])
            answers = scale.answers.values() if scale else ()
            return any(answer.person_id in people for answer in answers if rest.endswith(answer.id))
        case "family_view":
            return rest in people
        case "house":
            house = board.houses.by_id.get(rest)
            return house is not None and bool({house.filled.by, house.filled.child_id} & people)
        case "correction":
            return any(is_of(board, each.about, people) for each in board.conference.corrections if each.id == rest)
    return False


def _said_by(item: Item, people: frozenset[Id]) -> bool:
    return item.source.person_id in people or item.author in people or item.child_speaking in people


def may_read(board: Board, sight: Sight, key: Key) -> bool:
    """Their own words, and what they were let read as it stands."""
    if is_of(board, key, sight.hidden):
        return False
    let = board.apart.let.get(key)
    is_let = let is not None and let.version == version_of(board, key) and sight.readers <= set(let.people)
    return is_let or is_of(board, key, sight.own)


class LineSeen(TypedDict):
    """One line that somebody kept apart may or may not read."""

    key: str
    version: str
    read_by: list[str]  # who was let read it
    waits_for: list[str]  # who may be let read it, and was not yet


class KeptApartSeen(TypedDict):
    people: list[str]
    lines: list[LineSeen]


class UnnamedSeen(TypedDict):
    role: Role
    present: bool


def see_kept_apart(board: Board, keys: Iterable[Key]) -> dict[str, KeptApartSeen]:
    """Who is kept apart and who of them reads which line, for the chair. Nothing where nobody is."""
    people = list(kept_apart(board))
    sights = {id: sight_of(board, audience_of(board.people.members[id].actor)) for id in people}
    lines: list[LineSeen] = []
    for key in keys:
        if version := version_of(board, key):
            mine = [id for id, sight in sights.items() if sight and is_of(board, key, sight.own | sight.hidden)]
            read_by = [id for id, sight in sights.items() if id not in mine and sight and may_read(board, sight, key)]
            waits_for = [id for id in people if id not in read_by and id not in mine]
            lines.append({"key": key, "version": version, "read_by": read_by, "waits_for": waits_for})
    return {"kept_apart": {"people": people, "lines": lines}} if people else {}


def see_unnamed(board: Board, present: frozenset[Id], of: Callable[[Id], bool]) -> list[UnnamedSeen]:
    """Who is here by role alone, in an order that tells nobody apart: there are still no hidden viewers."""
    members = [member for member in board.people.members.values() if member.admitted and of(member.id)]
    seen = [(ROLES.index(member.role), member.id not in present, member.role) for member in members]
    return [{"role": role, "present": not away} for _, away, role in sorted(seen)]


DECIDE = {LetRead: decide_let}
EVOLVE = {ReadingLet: evolve_let}
