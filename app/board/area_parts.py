"""What an area's settings are made of."""

from typing import Annotated, Literal

from pydantic import Field

from .terms import AgencyKind, Code, Direction, Frozen, Label, Line, Phase, Question, Score, Show

Nation = Literal["england", "wales", "scotland", "northern_ireland"]
DecisionMode = Literal["chair_after_views", "practitioners_decide"]
CategoryMode = Literal["chair_decides", "agreed", "none"]
Scope = Literal["overall", "per_child", "per_danger_statement"]
Scorer = Literal["services", "family", "child"]  # a child through the adult who brings their words
Way = Literal["elicit", "amplify", "reflect", "start_over", "follow_up"]
Count = Annotated[int, Field(ge=0, le=1000)]


class Named(Frozen):
    """A code, the words for it everywhere, and the plain words for a family's tablet."""

    code: Code
    words: Label
    plain: Label


class Stage(Frozen):
    """One stop of the stage bar."""

    phases: tuple[Phase, ...] = Field(min_length=1)
    words: Label
    plain: Label


class ColumnWords(Frozen):
    question: Label
    plain: Label
    short: Label
    groups: tuple[Named, ...] = Field(min_length=1)


class Columns(Frozen):
    worry: ColumnWords
    strength: ColumnWords
    next_step: ColumnWords


class PossibleOutcome(Named):
    short: Label  # in a narrow table
    means: Line  # said to the room when every outcome is named
    has_category: bool
    ends_plan: bool


class MeetingType(Named):
    stages: tuple[Stage, ...] = Field(min_length=1)
    outcomes: tuple[PossibleOutcome, ...]
    family: bool = True
    decides: bool = True
    practice: bool = False
    reviews: bool = False  # looks again at a plan that is there
    hold_within_working_days: Count | None = None  # of what led to it; none where the area has no such rule
    hold_within_calendar_days: Count | None = None
    review_within_months: Count | None = None  # where it is not the area's
    columns: Columns | None = None  # null: the area's


class Categories(Frozen):
    mode: CategoryMode
    at_most: Annotated[int, Field(ge=1, le=10)] = 1
    names: tuple[Named, ...]


class Quorum(Frozen):
    """Each of these kinds of agency, and this many others that know a child."""

    must: tuple[AgencyKind, ...]
    others: Count
    in_words: Line
    ending_needs_it: bool


class ScaleRules(Frozen):
    question: Question
    direction: Direction
    low_end: Question
    high_end: Question
    show: Show
    scope: Scope
    who: tuple[Scorer, ...]
    safety_prompt_at: Score  # a number as unsafe as this: the chair alone is asked whether the child is safe tonight


class Deadlines(Frozen):
    """Counted from the day after what starts them."""

    core_group_working_days: Count
    first_review_months: Count
    later_review_months: Count
    letter_working_days: Count
    record_working_days: Count
    report_before_initial_hours: Count
    report_before_review_working_days: Count
    dissent_hours: Count


class Prompt(Frozen):
    """A question that the chair may ask: at a column, a group, a phase, the scale, or a card."""

    at: Code
    way: Way
    ask: Label
