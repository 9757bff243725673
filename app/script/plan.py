"""Danger statements, safety goals and next steps: what the meeting fears, wants to see, and will do."""

from collections.abc import Iterator
from datetime import date

from app.board.adding import AddItem
from app.board.danger import WriteDangerStatement, WriteSafetyGoal
from app.board.items import Source
from app.board.terms import Id

from .parts import DangerPart
from .step import Room, Step
from .timeline import spread, stretches


def danger_steps(room: Room) -> Iterator[Step]:
    """First as it was brought, then as it was agreed; a review brings the words of the conference before it."""
    dangers = room.file.danger_statements
    over = spread(stretches(room, "danger_statements"), len(dangers))
    for index, (danger, natural) in enumerate(zip(dangers, over.times, strict=True)):
        place, danger_id = f"danger_statements[{index}] ({danger.id})", room.ids.of(danger.id)
        writer, said_by = _writer(room, danger)
        children = room.ids.all(danger.children)
        changed_at = room.clock.instant(danger.changed_at) if danger.changed_at else natural + over.moment
        first = WriteDangerStatement(
            id=danger_id, danger_id=None, children=children, text=danger.first_wording, said_by=said_by
        )
        yield Step(min(natural, changed_at - over.moment), writer, first, place)
        if danger.agreed_wording != danger.first_wording:
            agreed = WriteDangerStatement(
                id=room.ids.at(f"{danger.id}/changed"),
                danger_id=danger_id,
                children=children,
                text=danger.agreed_wording,
                base_version=danger_id,
                why=danger.changed_because,
                said_by=said_by,
            )
            yield Step(changed_at, writer, agreed, f"{place}.agreed_wording")


def _writer(room: Room, danger: DangerPart) -> tuple[Id, Id | None]:
    """Who types it, and whose words those are where they are somebody else's."""
    person = room.person(danger.brought_by)
    may = person is not None and person.role in ("social_worker", "chair", "scribe")
    brought_by = room.ids.of(danger.brought_by)
    writer = room.typist(danger.brought_by) if may else room.chair
    return writer, None if writer == brought_by else brought_by


def goal_steps(room: Room) -> Iterator[Step]:
    goals = room.file.safety_goals
    over = spread(stretches(room, "safety_goals"), len(goals))
    for index, (goal, at) in enumerate(zip(goals, over.times, strict=True)):
        command = WriteSafetyGoal(
            id=room.ids.of(goal.id),
            goal_id=None,
            danger_id=room.ids.of(goal.danger_statement_id),
            text=goal.text,
            for_how_long=goal.for_how_long,
        )
        yield Step(at, room.chair, command, f"safety_goals[{index}] ({goal.id})")


def next_step_steps(room: Room) -> Iterator[Step]:
    """Typed by the chair while everybody agrees on them; then what happens if things go wrong."""
    next_steps, if_wrong = room.file.next_steps, room.file.if_things_go_wrong
    over = spread(stretches(room, "next_steps"), len(next_steps) + 1)
    source = Source(person_id=room.chair, basis="said_in_meeting")
    for index, (each, at) in enumerate(zip(next_steps, over.times, strict=False)):
        command = AddItem(
            id=room.ids.of(each.id),
            column="next_step",
            sub_category="next_step",
            text=each.what,
            source=source,
            who=room.ids.all(each.who),
            by=date.fromisoformat(each.by) if each.by else None,
            goal_id=room.ids.maybe(each.goal_id),
            how_we_will_know=each.how_we_will_know,
            repeats=each.repeats,
        )
        yield Step(at, room.chair, command, f"next_steps[{index}] ({each.id})")
    if if_wrong is not None:
        command = AddItem(
            id=room.ids.at("if_things_go_wrong"),
            column="next_step",
            sub_category="if_things_go_wrong",
            text=if_wrong,
            source=source,
        )
        yield Step(over.times[-1], room.chair, command, "if_things_go_wrong")
