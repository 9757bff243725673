"""The field's words as they are stored and sent, and what a text or an id may be.

What varies between areas is any code here, and the conference's area (`area.py`) says which ones it has. The board has
a screen of its own for each column, phase and kind, so those are the same everywhere.
"""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

CODE = r"^[a-z][a-z0-9_]{0,39}$"
Code = Annotated[str, StringConstraints(pattern=CODE)]
ConferenceType = Code
SubCategory = Code
Outcome = Code
ViewOfAgency = Code  # an outcome, or NOT_ABLE_TO_SAY
Category = Code
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
StatementKind = Literal["fact", "observation", "allegation", "opinion"]
Basis = Literal["report", "letter", "said_in_meeting", "childs_own_words"]
Agrees = Literal["yes", "partly", "no"]
Direction = Literal["higher_is_safer", "lower_is_safer"]
Show = Literal["chair", "everyone", "nobody"]
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

ROLES: tuple[Role, ...] = get_args(Role)
PHASES: tuple[Phase, ...] = get_args(Phase)
COLUMNS: tuple[Column, ...] = get_args(Column)
NOT_ABLE_TO_SAY: ViewOfAgency = "not_able_to_say"

FAMILY: frozenset[Role] = frozenset({"parent", "child", "family_network"})
SERVICES: frozenset[Role] = frozenset({"social_worker", "professional"})
STAYING: frozenset[Role] = SERVICES | frozenset({"chair", "scribe"})  # in the part without the family
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
Label = Annotated[
    str, StringConstraints(min_length=1, max_length=160), AfterValidator(_writing), AfterValidator(_said_something)
]
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
    """One thing that a person asks of the board. What it creates takes its id.

    `reign` is the one under which it was written (`me.reign`): not decided as the chair's under another.
    """

    id: Id
    reign: Id | None = None


class Event(Frozen):
    """One thing that happened. Kept forever: fields may be added with a default, never given another meaning."""

    id: Id  # of the command that it came from
    by: Id  # the person whose act it was
    at: AwareDatetime
