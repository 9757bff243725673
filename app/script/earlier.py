"""What the conference before this one left, as far as the file says it, and how each part of it went."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.board.dates import FIRST_CONFERENCE
from app.board.earlier import (
    Earlier,
    EarlierAnswer,
    EarlierDanger,
    EarlierGoal,
    EarlierScale,
    MarkProgress,
    Progress,
)
from app.board.terms import Id

from .ids import FileId, Ids, conference_id_of
from .parts import AnswerPart, ConferenceFile, DangerPart, GoalPart, ScalePart, without_number
from .step import Room, Step
from .timeline import spread, stretches

# A file has more words for it than the board. One that stands here nowhere is kept and not said.
PROGRESS: dict[str, Progress] = {
    "done": "done",
    "done_late": "done",
    "done_and_carrying_on": "done",
    "met": "done",
    "partly": "partly",
    "partly_done": "partly",
    "partly_met": "partly",
    "not": "not",
    "not_done": "not",
    "not_met": "not",
}
NO_TITLE = "Earlier conference"


def previous_of(file: ConferenceFile) -> FileId | None:
    """The conference whose plan this one looks back on; where the file's parts come from none, the one before it."""
    named = [step.from_conference for step in file.earlier_next_steps or ()]
    named += [danger.from_conference for danger in file.danger_statements if danger.from_conference]
    previous = next(iter(named), file.conference.previous_conference_id)
    return None if previous == file.conference.id else previous


def earlier_by_file(file: ConferenceFile) -> Earlier | None:
    """Statements and goals that came from there, and the numbers; its points and steps stand in its own file only."""
    previous = previous_of(file)
    held_on = _days(file).get(previous) if previous else None
    if previous is None or held_on is None:
        return None
    there, here = Ids(conference_id_of(previous)), Ids(conference_id_of(file.conference.id))
    dangers = {danger.id: danger for danger in file.danger_statements if danger.from_conference == previous}
    goals = [goal for goal in file.safety_goals if goal.progress and goal.danger_statement_id in dangers]
    earlier = Earlier(
        conference_id=there.conference,
        held_on=held_on,
        title=NO_TITLE,
        dangers=tuple(_danger(danger, there, here) for danger in dangers.values()),
        goals=tuple(_goal(goal, dangers[goal.danger_statement_id], there, here) for goal in goals),
    )
    return with_numbers(earlier, file)


def with_numbers(earlier: Earlier, file: ConferenceFile) -> Earlier:
    """And the rounds that only the file knows of, each with its day."""
    days = _days(file)
    if previous := previous_of(file):
        days[previous] = earlier.held_on
    known = {(scale.question, scale.direction, scale.held_on) for scale in earlier.scales}
    more = [scale for scale in _rounds(file, days) if (scale.question, scale.direction, scale.held_on) not in known]
    in_order = sorted((*earlier.scales, *more), key=lambda scale: scale.held_on)
    return earlier.model_copy(update={"scales": tuple(in_order)})


def _days(file: ConferenceFile) -> dict[FileId, date]:
    """When the conferences were that a file names without their day: a plan begins on the day it was decided."""
    days: dict[FileId, date] = {}
    since = [date.fromisoformat(child.plan_since) for child in file.children if child.plan_since]
    if since and (first := previous_of(file)):
        days[first] = min(since)
    trigger, before = file.conference.trigger, file.conference.previous_conference_id
    if before and trigger and trigger.what in ("previous_review", FIRST_CONFERENCE):
        days[before] = date.fromisoformat(trigger.on)
    return days


def _danger(danger: DangerPart, there: Ids, here: Ids) -> EarlierDanger:
    """In the words with which it came here."""
    return EarlierDanger(id=there.of(danger.id), text=danger.first_wording, children=here.all(danger.children))


def _goal(goal: GoalPart, danger: DangerPart, there: Ids, here: Ids) -> EarlierGoal:
    return EarlierGoal(
        id=there.of(goal.id),
        danger_id=there.of(danger.id),
        text=goal.text,
        children=here.all(danger.children),
        for_how_long=goal.for_how_long,
    )


def _rounds(file: ConferenceFile, days: Mapping[FileId, date]) -> Iterator[EarlierScale]:
    """Of each question those that the file says can be compared with it."""
    for scale in file.scale_questions:
        compared = dict.fromkeys(name.partition("/")[0] for name in scale.comparable_with or ())
        for conference in compared:
            answers = [each for each in scale.answers if conference in (each.earlier or {})]
            if conference in days and answers:
                yield _round(file, scale, conference, days[conference], answers)


def _round(
    file: ConferenceFile, scale: ScalePart, conference: FileId, held_on: date, answers: list[AnswerPart]
) -> EarlierScale:
    ids, names = Ids(conference_id_of(file.conference.id)), {person.id: person.name for person in file.people}
    return EarlierScale(
        question=scale.text,
        direction=scale.direction,
        low_end=without_number(scale.low_anchor),
        high_end=without_number(scale.high_anchor),
        held_on=held_on,
        answers=tuple(
            EarlierAnswer(
                person_id=ids.of(each.person_id),
                name=names.get(each.person_id, ""),
                for_child=ids.maybe(each.on_behalf_of_child),
                score=(each.earlier or {})[conference],
            )
            for each in answers
        ),
    )


def progress_steps(room: Room) -> Iterator[Step]:
    """Said while the old board stands beside the new one; the chair writes it down."""
    marks = list(_marks(room))
    over = spread(stretches(room, "mapping"), len(marks))
    for (command, place), at in zip(marks, over.times, strict=True):
        yield Step(at, room.chair, command, place)


def _marks(room: Room) -> Iterator[tuple[MarkProgress, str]]:
    """Only of what was handed on: without the earlier conference nobody knows what its steps said."""
    earlier = room.earlier
    if earlier is None:
        return
    known = {goal.id for goal in earlier.goals} | {step.id for step in earlier.steps}
    for index, step in enumerate(room.file.earlier_next_steps or ()):
        of = Ids(conference_id_of(step.from_conference)).of(step.id)
        if of in known and step.progress in PROGRESS:
            path = f"earlier_next_steps/{step.from_conference}/{step.id}"
            yield _mark(room, path, of, step.progress, step.note), f"earlier_next_steps[{index}] ({step.id})"
    for index, goal in enumerate(room.file.safety_goals):
        of = Ids(earlier.conference_id).of(goal.id)
        if of in known and goal.progress in PROGRESS:
            path, place = f"{goal.id}/progress", f"safety_goals[{index}].progress ({goal.id})"
            yield _mark(room, path, of, goal.progress, goal.progress_note), place


def _mark(room: Room, path: str, of: Id, code: str, note: str | None) -> MarkProgress:
    return MarkProgress(id=room.ids.at(path), of=of, progress=PROGRESS[code], note=note or "")
