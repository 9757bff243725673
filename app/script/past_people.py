"""Who was there and what the room did, written down."""

from collections.abc import Iterator
from typing import Any

from app.board.conference import Child, ConferencePrepared, Settings
from app.board.dates import Report, see_reports
from app.board.people import Member
from app.board.running import BreakEnded, BreakTaken, PhaseSet
from app.board.terms import FAMILY, Id

from .ids import ROOM_SCREEN
from .parts import ConferenceFile
from .past import Past
from .prepared import SHOWS, settings_of

Written = dict[str, Any]


def conference(past: Past) -> Written:
    now = past.board.conference
    planned, began = past.at(now.starts_at), past.at(past.board.running.started_at)
    return {
        "id": past.kept.get("conference", {}).get("id", past.ids.conference),
        "type": now.type,
        "title": now.title,
        "held_on": now.held_on.isoformat(),
        **({"starts_at": planned} if planned != began else {}),
        "started_at": began,
        "ended_at": past.at(now.closed_at),
    }


def settings_beyond(past: Past, file: ConferenceFile) -> Written:
    """Settings in force that the file so far would not bring back."""
    now, by_file = past.board.conference.settings, settings_of(file)
    names = ("scale_direction", "time_zone", "entry", "observers_agreed", "dissent_hours")
    found = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(by_file, name)}
    return found | _show(now, by_file) | _area(now, by_file)


def _area(now: Settings, by_file: Settings) -> Written:
    """The whole of it, so that the file needs no other to be read."""
    found: Written = {}
    if now.area != by_file.area:
        found["area"] = now.area.model_dump(mode="json")
    if now.bank_holidays != by_file.bank_holidays:
        found["bank_holidays"] = [day.isoformat() for day in now.bank_holidays]
    return found


def _show(now: Settings, by_file: Settings) -> Written:
    if now.scale_show == by_file.scale_show:
        return {}
    return {"scale_reveal": next(name for name, show in SHOWS.items() if show == now.scale_show)}


def prepared(past: Past) -> Written:
    """What the chair prepared, where no file said it: in the same places in which an imported file keeps it."""
    now = past.board.conference
    conference = {
        "id": past.ids.conference,
        "place": now.place,
        "trigger": {"what": now.trigger.what, "on": now.trigger.on.isoformat()} if now.trigger else None,
        "why_we_are_meeting": now.why_we_are_meeting,
    }
    written: Written = {
        "conference": _known(conference),
        "children": [_known(_facts(each)) for each in now.children.values()],
    }
    if now.reports:
        seen = {report["id"]: report["in_time"] for report in see_reports(past.board)}
        written["preparation"] = {"reports": [_report(past, each, seen[each.id]) for each in now.reports]}
    return written


def _facts(child: Child) -> Written:
    return {
        "id": child.id,
        "surname": child.surname,
        "how_their_voice_is_heard": child.voice,
        "lives_with": child.lives_with,
        "plan_now": child.plan_now,
        "category_now": child.category_now,
        "plan_since": child.plan_since.isoformat() if child.plan_since else None,
    }


def _report(past: Past, report: Report, in_time: bool | None) -> Written:
    return {
        "id": report.id,
        "from": report.from_person,
        "what": report.what,
        "shared_with_family_at": past.clock.day_and_time(report.shared_at) if report.shared_at else None,
        "gone_through_with": list(report.gone_through_with),
        "in_time": in_time,
        "what_was_done": report.what_was_done,
    }


def _known(written: Written) -> Written:
    return {key: value for key, value in written.items() if value}


def children(past: Past) -> list[Written]:
    return [
        {"id": past.name(each.id), "known_as": each.name, "age": each.age}
        for each in past.board.conference.children.values()
    ]


def agencies(past: Past) -> list[Written]:
    return [
        {"id": past.name(each.id), "name": each.name, "kind": each.kind}
        for each in past.board.conference.agencies.values()
    ]


def people(past: Past) -> list[Written]:
    """In the order in which they were prepared; the screen on the wall is nobody."""
    wall = past.ids.of(ROOM_SCREEN)
    prepared = next(event for event in past.events if isinstance(event, ConferencePrepared))
    works_with = {person.id: person.children for person in prepared.people}
    members = past.board.people.members.values()
    written = [_person(past, each, works_with.get(each.id, ())) for each in members if each.id != wall]
    kept_apart = {past.name(person.id): past.names(person.hidden_from) for person in prepared.people}
    for person in written:
        if others := kept_apart.get(person["id"]):
            person["hidden_from"] = others
        if prepared.deputy and person["id"] == past.name(prepared.deputy):
            person["deputy"] = True
    return written


def _person(past: Past, member: Member, works_with: tuple[Id, ...]) -> Written:
    person: Written = {
        "id": past.name(member.id),
        "name": member.name,
        "role": member.role,
        "agency_id": past.maybe(member.agency_id),
        "job_or_relationship": member.relationship,
        "attendance": member.attendance,
    }
    if member.since:
        person["joined_at"] = past.at(member.since)
    if member.left:
        person["left_at"] = past.at(member.left)
    if works_with or member.role not in FAMILY:
        person["works_with"] = past.names(works_with)
    if member.sits_with and not (member.role == "advocate" and works_with == (member.sits_with,)):
        person["sits_with"] = past.name(member.sits_with)
    return person


def timeline(past: Past) -> list[Written]:
    """Notes stand beside the acts that they came with."""
    notes = {past.ids.at(f"timeline/{index}"): each for index, each in enumerate(past.kept.get("timeline", []))}
    return [entry | notes.get(act, {}) for act, entry in _entries(past)]


def _entries(past: Past) -> Iterator[tuple[Id, Written]]:
    phase = "prepare"
    for number, event in enumerate(past.events):
        if isinstance(event, PhaseSet):
            phase = event.phase
        elif isinstance(event, BreakEnded):
            following = past.events[number + 1 :]
            if any(isinstance(each, PhaseSet) and each.at == event.at for each in following):
                continue  # the phase that came with the end of the break says both
        elif not isinstance(event, BreakTaken):
            continue
        yield event.id, {"at": past.at(event.at), "phase": "paused" if isinstance(event, BreakTaken) else phase}


def threshold(past: Past) -> Written | None:
    explained = past.board.running.threshold
    if explained is None:
        return None
    named = list(explained.outcomes_named)
    return {"at": past.at(explained.at), "by": past.name(explained.by), "outcomes_named": named}
