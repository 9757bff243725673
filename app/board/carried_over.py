"""What a conference hands on to the next one about the same children."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from .actor import ROOM
from .board import View, back_on_screens, see
from .conference import Agency, Child, Person
from .earlier import (
    Earlier,
    EarlierAnswer,
    EarlierDanger,
    EarlierGoal,
    EarlierItem,
    EarlierResponse,
    EarlierScale,
    EarlierStep,
)
from .plan import IF_THINGS_GO_WRONG
from .state import Board
from .terms import Id, Role

LED: frozenset[Role] = frozenset({"chair", "scribe", "room_screen", "observer"})  # by, and before, whom it was held
Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Before:
    """The view of the room screen at the end, and the ids that its people and children have in the next conference."""

    view: View
    ids: Mapping[Id, Id]

    def all(self, kind: str) -> Iterator[tuple[str, Seen]]:
        for key, value in self.view.items():
            if key.startswith(f"{kind}/"):
                yield key.removeprefix(f"{kind}/"), value

    def id(self, id: Id) -> Id:
        return self.ids.get(id, id)

    def ids_of(self, ids: Sequence[Id]) -> tuple[Id, ...]:
        return tuple(self.id(each) for each in ids)

    def name(self, id: Id) -> str:
        seen = self.view.get(f"person/{id}") or self.view.get(f"child/{id}") or {}
        return str(seen.get("name", ""))


def hands_on(board: Board) -> bool:
    """Whether another conference may look back at this one: it is over, and was not only for practising."""
    return board.conference.closed_at is not None and not board.conference.meeting.practice


def earlier_from(
    board: Board, conference_id: Id, children: Sequence[Child] = (), people: Sequence[Person] = ()
) -> Earlier:
    """Only what the room screen could show at its end, and nothing that is about none of the next one's children.

    Whoever is in both conferences is found by their name.
    """
    before = _before(board, children, people)
    on_board = [item for _, ids in before.all("order") for id in ids if (item := before.view.get(f"item/{id}"))]
    steps = [item for item in on_board if _is_step(item)]
    return Earlier(
        conference_id=conference_id,
        held_on=board.conference.held_on,
        title=board.conference.title,
        dangers=tuple(
            EarlierDanger(id=id, text=seen["text"], children=before.ids_of(seen["children"]))
            for id, seen in before.all("danger")
        ),
        goals=tuple(_goal(before, id, seen) for id, seen in before.all("goal")),
        steps=tuple(_step(before, item) for item in steps),
        scales=tuple(_scales(before, board.conference.held_on)),
        items=tuple(_item(before, item) for item in on_board if not _is_step(item)),
    )


def people_after(
    board: Board, children: Sequence[Child], new_id: Callable[[], Id]
) -> tuple[tuple[Agency, ...], tuple[Person, ...]]:
    """The services and the people who are asked again, and who of them may not see whom. Who leads it is said anew."""
    agencies = {id: new_id() for id in board.conference.agencies}
    asked = [member for member in board.people.members.values() if member.admitted and member.role not in LED]
    people = {member.id: new_id() for member in asked}
    now = {child.name: child.id for child in children}
    ids = {id: now[child.name] for id, child in board.conference.children.items() if child.name in now}
    return (
        tuple(
            Agency(id=agencies[each.id], name=each.name, kind=each.kind) for each in board.conference.agencies.values()
        ),
        tuple(
            Person(
                id=people[member.id],
                name=member.name,
                role=member.role,
                agency_id=agencies.get(member.agency_id or ""),
                relationship=member.relationship,
                children=tuple(
                    ids[child] for child in board.conference.children if child in ids.keys() & member.children
                ),
                sits_with=(people | ids).get(member.sits_with or ""),
                hidden_from=tuple(people[other] for other in people if other in member.hidden_from),
            )
            for member in asked
        ),
    )


def _before(board: Board, children: Sequence[Child], people: Sequence[Person]) -> Before:
    view = see(back_on_screens(board), frozenset(), ROOM)
    now: dict[tuple[str, str], Id] = {("child", each.name): each.id for each in children}
    now |= {("person", each.name): each.id for each in people}
    ids = {
        id: now[kind, seen["name"]]
        for kind in ("child", "person")
        for id, seen in Before(view, {}).all(kind)
        if (kind, seen["name"]) in now
    }
    gone = {id for id, _ in Before(view, {}).all("child") if id not in ids} if children else set()
    return Before({key: seen for key, seen in view.items() if not _only_about(gone, view, key, seen)}, ids)


def _only_about(gone: Set[Id], view: View, key: str, seen: Any) -> bool:
    """A half-brother's father was in that room and is not in this one, or the other way round."""
    match key.split("/")[0]:
        case "item" if seen["about_children"] or not seen.get("goal_id"):
            about = seen["about_children"]
        case "item":
            about = view[f"goal/{seen['goal_id']}"]["children"]  # a step that names no child is for its goal's
        case "danger" | "goal" | "scale":
            about = seen["children"]
        case "answer" if seen["for_child"]:
            about = [seen["for_child"]]
        case _:
            return False
    return bool(about) and set(about) <= gone


