"""The words of each page in each language, beside its script: only those that the page says."""

import gzip
import hashlib
import json
from pathlib import Path

import brotli
from babel.messages.catalog import Catalog

from app.languages.languages import Language

SHOW_A_BOARD = {"chair", "professional", "family", "room", "back", "houses"}


def write_pages(dist: Path, served: list[tuple[Language, Catalog, list[str]]], by_the_board: set[str]) -> None:
    folder = dist / "words"
    folder.mkdir(parents=True, exist_ok=True)
    pages = json.loads((dist / "messages.json").read_text(encoding="utf-8")) if served else {}
    written = {folder / ".made"}
    for page, keys in pages.items():
        asked = set(keys) | (by_the_board if page in SHOW_A_BOARD else set())
        for language, catalog, categories in served:
            said = words_in(catalog)
            words = {"": categories, **{key: said[key] for key in said.keys() & asked}}
            content = json.dumps(words, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
            name = f"{page}.{language.code}.{hashlib.sha256(content).hexdigest()[:8]}.json"
            written |= _write_packed(folder / name, content)
    for path in folder.iterdir():
        if path not in written:
            path.unlink()


def words_in(catalog: Catalog) -> dict[str, str | list[str]]:
    words: dict[str, str | list[str]] = {}
    for each in catalog:
        id = each.id[0] if each.pluralizable else each.id
        key = f"{each.context}\u0004{id}" if each.context else id
        if id:
            words[key] = list(each.string) if each.pluralizable else each.string
    return words


def _write_packed(path: Path, content: bytes) -> set[Path]:
    forms = {"": content, ".br": brotli.compress(content), ".gz": gzip.compress(content, mtime=0)}
    for ending, packed in forms.items():
        path.with_name(path.name + ending).write_bytes(packed)
    return {path.with_name(path.name + ending) for ending in forms}
