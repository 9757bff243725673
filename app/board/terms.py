"""The field's words as they are stored and sent, and what a text or an id may be.

Codes follow Working Together to Safeguard Children (England, 2023), chapter 3, where it names them (categories,
outcomes); the rest are the board's own.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

ConferenceType = Literal["initial", "review", "pre_birth", "transfer_in"]
Phase = Literal[
    "prepare",
    "welcome",
    "mapping",
    "danger_statements",
    "safety_goals",
    "next_steps",
    "scaling",
    "agency_views",
    "decision",
    "close",
]
Column = Literal["worry", "strength", "next_step"]
SubCategory = Literal[
    "past_harm",
    "future_danger",
    "complicating_factor",
    "existing_strength",
    "existing_safety",
    "next_step",
    "if_things_go_wrong",
]
StatementKind = Literal["fact", "observation", "allegation", "opinion"]
Basis = Literal["report", "letter", "said_in_meeting", "childs_own_words"]
Agrees = Literal["yes", "partly", "no"]
Direction = Literal["higher_is_safer", "lower_is_safer"]
Show = Literal["chair", "everyone", "nobody"]
Outcome = Literal[
    "child_protection_plan",
    "child_in_need_plan",
    "no_plan",
    "plan_continues",
    "plan_ends_child_in_need_plan",
    "plan_ends_no_plan",
]
ViewOfAgency = Literal[
    "child_protection_plan",
    "child_in_need_plan",
    "no_plan",
    "plan_continues",
    "plan_ends_child_in_need_plan",
    "plan_ends_no_plan",
    "not_able_to_say",
]
Category = Literal["neglect", "physical_abuse", "sexual_abuse", "emotional_abuse"]
AgencyKind = Literal[
    "chairing", "social_care", "police", "education", "health", "voluntary", "housing", "advocacy", "family"
]
Attendance = Literal["in_room", "online", "absent", "absent_sent_words", "absent_sent_report"]
Role = Literal[
    "chair",
    "scribe",
    "social_worker",
    "professional",
    "parent",
    "child",
    "family_network",
    "advocate",
    "supporter",
    "interpreter",
    "observer",
    "room_screen",
]
Screens = Literal["none", "room", "all"]
Help = Literal["speak", "meaning", "break"]

PHASES: tuple[Phase, ...] = get_args(Phase)
CATEGORIES: tuple[Category, ...] = get_args(Category)

SUB_CATEGORIES: dict[Column, tuple[SubCategory, ...]] = {
    "worry": ("past_harm", "future_danger", "complicating_factor"),
    "strength": ("existing_strength", "existing_safety"),
    "next_step": ("next_step", "if_things_go_wrong"),
}

_FIRST: tuple[Outcome, ...] = ("child_protection_plan", "child_in_need_plan", "no_plan")
OUTCOMES: dict[ConferenceType, tuple[Outcome, ...]] = {
    "initial": _FIRST,
    "pre_birth": _FIRST,
    "transfer_in": _FIRST,
    "review": ("plan_continues", "plan_ends_child_in_need_plan", "plan_ends_no_plan"),
}
# A child on a plan has a category; a child who is not has none (Working Together 2023, ch. 3).
OUTCOMES_WITH_CATEGORY: frozenset[Outcome] = frozenset({"child_protection_plan", "plan_continues"})

FAMILY: frozenset[Role] = frozenset({"parent", "child", "family_network"})
SERVICES: frozenset[Role] = frozenset({"social_worker", "professional"})
HERE: frozenset[Attendance] = frozenset({"in_room", "online"})

# Everything but line breaks that a keyboard cannot mean, and half characters (lone surrogates).
_NOT_WRITING = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def _writing(text: str) -> str:
    if _NOT_WRITING.search(text):
        raise ValueError("has a character that is not writing")
    return text


def _said_something(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_writing)]
# Lengths are code points, and the words are kept exactly as sent.
Line = Annotated[
    str, StringConstraints(min_length=1, max_length=280), AfterValidator(_writing), AfterValidator(_said_something)
]
Question = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_writing), AfterValidator(_said_something)
]
Statement = Annotated[
    str, StringConstraints(min_length=1, max_length=1500), AfterValidator(_writing), AfterValidator(_said_something)
]
Reply = Annotated[str, StringConstraints(max_length=500), AfterValidator(_writing)]
Why = Annotated[
    str, StringConstraints(min_length=1, max_length=500), AfterValidator(_writing), AfterValidator(_said_something)
]
Considered = Annotated[str, StringConstraints(max_length=1500), AfterValidator(_writing)]
Score = Annotated[int, Field(ge=0, le=10)]


class Frozen(BaseModel):
    """What crosses a border: never changed, nothing unknown in it, no type guessed from another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Command(Frozen):
    """One thing that a person asks of the board. What it creates takes its id."""

    id: Id


class Event(Frozen):
    """One thing that happened. Kept forever: fields may be added with a default, never given another meaning."""

    id: Id  # of the command that it came from
    by: Id  # the person whose act it was
    at: AwareDatetime
