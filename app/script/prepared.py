"""How a conference begins: prepared with its people and settings, each person arriving, and at the end leaving."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.board.conference import Agency, Child, CloseConference, Person, PrepareConference, Settings
from app.board.people import MarkAttendance
from app.board.terms import Id, Show

from .ids import ROOM_SCREEN, Ids
from .kept import kept_of
from .parts import ConferenceFile, PersonPart, without_number
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
        children=tuple(Child(id=ids.of(each.id), name=each.known_as, age=each.age) for each in file.children),
        agencies=tuple(Agency(id=ids.of(each.id), name=each.name, kind=each.kind) for each in file.agencies),
        people=(*(_person(each, ids) for each in file.people), *_room_screen(room)),
        settings=settings_of(file),
        kept=kept_of(file),
    )
    yield Step(min(known_instants(room)), room.chair, command, "conference")


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
    used, given = file.settings_used, {}
    for name in ("scale_direction", "time_zone", "entry", "observers_agreed", "dissent_hours"):
        if (value := getattr(used, name)) is not None:
            given[name] = value
    if used.scale_reveal:
        given["scale_show"] = SHOWS[used.scale_reveal]
    for scale in file.scale_questions[:1]:
        given["scale_question"] = scale.text
        given["low_end"], given["high_end"] = without_number(scale.low_anchor), without_number(scale.high_anchor)
    return Settings.model_validate(given)


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
