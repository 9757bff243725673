"""Which wordings of a text a record shows. A text is kept every few seconds while it is written; what people read is
the wording that stood when the writing rested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.languages.speaking import _

from .parts import Wording
from .times import Times

RESTED = timedelta(minutes=2)


@dataclass(frozen=True)
class Written:
    """One wording: who wrote it and when, and what ended it."""

    text: str
    at: datetime
    by: str
    ended_at: datetime
    ended_by: str
    because: str
    written_because: str


def wordings_of(
    earlier: Sequence[Mapping[str, Any]], first_at: datetime, first_by: str, turns: Sequence[datetime], times: Times
) -> tuple[Wording, ...]:
    """Those that stood at the end of a sitting, oldest first; without the one that stands now."""
    stood = [each for each in _written(earlier, first_at, first_by) if _stood(each, turns)]
    folded: list[Wording] = []
    since, by = first_at, first_by
    for each in stood:
        folded.append(
            Wording(
                label=_("Then") if folded else _("First wording"),
                text=each.text,
                at=times.clock(since),
                by=by,
                changed_at=times.clock(each.ended_at),
                changed_by=each.ended_by,
                because=each.because,
            )
        )
        since, by = each.ended_at, each.ended_by
    return tuple(folded)


def _written(earlier: Sequence[Mapping[str, Any]], first_at: datetime, first_by: str) -> list[Written]:
    written: list[Written] = []
    at, by, why = first_at, first_by, ""
    for each in earlier:
        ended_at, because = datetime.fromisoformat(each["at"]), each["why"] or ""
        written.append(Written(each["text"], at, by, ended_at, each["by"], because, why))
        at, by, why = ended_at, each["by"], because
    return written


def _stood(wording: Written, turns: Sequence[datetime]) -> bool:
    """It was left alone for a while or into the next part of the meeting, or it was changed by somebody or for a reason
    of its own."""
    rested = wording.ended_at - wording.at >= RESTED
    went_on = any(wording.at < turn <= wording.ended_at for turn in turns)
    for_a_reason = bool(wording.because) and wording.because != wording.written_because
    return rested or went_on or for_a_reason or wording.by != wording.ended_by
