"""The area whose rules and words a conference runs under. Frozen into the conference when it is prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator
from typing_extensions import TypedDict

from . import england
from .area_parts import (
    Categories,
    CategoryMode,
    Columns,
    ColumnWords,
    Deadlines,
    DecisionMode,
    MeetingType,
    Named,
    Nation,
    PossibleOutcome,
    Prompt,
    Quorum,
    ScaleRules,
    Scope,
    Way,
)
from .terms import COLUMNS, NOT_ABLE_TO_SAY, PHASES, Code, Column, Frozen, Label, Line, Phase, SubCategory

if TYPE_CHECKING:
    from .state import Board

# Groups that the plan stands in, whatever they are called.
PLAN_GROUPS: frozenset[SubCategory] = frozenset({"next_step", "if_things_go_wrong"})


class Area(Frozen):
    """What varies between areas. England's where nothing else is said."""

    code: Code = "england"
    name: Label = "England"
    nation: Nation = "england"
    meeting_word: Label = "conference"
    decision_mode: DecisionMode = "chair_after_views"
    columns: Columns = england.COLUMNS
    types: tuple[MeetingType, ...] = Field(default=england.TYPES, min_length=1)
    threshold: Line = england.THRESHOLD
    categories: Categories = england.CATEGORIES
    quorum: Quorum = england.QUORUM
    scale: ScaleRules = england.SCALE
    deadlines: Deadlines = england.DEADLINES
    prompts: tuple[Prompt, ...] = england.PROMPTS
    told_how_to: tuple[Line, ...] = england.TOLD_HOW_TO
    observers_at_most: Annotated[int, Field(ge=0, le=20)] = 1
    purge_after_record_days: Annotated[int, Field(ge=0, le=3650)] = 30  # since the last record was handed out

    # These rules hold for stored conferences too: none may be made stricter.
    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        require_each_once("types", (each.code for each in self.types))
        require_each_once("categories.names", (each.code for each in self.categories.names))
        require_categories(self.categories)
        for each in self.types:
            require_meeting(each, self.categories)
        for columns in (self.columns, *(each.columns for each in self.types if each.columns)):
            require_columns(columns)
        for prompt in self.prompts:
            if prompt.at not in {*COLUMNS, *PHASES, "scale", "card", *self._groups}:
                raise ValueError(f"prompts: nothing is called {prompt.at}")
        return self

    @property
    def _groups(self) -> Iterator[Code]:
        for columns in (self.columns, *(each.columns for each in self.types if each.columns)):
            yield from (group for _, group in groups_in(columns))

    def meeting(self, type: Code) -> MeetingType | None:
        return next((each for each in self.types if each.code == type), None)


_ONE_OF_EACH: list[Area] = []
MOST_KEPT = 16


def one_of_each(area: Area) -> Area:
    """The very object that an equal area was before: a server holds hundreds of conferences, and few areas."""
    for known in _ONE_OF_EACH:
        if known == area:
            return known
    _ONE_OF_EACH.append(area)
    del _ONE_OF_EACH[:-MOST_KEPT]
    return area


def require_each_once(place: str, codes: Iterable[Code]) -> None:
    seen: set[Code] = set()
    for code in codes:
        if code in seen:
            raise ValueError(f"{place}: {code} stands there twice")
        seen.add(code)


def require_categories(categories: Categories) -> None:
    if (categories.mode == "none") is bool(categories.names):
        raise ValueError("categories: there are names unless mode is none, and then there are no names")
    if categories.at_most > max(1, len(categories.names)):
        raise ValueError("categories.at_most: is more than there are names")


def require_meeting(meeting: MeetingType, categories: Categories) -> None:
    place = f"types.{meeting.code}"
    phases = [phase for stage in meeting.stages for phase in stage.phases]
    require_each_once(f"{place}.stages", phases)
    require_each_once(f"{place}.outcomes", (each.code for each in meeting.outcomes))
    if "prepare" in phases or "close" not in phases:
        raise ValueError(f"{place}.stages: close is a stage of every meeting, and prepare of none")
    if meeting.hold_within_working_days is not None and meeting.hold_within_calendar_days is not None:
        raise ValueError(f"{place}: it is held within working days or within calendar days, not both")
    if not meeting.decides and (meeting.outcomes or {"agency_views", "decision"} & set(phases)):
        raise ValueError(f"{place}: decides is false, so there are no outcomes, no agency_views and no decision")
    if meeting.decides and (len(meeting.outcomes) < 2 or "decision" not in phases):
        raise ValueError(f"{place}: decides is true, so there are a decision and two outcomes or more")
    for outcome in meeting.outcomes:
        if outcome.code == NOT_ABLE_TO_SAY:
            raise ValueError(f"{place}.outcomes: {NOT_ABLE_TO_SAY} is a view of every area, and no outcome")
        if outcome.has_category and categories.mode == "none":
            raise ValueError(f"{place}.outcomes.{outcome.code}: has_category is true, but there are no categories")


