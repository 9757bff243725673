"""What each page weighs: all the script and style that it can ever fetch, in the form that browsers take.

tools/weight.py    a table of the pages; fails when one is too heavy
"""

import json
import sys
from pathlib import Path
from typing import Any

DIST = Path(__file__).resolve().parent.parent / "web" / "dist"
MOST = {"family": 60_000, "houses": 60_000, "tour": 3_000}  # of script and style, packed with brotli
MOST_FOR_OTHERS = 90_000
FORMS = {"brotli": ".br", "gzip": ".gz", "unpacked": ""}


def reach(chunks: dict[str, Any], *, at_once: bool) -> set[str]:
    """The files behind a page: those it waits for, or also those that it may fetch later."""
    kinds = ("imports",) if at_once else ("imports", "dynamicImports")
    waiting = [name for name, chunk in chunks.items() if chunk.get("isEntry")]
    known: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += [other for kind in kinds for other in chunks[name].get(kind, [])]
    return {file for name in known for file in (chunks[name]["file"], *chunks[name].get("css", []))}


def weigh(dist: Path = DIST) -> dict[str, dict[str, int]]:
    """Bytes by page."""
    pages = {}
    for path in sorted((dist / ".vite").glob("*.json")):
        chunks = json.loads(path.read_text())
        every = reach(chunks, at_once=False)
        pages[path.stem] = {
            "at once": _size(dist, reach(chunks, at_once=True), ".br"),
            **{form: _size(dist, every, ending) for form, ending in FORMS.items()},
        }
    return pages


def too_heavy(pages: dict[str, dict[str, int]]) -> list[str]:
    return [page for page, sizes in pages.items() if sizes["brotli"] > MOST.get(page, MOST_FOR_OTHERS)]


def table(pages: dict[str, dict[str, int]]) -> str:
    heads = ["at once", *FORMS, "at most"]
    rows = [f"{'kB':14}" + "".join(f"{head:>10}" for head in heads)]
    for page, sizes in pages.items():
        numbers = [*sizes.values(), MOST.get(page, MOST_FOR_OTHERS)]
        rows.append(f"{page:14}" + "".join(f"{number / 1000:10.1f}" for number in numbers))
    return "\n".join(rows)


def _size(dist: Path, files: set[str], ending: str) -> int:
    return sum((dist / f"{file}{ending}").stat().st_size for file in files)


if __name__ == "__main__":
    weighed = weigh()
    print(table(weighed))
    if heavy := too_heavy(weighed):
        sys.exit(f"Too heavy: {', '.join(heavy)}.")
