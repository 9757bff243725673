"""What each agency and the family think, and the chair's decision for each child, with any formal disagreement."""

from collections.abc import Iterator
from datetime import datetime

from app.board.decision import Override, RecordDecision, RecordDissent
from app.board.terms import PHASES, Command, Id
from app.board.views import GiveFamilyView, GiveView, ShowViews

from .parts import FamilyViewPart
from .step import Room, Step
from .timeline import spread, stretches

Given = tuple[Id, Command, str]  # by whom, what, where in the file


def view_steps(room: Room) -> Iterator[Step]:
    """One after another; shown to everybody at the end of the phase, once the meeting has gone on from it."""
    given = [*_agency_views(room), *_written_views(room), *_family_views(room)]
    over = stretches(room, "agency_views")
    spaced = spread(over, len(given))
    for at, (by, command, place) in zip(spaced.times, given, strict=True):
        yield Step(at, by, command, place)
    if given and _went_on(room):
        shown = ShowViews(id=room.ids.at("agency_views/shown"), on=True)
        yield Step(over[-1][1] - spaced.moment, room.chair, shown, "agency_views")


def _went_on(room: Room) -> bool:
    beyond = PHASES[PHASES.index("agency_views") + 1 :]
    return any(entry.phase in beyond for entry in room.file.timeline) or room.file.conference.ended_at is not None


def _agency_views(room: Room) -> Iterator[Given]:
    for index, view in enumerate(room.file.agency_views):
        command = GiveView(
            id=room.ids.at(f"agency_views/{view.child_id}/{view.agency_id}"),
            child_id=room.ids.of(view.child_id),
            view=view.view,
            why=view.why,
            agency_id=room.ids.of(view.agency_id),
        )
        yield room.typist(view.given_by), command, f"agency_views[{index}]"


def _written_views(room: Room) -> Iterator[Given]:
    """From agencies that are not here: the chair types them in."""
    for index, view in enumerate(room.file.written_views_from_absent_agencies):
        command = GiveView(
            id=room.ids.at(f"written_views/{view.child_id}/{view.agency_id}"),
            child_id=room.ids.of(view.child_id),
            view=view.view,
            why=view.why,
            agency_id=room.ids.of(view.agency_id),
            report_id=room.ids.maybe(view.from_report),
        )
        yield room.chair, command, f"written_views_from_absent_agencies[{index}]"


def _family_views(room: Room) -> Iterator[Given]:
    for index, view in enumerate(room.file.family_views):
        yield room.typist(view.person_id), _family_view(room, view), f"family_views[{index}] ({view.person_id})"


def _family_view(room: Room, view: FamilyViewPart) -> GiveFamilyView:
    whose = room.ids.of(view.person_id)
    return GiveFamilyView(
        id=room.ids.at(f"family_views/{view.person_id}"),
        children=room.ids.all(view.children),
        text=view.view,
        for_person=None if room.is_here(view.person_id) else whose,
    )


def decision_steps(room: Room) -> Iterator[Step]:
    for index, decision in enumerate(room.file.decisions):
        place = f"decisions[{index}] ({decision.child_id})"
        command = RecordDecision(
            id=room.ids.at(f"decisions/{decision.child_id}"),
            child_id=room.ids.of(decision.child_id),
            outcome=decision.outcome,
            category=decision.category,
            plain_words=decision.category_in_plain_words,
            reasons=decision.reasons,
            views_considered=decision.views_considered,
            override=Override(reason=decision.override) if decision.override else None,
        )
        yield Step(room.clock.instant(decision.decided_at), room.typist(decision.decided_by), command, place)
        for number, dissent in enumerate(decision.dissent):
            at: datetime = room.clock.instant(dissent.recorded_at)
            disagrees = RecordDissent(
                id=room.ids.at(f"decisions/{decision.child_id}/dissent/{dissent.person_id}"),
                child_id=room.ids.of(decision.child_id),
                why=dissent.text,
            )
            yield Step(at, room.ids.of(dissent.person_id), disagrees, f"{place}.dissent[{number}]")
