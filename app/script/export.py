"""A log written back as a conference file, from its rows alone.

The file says what stands on the board, in the words of the format. Where that alone would not give the same board
again (somebody moved, edited or removed a point, gave the floor, changed a number …), it also carries `acts`: every
act as it was said. Then the import of it is the same board, for every audience.

It holds everything, restricted and held points and numbers not yet shown too: it is for the council's own system.

What was imported comes back as it was, both worked conferences byte for byte, except that
- `read_out_by` stands with every point that somebody else typed, also where the file left it to the chair;
- the ends of a scale begin with "10: " and "0: ", which a file may leave out;
- `started_at` is when the first phase after `prepare` began;
- views, decisions and phases are in the order in which they came about.
"""

import json
from collections.abc import Sequence

from app.board.board import EVENTS
from app.board.terms import Id
from app.store.log import EventLog, NewRow, SavedRow, UnknownConference

from . import past_board, past_decisions, past_people
from .acts import acts_of
from .file import digest_of, parts_of
from .kept import put_back
from .parts import ConferenceFile
from .past import Past, past_of
from .play import play
from .script import script_of


async def export_conference(log: EventLog, conference_id: Id) -> dict[str, object]:
    """As it goes to JSON. Raises `UnknownConference`."""
    rows = await log.read(conference_id)
    if not rows:
        raise UnknownConference
    return parts_of(file_of(conference_id, rows))


def file_of(conference_id: Id, rows: Sequence[SavedRow]) -> ConferenceFile:
    """With `acts` only where the rest of the file does not lead to the same rows by itself."""
    file = _board_as_file(past_of(conference_id, rows))
    if _same(play(script_of(file)).rows, rows):
        return file
    return file.model_copy(update={"acts": acts_of(rows, digest_of(file))})


def _same(played: Sequence[NewRow], rows: Sequence[SavedRow]) -> bool:
    return [_said(row) for row in played] == [_said(row) for row in rows]


def _said(row: NewRow | SavedRow) -> tuple[object, ...]:
    return row.id, row.person_id, row.at, EVENTS.validate_json(row.body)


def _board_as_file(past: Past) -> ConferenceFile:
    said = {
        "conference": past_people.conference(past),
        "children": past_people.children(past),
        "agencies": past_people.agencies(past),
        "people": past_people.people(past),
        "board_items": past_board.board_items(past),
        "restricted": {"items": past_board.restricted(past)},
        "danger_statements": past_board.danger_statements(past),
        "safety_goals": past_board.safety_goals(past),
        "next_steps": past_board.next_steps(past),
        "if_things_go_wrong": past_board.if_things_go_wrong(past),
        "threshold_explained": past_people.threshold(past),
        "scale_questions": past_decisions.scale_questions(past),
        "agency_views": past_decisions.agency_views(past),
        "written_views_from_absent_agencies": past_decisions.written_views(past),
        "family_views": past_decisions.family_views(past),
        "decisions": past_decisions.decisions(past),
    }
    whole = put_back(said, {key: value for key, value in past.kept.items() if key != "timeline"})
    whole["timeline"] = past_people.timeline(past)
    for key in ("board_items", "next_steps"):  # kept in the order of their file, but what was moved was moved
        whole[key] = past_board.in_board_order(past, whole[key])
    if beyond := past_people.settings_beyond(past, _file_from(whole)):
        whole["settings_used"] = whole.get("settings_used", {}) | beyond
    return _file_from(whole)


def _file_from(parts: dict[str, object]) -> ConferenceFile:
    return ConferenceFile.model_validate_json(json.dumps(parts))