def require_columns(columns: Columns) -> None:
    groups = list(groups_in(columns))
    require_each_once("columns", (group for _, group in groups))
    if missing := PLAN_GROUPS - {group for column, group in groups if column == "next_step"}:
        raise ValueError(f"columns.next_step: {', '.join(sorted(missing))} is missing")


def groups_in(columns: Columns) -> Iterator[tuple[Column, SubCategory]]:
    """Every group, in the order of the board."""
    for column in COLUMNS:
        words: ColumnWords = getattr(columns, column)
        yield from ((column, group.code) for group in words.groups)


class NamedSeen(TypedDict):
    code: str
    words: str
    plain: str  # `{children}` in it stands for their names


class StageSeen(TypedDict):
    phases: list[Phase]
    words: str
    plain: str


class ColumnSeen(TypedDict):
    question: str
    plain: str
    short: str
    groups: list[NamedSeen]


class ColumnsSeen(TypedDict):
    worry: ColumnSeen
    strength: ColumnSeen
    next_step: ColumnSeen


class OutcomeSeen(TypedDict):
    code: str
    words: str
    plain: str
    short: str
    means: str
    has_category: bool


class CategoriesSeen(TypedDict):
    mode: CategoryMode
    at_most: int
    names: list[NamedSeen]


class AreaSeen(TypedDict):
    code: str
    name: str
    nation: Nation
    meeting_word: str
    decision_mode: DecisionMode
    type: NamedSeen
    practice: bool
    family: bool
    decides: bool
    reviews: bool
    stages: list[StageSeen]
    columns: ColumnsSeen
    threshold: str
    outcomes: list[OutcomeSeen]
    categories: CategoriesSeen
    scope: Scope
    told_how_to: list[str]


class PromptSeen(TypedDict):
    at: str
    way: Way
    ask: str


def see_area(board: Board) -> AreaSeen:
    """The part of the area's settings that this meeting shows."""
    conference = board.conference
    return _see_area(conference.settings.area, conference.meeting, conference.columns)


@lru_cache(maxsize=64)
def _see_area(area: Area, meeting: MeetingType, columns: Columns) -> AreaSeen:
    """One for all conferences of a kind."""
    return {
        "code": area.code,
        "name": area.name,
        "nation": area.nation,
        "meeting_word": area.meeting_word,
        "decision_mode": area.decision_mode,
        "type": _see_named(meeting),
        "practice": meeting.practice,
        "family": meeting.family,
        "decides": meeting.decides,
        "reviews": meeting.reviews,
        "stages": [
            {"phases": list(stage.phases), "words": stage.words, "plain": stage.plain} for stage in meeting.stages
        ],
        "columns": {
            "worry": _see_column(columns.worry),
            "strength": _see_column(columns.strength),
            "next_step": _see_column(columns.next_step),
        },
        "threshold": area.threshold,
        "outcomes": [_see_outcome(outcome) for outcome in meeting.outcomes],
        "categories": {
            "mode": area.categories.mode,
            "at_most": area.categories.at_most,
            "names": [_see_named(each) for each in area.categories.names],
        },
        "scope": area.scale.scope,
        "told_how_to": list(area.told_how_to),
    }


def _see_named(named: Named) -> NamedSeen:
    return {"code": named.code, "words": named.words, "plain": named.plain}


def _see_column(words: ColumnWords) -> ColumnSeen:
    return {
        "question": words.question,
        "plain": words.plain,
        "short": words.short,
        "groups": [_see_named(group) for group in words.groups],
    }


def _see_outcome(outcome: PossibleOutcome) -> OutcomeSeen:
    return {
        "code": outcome.code,
        "words": outcome.words,
        "plain": outcome.plain,
        "short": outcome.short,
        "means": outcome.means,
        "has_category": outcome.has_category,
    }


def see_prompts(board: Board) -> list[PromptSeen]:
    """What the chair may ask, in the area's words. For her eyes only."""
    return _see_prompts(board.conference.settings.area)


@lru_cache(maxsize=64)
def _see_prompts(area: Area) -> list[PromptSeen]:
    return [{"at": each.at, "way": each.way, "ask": each.ask} for each in area.prompts]
