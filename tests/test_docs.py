"""The pages say what the program does: nothing undocumented, nothing documented that is gone."""

import re
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
import typer.main
from fastapi import APIRouter
from pydantic import BaseModel, TypeAdapter

from app import cli, settings
from app.board import policy, terms
from app.board.area import Area, groups_in
from app.board.board import COMMANDS
from app.board.closing import Recipient, Telling
from app.board.decision import Override, Step
from app.board.items import Source
from app.board.keys import OWN_VALUES, VALUES
from app.board.refusals import SENTENCES
from app.board.terms import FAMILY, SERVICES, STAYING, Role
from app.pages import (
    accounts,
    auditing,
    beginning,
    beside,
    boards,
    conferences,
    confirming,
    connecting,
    council_account,
    door,
    health,
    helping,
    home,
    invitations,
    joining,
    languages,
    late,
    lobby,
    looking_back,
    own_ways,
    plain_words,
    practising,
    preparing,
    records,
    screens,
    signing_in,
    streaming,
    tablets,
)
from app.realtime import allowance, connection, protocol, room
from tests.realtime.frames import SHAPES

ROOT = Path(__file__).resolve().parent.parent
PROTOCOL = (ROOT / "docs" / "protocol.md").read_text()
README = (ROOT / "README.md").read_text()

Row = list[str]


