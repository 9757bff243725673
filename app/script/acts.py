"""What was said, read back from what it led to: the log keeps events, a file carries the commands they came from."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from pydantic import JsonValue, TypeAdapter, ValidationError

from app.board.board import ANY_COMMAND, replayed
from app.board.conference import (
    AddCorrection,
    CloseConference,
    ConferenceClosed,
    ConferencePrepared,
    CorrectionAdded,
    PrepareConference,
)
from app.board.danger import DangerWritten, GoalWritten, WriteDangerStatement, WriteSafetyGoal
from app.board.decision import DecisionRecorded, DissentRecorded, RecordDecision, RecordDissent
from app.board.items import (
    AddItem,
    EditItem,
    ItemAdded,
    ItemMoved,
    ItemRemoved,
    ItemRestored,
    ItemReworded,
    MoveItem,
    RemoveItem,
    RestoreItem,
)
from app.board.offers import ItemPlaced, ItemReleased, ItemReturned, PlaceItem, ReleaseItem, ReturnItem
from app.board.people import (
    Admit,
    AttendanceMarked,
    ChairHandedOver,
    HandOver,
    MarkAttendance,
    PersonAdmitted,
    PersonRemoved,
    RemovePerson,
)
from app.board.responses import RespondToItem, ResponseGiven
from app.board.restricted import AddRestricted, RestrictedAdded
from app.board.running import (
    AskForBreak,
    AskMeaning,
    Blank,
    BreakEnded,
    BreakTaken,
    EndBreak,
    ExplainThreshold,
    FloorGiven,
    GiveFloor,
    HelpAsked,
    LampMoved,
    PhaseSet,
    RaiseHand,
    ScreensBlanked,
    SetPhase,
    Spotlight,
    TakeBreak,
    ThresholdExplained,
)
from app.board.scale import (
    AnswerScale,
    CloseScale,
    HideScale,
    OpenScale,
    RevealScale,
    ScaleAnswered,
    ScaleClosed,
    ScaleHidden,
    ScaleOpened,
    ScaleRevealed,
)
from app.board.state import EMPTY, Board
from app.board.terms import Command, Event, Help, Id
from app.board.undo import Undo, Undone
from app.board.views import FamilyViewGiven, GiveFamilyView, GiveView, ShowViews, ViewGiven, ViewsShown
from app.realtime.turn import events_of
from app.store.log import SavedRow

from .parts import Act, Acts
from .file import place_of, refuse
from .step import Step

# What is named alike in the event and the command needs no more than the pair.
COMMAND_OF: dict[type[Event], type[Command]] = {
    ConferencePrepared: PrepareConference,
    ConferenceClosed: CloseConference,
    CorrectionAdded: AddCorrection,
    AttendanceMarked: MarkAttendance,
    PersonAdmitted: Admit,
    PersonRemoved: RemovePerson,
    ChairHandedOver: HandOver,
    PhaseSet: SetPhase,
    FloorGiven: GiveFloor,
    LampMoved: Spotlight,
    ScreensBlanked: Blank,
    BreakTaken: TakeBreak,
    BreakEnded: EndBreak,
    ThresholdExplained: ExplainThreshold,
    ItemAdded: AddItem,
    ItemReworded: EditItem,
    ItemMoved: MoveItem,
    ItemRemoved: RemoveItem,
    ItemRestored: RestoreItem,
    ItemPlaced: PlaceItem,
    ItemReturned: ReturnItem,
    ItemReleased: ReleaseItem,
    RestrictedAdded: AddRestricted,
    ResponseGiven: RespondToItem,
    DangerWritten: WriteDangerStatement,
    GoalWritten: WriteSafetyGoal,
    ScaleOpened: OpenScale,
    ScaleAnswered: AnswerScale,
    ScaleRevealed: RevealScale,
    ScaleHidden: HideScale,
    ScaleClosed: CloseScale,
    ViewGiven: GiveView,
    FamilyViewGiven: GiveFamilyView,
    ViewsShown: ShowViews,
    DecisionRecorded: RecordDecision,
    DissentRecorded: RecordDissent,
    Undone: Undo,
}
CALL_OF: dict[Help, type[Command]] = {"speak": RaiseHand, "meaning": AskMeaning, "break": AskForBreak}
Fields = dict[str, Any]


def said(board: Board, events: list[Event]) -> Command:
    """The command behind these events; `board` is what they happened to. The first of them says which it was."""
    event = events[0]
    command = CALL_OF[event.what] if isinstance(event, HelpAsked) else COMMAND_OF[type(event)]
    fields = {
        name: getattr(event, name)
        for name in command.model_fields
        if name != "type" and name in type(event).model_fields
    }
    if special := SPECIAL.get(type(event)):
        fields.update(special(board, event))
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


def _waited(board: Board, event: ItemReturned | ItemReleased) -> Fields:
    return {"base_version": board.items.by_id[event.item_id].version}


def _response(board: Board, event: ResponseGiven | ScaleAnswered | FamilyViewGiven) -> Fields:
    return {"for_person": None if event.person_id == event.by else event.person_id}


def _danger(board: Board, event: DangerWritten) -> Fields:
    return _amended("danger_id", event.danger_id, event, board.danger.statements.get(event.danger_id))


def _goal(board: Board, event: GoalWritten) -> Fields:
    return _amended("goal_id", event.goal_id, event, board.danger.goals.get(event.goal_id))


def _amended(name: str, statement_id: Id, event: Event, was: Any) -> Fields:
    return {name: None if was is None else statement_id, "base_version": None if was is None else was.version}


def _decision(board: Board, event: DecisionRecorded) -> Fields:
    return {"override": {"reason": event.override}} if event.override else {}


SPECIAL: dict[type[Event], Callable[[Board, Any], Fields]] = {
    AttendanceMarked: _attendance,
    ItemAdded: _added,
    ItemReworded: _reworded,
    ItemPlaced: _placed,
    ItemReturned: _waited,
    ItemReleased: _waited,
    ResponseGiven: _response,
    ScaleAnswered: _response,
    FamilyViewGiven: _response,
    DangerWritten: _danger,
    GoalWritten: _goal,
    DecisionRecorded: _decision,
}


def _fields(part: Any) -> Fields:
    return {name: getattr(part, name) for name in type(part).model_fields}


def acts_of(rows: Iterable[SavedRow], digest: str) -> Acts:
    """A whole log as commands."""
    board, acts = EMPTY, []
    for row in rows:
        events = events_of(row)
        acts.append(Act(at=row.at.isoformat(), by=row.person_id, said=json_of(said(board, events))))
        board = replayed(board, events)
    return Acts(of=digest, said=tuple(acts))


def json_of(command: Command) -> dict[str, JsonValue]:
    """Without what goes without saying; but in an edit a null says something, and what is not named does not."""
    only_named = isinstance(command, EditItem)
    fields = command.model_dump(mode="json", by_alias=True, exclude_unset=only_named, exclude_defaults=not only_named)
    return {"type": command.model_fields["type"].default, **fields}


_PREPARE = TypeAdapter(PrepareConference)


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
    adapter: TypeAdapter[Any] = _PREPARE if words.get("type") == "prepare_conference" else ANY_COMMAND
    try:
        command: Command = adapter.validate_json(json.dumps(words))
    except ValidationError as invalid:
        location = [step for step in invalid.errors()[0]["loc"] if step != words.get("type")]
        refuse(f"{place_of([f'{place}.said', *location])} is not what a command can say.")
    return command
