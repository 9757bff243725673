"""A language in which everything that comes from a catalogue stands in brackets, so that whatever does not is found."""

import re
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.languages.catalogue import FOLDER

OPEN, CLOSE = "⟦", "⟧"
SPEAKS = ("aria-label", "title", "placeholder", "alt")
SILENT = {"script", "style", "textarea", "kbd"}  # what is typed is somebody's to change, and keys are called so
WITHOUT_END = {"input", "meta", "link", "br", "col", "hr", "img"}
_WIDER = str.maketrans("aeiouAEIOUcnsyzCNSYZ", "åéîöûÅÉÎÖÛçñšýžÇÑŠÝŽ")


def pseudo(text: str) -> str:
    """Accented, and two fifths longer; places and tags stay as they are."""
    parts = re.split(r"(\{\w+\}|</?\w+>)", text)
    said = "".join(part if number % 2 else part.translate(_WIDER) for number, part in enumerate(parts))
    return f"{OPEN}{said}{'·' * (len(text) * 2 // 5)}{CLOSE}"


def write_pseudo(folder: Path, code: str = "cy") -> Path:
    """In the place of this language, compiled as a server reads it."""
    with (FOLDER / "kinboard.pot").open("rb") as file:
        messages = read_po(file)
    catalog = Catalog(locale=code)
    for each in messages:
        if isinstance(each.id, str):
            catalog.add(each.id, pseudo(each.id) if each.id else "", context=each.context)
        else:
            catalog.add(each.id, tuple(pseudo(each.id[1]) for _ in range(catalog.num_plurals)), context=each.context)
    with (folder / f"{code}.mo").open("wb") as file:
        write_mo(file, catalog)
    return folder


class _Outside(HTMLParser):
    """Collects what stands outside all brackets: of the page as it is read, and of each attribute that is read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in WITHOUT_END and (self.silent or tag in SILENT or ("lang" in said and tag != "html")):
            self.silent.append(tag)
        for name in SPEAKS:
            self._read(said.get(name) or "", 0)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.depth = self._read(data, self.depth)

    def _read(self, text: str, depth: int) -> int:
        outside = ""
        for character in text:
            if depth == 0 and character != OPEN:
                outside += character
            depth += (character == OPEN) - (character == CLOSE)
        self.found += [part for part in re.split(r"\s*[\n,.;:·()“”/]\s*", outside) if part.strip()]
        return depth


def outside_of(page: str) -> list[str]:
    reader = _Outside()
    reader.feed(page)
    reader.close()
    assert reader.depth == 0, "a message was cut off"
    return [part.strip() for part in reader.found]
