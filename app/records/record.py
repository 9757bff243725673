"""The record of one conference for one recipient, before it is set in any format."""

from dataclasses import dataclass
from datetime import datetime

from app.board.state import Board
from app.languages.speaking import _

from .being_here import children_of, people_of, stages_of
from .decided import (
    agency_views_of,
    closing_of,
    corrections_of,
    dates_of,
    decisions_of,
    family_views_of,
    restricted_of,
    threshold_of,
)
from .housed import houses_of
from .mapped import cards_in, columns_of, waiting_in
from .parts import (
    AgencyView,
    Card,
    Child,
    ChildFacts,
    Closing,
    Correction,
    Danger,
    DateToKnow,
    Decision,
    Earlier,
    FamilyView,
    Goal,
    House,
    MapColumn,
    Person,
    ReportNote,
    Restricted,
    ScaleRound,
    Stage,
    Step,
    Threshold,
    When,
)
from .planned import dangers_of, earlier_of, goals_of, steps_of
from .prepared import child_facts_of, reports_of, went_on_of
from .reading import Reading, reading_of
from .recipient import Happened, Recipient, entitled_view
from .scaled import scales_of


@dataclass(frozen=True)
class Meeting:
    title: str
    type_words: str  # "First conference"
    meeting_word: str  # "conference"
    area: str
    held_on: When
    started_at: When | None
    ended_at: When | None
    place: str
    why_we_met: str
    chair: str
    practice: bool
    decides: bool  # some meetings only think together


@dataclass(frozen=True)
class Record:
    """Everything that this recipient is entitled to; what they are not is not in it at all."""

    recipient: Recipient
    recipient_name: str
    issued_at: When
    fingerprint: str  # of the latest decision; "" before the first
    plain: bool  # in the plain words of the family's copy
    time_zone: str
    meeting: Meeting
    narrowed: bool  # kept apart from somebody: they read of a decision when the chair lets them
    children: tuple[Child, ...]
    people: tuple[Person, ...]
    stages: tuple[Stage, ...]
    decisions: tuple[Decision, ...]
    dangers: tuple[Danger, ...]
    goals: tuple[Goal, ...]
    steps: tuple[Step, ...]
    if_things_go_wrong: tuple[Card, ...]
    houses: tuple[House, ...]  # what the children wanted to show
    columns: tuple[MapColumn, ...]  # worries and what is working well
    threshold: Threshold | None
    scales: tuple[ScaleRound, ...]
    agency_views: tuple[AgencyView, ...]
    family_views: tuple[FamilyView, ...]
    earlier: Earlier | None
    dates: tuple[DateToKnow, ...]
    closing: Closing
    corrections: tuple[Correction, ...]
    # The council's own record only: each under a heading of its own.
    offered: tuple[Card, ...]
    held: tuple[Card, ...]
    taken_off: tuple[Card, ...]
    reports: tuple[ReportNote, ...]
    child_facts: tuple[ChildFacts, ...]
    went_on_without: str  # why the chair went on without every service that should have been there, or ""
    # Services and the chair only: what was said while the family was out and never released, and of what is restricted
    # what each was named for.
    private: tuple[Card, ...]
    restricted: tuple[Restricted, ...]


def build_record(
    board: Board,
    recipient: Recipient,
    issued_at: datetime,
    fingerprint: str = "",
    happened: Happened = (),
    *,
    plain: bool | None = None,
) -> Record:
    """Built from what this person's own screen could show. `happened` gives times, never content; `plain` words are the
    family's, for whoever else is given them too."""
    view = entitled_view(board, recipient, happened)
    reading = reading_of(view, recipient, happened, plain=recipient.version == "family" if plain is None else plain)
    council = recipient.version == "full"
    plan_only = recipient.version == "plan_only"
    return Record(
        recipient=recipient,
        recipient_name=reading.names.full(recipient.person_id),
        issued_at=reading.times.stamp(issued_at),
        fingerprint=fingerprint or reading.part("fingerprint").get("text", ""),
        plain=reading.words.plain,
        time_zone=view["conference"]["time_zone"],
        meeting=_meeting(reading),
        narrowed="unnamed" in view,
        children=children_of(reading),
        people=() if plan_only else people_of(reading),
        stages=() if plan_only else stages_of(reading),
        decisions=decisions_of(reading),
        dangers=dangers_of(reading),
        goals=goals_of(reading),
        steps=steps_of(reading),
        if_things_go_wrong=cards_in(reading, "next_step", "if_things_go_wrong"),
        houses=houses_of(reading),
        columns=columns_of(reading),
        threshold=threshold_of(reading),
        scales=scales_of(reading),
        agency_views=agency_views_of(reading),
        family_views=family_views_of(reading),
        earlier=earlier_of(reading),
        dates=dates_of(reading),
        closing=closing_of(reading),
        corrections=corrections_of(reading),
        offered=waiting_in(reading, "offered") if council else (),
        held=waiting_in(reading, "held") if council else (),
        taken_off=waiting_in(reading, "removed") if council else (),
        reports=reports_of(reading) if council else (),
        child_facts=child_facts_of(reading) if council else (),
        went_on_without=went_on_of(reading) if council else "",
        private=waiting_in(reading, "private"),
        restricted=restricted_of(reading),
    )


def _meeting(reading: Reading) -> Meeting:
    seen, times, area = reading.part("conference"), reading.times, reading.part("area")
    chairs = [id for id, person in reading.names.people.items() if person["role"] == "chair"]
    return Meeting(
        title=seen["title"],
        type_words=reading.words.type_of_meeting(seen["type"]),
        meeting_word=reading.words.meeting,
        area=_(str(area.get("name") or "")),
        held_on=times.long_day(seen["held_on"]),
        started_at=times.beginning(seen["started_at"]) if seen["started_at"] else None,
        ended_at=times.clock(seen["closed_at"]) if seen["closed_at"] else None,
        place=seen.get("place") or "",
        why_we_met=seen.get("why_we_are_meeting") or "",
        chair=reading.names.full(chairs[0]) if chairs else "",
        practice=bool(area.get("practice")),
        decides=bool(area.get("decides", True)),
    )
