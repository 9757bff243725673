"""A text is kept every few seconds while it is written; people read the wordings that stood."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.records.parts import Wording
from app.records.times import times_of
from app.records.wordings import wordings_of

START = datetime(2026, 3, 12, 10, 47, tzinfo=UTC)
TIMES = times_of("Europe/London", "2026-03-12")


def test_a_meeting_held_on_another_day_than_called_for_says_so_once() -> None:
    moved = times_of("Europe/London", "2026-03-12", "2026-03-13T10:00:00+00:00")
    assert moved.beginning("2026-03-13T10:00:00+00:00").words == "10:00 on 13 March 2026"
    assert moved.clock("2026-03-13T10:47:00+00:00").words == "10:47"
    assert moved.clock("2026-03-12T10:47:00+00:00").words == "10:47 on 12 March 2026"


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def became(text: str, seconds: int, by: str = "Helen Marsh", why: str | None = None) -> dict[str, Any]:
    """This wording was replaced then."""
    return {"text": text, "at": at(seconds).isoformat(), "by": by, "why": why}


def folded(*earlier: dict[str, Any], turns: tuple[datetime, ...] = ()) -> tuple[Wording, ...]:
    return wordings_of(earlier, START, "Helen Marsh", turns, TIMES)


def test_what_stood_for_three_seconds_while_it_was_typed_is_no_wording() -> None:
    assert folded(became("He", 3), became("Helen is", 6), became("Helen is worried", 9)) == ()


def test_what_stood_when_the_writing_rested_is_the_first_wording() -> None:
    (first,) = folded(became("He", 3), became("Helen is worried.", 300, "Helen Marsh", "after Dana spoke"))
    assert (first.label, first.text, first.by, first.at.words) == (
        "First wording", "Helen is worried.", "Helen Marsh", "10:47",
    )  # fmt: skip
    assert (first.changed_at.words, first.because) == ("10:52", "after Dana spoke")


def test_each_wording_that_stood_is_there_in_its_order() -> None:
    one, two = folded(became("One.", 200), became("Tw", 203), became("Two.", 500))
    assert [one.label, two.label] == ["First wording", "Then"]
    assert [one.text, two.text] == ["One.", "Two."]
    assert two.at == one.changed_at


def test_a_wording_that_the_meeting_went_on_with_stood() -> None:
    assert [each.text for each in folded(became("One.", 20), turns=(at(10),))] == ["One."]


def test_a_wording_that_somebody_else_changed_or_for_a_reason_stood() -> None:
    assert [each.text for each in folded(became("One.", 20, by="Ruth Adeyemi"))] == ["One."]
    assert [each.text for each in folded(became("One.", 20, why="Dana spoke"))] == ["One."]


def test_one_reason_that_is_kept_again_with_every_pause_is_one_change() -> None:
    typed = [
        became("One.", 200, why="Dana spoke"),
        became("Tw", 203, why="Dana spoke"),
        became("Two", 206, why="Dana spoke"),
    ]
    assert [each.text for each in folded(*typed)] == ["One."]


@given(st.lists(st.integers(1, 400), max_size=12))
def test_folding_makes_up_no_words_and_keeps_their_order(gaps: list[int]) -> None:
    moments = [sum(gaps[: place + 1]) for place in range(len(gaps))]
    typed = [became(f"Wording {place}", moment) for place, moment in enumerate(moments)]
    stood = [each.text for each in folded(*typed)]
    assert stood == [each["text"] for each, gap in zip(typed, gaps, strict=True) if gap >= 120]
