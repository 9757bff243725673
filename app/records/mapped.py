"""The points of the map, each with its source, its kind and the answer of the person it is about."""

from collections.abc import Mapping
from typing import Any

from app.languages.speaking import _

from .parts import Answer, Card, Group, MapColumn, Translation
from .reading import Reading
from .words import AGREES, BASIS

Seen = Mapping[str, Any]


def columns_of(reading: Reading) -> tuple[MapColumn, ...]:
    """What we are worried about, and what is working well; next steps are the plan."""
    return (
        MapColumn("worry", reading.words.question("worry"), _groups(reading, "worry")),
        MapColumn("strength", reading.words.question("strength"), _groups(reading, "strength")),
    )


def _groups(reading: Reading, column: str) -> tuple[Group, ...]:
    known = reading.words.groups(column)
    codes = [*known, *(code for code in _codes_with_items(reading, column) if code not in known)]
    groups = (Group(code, reading.words.group(column, code), cards_in(reading, column, code)) for code in codes)
    return tuple(group for group in groups if group.cards)


def _codes_with_items(reading: Reading, column: str) -> list[str]:
    return [key.removeprefix(f"{column}/") for key, ids in reading.all("order") if key.startswith(f"{column}/") and ids]


def cards_in(reading: Reading, column: str, code: str) -> tuple[Card, ...]:
    items = (reading.of(f"item/{id}") for id in reading.of(f"order/{column}/{code}") or ())
    return tuple(card_of(reading, item) for item in items if item)


def waiting_in(reading: Reading, standing: str) -> tuple[Card, ...]:
    """What was offered, held or taken off: in the council's own record, each apart."""
    return tuple(card_of(reading, item, _remark(reading, item)) for __, item in reading.all(standing))


def _remark(reading: Reading, item: Seen) -> str:
    offered_by = reading.names.first(item.get("offered_by"))
    by = _("Brought by {name}.", name=offered_by) if offered_by else ""
    where = reading.words.question(item["column"]) if item.get("column") else ""
    why = item.get("removed_why") or item.get("returned_why") or ""
    return " ".join(part for part in (_("For “{column}”.", column=where), by, why) if part)


def card_of(reading: Reading, item: Seen, remark: str = "") -> Card:
    source, kind, column = item["source"], item["kind"], item["column"]
    origin = item.get("origin") or {}
    answers = tuple(
        Answer(reading.names.full(each["person_id"]) or each["name"], _(AGREES[each["agrees"]]), each["text"])
        for each in item["responses"]
    )
    said_by = reading.names.sharing(source["person_id"], item["child_speaking"]) or source["name"]
    return Card(
        id=item["id"],
        text=item["text"],
        kind=kind,
        kind_words=reading.words.kind(kind),
        said_by=said_by,
        basis=_(BASIS[source["basis"]]),
        about=reading.names.about(item["about_children"]),
        happened_on=reading.times.day(item["happened_on"]),
        new_today=item["new_today"],
        came_from=reading.words.group(origin["column"], origin["sub_category"]) if origin.get("sub_category") else "",
        answers=answers,
        translations=tuple(
            Translation(each["language"], each["text"], each["name"]) for each in item.get("translations", ())
        ),
        not_asked=kind == "allegation" and column != "next_step" and not answers,
        wordings=reading.wordings(item["earlier"], reading.written_at(item["id"]), said_by),
        remark=remark,
    )
