"""The scale: each question as it was asked, with both ends, and who gave which number. Nothing is computed."""

from collections.abc import Iterable
from itertools import groupby

from app.languages.speaking import _, word

from .mapped import Seen
from .parts import EarlierAnswers, ScaleAnswer, ScaleRound
from .reading import Reading

_DIRECTION = {
    "higher_is_safer": word("A higher number is safer."),
    "lower_is_safer": word("A lower number is safer."),
}


def scales_of(reading: Reading) -> tuple[ScaleRound, ...]:
    """Rounds that were shown, and those that were called off. A round that nobody was shown is in no record."""
    return tuple(
        _round(reading, id, seen) for id, seen in reading.all("scale") if seen["revealed"] or seen.get("voided")
    )


def _round(reading: Reading, id: str, seen: Seen) -> ScaleRound:
    voided = bool(seen.get("voided"))
    return ScaleRound(
        id=id,
        number=seen["round"],
        question=_(seen["question"]),
        low_end=_(seen["low_end"]),
        high_end=_(seen["high_end"]),
        direction=_(_DIRECTION[seen["direction"]]),
        about=reading.names.about(seen["children"]),
        asked_at=reading.times.clock(seen["opened_at"]),
        voided=voided,
        voided_why=seen.get("voided_why") or "",
        answers=() if voided else _in_order(_answer(reading, answer) for __, answer in reading.all(f"answer/{id}")),
        earlier=() if voided else _earlier(reading, id),
    )


def _in_order(answers: Iterable[ScaleAnswer]) -> tuple[ScaleAnswer, ...]:
    """By number, as they stand on the ruler with the family nearest the line; whoever passed comes last."""
    return tuple(sorted(answers, key=lambda each: (each.score is None, each.score or 0, each.is_family)))


def _answer(reading: Reading, seen: Seen) -> ScaleAnswer:
    names, child = reading.names, seen.get("for_child")
    return ScaleAnswer(
        name=_given_by(reading, seen, child),
        mark=names.first(child or seen["person_id"]) or seen.get("name", ""),
        is_family=child is not None or names.is_family(seen["person_id"]),
        score=None if seen.get("passed") else seen["score"],
        why=seen.get("why", ""),
    )


def _given_by(reading: Reading, seen: Seen, child: str | None) -> str:
    """Somebody of an earlier meeting may not belong to this one: then as they were called there."""
    names, person = reading.names, seen["person_id"]
    if person in names.people:
        return names.sharing(person, child)
    was_called = str(seen.get("name", ""))
    return _("{child}, shared by {name}", child=names.first(child), name=was_called) if child else was_called


def _earlier(reading: Reading, id: str) -> tuple[EarlierAnswers, ...]:
    """Earlier meetings' numbers for the very same question, oldest meeting first."""
    seen = sorted(reading.of(f"earlier_answers/{id}") or (), key=lambda each: str(each["held_on"]))
    return tuple(
        EarlierAnswers(reading.times.long_day(held_on), _in_order(_answer(reading, each) for each in answers))
        for held_on, answers in groupby(seen, key=lambda each: str(each["held_on"]))
    )
