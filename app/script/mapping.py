"""Board items: brought, placed, held and released, answered, each at its moment of the mapping."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.board.adding import AddItem
from app.board.items import Source
from app.board.moving import RemoveItem
from app.board.offers import PlaceItem, ReleaseItem, ReturnItem
from app.board.responses import RespondToItem
from app.board.restricted import AddRestricted
from app.board.terms import Id
from app.board.translations import TranslateItem

from .parts import BoardItem, RestrictedItem, SourcePart
from .step import Room, Step
from .timeline import Spread, spread, stretches

EVER, NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def mapping_steps(room: Room) -> Iterator[Step]:
    """In the order of the file, spread over the mapping; each item's answers behind it."""
    items = room.file.board_items
    over = spread(stretches(room, "mapping"), sum(_acts_on(item) for item in items))
    moments = iter(over.times)
    natural = [[next(moments) for _ in range(_acts_on(item))] for item in items]
    added = _in_order(room, [times[0] for times in natural], over)
    for index, item in enumerate(items):
        place = f"board_items[{index}] ({item.id})"
        yield from _item_steps(room, item, added[index], over.moment, place)
        shown_at = _released_at(room, item) or added[index] + over.moment
        earliest = [shown_at + over.moment * (number + 1) for number in range(_acts_on(item) - 1)]
        times = [max(pair) for pair in zip(natural[index][1:], earliest, strict=True)]
        answered = len(item.responses)
        yield from _response_steps(room, item, times[:answered], f"board_items[{index}]")
        yield from _translation_steps(room, item, times[answered:], f"board_items[{index}]")


def _acts_on(item: BoardItem) -> int:
    """It is brought, answered, and said again in other languages."""
    return 1 + len(item.responses) + len(item.translations)


def _in_order(room: Room, times: list[datetime], over: Spread) -> list[datetime]:
    """A group stands in the order of the file also where one item of it was held and came later."""
    items, times = room.file.board_items, list(times)
    latest: dict[object, datetime] = {}
    earliest: dict[object, datetime] = {}
    for index in reversed(range(len(items))):
        group = (items[index].column, items[index].sub_category)
        if items[index].held:
            latest[group] = times[index] = _held_at(room, items[index])
        else:
            times[index] = min(times[index], latest.get(group, NEVER) - over.moment)
    for index, item in enumerate(items):
        group = (item.column, item.sub_category)
        if item.held:
            earliest[group] = _released_at(room, item) or EVER
        else:
            times[index] = max(times[index], earliest.get(group, EVER) + over.moment)
    return times


def _held_at(room: Room, item: BoardItem) -> datetime:
    return room.clock.instant(item.held.held_at) if item.held else NEVER


def _released_at(room: Room, item: BoardItem) -> datetime | None:
    return room.clock.instant(item.held.released_at) if item.held and item.held.released_at else None


def _item_steps(room: Room, item: BoardItem, at: datetime, moment: timedelta, place: str) -> Iterator[Step]:
    ids, item_id, typist = room.ids, room.ids.of(item.id), _typist(room, item)
    add = AddItem(
        id=item_id,
        column=item.column,
        sub_category=item.sub_category,
        kind=item.kind,
        text=item.text,
        about_children=ids.all(item.about_children),
        source=source_of(room, item.source),
        happened_on=date.fromisoformat(item.happened_on) if item.happened_on else None,
        family_knows=item.family_knew_before_meeting,
        child_speaking=ids.maybe(item.child_speaking),
        child_agreed=item.child_agreed_to_share,
    )
    yield Step(at, typist, add, place)
    if item.held:
        yield from _release_steps(room, item, place)
    elif _is_offered(room, item, typist) and item.standing in (None, "removed"):
        placed = PlaceItem(id=ids.at(f"{item.id}/placed"), item_id=item_id, base_version=item_id)
        yield Step(at + moment, room.chair, placed, place)
    if item.standing == "returned":
        returned = ReturnItem(
            id=ids.at(f"{item.id}/returned"), item_id=item_id, base_version=item_id, why=_why(item) or "-"
        )
        yield Step(at + moment, room.chair, returned, place)
    if item.standing == "removed":
        removed = RemoveItem(id=ids.at(f"{item.id}/removed"), item_id=item_id, why=_why(item))
        yield Step((_released_at(room, item) or at) + moment, room.chair, removed, place)