def _is_step(item: Seen) -> bool:
    return bool(item["column"] == "next_step" and item["sub_category"] != IF_THINGS_GO_WRONG)


def _goal(before: Before, id: Id, seen: Seen) -> EarlierGoal:
    return EarlierGoal(
        id=id,
        danger_id=seen["danger_id"],
        text=seen["text"],
        children=before.ids_of(seen["children"]),
        for_how_long=seen["for_how_long"],
    )


def _step(before: Before, item: Seen) -> EarlierStep:
    goal = before.view.get(f"goal/{item['goal_id']}") or {}
    return EarlierStep(
        id=item["id"],
        text=item["text"],
        children=before.ids_of(item["about_children"] or goal.get("children") or ()),
        who=tuple(name for id in item["who"] if (name := before.name(id))),
        by=date.fromisoformat(item["by"]) if item["by"] else None,
        goal_id=item["goal_id"],
    )


def _item(before: Before, item: Seen) -> EarlierItem:
    return EarlierItem(
        id=item["id"],
        column=item["column"],
        sub_category=item["sub_category"],
        kind=item["kind"],
        text=item["text"],
        about_children=before.ids_of(item["about_children"]),
        said_by=item["source"]["name"],
        agency=item["source"]["agency"],
        child_speaking=before.id(item["child_speaking"]) if item["child_speaking"] else None,
        responses=tuple(
            EarlierResponse(name=each["name"], agrees=each["agrees"], text=each["text"]) for each in item["responses"]
        ),
    )


def _scales(before: Before, held_on: date) -> Iterator[EarlierScale]:
    """The last shown round of each question, behind those from earlier conferences that stood beside it."""
    last = {(seen["question"], seen["direction"]): (id, seen) for id, seen in before.all("scale") if seen["revealed"]}
    for id, seen in last.values():
        older = before.view.get(f"earlier_answers/{id}") or ()
        for day, answers in groupby(older, key=lambda answer: str(answer["held_on"])):
            yield _scale(before, seen, date.fromisoformat(day), list(answers))
        own = [{**answer, "name": before.name(answer["person_id"])} for _, answer in before.all(f"answer/{id}")]
        yield _scale(before, seen, held_on, own)


def _scale(before: Before, seen: Seen, held_on: date, answers: Sequence[Seen]) -> EarlierScale:
    return EarlierScale(
        question=seen["question"],
        direction=seen["direction"],
        low_end=seen["low_end"],
        high_end=seen["high_end"],
        held_on=held_on,
        answers=tuple(
            EarlierAnswer(
                person_id=before.id(each["person_id"]),
                name=each["name"],
                for_child=before.id(each["for_child"]) if each["for_child"] else None,
                score=each["score"],
            )
            for each in answers
        ),
    )
