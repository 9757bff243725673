"""What was said, read back from what it led to: the log keeps events, a file carries the commands they came from."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from app.board.adding import ItemAdded
from app.board.board import ANY_COMMAND, COMMANDS
from app.board.closing import ClosingWritten
from app.board.conference import PrepareConference
from app.board.danger import DangerWritten, GoalWritten
from app.board.decision import DecisionRecorded
from app.board.houses import HouseAgreed, HouseFilled, HouseShown
from app.board.issued import IssueRecord
from app.board.letters import LetterWritten
from app.board.offers import ItemPlaced, ItemReleased, ItemReturned, PrivateReleased
from app.board.people import Arrive, AttendanceMarked
from app.board.preparing import ChildSaid, ConferenceChanged, ReportNoted
from app.board.private import happened_inside, inside
from app.board.responses import ResponseGiven
from app.board.rewording import EditItem, ItemReworded
from app.board.running import HelpAsked
from app.board.scale import ScaleAnswered
from app.board.seating import PersonSeated, SeatChanged
from app.board.state import EMPTY, Board
from app.board.terms import Command, Event, Help, Id
from app.board.translations import ItemTranslated
from app.board.views import FamilyViewGiven
from app.realtime.turn import events_of, folded
from app.store.commits import SavedRow

from .file import place_of, refuse
from .parts import Act, Acts
from .step import Step

# From what happened first to what was said. Fields that are named alike in both need no more than this.
COMMAND_OF: dict[str, str] = {
    "conference_prepared": "prepare_conference",
    "conference_closed": "close_conference",
    "correction_added": "add_correction",
    "attendance_marked": "mark_attendance",
    "person_arrived": "arrive",
    "person_admitted": "admit",
    "person_removed": "remove_person",
    "person_seated": "seat_person",
    "seat_changed": "change_seat",
    "agency_added": "add_agency",
    "conference_changed": "change_conference",
    "report_noted": "note_report",
    "report_dropped": "drop_report",
    "needs_noted": "note_needs",
    "cannot_share_noted": "note_cannot_share",
    "chair_handed_over": "hand_over",
    "deputy_named": "name_deputy",
    "chair_taken_over": "take_over",
    "family_went_out": "begin_without_family",
    "family_came_back": "end_without_family",
    "private_released": "release_private",
    "reading_let": "let_read",
    "phase_set": "set_phase",
    "floor_given": "give_floor",
    "lamp_moved": "spotlight",
    "screens_blanked": "blank",
    "break_taken": "take_break",
    "break_ended": "end_break",
    "threshold_explained": "explain_threshold",
    "item_added": "add_item",
    "item_reworded": "edit_item",
    "item_moved": "move_item",
    "item_removed": "remove_item",
    "item_restored": "restore_item",
    "item_placed": "place_item",
    "item_returned": "return_item",
    "item_released": "release_item",
    "restricted_added": "add_restricted",
    "response_given": "respond_to_item",
    "item_translated": "translate_item",
    "danger_written": "write_danger_statement",
    "goal_written": "write_safety_goal",
    "scale_opened": "open_scale",
    "scale_answered": "answer_scale",
    "scale_revealed": "reveal_scale",
    "scale_hidden": "hide_scale",
    "scale_closed": "close_scale",
    "scale_voided": "void_scale",
    "view_given": "give_view",
    "family_view_given": "give_family_view",
    "views_shown": "show_views",
    "decision_recorded": "record_decision",
    "dissent_recorded": "record_dissent",
    "went_on_without_quorum": "go_on_without_quorum",
    "progress_marked": "mark_progress",
    "closing_written": "write_closing",
    "letter_written": "write_letter",
    "house_filled": "fill_house",
    "house_agreed": "agree_to_house",
    "house_shown": "show_house",
    "record_issued": "issue_record",
    "undone": "undo",
}
CALL_OF: dict[Help, str] = {"speak": "raise_hand", "meaning": "ask_meaning", "break": "ask_for_break"}
FROM_WITHIN: dict[str, type[Command]] = {
    "prepare_conference": PrepareConference,
    "arrive": Arrive,
    "issue_record": IssueRecord,
}
ALL_COMMANDS: dict[str, type[Command]] = {**COMMANDS, **FROM_WITHIN}
Fields = dict[str, Any]


def said(board: Board, events: list[Event]) -> Command:
    """The command behind these events; `board` is what they happened to. The first of them says which it was."""
    event = events[0]
    if happened_inside(board, event):
        board = inside(board)
    name = CALL_OF[event.what] if isinstance(event, HelpAsked) else COMMAND_OF[_type(event)]
    command = ALL_COMMANDS[name]
    left_out = NOT_SAID_BY_AN_EDIT if isinstance(event, ItemReworded) else NOT_SAID
    alike = set(command.model_fields) & set(type(event).model_fields) - left_out
    fields = {name: getattr(event, name) for name in alike}
    if special := SPECIAL.get(type(event)):
        fields.update({name: value for name, value in special(board, event).items() if name in command.model_fields})
        fields["id"] = event.id
    named = {command.model_fields[name].alias or name: value for name, value in fields.items()}
    return command.model_validate(named)


def _attendance(board: Board, event: AttendanceMarked) -> Fields:
    return {"from_": event.since}


def _added(board: Board, event: ItemAdded) -> Fields:
    return _fields(event.words)


def _reworded(board: Board, event: ItemReworded) -> Fields:
    """Only what changed is named: who may change what depends on it."""
    item = board.items.by_id[event.item_id]
    was, now = _fields(item.words), _fields(event.words)
    changed = {name: value for name, value in now.items() if value != was[name]}
    for name in ("sub_category", "family_knows"):
        if getattr(event, name) != getattr(item, name):
            changed[name] = getattr(event, name)
    return {"base_version": item.version, **changed}


def _placed(board: Board, event: ItemPlaced) -> Fields:
    """Only what the offer left open was chosen."""
    item = board.items.by_id[event.item_id]
    return {
        "base_version": item.version,
        "sub_category": None if item.sub_category else event.sub_category,
        "kind": None if item.words.kind else event.kind,
        "about_children": None if item.words.about_children else event.about_children or None,
    }


def _waited(board: Board, event: ItemReturned | ItemReleased | ItemTranslated) -> Fields:
    return {"base_version": board.items.by_id[event.item_id].version}


def _private(board: Board, event: PrivateReleased) -> Fields:
    return {"base_version": board.private.items.by_id[event.item_id].version}


def _response(board: Board, event: ResponseGiven | ScaleAnswered | FamilyViewGiven) -> Fields:
    return {"for_person": None if event.person_id == event.by else event.person_id}


def _danger(board: Board, event: DangerWritten) -> Fields:
    return _amended("danger_id", event.danger_id, board.danger.statements.get(event.danger_id))


def _goal(board: Board, event: GoalWritten) -> Fields:
    return _amended("goal_id", event.goal_id, board.danger.goals.get(event.goal_id))


def _amended(name: str, statement_id: Id, was: Any) -> Fields:
    return {name: None if was is None else statement_id, "base_version": None if was is None else was.version}


def _decision(board: Board, event: DecisionRecorded) -> Fields:
    return {"override": {"reason": event.override}} if event.override else {}


def _closing(board: Board, event: ClosingWritten) -> Fields:
    return {"base_version": board.closing.written.id if board.closing.written else None}


def _letter(board: Board, event: LetterWritten) -> Fields:
    was = board.letters.by_child.get(event.child_id)
    return {"base_version": was.id if was else None}


def _filled(board: Board, event: HouseFilled) -> Fields:
    was = board.houses.by_id.get(event.house_id)
    return {"base_version": was.version if was else None}


def _house(board: Board, event: HouseAgreed | HouseShown) -> Fields:
    return {"base_version": board.houses.by_id[event.house_id].version}


def _seat(board: Board, event: PersonSeated | SeatChanged) -> Fields:
    seat = _fields(event.person)
    return {**seat, "person_id": event.person.id} if isinstance(event, SeatChanged) else seat


def _changed(board: Board, event: ConferenceChanged) -> Fields:
    return {
        "children": tuple({name: getattr(each, name) for name in ChildSaid.model_fields} for each in event.children)
    }


def _report(board: Board, event: ReportNoted) -> Fields:
    return {**_fields(event.report), "report_id": None if event.report.id == event.id else event.report.id}


# Whose act it was (a next step's `by` is a date), and what an edit says only if it changed.
NOT_SAID = {"type", "by"}
NOT_SAID_BY_AN_EDIT = {*NOT_SAID, "sub_category", "family_knows"}
SPECIAL: dict[type[Event], Callable[[Board, Any], Fields]] = {
    AttendanceMarked: _attendance,
    PersonSeated: _seat,
    SeatChanged: _seat,
    ConferenceChanged: _changed,
    ReportNoted: _report,
    ItemAdded: _added,
    ItemReworded: _reworded,
    ItemPlaced: _placed,
    ItemReturned: _waited,
    ItemReleased: _waited,
    ItemTranslated: _waited,
    PrivateReleased: _private,
    ResponseGiven: _response,
    ScaleAnswered: _response,
    FamilyViewGiven: _response,
    DangerWritten: _danger,
    GoalWritten: _goal,
    DecisionRecorded: _decision,
    ClosingWritten: _closing,
    LetterWritten: _letter,
    HouseFilled: _filled,
    HouseAgreed: _house,
    HouseShown: _house,
}


def _type(said: Event | Command) -> str:
    name: str = type(said).model_fields["type"].default
    return name


def _fields(part: Any) -> Fields:
    return {name: getattr(part, name) for name in type(part).model_fields}


def acts_of(rows: Iterable[SavedRow], digest: str) -> Acts:
    """A whole log as commands."""
    board, acts = EMPTY, []
    for row in rows:
        events = events_of(row)
        acts.append(Act(at=row.at.isoformat(), by=row.person_id, said=json_of(said(board, events))))
        board = folded(board, row)
    return Acts(of=digest, said=tuple(acts))


def json_of(command: Command) -> dict[str, JsonValue]:
    """Without what goes without saying; but in an edit a null says something, and what is not named does not."""
    only_named = isinstance(command, EditItem)
    fields = command.model_dump(mode="json", by_alias=True, exclude_unset=only_named, exclude_defaults=not only_named)
    return {"type": _type(command), **fields}


_FROM_WITHIN: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(command) for name, command in FROM_WITHIN.items()}


def act_steps(acts: Acts) -> list[Step]:
    """Raises `ImportRefused` for what is no command."""
    return [_step(act, f"acts.said[{index}]") for index, act in enumerate(acts.said)]


def _step(act: Act, place: str) -> Step:
    try:
        at = datetime.fromisoformat(act.at)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        refuse(f"{place}.at must be a moment such as 2025-06-24T09:30:00+00:00.")
    return Step(at, act.by, _command(act.said, place), place)


def _command(words: Mapping[str, JsonValue], place: str) -> Command:
    adapter = _FROM_WITHIN.get(str(words.get("type")), ANY_COMMAND)
    try:
        command: Command = adapter.validate_json(json.dumps(words))
    except ValidationError as invalid:
        location = [step for step in invalid.errors()[0]["loc"] if step != words.get("type")]
        refuse(f"{place_of([f'{place}.said', *location])} is not what a command can say.")
    return command