def table(page: str, first_heading: str) -> list[Row]:
    """The rows of the table whose first column has this heading."""
    lines = page.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def optional(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`\?", cell))


# ---- commands

DOCUMENTED = {names(row[0])[0]: row for row in table(PROTOCOL, "command")}

WHO: dict[str, frozenset[Role]] = {
    "chair": policy.CHAIR,
    "scribe": frozenset({"scribe"}),
    "social worker": frozenset({"social_worker"}),
    "services": SERVICES,
    "family": FAMILY,
    "advocate": frozenset({"advocate"}),
    "interpreter": frozenset({"interpreter"}),
    "child": frozenset({"child"}),
    "a voice": policy.WITH_A_VOICE,
}


def who_are(words: str) -> set[str]:
    return {role for word in words.split(",") for role in WHO[word.strip()]}


def test_every_command_is_documented_and_no_other() -> None:
    assert set(DOCUMENTED) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_fields_of_a_command_are_as_documented(command: str) -> None:
    fields = {
        field.alias or name: field.is_required()
        for name, field in COMMANDS[command].model_fields.items()
        if name not in ("id", "type", "reign")
    }
    cell = DOCUMENTED[command][1]
    assert set(names(cell)) == set(fields)
    assert optional(cell) == {name for name, required in fields.items() if not required}


@pytest.mark.parametrize("command", COMMANDS)
def test_who_may_and_when_is_as_documented(command: str) -> None:
    rule, (_, _, who, when) = policy.POLICY[command], DOCUMENTED[command]
    assert who_are(who) == rule.roles
    assert ("until locked" in when) is not rule.while_locked
    assert ("also after closing" in when) is rule.after_close
    assert ("while the family is out" in when) is (bool(rule.roles & STAYING) and rule.without_family)
    prepare = re.search(r"in `prepare` only ([a-z, ]+)", when)
    assert (who_are(prepare[1]) if prepare else None) == rule.in_prepare
    begun = re.search(r"once begun only ([a-z, ]+)", when)
    assert (who_are(begun[1]) if begun else None) == rule.once_begun
    assert set(names(when)) - ({"prepare"} if prepare else set()) == (rule.phases or set())


def test_the_parts_of_commands_are_as_documented() -> None:
    parts: list[tuple[type[BaseModel], str]] = [
        (Source, "`source` is `{person_id, basis, report_id?}`"),
        (Override, "`override` (`{reason}`)"),
        (Telling, "`tells` holds `{child_id, person_id}`"),
        (Recipient, "`{person_id, version, children?, how}`"),
    ]
    for part, described in parts:
        assert described in PROTOCOL
        fields = re.findall(r"\{(.*?)\}", described)[0].split(", ")
        assert fields == [name + "?" * (not field.is_required()) for name, field in part.model_fields.items()]


ENGLAND = Area()
ENGLANDS_WORDS = {
    "conference_type": {kind.code for kind in ENGLAND.types},
    "sub_category": {group for _, group in groups_in(ENGLAND.columns)},
    "outcome": {outcome.code for kind in ENGLAND.types for outcome in kind.outcomes},
    "view": {terms.NOT_ABLE_TO_SAY},
    "category": {category.code for category in ENGLAND.categories.names},
}


def test_the_words_of_commands_are_as_documented() -> None:
    documented = {names(row[0])[0]: set(names(row[1])) for row in table(PROTOCOL, "word")}
    for word, kind in {
        "column": terms.Column,
        "kind": terms.StatementKind,
        "basis": terms.Basis,
        "agrees": terms.Agrees,
        "phase": terms.Phase,
        "role": terms.Role,
        "how": terms.Attendance,
        "screens": terms.Screens,
        "direction": terms.Direction,
        "show": terms.Show,
    }.items():
        assert documented.pop(word) == set(get_args(kind)), word
    assert documented == ENGLANDS_WORDS


# ---- keys

KEYS = {re.sub(r"<.*", "", names(row[0])[0]): row for row in table(PROTOCOL, "key")}
KINDS = {**VALUES, **OWN_VALUES}


def test_every_key_is_documented_and_no_other() -> None:
    assert set(KEYS) == set(KINDS)


@pytest.mark.parametrize("key", KINDS)
def test_the_value_under_a_key_is_as_documented(key: str) -> None:
    kind, cell = KINDS[key], KEYS[key][1]
    if like := re.match(r"(?:as|a list of answers as in) `([^`<]+)", cell):
        inner = get_args(kind)[0] if get_origin(kind) is list else kind
        assert inner == KINDS[like[1]]
    elif hasattr(kind, "__annotations__"):
        fields = get_type_hints(kind, include_extras=True)
        if key == "blank":
            cell = cell.partition(";")[0]
        assert set(names(cell)) - {"item/<id>"} == set(fields)
        assert optional(cell) == {name for name, hint in fields.items() if "NotRequired" in str(hint)}
    elif get_origin(kind) is list and hasattr(get_args(kind)[0], "__annotations__"):
        assert names(cell)[0] == get_args(kind)[0].__name__
    elif key == "missing/":
        assert set(names(cell)) == set(get_args(Step))
    elif key == "help/":
        assert set(names(cell)) == set(get_args(terms.Help))
    else:
        assert key in ("order/", "private_order/", "prepared", "not_heard")


def test_the_parts_of_values_are_as_documented() -> None:
    documented = {names(row[0])[0]: set(names(row[1])) for row in table(PROTOCOL, "part")}
    parts = {name: part for name, part in protocol.schema()["$defs"].items() if name.endswith(("Seen", "Defaults"))}
    whole = {kind.__name__ for kind in KINDS.values() if hasattr(kind, "__annotations__")} | {"TitleSeen", "AnswerSeen"}
    assert set(documented) == set(parts) - whole
    for name, fields in documented.items():
        assert fields == set(parts[name]["properties"]), name


# ---- what must always hold


def test_every_rule_that_must_always_hold_has_tests_by_its_number_and_all_are_there() -> None:
    page = (ROOT / "docs" / "invariants.md").read_text()
    rules = re.findall(r"^(\d+)\. ", page, re.MULTILINE)
    rows = {row[0]: names(row[1]) for row in table(page, "rule")}
    assert list(rows) == rules == [str(n) for n in range(1, 18)]
    code = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    there = set(re.findall(r"def (test_\w+)\(", code))
    for rule, tests in rows.items():
        assert set(tests) <= there, rule
        assert {each for each in there if each.startswith(f"test_invariant_{rule}_")} <= set(tests), rule
        assert tests[0].startswith(f"test_invariant_{rule}_")


# ---- frames, errors, refusals, close codes, limits


def test_every_frame_is_documented_and_no_other() -> None:
    documented = {tuple(names(row[0])): row[1] for row in table(PROTOCOL, "frame")}
    shapes = {("view",): protocol.ViewFrame, ("view", "own"): protocol.OwnFrame}
    shapes |= {(name,): shape for name, shape in SHAPES.items()}
    assert set(documented) == set(shapes)
    for name, cell in documented.items():
        fields = get_type_hints(shapes[name], include_extras=True)
        assert set(names(cell)) == set(fields) - {"type"}, name
        assert optional(cell) == {field for field, hint in fields.items() if "NotRequired" in str(hint)}, name


def test_every_error_of_the_socket_is_documented_and_no_other() -> None:
    codes = get_args(get_type_hints(protocol.ErrorFrame)["code"])
    assert {names(row[0])[0] for row in table(PROTOCOL, "error")} == set(codes)


def test_every_code_over_http_is_documented_and_no_other() -> None:
    code = (ROOT / "app" / "main.py").read_text() + "".join(
        path.read_text() for path in (ROOT / "app" / "pages").glob("*.py")
    )
    used = (
        {"name_taken", "last_administrator"}
        | set(re.findall(r'"code": "(\w+)"', code))
        | set(re.findall(r'"(\w+)" if status == 404 else "(\w+)"', code)[0])
    )
    assert {names(row[0])[0] for row in table(PROTOCOL, "code")} == used


def test_every_refusal_is_documented_with_its_sentence_and_no_other() -> None:
    documented = {names(row[0])[0]: row[1] for row in table(PROTOCOL, "reason")}
    assert documented == {reason.value: sentence for reason, sentence in SENTENCES.items()}


def test_every_close_code_is_documented_and_no_other() -> None:
    ours = {
        connection.TOO_SLOW,
        connection.MISBEHAVED,
        room.CLOSED_DAMAGED,
        room.CLOSED_GONE,
        connection.CLOSED_NOT_ADMITTED,
        boards.NEWER_VERSION,
    }
    of_the_line = {1007, 1009, 1011, 1012}  # sent by uvicorn and websockets for us
    assert {int(row[0]) for row in table(PROTOCOL, "close code")} == ours | of_the_line


def test_every_limit_is_as_documented() -> None:
    pace = f"{allowance.COMMANDS_PER_SECOND:.0f} commands a second with a burst of {allowance.BURST:.0f}"
    assert pace in PROTOCOL
    assert f"{protocol.MOST_BYTES_UP // 1024} KiB for a frame up" in PROTOCOL
    assert f"{allowance.MOST_ERRORS} errors within a minute" in PROTOCOL
    assert allowance.ERRORS_WITHIN_SECONDS == 60
    assert f"nothing was read for {connection.SLOW_SECONDS:.0f} seconds" in PROTOCOL
    assert f"or {connection.MOST_ANSWERS_WAITING} answers wait" in PROTOCOL
    assert connection.STILL_SECONDS == 5
    assert f"at most {joining.MOST_BYTES // 1024} KiB" in PROTOCOL


# ---- doors, settings, what a person types


def test_every_door_is_documented_and_no_other() -> None:
    documented = {names(row[0])[0] for row in table(PROTOCOL, "door")}
    doors = {"GET /static/…", "WS /api/conferences/{conference}/live"}  # the last one is answered before any route
    at_the_door = (joining, languages, lobby, screens, tablets, late, door, invitations)
    of_staff = (
        signing_in,
        beginning,
        council_account,
        confirming,
        own_ways,
        accounts,
        auditing,
        practising,
        conferences,
        preparing,
    )
    nouns = (
        home,
        helping,
        *at_the_door,
        *of_staff,
        boards,
        plain_words,
        streaming,
        connecting,
        looking_back,
        beside,
        records,
        health,
    )
    routers: list[APIRouter] = [noun.router for noun in nouns]
    for route in [route for router in routers for route in router.routes]:
        path: str = route.path  # type: ignore[attr-defined]
        doors |= {f"{method} {path}" for method in getattr(route, "methods", {"WS"})}
    assert documented == doors


def test_every_setting_is_documented_and_no_other() -> None:
    documented = {names(row[0])[0]: row for row in table(README, "setting")}
    fields = {settings.PREFIX + name.upper(): field for name, field in settings.Settings.model_fields.items()}
    assert set(documented) == set(fields)
    for name, field in fields.items():
        if field.default_factory is None and field.default is not None:
            assert f"`{field.default}`" in documented[name][1], name


def test_every_command_that_a_person_types_is_documented_with_its_options_and_no_other() -> None:
    documented: dict[str, str] = {}
    for row in table(README, "command"):
        documented[names(row[0])[0].split()[1]] = " ".join(row)
    program: Any = typer.main.get_command(cli.cli)
    assert set(documented) == set(program.commands)
    for name, command in program.commands.items():
        options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        assert set(re.findall(r"--\w+", documented[name])) == options - {"--data", "--help"}, name


# ---- the schema

KEYWORDS = {
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "default",
    "type",
    "properties",
    "required",
    "items",
    "prefixItems",
    "additionalProperties",
    "anyOf",
    "oneOf",
    "const",
    "enum",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "format",
}
OURS = {"view", "discriminator"}  # which a validator passes over
TYPES = {"object", "array", "string", "integer", "number", "boolean", "null"}


def test_the_schema_is_a_json_schema_that_lists_the_same_commands_and_keys() -> None:
    schema = protocol.schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(schema["$defs"]["Up"]["discriminator"]["mapping"]) == set(COMMANDS)
    assert len(schema["$defs"]["Up"]["oneOf"]) == len(COMMANDS)
    assert set(schema["view"]) == set(KINDS)
    require_schema(schema, schema)
    for value in schema["view"].values():
        require_schema(value, schema)


def require_schema(part: dict[str, Any], whole: dict[str, Any]) -> None:
    """Only words of the 2020-12 vocabulary, each with what it takes, and no reference that leads nowhere."""
    assert set(part) <= KEYWORDS | OURS, set(part) - KEYWORDS
    if "$ref" in part:
        assert part["$ref"].removeprefix("#/$defs/") in whole["$defs"]
    if "type" in part:
        assert part["type"] in TYPES
    if "pattern" in part:
        re.compile(part["pattern"])
    assert set(part.get("required", ())) <= set(part.get("properties", ()))
    inside = [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
    inside += [*part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("prefixItems", ())]
    inside += [part[name] for name in ("items", "additionalProperties") if isinstance(part.get(name), dict)]
    for each in inside:
        require_schema(each, whole)


def test_the_schema_of_each_command_requires_its_type_and_allows_nothing_more() -> None:
    definitions = protocol.schema()["$defs"]
    for name, command in COMMANDS.items():
        part = definitions[command.__name__]
        assert {"id", "type"} <= set(part["required"])
        assert part["additionalProperties"] is False
        assert part["properties"]["type"]["const"] == name
        assert TypeAdapter(command).json_schema()["properties"].keys() == part["properties"].keys()
