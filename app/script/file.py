"""A conference file is read whole, or refused with one sentence that names the place."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.areas.areas import load_areas
from app.board.area import Area
from app.board.terms import CODE

from .copies import Copy, copy_named
from .ids import ROOM_SCREEN
from .parts import BY_CODE, WHOLE, ConferenceFile, named_parts

# A limit as a file calls it, and as an area does.
LIMITS = {
    "report_share_before_initial_hours": "report_before_initial_hours",
    "report_share_before_review_working_days": "report_before_review_working_days",
    "core_group_working_days": "core_group_working_days",
    "first_review_months": "first_review_months",
    "later_review_months": "later_review_months",
    "decision_letter_working_days": "letter_working_days",
    "record_working_days": "record_working_days",
}
BETWEEN = ("[key]", BY_CODE, WHOLE)  # steps of the reader that stand nowhere in a file
LARGEST = 20_000_000  # bytes; the worked conferences have less than 40,000


class ImportRefused(Exception):
    """One sentence for the person who asked. Never holds what the file says, only where it is wrong."""


def read_conference_file(path: Path) -> ConferenceFile:
    """Raises `ImportRefused`."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        refuse(f"{path} cannot be read: {(error.strerror or 'unknown error').lower()}.")
    return conference_file_from(raw)


