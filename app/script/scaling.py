"""The threshold, and the scale: opened, answered one by one, shown."""

from collections.abc import Iterator
from datetime import datetime

from app.board.running import ExplainThreshold
from app.board.scale import AnswerScale, OpenScale, RevealScale

from .parts import ScalePart, without_number
from .prepared import settings_of
from .step import Room, Step
from .timeline import SECOND, spread, stretches


def threshold_steps(room: Room) -> Iterator[Step]:
    if explained := room.file.threshold_explained:
        command = ExplainThreshold(id=room.ids.at("threshold_explained"), outcomes_named=explained.outcomes_named)
        by = room.typist(explained.by)
        yield Step(room.clock.instant(explained.at), by, command, "threshold_explained")


def scale_steps(room: Room) -> Iterator[Step]:
    for index, scale in enumerate(room.file.scale_questions):
        place, scale_id = f"scale_questions[{index}] ({scale.id})", room.ids.of(scale.id)
        opened_at = room.clock.instant(scale.opened_at)
        opened = OpenScale(
            id=scale_id,
            question=scale.text,
            direction=scale.direction,
            low_end=without_number(scale.low_anchor),
            high_end=without_number(scale.high_anchor),
            children=room.ids.all(scale.about_children),
            danger_id=room.ids.maybe(scale.danger_statement_id),
            show=settings_of(room.file).scale_show,
        )
        yield Step(opened_at, room.chair, opened, place)
        yield from _answer_steps(room, scale, index, opened_at)
        if scale.revealed_at:
            revealed = RevealScale(id=room.ids.at(f"{scale.id}/revealed"), scale_id=scale_id)
            yield Step(room.clock.instant(scale.revealed_at), room.chair, revealed, f"{place}.revealed_at")


def _answer_steps(room: Room, scale: ScalePart, index: int, opened_at: datetime) -> Iterator[Step]:
    """Between the opening and the reveal; for one who is not here the chair types it."""
    until = room.clock.instant(scale.revealed_at) if scale.revealed_at else stretches(room, "scaling")[-1][1]
    over = spread([(opened_at, max(until, opened_at + SECOND))], len(scale.answers))
    for number, (answer, at) in enumerate(zip(scale.answers, over.times, strict=True)):
        typist, whose = room.typist(answer.person_id), room.ids.of(answer.person_id)
        path = f"{scale.id}/answers/{answer.person_id}/{answer.on_behalf_of_child or ''}"
        command = AnswerScale(
            id=room.ids.at(path),
            scale_id=room.ids.of(scale.id),
            score=answer.score,
            passed=answer.passed,
            why=answer.why,
            for_child=room.ids.maybe(answer.on_behalf_of_child),
            for_person=None if typist == whose else whose,
        )
        yield Step(at, typist, command, f"scale_questions[{index}].answers[{number}] ({scale.id})")
