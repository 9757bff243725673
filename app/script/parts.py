"""The format of a conference file: every key of it, what it may hold, and which of it no command can say.

Keys are in the order in which they are written. What is marked `Kept` goes with the conference unchanged, for the
chair alone, also where a command says it less finely; the rest is said again by somebody when the file is imported.
`standing`, `standing_why`, `sits_with`, `hidden_from`, `deputy`, `override`, `acts`, `starts_at` and the last six
settings are in no worked file: they carry what a live board has and those never had.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    StringConstraints,
    Tag,
)

from app.board.area import Area
from app.board.terms import (
    AgencyKind,
    Agrees,
    Attendance,
    Basis,
    Category,
    Code,
    Column,
    ConferenceType,
    Considered,
    Direction,
    Id,
    Line,
    Outcome,
    Phase,
    Question,
    Reply,
    Role,
    Score,
    Statement,
    StatementKind,
    SubCategory,
    ViewOfAgency,
    Why,
)
from app.board.translations import Language

from .clock import Clock, Day, DayAndClock, TimeZone

KEPT = "kept"


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("has a character that is not writing")
    return text


def _lines(text: str) -> str:
    _one_line(text.replace("\r\n", "").replace("\n", ""))
    return text


def _one_word(text: str) -> str:
    if " " in text or text.startswith("/"):
        raise ValueError("must be one word")
    return _one_line(text)


def without_number(anchor: str) -> str:
    """What an end of a scale says: the numbers 0 and 10 stand at the scale itself."""
    for number in ("10:", "0:"):
        if anchor.startswith(number):
            return anchor.removeprefix(number).lstrip(" ")
    return anchor


def _anchor(text: str) -> str:
    if not without_number(text).strip():
        raise ValueError("is empty")
    if len(without_number(text)) > 200:
        raise ValueError("is longer than 200 characters")
    return text


FileId = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_one_word)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_one_line)]
Note = Annotated[str, StringConstraints(max_length=10_000), AfterValidator(_lines)]
Anchor = Annotated[str, AfterValidator(_anchor), AfterValidator(_lines)]
Number = Annotated[int, Field(ge=0, le=100_000)]
Limit = Annotated[int, Field(ge=0, le=1000)]


def _how_named(area: object) -> str:
    return BY_CODE if isinstance(area, str) else WHOLE


# One of those that come with the program by its code, or the whole of one. Tags are no part of a place in a file.
BY_CODE, WHOLE = "[by code]", "[whole]"
NamedArea = Annotated[
    Annotated[Area, Tag(WHOLE)] | Annotated[Code, Tag(BY_CODE)],
    Discriminator(_how_named),
]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Trigger(Part):
    what: Code
    on: Day
    hold_conference_by: Day | None = None
    working_days_used: Number | None = None


class ConferencePart(Part):
    id: FileId
    type: ConferenceType
    review_number: Annotated[Number | None, KEPT] = None
    title: Name
    area: Annotated[Name | None, KEPT] = None
    held_on: Day
    starts_at: Clock | None = None
    started_at: Clock | None
    ended_at: Clock | None
    place: Annotated[Note | None, KEPT] = None
    trigger: Annotated[Trigger | None, KEPT] = None
    why_we_are_meeting: Annotated[Note | None, KEPT] = None
    previous_conference_id: Annotated[FileId | None, KEPT] = None


class SettingsUsed(Part):
    scale_direction: Direction | None = None
    scale_reveal: Literal["on_chair_reveal", "everyone", "nobody"] | None = None
    scale_scope: Name | None = None
    category_mode: Name | None = None
    categories_per_child: Number | None = None
    report_share_before_initial_hours: Limit | None = None
    report_share_before_review_working_days: Limit | None = None
    core_group_working_days: Limit | None = None
    first_review_months: Limit | None = None
    later_review_months: Limit | None = None
    decision_letter_working_days: Limit | None = None
    record_working_days: Limit | None = None
    working_day_calendar: Name | None = None
    time_zone: TimeZone | None = None
    entry: Literal["offered", "direct"] | None = None
    observers_agreed: bool | None = None
    dissent_hours: Limit | None = None
    area: NamedArea | None = None
    bank_holidays: tuple[Day, ...] | None = None


class ChildPart(Part):
    id: FileId
    known_as: Name
    surname: Annotated[Name | None, KEPT] = None
    age: Number | None
    attending: Annotated[bool | None, KEPT] = None
    attending_part: Annotated[Note | None, KEPT] = None
    how_their_voice_is_heard: Annotated[Note | None, KEPT] = None
    lives_with: Annotated[Note | None, KEPT] = None
    plan_now: Annotated[Outcome | None, KEPT] = None
    category_now: Annotated[Category | None, KEPT] = None
    plan_since: Annotated[Day | None, KEPT] = None


class AgencyPart(Part):
    id: FileId
    name: Name
    kind: AgencyKind


class Gap(Part):
    from_: Clock = Field(alias="from")
    to: Clock


class PersonPart(Part):
    id: FileId
    name: Name
    role: Role
    agency_id: FileId | None
    job_or_relationship: Note
    attendance: Attendance
    joined_at: Clock | None = None
    left_at: Clock | None = None
    works_with: tuple[FileId, ...] | None = None
    sits_with: FileId | None = None
    hidden_from: tuple[FileId, ...] | None = None
    deputy: Literal[True] | None = None
    makes_legal_decisions_for: Annotated[tuple[FileId, ...] | None, KEPT] = None
    connection_gaps: Annotated[tuple[Gap, ...] | None, KEPT] = None
    note: Annotated[Note | None, KEPT] = None


class ChairMetFamily(Part):
    at: DayAndClock
    who: tuple[FileId, ...]
    note: Note | None = None


class Report(Part):
    id: FileId
    from_: FileId = Field(alias="from")
    what: Note
    shared_with_family_at: DayAndClock | None
    gone_through_with: tuple[FileId, ...] | None = None
    in_time: bool | None
    what_was_done: Note | None = None
    agreed_to_share_with_others: tuple[FileId, ...] | None = None


class Preparation(Part):
    chair_met_family: ChairMetFamily | None = None
    agreed_who_can_hear: Note | None = None
    shared_ground_rules: tuple[Note, ...] | None = None
    reports: tuple[Report, ...] = ()


class Quorum(Part):
    rule: Note
    agencies_counted: tuple[FileId, ...]
    met: bool
    each_child_known_by: dict[FileId, tuple[FileId, ...]]


class TimelineEntry(Part):
    at: Clock
    phase: Literal[Phase, "paused"]
    note: Annotated[Note | None, KEPT] = None


class SourcePart(Part):
    person_id: FileId
    basis: Basis
    report_id: FileId | None


class ResponsePart(Part):
    person_id: FileId
    agrees: Agrees
    text: Reply


class TranslationPart(Part):
    language: Language
    text: Reply
    by: FileId  # the interpreter


class HeldPart(Part):
    held_at: Clock
    family_told_at: Clock | None
    told_by: FileId | None
    released_by: FileId | None
    released_at: Clock | None


class BoardItem(Part):
    id: FileId
    column: Column
    sub_category: SubCategory | None
    kind: StatementKind | None
    text: Line
    about_children: tuple[FileId, ...]
    source: SourcePart
    happened_on: Day | None
    family_knew_before_meeting: bool | None
    visibility: Literal["everyone"]
    responses: tuple[ResponsePart, ...]
    translations: tuple[TranslationPart, ...] = ()
    read_out_by: FileId | None = None
    agreed_to_share: Annotated[tuple[FileId, ...] | None, KEPT] = None
    child_speaking: FileId | None = None
    child_agreed_to_share: bool | None = None
    said_in_person: Annotated[bool | None, KEPT] = None
    held: HeldPart | None = None
    standing: Literal["offered", "returned", "removed"] | None = None
    standing_why: Reply | None = None


class RestrictedItem(Part):
    id: FileId
    reason: Why
    text: Statement
    source: SourcePart
    child_speaking: Annotated[FileId | None, KEPT] = None
    visible_to: tuple[FileId, ...]


class RestrictedPart(Part):
    note: Annotated[Note | None, KEPT] = None
    part_of_meeting_without_family: Annotated[Note | None, KEPT] = None
    items: tuple[RestrictedItem, ...]


class DangerPart(Part):
    id: FileId
    children: tuple[FileId, ...]
    brought_by: FileId
    safety_goal_id: FileId | None
    from_conference: Annotated[FileId | None, KEPT] = None
    first_wording: Statement
    agreed_wording: Statement
    changed_because: Reply | None
    changed_at: Clock | None


class GoalPart(Part):
    id: FileId
    danger_statement_id: FileId
    text: Statement
    for_how_long: Reply | None
    agreed_by_conference: Annotated[bool | None, KEPT] = None
    progress: Annotated[Name | None, KEPT] = None
    progress_note: Annotated[Reply | None, KEPT] = None


class EarlierNextStep(Part):
    from_conference: FileId
    id: FileId
    progress: Name
    note: Reply | None = None


class NextStepPart(Part):
    id: FileId
    column: Literal["next_step"]
    what: Line
    who: tuple[FileId, ...]
    asked_of_someone_absent: Annotated[FileId | None, KEPT] = None
    by: Day | None
    repeats: Reply | None = None
    goal_id: FileId | None
    how_we_will_know: Reply | None


class ThresholdPart(Part):
    at: Clock
    by: FileId
    outcomes_named: tuple[Outcome, ...]


class AnswerPart(Part):
    person_id: FileId
    on_behalf_of_child: FileId | None = None
    score: Score | None
    passed: bool
    why: Reply
    given_earlier: Annotated[Note | None, KEPT] = None
    earlier: Annotated[dict[FileId, Score | None] | None, KEPT] = None


class ScalePart(Part):
    id: FileId
    about_children: tuple[FileId, ...]
    danger_statement_id: FileId | None
    direction: Direction
    text: Question
    high_anchor: Anchor
    low_anchor: Anchor
    opened_at: Clock
    revealed_at: Clock | None
    comparable_with: Annotated[tuple[Name, ...] | None, KEPT] = None
    answers: tuple[AnswerPart, ...]


class AgencyViewPart(Part):
    agency_id: FileId
    given_by: FileId
    child_id: FileId
    view: ViewOfAgency
    why: Why


class WrittenViewPart(Part):
    agency_id: FileId
    from_report: FileId | None
    child_id: FileId
    view: ViewOfAgency
    why: Why


class FamilyViewPart(Part):
    person_id: FileId
    children: tuple[FileId, ...]
    view: Why


class DissentPart(Part):
    person_id: FileId
    agency_id: Annotated[FileId | None, KEPT] = None
    formal: Annotated[Literal[True], KEPT] = True
    text: Why
    recorded_at: Clock
    shown_to_family: Annotated[bool | None, KEPT] = None


class DecisionPart(Part):
    child_id: FileId
    decided_by: FileId
    decided_at: Clock
    outcome: Outcome
    category: Category | None
    category_in_plain_words: Reply | None
    reasons: Statement
    views_considered: Considered | None
    override: Why | None = None
    dissent: tuple[DissentPart, ...]


class Difference(Part):
    person_id: FileId
    note: Note


class Recipient(Part):
    person_id: FileId
    version: Name
    how: Reply


class After(Part):
    lead_social_worker: FileId | None = None
    core_group: tuple[FileId, ...] | None = None
    core_group_by: Annotated[Day | None, KEPT] = None
    core_group_on: Day | None = None
    review_by: Annotated[Day | None, KEPT] = None
    review_on: Day | None = None
    letter_by: Annotated[Day | None, KEPT] = None
    record_by: Annotated[Day | None, KEPT] = None
    who_gets_the_record: tuple[Recipient, ...] | None = None
    family_told_how_to: tuple[Line, ...] | None = None


class Act(Part):
    at: Annotated[str, StringConstraints(min_length=20, max_length=40)]
    by: Id
    said: dict[str, JsonValue]


class Acts(Part):
    """Every act of a conference, for what happened that the rest of the file cannot say.

    `of` is the digest of that rest: where it was changed afterwards, the two no longer tell the same story.
    """

    of: str
    said: tuple[Act, ...]


class ConferenceFile(Part):
    notice: Annotated[Note | None, KEPT] = None
    format_note: Annotated[Note | None, KEPT] = None
    conference: ConferencePart
    settings_used: Annotated[SettingsUsed, KEPT] = SettingsUsed()
    children: tuple[ChildPart, ...] = Field(min_length=1)
    agencies: tuple[AgencyPart, ...]
    people: tuple[PersonPart, ...] = Field(min_length=1)
    preparation: Annotated[Preparation, KEPT] = Preparation()
    quorum: Annotated[Quorum | None, KEPT] = None
    timeline: tuple[TimelineEntry, ...]
    board_items: tuple[BoardItem, ...]
    restricted: RestrictedPart
    danger_statements: tuple[DangerPart, ...]
    safety_goals: tuple[GoalPart, ...]
    earlier_next_steps: Annotated[tuple[EarlierNextStep, ...] | None, KEPT] = None
    next_steps: tuple[NextStepPart, ...]
    if_things_go_wrong: Line | None
    threshold_explained: ThresholdPart | None
    scale_questions: tuple[ScalePart, ...]
    agency_views: tuple[AgencyViewPart, ...]
    written_views_from_absent_agencies: tuple[WrittenViewPart, ...]
    family_views: tuple[FamilyViewPart, ...]
    decisions: tuple[DecisionPart, ...]
    differences_not_recorded_as_dissent: Annotated[tuple[Difference, ...] | None, KEPT] = None
    after: After | None = None
    acts: Acts | None = None


def named_parts(file: ConferenceFile) -> Iterator[tuple[str, FileId]]:
    """Everything that has an id in this file, with the place where it stands."""
    lists = {
        "children": file.children,
        "agencies": file.agencies,
        "people": file.people,
        "preparation.reports": file.preparation.reports,
        "board_items": file.board_items,
        "restricted.items": file.restricted.items,
        "danger_statements": file.danger_statements,
        "safety_goals": file.safety_goals,
        "next_steps": file.next_steps,
        "scale_questions": file.scale_questions,
    }
    for name, parts in lists.items():
        for index, part in enumerate(parts):
            yield f"{name}[{index}].id", part.id  # type: ignore[attr-defined]
