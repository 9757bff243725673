"""What stood on the board, written down: points, statements, goals and next steps."""

from typing import Any

from app.board.danger import DangerStatement, DangerWritten
from app.board.items import Group, Item, Source
from app.board.offers import ItemReleased

from .past import Past
from .past_plan import progress_of_goal

Written = dict[str, Any]


def board_items(past: Past) -> list[Written]:
    """Everything but next steps; with their standing where that is not simply on the board."""
    apart = {item.id for item in [*_next_steps(past), _if_wrong(past)] if item}
    released = {event.item_id: event for event in past.events if isinstance(event, ItemReleased)}
    return [
        _board_item(past, item, released.get(item.id))
        for item in past.board.items.by_id.values()
        if item.id not in apart
    ]


def _board_item(past: Past, item: Item, released: ItemReleased | None) -> Written:
    words = item.words
    written: Written = {
        "id": past.name(item.id),
        "column": item.column,
        "sub_category": item.sub_category,
        "kind": words.kind,
        "text": words.text,
        "about_children": past.names(words.about_children),
        "source": _source(past, item.source),
        "happened_on": words.happened_on.isoformat() if words.happened_on else None,
        "family_knew_before_meeting": item.family_knows,
        "visibility": "everyone",
        "responses": [
            {"person_id": past.name(each.person_id), "agrees": each.agrees, "text": each.text}
            for each in item.responses
        ],
    }
    if item.translations:
        written["translations"] = [
            {"language": each.language, "text": each.text, "by": past.name(each.by)} for each in item.translations
        ]
    if item.author != item.source.person_id:
        written["read_out_by"] = past.name(item.author)
    if item.child_speaking:
        written["child_speaking"] = past.name(item.child_speaking)
    if item.child_agreed is not None:
        written["child_agreed_to_share"] = item.child_agreed
    if item.family_knows is False:
        written["held"] = {
            "held_at": past.at(item.added_at),
            "family_told_at": past.at(released.told_at) if released else None,
            "told_by": past.maybe(released.told_by) if released else None,
            "released_by": past.name(released.by) if released else None,
            "released_at": past.at(released.at) if released else None,
        }
    if item.standing in ("offered", "returned", "removed"):
        written["standing"] = item.standing
    if item.standing in ("returned", "removed"):
        written["standing_why"] = item.returned_why if item.standing == "returned" else item.removed_why
    return written


def in_board_order(past: Past, parts: list[Written]) -> list[Written]:
    """As they were, but that the points of one group follow one another as on the board."""
    place = {id: place for ids in past.board.items.order.values() for place, id in enumerate(ids)}
    group_of: dict[str, Group] = {}
    for group, ids in past.board.items.order.items():
        group_of.update(dict.fromkeys(past.names(ids), group))
    waiting: dict[Group, list[Written]] = {}
    for part in parts:
        if part["id"] in group_of:
            waiting.setdefault(group_of[part["id"]], []).append(part)
    for group_parts in waiting.values():
        group_parts.sort(key=lambda part: place[past.ids.of(part["id"])], reverse=True)
    return [waiting[group_of[part["id"]]].pop() if part["id"] in group_of else part for part in parts]


def _source(past: Past, source: Source) -> Written:
    return {
        "person_id": past.name(source.person_id),
        "basis": source.basis,
        "report_id": past.maybe(source.report_id),
    }


def restricted(past: Past) -> list[Written]:
    return [
        {
            "id": past.name(each.id),
            "reason": each.reason,
            "text": each.text,
            "source": _source(past, each.source),
            "visible_to": past.names(each.visible_to),
        }
        for each in past.board.restricted.by_id.values()
    ]


def danger_statements(past: Past) -> list[Written]:
    first: dict[str, DangerWritten] = {}
    for event in past.events:
        if isinstance(event, DangerWritten):
            first.setdefault(event.danger_id, event)
    return [_danger(past, each, first[each.id]) for each in past.board.danger.statements.values()]


def _danger(past: Past, danger: DangerStatement, first: DangerWritten) -> Written:
    """The wording it began with and the one it has; those between are in `acts`."""
    goals = past.board.danger.goals_of(danger.id)
    changed = danger.earlier[-1] if danger.earlier else None
    return {
        "id": past.name(danger.id),
        "children": past.names(danger.children),
        "brought_by": past.name(first.said_by or first.by),
        "safety_goal_id": past.name(goals[0].id) if goals else None,
        "first_wording": danger.earlier[0].text if danger.earlier else danger.text,
        "agreed_wording": danger.text,
        "changed_because": changed.why if changed else None,
        "changed_at": past.at(changed.replaced_at) if changed else None,
    }


def safety_goals(past: Past) -> list[Written]:
    return [
        {
            "id": past.name(each.id),
            "danger_statement_id": past.name(each.danger_id),
            "text": each.text,
            "for_how_long": each.for_how_long,
            **progress_of_goal(past, past.name(each.id)),
        }
        for each in past.board.danger.goals.values()
    ]


def next_steps(past: Past) -> list[Written]:
    return [_next_step(past, item) for item in _next_steps(past)]


def _next_step(past: Past, item: Item) -> Written:
    words = item.words
    written: Written = {
        "id": past.name(item.id),
        "column": "next_step",
        "what": words.text,
        "who": past.names(words.who),
        "by": words.by.isoformat() if words.by else None,
        "goal_id": past.maybe(words.goal_id) if words.goal_id in past.board.danger.goals else None,
        "how_we_will_know": words.how_we_will_know,
    }
    return written if words.repeats is None else written | {"repeats": words.repeats}


def if_things_go_wrong(past: Past) -> str | None:
    item = _if_wrong(past)
    return item.words.text if item else None


def _next_steps(past: Past) -> list[Item]:
    return [
        item
        for item in past.board.items.by_id.values()
        if item.standing == "on_board" and item.sub_category == "next_step"
    ]


def _if_wrong(past: Past) -> Item | None:
    """The format has room for one; another stands among the points."""
    ids = past.board.items.order.get(("next_step", "if_things_go_wrong"), ())
    return past.board.items.by_id[ids[0]] if ids else None
