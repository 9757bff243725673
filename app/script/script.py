"""A conference file as one ordered script: who does what, when, and where in the file that stands."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from app.board.earlier import Earlier

from .acts import act_steps
from .clock import RoomClock
from .closing import closing_steps
from .deciding import decision_steps, view_steps
from .earlier import earlier_by_file, progress_steps
from .ids import Ids, conference_id_of
from .mapping import mapping_steps, restricted_steps
from .parts import ConferenceFile
from .plan import danger_steps, goal_steps, next_step_steps
from .prepared import arrival_steps, leaving_steps, prepare_steps, settings_of
from .scaling import scale_steps, threshold_steps
from .step import Room, Step
from .timeline import timeline_steps


def script_of(file: ConferenceFile) -> list[Step]:
    """Every act of the meeting in its order, as far as the file alone can say it."""
    return script_after(earlier_by_file(file), file)


def script_after(earlier: Earlier | None, file: ConferenceFile) -> list[Step]:
    """With what is known of the conference before it. Where the file has `acts`, those; the rest of it then says what
    they led to.
    """
    if file.acts:
        return act_steps(file.acts)
    room = room_of(file, earlier)
    told: list[Iterable[Step]] = [  # at the same moment, in this order
        prepare_steps(room),
        arrival_steps(room),
        timeline_steps(room),
        restricted_steps(room),
        mapping_steps(room),
        progress_steps(room),
        danger_steps(room),
        goal_steps(room),
        next_step_steps(room),
        threshold_steps(room),
        scale_steps(room),
        view_steps(room),
        decision_steps(room),
        closing_steps(room),
        leaving_steps(room),
    ]
    first, *steps = (step for part in told for step in part)
    return [first, *sorted(steps, key=lambda step: step.at)]


def room_of(file: ConferenceFile, earlier: Earlier | None) -> Room:
    clock = RoomClock(date.fromisoformat(file.conference.held_on), ZoneInfo(settings_of(file).time_zone))
    return Room(file, Ids(conference_id_of(file.conference.id)), clock, earlier)
