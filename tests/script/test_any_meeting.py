"""Whatever happens in a meeting, its export brings it back."""

import json

import pytest
from hypothesis import HealthCheck, given, settings

from app.board.board import View
from app.script.export import file_of
from app.script.file import conference_file_from, written
from app.script.parts import ConferenceFile
from app.script.play import play
from app.script.script import script_of
from tests.board.histories import History, histories
from tests.script.worked import everything_seen, imported, saved

CONFERENCE = "3f0f6a52-2f5f-4c8a-9f53-0d7f2d1a9c11"
MANY = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def in_order(views: dict[str, View]) -> str:
    """Equality of maps does not say that they come in the same order."""
    return json.dumps(views)


def require_back(history: History) -> ConferenceFile:
    """Its export, once it has come back."""
    rows = saved(history.meeting.rows)
    file = file_of(CONFERENCE, rows)
    again = imported(file)
    assert again.refused == ()
    assert in_order(everything_seen(again.board)) == in_order(everything_seen(history.meeting.board))
    assert written(file_of(CONFERENCE, saved(again.rows))) == written(file)
    return file


def require_readable_without_acts(file: ConferenceFile) -> None:
    raw = json.loads(written(file.model_copy(update={"acts": None})))
    raw.pop("acts")
    play(script_of(conference_file_from(json.dumps(raw).encode())))


@MANY
@given(histories())
def test_any_meeting_comes_back_for_every_audience_and_over_itself_adds_nothing(history: History) -> None:
    file, rows = require_back(history), saved(history.meeting.rows)
    played = play(script_of(file), rows)
    assert (played.rows, played.refused, played.already) == ((), (), len(rows))
    require_readable_without_acts(file)


@pytest.mark.soak
@settings(MANY, max_examples=1000)
@given(histories(longest=150))
def test_a_long_meeting_comes_back_too(history: History) -> None:
    require_back(history)