def conference_file_from(raw: bytes) -> ConferenceFile:
    if len(raw) > LARGEST:
        refuse(f"The file is larger than {LARGEST // 1_000_000} megabytes.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(f"The file is not UTF-8 text: byte {error.start + 1} cannot be read.")
    _require_json(text)
    try:
        file = ConferenceFile.model_validate_json(text)
    except ValidationError as invalid:
        refuse(_sentence_for(invalid))
    _require_sound(file)
    return file


def refuse(sentence: str) -> NoReturn:
    raise ImportRefused(sentence) from None  # the cause would show what the file says


def _require_json(text: str) -> None:
    """Python's own reader too, because it can notice a key that stands twice and a number that JSON does not know."""
    try:
        json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        refuse(f"The file is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.")
    except RecursionError:
        refuse("The file is not a conference file: its parts are nested too deeply.")
    except ValueError:
        refuse("The file is not a conference file: a number in it is too long.")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        refuse(f"The key {json.dumps(twice)} stands twice in the same object.")
    return found


def _no_number(constant: str) -> NoReturn:
    refuse(f"The file is not JSON: {constant} is not a number.")


def _sentence_for(invalid: ValidationError) -> str:
    """About the first thing that is wrong; the others show themselves once it is right."""
    error = invalid.errors(include_url=False, include_input=False)[0]
    place = place_of(error["loc"])
    return f"{place or 'The file'} {_what_is_wrong(error)}."


def place_of(location: Iterable[str | int]) -> str:
    """As one would write it in code: `board_items[13].column`."""
    place = ""
    for step in location:
        if isinstance(step, int):
            place += f"[{step}]"
        elif step not in BETWEEN:
            place += f".{step}" if place else step
    return place


def _what_is_wrong(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "json_invalid":
            return f"is not JSON: {context['error']}"
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known"
        case "literal_error":
            return f"must be {str(context['expected']).replace(chr(39), '')}"
        case "string_type":
            return "must be text"
        case "bool_type":
            return "must be true or false"
        case "int_type" | "int_from_float":
            return "must be a whole number"
        case "tuple_type":
            return "must be a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "must be an object with named parts"
        case "string_too_long":
            return f"is longer than {context['max_length']} characters"
        case "string_too_short" | "too_short":
            return "is empty"
        case "string_pattern_mismatch" if context["pattern"] == CODE:
            return "must be a word such as child_protection_plan"
        case "string_pattern_mismatch":
            return "is empty, too long, or has a character that is not writing"
        case "value_error":
            return str(context["error"])
        case _:
            words = error["msg"].removeprefix("Input ")
            return words[:1].lower() + words[1:].rstrip(".")


def _require_sound(file: ConferenceFile) -> None:
    """What no single part can show: ids are there once, and what the meeting needs to begin fits together."""
    seen: dict[str, str] = {}
    for place, name in named_parts(file):
        if name in seen:
            refuse(f"{place} is the same id as {seen[name]}.")
        if name == ROOM_SCREEN:
            refuse(f"{place} is the id of the screen on the wall, which no file lists.")
        seen[name] = place
    if file.conference.type not in (types := [each.code for each in area_of(file).types]):
        refuse(f"conference.type must be {', '.join(types[:-1])} or {types[-1]}.")
    agencies, children = {each.id for each in file.agencies}, {each.id for each in file.children}
    people = {each.id for each in file.people}
    for index, person in enumerate(file.people):
        place = f"people[{index}]"
        if person.agency_id is not None and person.agency_id not in agencies:
            refuse(f"{place}.agency_id is not one of the agencies.")
        for number, child in enumerate(person.works_with or ()):
            if child not in children:
                refuse(f"{place}.works_with[{number}] is not one of the children.")
        if person.sits_with is not None and person.sits_with not in children | people:
            refuse(f"{place}.sits_with is not one of the children or people.")
        for number, other in enumerate(person.hidden_from or ()):
            if other not in people - {person.id}:
                refuse(f"{place}.hidden_from[{number}] is not one of the other people.")
    chairs = [index for index, person in enumerate(file.people) if person.role == "chair"]
    if not chairs:
        refuse("people has nobody with the role chair.")
    if len(chairs) > 1:
        refuse(f"people[{chairs[1]}].role must not be chair: people[{chairs[0]}] is the chair.")
    pairs = {goal.id: goal.danger_statement_id for goal in file.safety_goals}
    for index, danger in enumerate(file.danger_statements):
        if danger.safety_goal_id is not None and pairs.get(danger.safety_goal_id) != danger.id:
            refuse(f"danger_statements[{index}].safety_goal_id is not a safety goal for this danger statement.")
    for index, _ in enumerate(file.after.who_gets_the_record or () if file.after else ()):
        copy_at(file, index)
    if file.acts and file.acts.of != digest_of(file):
        refuse("acts no longer fits the rest of the file, which was changed: take acts out to import the rest alone.")


def copy_at(file: ConferenceFile, index: int) -> Copy:
    """Which copy the one who stands at this place gets."""
    recipients = (file.after and file.after.who_gets_the_record) or ()
    copy = copy_named(recipients[index].version, [child.id for child in file.children])
    if copy is None:
        refuse(
            f"after.who_gets_the_record[{index}].version must be family, plan_only, professional or full, "
            "or part of one such as family_part_about_c2_and_shared_items."
        )
    return copy


def area_of(file: ConferenceFile) -> Area:
    """The area whose rules the file names; England's, with the file's own limits, where it names none."""
    used = file.settings_used
    area = _shipped_area(used.area) if isinstance(used.area, str) else used.area or Area()
    limits = {ours: getattr(used, its) for its, ours in LIMITS.items() if getattr(used, its) is not None}
    return area.model_copy(update={"deadlines": area.deadlines.model_copy(update=limits)}) if limits else area


def _shipped_area(code: str) -> Area:
    areas = _shipped_areas()
    if code not in areas:
        refuse(f"settings_used.area must be {', '.join(areas)}, or the whole of another area.")
    return areas[code]


@cache
def _shipped_areas() -> dict[str, Area]:
    return load_areas()


def digest_of(file: ConferenceFile) -> str:
    """Of everything but `acts`, whatever the order of its keys."""
    rest = file.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude={"acts"})
    return sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def parts_of(file: ConferenceFile) -> dict[str, Any]:
    """The file as it goes to JSON, its keys always in the same order."""
    return file.model_dump(mode="json", by_alias=True, exclude_unset=True)


def written(file: ConferenceFile) -> str:
    """The file as text, the same each time."""
    return json.dumps(parts_of(file), ensure_ascii=False, indent=1) + "\n"