def _why(item: BoardItem) -> str:
    return item.standing_why if item.standing_why and item.standing_why.strip() else ""


def _release_steps(room: Room, item: BoardItem, place: str) -> Iterator[Step]:
    released_at = _released_at(room, item)
    if item.held and released_at:
        told_at = room.clock.instant(item.held.family_told_at) if item.held.family_told_at else None
        release = ReleaseItem(
            id=room.ids.at(f"{item.id}/released"),
            item_id=room.ids.of(item.id),
            base_version=room.ids.of(item.id),
            told_by=room.ids.maybe(item.held.told_by),
            told_at=told_at,
        )
        by = room.typist(item.held.released_by) if item.held.released_by else room.chair
        yield Step(released_at, by, release, f"{place}.held")


def _typist(room: Room, item: BoardItem) -> Id:
    """Whoever brings it; for somebody absent whoever reads it out; a child's words come with the adult they chose."""
    if item.read_out_by:
        return room.typist(item.read_out_by)
    return room.typist(item.source.person_id)


def _is_offered(room: Room, item: BoardItem, typist: Id) -> bool:
    """What others bring is offered; chair and scribe write straight on the board."""
    role = next((each.role for each in room.file.people if room.ids.of(each.id) == typist), None)
    complete = item.sub_category is not None and item.kind is not None
    direct = room.file.settings_used.entry == "direct" and complete
    return role not in ("chair", "scribe", None) and not direct


def source_of(room: Room, source: SourcePart) -> Source:
    return Source(
        person_id=room.ids.of(source.person_id), basis=source.basis, report_id=room.ids.maybe(source.report_id)
    )


def _response_steps(room: Room, item: BoardItem, times: list[datetime], place: str) -> Iterator[Step]:
    """Each family member says their own; for one who is not here the chair writes it down."""
    for number, (response, at) in enumerate(zip(item.responses, times, strict=True)):
        typist, whose = room.typist(response.person_id), room.ids.of(response.person_id)
        command = RespondToItem(
            id=room.ids.at(f"{item.id}/responses/{response.person_id}"),
            item_id=room.ids.of(item.id),
            agrees=response.agrees,
            text=response.text,
            for_person=None if typist == whose else whose,
        )
        yield Step(at, typist, command, f"{place}.responses[{number}] ({item.id})")


def _translation_steps(room: Room, item: BoardItem, times: list[datetime], place: str) -> Iterator[Step]:
    for number, (translation, at) in enumerate(zip(item.translations, times, strict=True)):
        command = TranslateItem(
            id=room.ids.at(f"{item.id}/translations/{translation.language}"),
            item_id=room.ids.of(item.id),
            base_version=_version_shown(room, item),
            language=translation.language,
            text=translation.text,
        )
        yield Step(at, room.ids.of(translation.by), command, f"{place}.translations[{number}] ({item.id})")


def _version_shown(room: Room, item: BoardItem) -> Id:
    """As it came to the board, whichever way that was."""
    if item.held:
        return room.ids.at(f"{item.id}/released")
    return room.ids.at(f"{item.id}/placed") if _is_offered(room, item, _typist(room, item)) else room.ids.of(item.id)


def restricted_steps(room: Room) -> Iterator[Step]:
    """As soon as the mapping starts, second by second."""
    start = stretches(room, "mapping")[0][0]
    over = spread([(start, start + timedelta(seconds=len(room.file.restricted.items) + 1))], 0)
    for index, item in enumerate(room.file.restricted.items):
        command = AddRestricted(
            id=room.ids.of(item.id),
            text=item.text,
            reason=item.reason,
            source=source_of(room, item.source),
            visible_to=room.ids.all(item.visible_to),
        )
        step = Step(start, _writer(room, item), command, f"restricted.items[{index}] ({item.id})")
        yield replace(step, at=start + over.moment * (index + 1))


def _writer(room: Room, item: RestrictedItem) -> Id:
    """A social worker their own, an advocate their child's, where they are meant to see it; else the chair, who may."""
    source = room.person(item.source.person_id)
    own = source.id if source and source.role == "social_worker" and room.is_here(source.id) else None
    writer = own or room.advocate_of(item.source.person_id)
    return room.ids.of(writer) if writer and writer in item.visible_to else room.chair
