"""What a record is made of: already in words, every time in the conference's own zone and as ISO beside it."""

from dataclasses import dataclass

from app.board.drawing import Pencil, Thickness
from app.board.houses import HouseCode
from app.board.terms import Column, StatementKind


@dataclass(frozen=True)
class When:
    words: str
    iso: str


@dataclass(frozen=True)
class ChildFacts:
    """What the chair prepared about a child: in the council's own record only."""

    child: str
    surname: str
    lives_with: str
    voice: str  # how what they want and feel reached the meeting


@dataclass(frozen=True)
class ReportNote:
    """When the family had a report: in the council's own record only."""

    what: str
    by: str
    shared: str
    in_time: str
    what_was_done: str


@dataclass(frozen=True)
class Stay:
    """Somebody was here from then until then; None: from before it was noted, or to the end."""

    since: When | None
    left: When | None


@dataclass(frozen=True)
class Child:
    id: str
    name: str
    age: str  # "9", or ""
    plan_now: str  # the plan the child came to this meeting with, or ""
    plan_since: When | None


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    first: str  # as marks and the child's letter call them
    called: str  # "Dana, Mum"; "Naomi, social worker"
    part: str  # what they are to the children, or what they do, as it was written down
    agency: str
    is_family: bool
    was_here: bool
    how: str  # "In the room"; "Not here, sent a report"
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class Stage:
    """One part of the meeting, or a break in it."""

    words: str
    since: When
    until: When | None


@dataclass(frozen=True)
class Wording:
    """A wording that stood, and was then changed."""

    label: str  # "First wording", "Then"
    text: str
    at: When
    by: str
    changed_at: When
    changed_by: str
    because: str


@dataclass(frozen=True)
class Answer:
    """What the person it is about said to a point."""

    name: str
    agrees: str  # "agrees with part of it"
    text: str


@dataclass(frozen=True)
class Translation:
    """The same words in another language."""

    language: str  # as browsers name it: "pl"
    text: str
    by: str


@dataclass(frozen=True)
class Card:
    """One point of the map. `not_asked`: somebody says so, and nobody it is about has answered."""

    id: str
    text: str
    kind: StatementKind | None
    kind_words: str
    said_by: str
    basis: str
    about: str  # "Tansy", "both"
    happened_on: When | None
    new_today: bool
    came_from: str  # where it stood before it was moved to another column, or ""
    answers: tuple[Answer, ...]
    not_asked: bool
    translations: tuple[Translation, ...]
    wordings: tuple[Wording, ...]
    remark: str = ""  # why it was taken off, or who offered it: only where it does not stand on the board


@dataclass(frozen=True)
class Group:
    code: str
    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class MapColumn:
    code: Column
    question: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Step:
    id: str
    number: int
    what: str
    who: str
    by: When | None
    repeats: str
    goal_number: int | None
    goal: str
    how_we_will_know: str
    about: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Danger:
    id: str
    number: int
    text: str
    about: str
    brought_by: str
    at: When
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Goal:
    id: str
    number: int
    text: str
    for_how_long: str
    danger_number: int | None
    about: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class ScaleAnswer:
    """`score` is None for somebody who passed."""

    name: str  # "Tansy, shared by Bea"
    mark: str  # as it stands on the ruler: "Tansy"
    is_family: bool
    score: int | None
    why: str


@dataclass(frozen=True)
class EarlierAnswers:
    held_on: When
    answers: tuple[ScaleAnswer, ...]


@dataclass(frozen=True)
class ScaleRound:
    """One question, asked once. A voided round has no answers, and nothing is ever computed from one."""

    id: str
    number: int
    question: str
    low_end: str
    high_end: str
    direction: str  # in words
    about: str
    asked_at: When
    voided: bool
    voided_why: str
    answers: tuple[ScaleAnswer, ...]
    earlier: tuple[EarlierAnswers, ...]


@dataclass(frozen=True)
class AgencyView:
    child_id: str
    child: str
    agency: str
    view: str
    short: str
    why: str
    in_writing: bool


@dataclass(frozen=True)
class FamilyView:
    name: str
    about: str
    text: str


@dataclass(frozen=True)
class Dissent:
    name: str
    why: str
    at: When


@dataclass(frozen=True)
class Decision:
    child_id: str
    child: str
    age: str
    outcome: str
    means: str  # the outcome explained, as the room was told
    categories: tuple[str, ...]
    in_plain_words: str
    reasons: str
    views_considered: str
    went_without: str  # why the chair went on without a step, or ""
    decided_how: str  # chair_after_views or practitioners_decide
    decided_by: str
    decided_at: When
    dissent: tuple[Dissent, ...]


@dataclass(frozen=True)
class Outcome:
    """One of the outcomes that the room was told of."""

    words: str
    means: str


@dataclass(frozen=True)
class Threshold:
    """The test for needing a plan, and every outcome, as the room was told."""

    at: When
    words: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class EarlierPlan:
    """A goal or a step of the meeting before this one, and how it went."""

    text: str
    who: str
    progress: str
    note: str
    said_by: str


@dataclass(frozen=True)
class Earlier:
    title: str
    held_on: When
    goals: tuple[EarlierPlan, ...]
    steps: tuple[EarlierPlan, ...]


@dataclass(frozen=True)
class Stroke:
    pencil: Pencil
    thickness: Thickness
    path: str  # numbers, as the board takes no other


@dataclass(frozen=True)
class House:
    """What a child said and drew. `described` are the words of the adult who brought it, for the drawing."""

    child_id: str
    child: str
    code: HouseCode
    heading: str
    words: str
    drawing: tuple[Stroke, ...]
    described: str
    brought_by: str
    at: When


@dataclass(frozen=True)
class Correction:
    about: str  # in words: "The decision about Robin"
    text: str
    why: str
    by: str
    at: When


@dataclass(frozen=True)
class Restricted:
    text: str
    reason: str
    said_by: str
    may_see: str


@dataclass(frozen=True)
class DateToKnow:
    """`by` where it is the last day for something, and not the day of it."""

    code: str  # core_group_on, core_group_by, review_on, review_by, letter_by, record_by
    words: str
    when: When


@dataclass(frozen=True)
class Telling:
    """Who tells a child what was decided."""

    child: str
    name: str


@dataclass(frozen=True)
class Closing:
    lead_social_worker: str
    core_group: tuple[str, ...]
    tellings: tuple[Telling, ...]
    told_how_to: tuple[str, ...]
