"""What the help says is so: its pictures are there and small, and its keys are those of the board."""

import re
from pathlib import Path

from app.pages.front_end import CHECKOUT, template_folder
from app.pages.helping import PICTURES, SUBJECTS

SAID = {path.stem: path.read_text(encoding="utf-8") for path in (template_folder() / "help").glob("*.html")}


def test_each_picture_is_shown_and_is_at_most_60_kilobytes() -> None:
    shown = set(re.findall(r'picture\("(\w+)"', " ".join(SAID.values())))
    assert {path.stem for path in PICTURES.glob("*")} == shown
    assert not [path.name for path in PICTURES.glob("*") if path.stat().st_size > 60_000]


def test_each_subject_has_its_page_and_each_page_its_subject() -> None:
    assert set(SAID) - {"contents", "subject", "parts", "link"} == set(SUBJECTS)


def test_the_keys_are_all_that_the_board_has() -> None:
    board = Path(CHECKOUT / "src" / "chair" / "keys.ts").read_text(encoding="utf-8")
    does = re.findall(r"\{ key: '[^']+', does: '([^']+)'", board)
    assert len(does) > 15
    assert re.findall(r'^  \("[^"]+", _\("([^"]+)"\)\),$', SAID["keys"], re.MULTILINE) == does
