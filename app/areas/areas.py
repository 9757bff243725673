"""The area files: those that come with the program, and a council's own."""

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.board.area import Area
from app.board.terms import CODE

from .plain_words import NONE, PlainWords, Term, unknown_in, with_own

SHIPPED = Path(__file__).resolve().parent
EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "tuple_type": "a list",
    "model_type": "a table with named keys",
    "model_attributes_type": "a table with named keys",
}


class AreaRefused(Exception):
    """One sentence: which key of which file, what was found there, and what was expected."""


OWN_WORDS = "plain_words"  # of an area's file; no part of the area, which a conference keeps
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class AreaFile:
    area: Area
    file: Path
    words: PlainWords


def area_files(folder: Path | None = None) -> dict[str, AreaFile]:
    """By code: ours, and those of this folder, which stand in for one of ours where they have its code."""
    return {**_files_in(SHIPPED), **(_files_in(folder) if folder else {})}


def load_areas(folder: Path | None = None) -> dict[str, Area]:
    return {code: each.area for code, each in area_files(folder).items()}


def area_named(code: str, folder: Path | None = None) -> Area:
    areas = load_areas(folder)
    if code not in areas:
        raise AreaRefused(f"There is no area {code!r}. There are {', '.join(areas)}.")
    return areas[code]


def plain_words_in(code: str, folder: Path | None = None) -> tuple[Term, ...]:
    """Those of every area, where this one is unknown."""
    found = area_files(folder).get(code)
    return tuple(with_own(found.words if found else NONE))


def _files_in(folder: Path) -> dict[str, AreaFile]:
    if not folder.is_dir():
        raise AreaRefused(f"{folder} is no folder with area files.")
    found: dict[str, AreaFile] = {}
    for file in sorted(folder.glob("*.toml")):
        each = read_area_file(file)
        code = each.area.code
        if code in found:
            raise AreaRefused(f"{file}: code is {code!r}, which {found[code].file.name} has too.")
        found[code] = each
    return found


def read_area(file: Path) -> Area:
    return read_area_file(file).area


def read_area_file(file: Path) -> AreaFile:
    """A whole area. Nothing is taken from another one: a word that was left out would be England's."""
    try:
        said = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise AreaRefused(f"{file} cannot be read: {(error.strerror or 'unknown error').lower()}.") from None
    except UnicodeDecodeError:
        raise AreaRefused(f"{file} is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise AreaRefused(f"{file} is not TOML: {error}.") from None
    words = _read(PlainWords, said.pop(OWN_WORDS, {}), file, OWN_WORDS)
    if word := unknown_in(words.out):
        raise AreaRefused(f"{file}: {OWN_WORDS}.out: {word} is no word of the list that is there for every area.")
    for key in Area.model_fields:
        if key not in said:
            raise AreaRefused(f"{file}: {key} is missing.")
    return AreaFile(_read(Area, said, file), file, words)


def _read(model: type[Model], said: object, file: Path, *within: str) -> Model:
    try:
        return model.model_validate_json(json.dumps(said, default=str))
    except ValidationError as invalid:
        _refuse(file, invalid.errors(include_url=False)[0], within)


def _refuse(file: Path, error: ErrorDetails, within: tuple[str, ...]) -> NoReturn:
    place, context = _place((*within, *error["loc"])), error.get("ctx", {})
    if error["type"] == "missing":
        sentence = f"{place} is missing"
    elif error["type"] == "extra_forbidden":
        sentence = f"{place} is not a key of an area file"
    elif error["type"] == "value_error" and isinstance(error["input"], dict):  # of a table, not of one of its words
        sentence = f"{place}: {context['error']}" if place else str(context["error"])
    else:
        sentence = f"{place} is {_found(error['input'])}, but must be {_expected(error)}"
    raise AreaRefused(f"{file}: {sentence}.") from None


def _place(location: Iterable[str | int]) -> str:
    """As one would count it: `types[2].stages[1].words`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).removeprefix(".")


def _found(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 60 else f"{words[:57]}…"


def _expected(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return str(context["expected"]).replace("'", "")
        case "string_pattern_mismatch" if context["pattern"] == CODE:
            return "a word of small letters, digits and _, such as child_protection_plan"
        case "string_too_long":
            return f"at most {context['max_length']} characters"
        case "string_too_short" | "too_short" | "value_error":
            return "something that is not empty, on one line"
        case "greater_than_equal":
            return f"{context['ge']} or more"
        case "less_than_equal":
            return f"{context['le']} or less"
        case known:
            return EXPECTED.get(known, "something else")
