"""A log written back as a conference file, from its rows alone.

The file says what stands on the board, in the words of the format. Where that alone would not give the same board
again (somebody moved, edited or removed a point, gave the floor, changed a number …), it also carries `acts`: every
act as it was said. Then the import of it is the same board, for every audience.

It holds everything, restricted and held points and numbers not yet shown too: it is for the council's own system.

What was imported comes back as it was, both worked conferences byte for byte, except that
- `read_out_by` stands with every point that somebody else typed, also where the file left it to the chair;
- the ends of a scale begin with "10: " and "0: ", which a file may leave out;
- `started_at` is when the first phase after `prepare` began;
- views, decisions and phases are in the order in which they came about;
- `professional_part_about_c1_and_shared_items` is written without its second half, which only the family's copy has.

What a conference took over from the one before it is in that one's own file: where that one is in the log too, it is
not written here again. Importing both, the earlier first, brings both back.
"""

import json
from collections.abc import Sequence

from app.board.board import EVENTS
from app.board.earlier import Earlier
from app.board.terms import Id
from app.store.commits import NewRow, SavedRow, UnknownConference
from app.store.log import EventLog

from . import past_board, past_decisions, past_people, past_plan
from .acts import acts_of
from .earlier import earlier_by_file
from .file import digest_of, parts_of
from .importer import earlier_in
from .kept import put_back
from .parts import ConferenceFile
from .past import Past, past_of
from .play import Played, play
from .script import script_after


async def export_conference(log: EventLog, conference_id: Id) -> dict[str, object]:
    """As it goes to JSON. Raises `UnknownConference`."""
    rows = await log.read(conference_id)
    if not rows:
        raise UnknownConference
    file = _board_as_file(past_of(conference_id, rows))
    return parts_of(_with_acts(file, rows, (earlier_by_file(file), await earlier_in(log, file))))


def file_of(conference_id: Id, rows: Sequence[SavedRow]) -> ConferenceFile:
    """With `acts` only where the rest of the file does not lead to the same rows by itself."""
    file = _board_as_file(past_of(conference_id, rows))
    return _with_acts(file, rows, (earlier_by_file(file),))


def _with_acts(file: ConferenceFile, rows: Sequence[SavedRow], known: Sequence[Earlier | None]) -> ConferenceFile:
    """`known` is what an import of the file may know of the conference before it."""
    if any(_leads_to(rows, play(script_after(earlier, file))) for earlier in known):
        return file
    return file.model_copy(update={"acts": acts_of(rows, digest_of(file))})


def _leads_to(rows: Sequence[SavedRow], played: Played) -> bool:
    return not played.refused and [_said(row) for row in played.rows] == [_said(row) for row in rows]


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
    if steps := past_plan.earlier_next_steps(past):
        said["earlier_next_steps"] = steps
    if after := past_plan.after(past):
        said["after"] = after
    kept = past.kept or past_people.prepared(past)
    whole = put_back(said, {key: value for key, value in kept.items() if key != "timeline"})
    whole["timeline"] = past_people.timeline(past)
    for key in ("board_items", "next_steps"):  # kept in the order of their file, but what was moved was moved
        whole[key] = past_board.in_board_order(past, whole[key])
    if beyond := past_people.settings_beyond(past, _file_from(whole)):
        whole["settings_used"] = whole.get("settings_used", {}) | beyond
    return _file_from(whole)


def _file_from(parts: dict[str, object]) -> ConferenceFile:
    return ConferenceFile.model_validate_json(json.dumps(parts))
