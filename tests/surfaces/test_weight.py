"""No page makes a weak line wait: what it can ever fetch is small, and what it may fetch later counts too."""

import json
from pathlib import Path

from tools.weight import table, too_heavy, weigh


def test_no_page_is_too_heavy(front_end: None) -> None:
    pages = weigh()
    assert {"chair", "professional", "family", "room", "join"} <= pages.keys()
    assert not too_heavy(pages), table(pages)


def test_what_comes_later_counts_and_once_only(tmp_path: Path) -> None:
    chunks = {
        "entry": {"file": "entry.js", "isEntry": True, "imports": ["shared"], "dynamicImports": ["later"]},
        "shared": {"file": "shared.js", "css": ["shared.css"]},
        "later": {"file": "later.js", "imports": ["shared"]},
        "elsewhere": {"file": "elsewhere.js"},
    }
    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite" / "family.json").write_text(json.dumps(chunks))
    for file, size in {
        "entry.js": 1,
        "shared.js": 20,
        "shared.css": 300,
        "later.js": 59_700,
        "elsewhere.js": 7,
    }.items():
        for ending in ("", ".gz", ".br"):
            (tmp_path / f"{file}{ending}").write_bytes(b"x" * size)
    pages = weigh(tmp_path)
    assert (pages["family"]["at once"], pages["family"]["brotli"]) == (321, 60_021)
    assert too_heavy(pages) == ["family"]
