"""What a child wanted to show, and how: their houses, in the order in which children and questions are spoken of."""

from datetime import datetime
from typing import Any, get_args

from app.board.houses import HouseCode
from app.languages.speaking import _, word

from .parts import House, Stroke
from .reading import Reading

HOUSES: dict[HouseCode, str] = {
    "worries": word("Worries"),
    "good_things": word("Good things"),
    "wishes": word("Wishes"),
}
_ORDER: tuple[HouseCode, ...] = get_args(HouseCode)


def houses_of(reading: Reading) -> tuple[House, ...]:
    children = [id for id, _ in reading.names.children.items()]

    def in_order(seen: Any) -> tuple[int, int, str]:
        return (children.index(seen["child_id"]), _ORDER.index(seen["house"]), seen["id"])

    houses = sorted((seen for _, seen in reading.all("house")), key=in_order)
    return tuple(_house(reading, seen) for seen in houses)


def _house(reading: Reading, seen: Any) -> House:
    return House(
        child_id=seen["child_id"],
        child=reading.names.first(seen["child_id"]),
        code=seen["house"],
        heading=_(HOUSES[seen["house"]]),
        words=seen["words"],
        drawing=tuple(Stroke(each["pencil"], each["thickness"], each["path"]) for each in seen["drawing"]),
        described=seen["described"],
        brought_by=reading.names.full(seen["brought_by"]) or seen["name"],
        at=reading.times.stamp(datetime.fromisoformat(seen["at"])),
    )
