"""Finds every message: in the server's code and templates, refusals, the areas' files and the browser's code."""

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2.ext import babel_extract

from app.board.refusals import SENTENCES

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, tuple[int, ...]] = {"_": (0,), "word": (0,), "many": (0, 1)}
OF_THE_BOARD: dict[str, tuple[int, ...]] = {"refuse": (1,)}  # its other refusals stand in a table
AREA_KEYS = {"question", "plain", "short", "words", "means", "ask", "threshold", "told_how_to", "in_words", "name"}
AREA_KEYS |= {"meeting_word", "low_end", "high_end"}


@dataclass(frozen=True)
class Found:
    id: str
    file: str
    plural: str | None = None
    context: str | None = None


def found_everywhere() -> list[Found]:
    found = [*in_python(), *in_templates(), *in_refusals(), *in_areas(), *in_the_browser()]
    return sorted(found, key=lambda each: (each.id, each.context or "", each.file))


def said_by_the_board() -> set[str]:
    """What reaches a board in frames: in English, which its page says in its own language."""
    refused = {each.id for each in in_python() if each.file.startswith("app/board/")}
    return refused | {each.id for each in (*in_refusals(), *in_areas())}


def in_python() -> Iterator[Found]:
    """By the syntax tree, which also sees what stands within a formatted string."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        keywords = OF_THE_BOARD if path.parent.name == "board" else KEYWORDS
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in keywords:
                given = [each.args[place] for place in keywords[each.func.id] if place < len(each.args)]
                if any(isinstance(one, ast.JoinedStr) for one in given):
                    sys.exit(f"{_name(path)}:{each.lineno}: a message is no formatted string: name its places.")
                texts = [one.value for one in given if isinstance(one, ast.Constant)]
                if texts and len(texts) == len(given):
                    yield Found(texts[0], _name(path), *texts[1:])


def in_templates() -> Iterator[Found]:
    keywords = ["_", "many"]
    for path in sorted((ROOT / "web" / "templates").rglob("*.html")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, keywords, [], {"silent": "false", "encoding": "utf-8"}):
                yield _found(message, path)


def in_refusals() -> Iterator[Found]:
    for sentence in SENTENCES.values():
        yield Found(sentence, "app/board/refusals.py")


def in_areas() -> Iterator[Found]:
    for path in sorted((ROOT / "app" / "areas").glob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        said.pop("plain_words", None)  # the words of the trade are English
        for text in sorted(set(_texts_of(said))):
            yield Found(text, _name(path))


def in_the_browser() -> Iterator[Found]:
    if "messages" not in json.loads((ROOT / "web" / "package.json").read_text())["scripts"]:
        return  # not marked yet
    node = [sys.executable, "-P", str(ROOT / "tools" / "node.py"), "run", "messages"]
    said = subprocess.run(node, check=True, capture_output=True, text=True).stdout
    for one in json.loads(said):
        yield Found(one["id"], one["file"], one.get("plural"), one.get("context"))


def _texts_of(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _texts_of(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_of(each, key)
    elif isinstance(value, str) and key in AREA_KEYS:
        yield value


def _found(message: Any, path: Path) -> Found:
    if isinstance(message, tuple):
        return Found(message[0], _name(path), message[1])
    return Found(message, _name(path))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
