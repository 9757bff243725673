"""How a conference begins: prepared with its people and settings, each person arriving, and at the end leaving."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.areas.bank_holidays import bank_holidays
from app.board.area import Area
from app.board.conference import Agency, Child, CloseConference, Person, PrepareConference, Settings
from app.board.conference import settings_of as settings_of_area
from app.board.dates import Report, Trigger
from app.board.people import MarkAttendance
from app.board.terms import Id, Show

from .clock import Clock
from .file import area_of
from .ids import ROOM_SCREEN, Ids
from .kept import kept_of
from .parts import ChildPart, ConferenceFile, ConferencePart, PersonPart, without_number
from .parts import Report as ReportPart
from .step import Room, Step
from .timeline import known_instants

SHOWS: dict[str, Show] = {"on_chair_reveal": "chair", "everyone": "everyone", "nobody": "nobody"}


def prepare_steps(room: Room) -> Iterator[Step]:
    file, ids = room.file, room.ids
    command = PrepareConference(
        id=ids.at("prepare"),
        title=file.conference.title,
        conference_type=file.conference.type,
        held_on=date.fromisoformat(file.conference.held_on),
        children=children_of(room),
        agencies=tuple(Agency(id=ids.of(each.id), name=each.name, kind=each.kind) for each in file.agencies),
        people=people_of(room),
        settings=settings_of(file),
        kept=kept_of(file),
        starts_at=room.clock.instant(planned) if (planned := _planned_start(file.conference)) else None,
        place=file.conference.place or "",
        why_we_are_meeting=file.conference.why_we_are_meeting or "",
        trigger=_trigger(file),
        reports=tuple(_report(each, room) for each in file.preparation.reports),
        earlier=room.earlier,
        deputy=next((ids.of(person.id) for person in file.people if person.deputy), None),
    )
    yield Step(min(known_instants(room)), room.chair, command, "conference")


def children_of(room: Room) -> tuple[Child, ...]:
    return tuple(_child(each, room.ids) for each in room.file.children)


def people_of(room: Room) -> tuple[Person, ...]:
    return (*(_person(each, room.ids) for each in room.file.people), *_room_screen(room))


def _planned_start(part: ConferencePart) -> Clock | None:
    """When it really began, unless the file says that this was not the plan."""
    return part.starts_at if "starts_at" in part.model_fields_set else part.started_at


def _child(part: ChildPart, ids: Ids) -> Child:
    return Child(
        id=ids.of(part.id),
        name=part.known_as,
        age=part.age,
        surname=part.surname or "",
        plan_now=part.plan_now,
        category_now=part.category_now,
        plan_since=date.fromisoformat(part.plan_since) if part.plan_since else None,
        lives_with=part.lives_with or "",
        voice=part.how_their_voice_is_heard or "",
    )


def _trigger(file: ConferenceFile) -> Trigger | None:
    """What led to it and when; until when it had to be held is worked out anew."""
    part = file.conference.trigger
    return Trigger(what=part.what, on=date.fromisoformat(part.on)) if part else None


def _report(part: ReportPart, room: Room) -> Report:
    return Report(
        id=room.ids.of(part.id),
        from_person=room.ids.of(part.from_),
        what=part.what,
        shared_at=room.clock.at(part.shared_with_family_at) if part.shared_with_family_at else None,
        gone_through_with=room.ids.all(part.gone_through_with or ()),
        what_was_done=part.what_was_done or "",
    )


def _person(part: PersonPart, ids: Ids) -> Person:
    return Person(
        id=ids.of(part.id),
        name=part.name,
        role=part.role,
        agency_id=ids.maybe(part.agency_id),
        relationship=part.job_or_relationship,
        attendance=part.attendance,
        children=ids.all(part.works_with or ()),
        sits_with=_seat(part, ids),
        hidden_from=ids.all(part.hidden_from or ()),
    )


def _seat(part: PersonPart, ids: Ids) -> Id | None:
    """Whose screen they share: said, or for an advocate the one child whose words they bring."""
    if part.sits_with is None and part.role == "advocate" and len(part.works_with or ()) == 1:
        return ids.all(part.works_with or ())[0]
    return ids.maybe(part.sits_with)


def _room_screen(room: Room) -> Iterator[Person]:
    """The screen on the wall has a seat too, so that it is a known viewer; no file lists it."""
    if all(person.role != "room_screen" for person in room.file.people):
        yield Person(id=room.ids.of(ROOM_SCREEN), name="Room screen", role="room_screen")


def settings_of(file: ConferenceFile) -> Settings:
    """The question is that of the file's own scale, so that the chair finds it prepared."""
    used, area = file.settings_used, area_of(file)
    given = dict(settings_of_area(area, _bank_holidays(file, area)))
    for name in ("scale_direction", "time_zone", "entry", "observers_agreed", "dissent_hours"):
        if (value := getattr(used, name)) is not None:
            given[name] = value
    if used.scale_reveal:
        given["scale_show"] = SHOWS[used.scale_reveal]
    for scale in file.scale_questions[:1]:
        given["scale_question"] = scale.text
        given["low_end"], given["high_end"] = without_number(scale.low_anchor), without_number(scale.high_anchor)
    return Settings.model_validate(given)


def _bank_holidays(file: ConferenceFile, area: Area) -> tuple[date, ...]:
    """Those that the file was prepared with; else those that are known of today."""
    if file.settings_used.bank_holidays is not None:
        return tuple(map(date.fromisoformat, file.settings_used.bank_holidays))
    return bank_holidays(area.nation, date.fromisoformat(file.conference.held_on))


def arrival_steps(room: Room) -> Iterator[Step]:
    """Marked by the chair. Who only sent words or a report is there from the start as just that."""
    for index, person in enumerate(room.file.people):
        if person.joined_at:
            joined = room.clock.instant(person.joined_at)
            fields = {"how": person.attendance, "from": joined, "left": None}
            yield _mark(room, index, person, "joined_at", fields)


def leaving_steps(room: Room) -> Iterator[Step]:
    for index, person in enumerate(room.file.people):
        if person.left_at:
            joined = room.clock.instant(person.joined_at) if person.joined_at else None
            fields = {"how": person.attendance, "from": joined, "left": room.clock.instant(person.left_at)}
            yield _mark(room, index, person, "left_at", fields)
    if room.file.conference.ended_at:
        at = room.clock.instant(room.file.conference.ended_at)
        yield Step(at, room.chair, CloseConference(id=room.ids.at("ended_at")), "conference.ended_at")


def _mark(room: Room, index: int, person: PersonPart, key: str, fields: Mapping[str, object]) -> Step:
    command = MarkAttendance.model_validate(
        {"id": room.ids.at(f"people/{person.id}/{key}"), "person_id": room.ids.of(person.id), **fields}
    )
    at = room.clock.instant(getattr(person, key))
    return Step(at, room.chair, command, f"people[{index}].{key} ({person.id})")
