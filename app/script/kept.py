"""What of a file no command can say as the file does: taken out of it on the way in, put back on the way out."""

from typing import Any, cast

from pydantic import JsonValue

from .parts import KEPT, ConferenceFile, Part

Kept = dict[str, JsonValue]
NAMING = ("id", "person_id", "on_behalf_of_child", "child_id")  # by which a part is found again among its like


def kept_of(file: ConferenceFile) -> Kept:
    """The file without everything that somebody says when it is imported; ids stay, to find their parts again."""
    return cast(Kept, _kept(file))


def _kept(part: Part) -> dict[str, Any]:
    whole = part.model_dump(mode="json", by_alias=True, exclude_unset=True)
    kept: dict[str, Any] = {}
    for name, field in type(part).model_fields.items():
        value, key = getattr(part, name), field.alias or name
        if key not in whole:
            continue
        if KEPT in field.metadata or name in NAMING:
            kept[key] = whole[key]
        elif isinstance(value, Part):
            kept[key] = _kept(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Part):
            kept[key] = [_kept(each) for each in value]
    return {key: value for key, value in kept.items() if not _says_nothing(value)}


def _says_nothing(value: object) -> bool:
    """Parts of which only a name of somebody else's is left, in a list that is not of named parts."""
    if isinstance(value, dict):
        return not value
    return isinstance(value, list) and bool(value) and all(_only_points(each) for each in value)


def _only_points(value: object) -> bool:
    return isinstance(value, dict) and "id" not in value and set(value) <= set(NAMING)


def put_back(said: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """What the board says and what was kept with it, as one; what is no longer on the board is not brought back."""
    whole = dict(said)
    for key, value in kept.items():
        now = said.get(key)
        if isinstance(now, dict) and isinstance(value, dict):
            whole[key] = put_back(now, value)
        elif isinstance(now, list) and isinstance(value, list):
            whole[key] = _put_back_list(now, value)
        elif key not in said:
            whole[key] = value
    return whole


def _put_back_list(said: list[Any], kept: list[Any]) -> list[Any]:
    by_name = {_name_of(each): each for each in kept}
    places = {name: place for place, name in enumerate(by_name)}
    if all("id" in each for each in said):
        said = sorted(said, key=lambda each: places.get(_name_of(each), len(places)))
    return [put_back(each, by_name.get(_name_of(each), {})) for each in said]


def _name_of(part: dict[str, Any]) -> tuple[Any, ...]:
    return (part["id"],) if "id" in part else tuple(part.get(key) for key in NAMING)
