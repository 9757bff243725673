"""Each page is given its own words in each language, and nobody else's."""

import json
from pathlib import Path

import brotli
import pytest
from babel.messages.catalog import Catalog

from app.languages.languages import WITH_CATALOGUE
from app.pages.front_end import words_of_pages
from tools.words import categories
from tools.words_served import write_pages

POLISH = WITH_CATALOGUE[1]


def catalogue(**more: str) -> Catalog:
    catalog = Catalog(locale="pl")
    catalog.add("Join", "Dołącz")
    catalog.add("Speak", "Mów")
    catalog.add("That is not on the board.", "Tego nie ma na tablicy.")
    catalog.add(("{n} point", "{n} points"), ("{n} punkt", "{n} punkty", "{n} punktów"))
    for id, text in more.items():
        catalog.add(id, text)
    return catalog


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    pages = {"join": ["Join"], "family": ["Speak", "{n} point"], "room": []}
    (tmp_path / "messages.json").write_text(json.dumps(pages))
    return tmp_path


def served(dist: Path, catalog: Catalog) -> dict[str, dict[str, object]]:
    write_pages(dist, [(POLISH, catalog, categories(catalog))], {"That is not on the board."})
    files = {page: words["pl"] for page, words in words_of_pages(dist).items()}
    return {page: json.loads((dist / file.removeprefix("/static/")).read_text()) for page, file in files.items()}


def test_a_page_is_given_what_it_says_and_what_the_board_may_say_on_it(dist: Path) -> None:
    forms = ["one", "few", "many"]
    board = {"That is not on the board.": "Tego nie ma na tablicy."}
    assert served(dist, catalogue()) == {
        "join": {"": forms, "Join": "Dołącz"},
        "family": {"": forms, "Speak": "Mów", "{n} point": ["{n} punkt", "{n} punkty", "{n} punktów"], **board},
        "room": {"": forms, **board},
    }


def test_a_changed_word_has_another_name_and_what_was_before_is_gone(dist: Path) -> None:
    served(dist, catalogue())
    before = words_of_pages(dist)
    catalog = catalogue()
    catalog["Join"].string = "Wejdź"
    served(dist, catalog)
    after = words_of_pages(dist)
    assert after["join"] != before["join"]
    assert after["family"] == before["family"]
    assert len(list((dist / "words").glob("join.*"))) == 3
    packed = dist / (after["join"]["pl"].removeprefix("/static/") + ".br")
    assert json.loads(brotli.decompress(packed.read_bytes()))["Join"] == "Wejdź"
