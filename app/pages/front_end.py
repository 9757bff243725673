"""Where the built front end lies, and which files each page needs."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

INSTALLED = Path(__file__).resolve().parent.parent / "_web"
CHECKOUT = Path(__file__).resolve().parent.parent.parent / "web"
HOME = INSTALLED if INSTALLED.exists() else CHECKOUT


class FrontEndMissing(Exception):
    """One sentence for whoever started a server without having built the front end."""


@dataclass(frozen=True)
class FrontEnd:
    folder: Path
    pages: dict[str, dict[str, Any]]  # what the build tells of each page
    build: str  # changes with every build: a tab that is older reloads itself
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # of each page, by language

    def assets(self, page: str) -> dict[str, Any]:
        """The page's script, whatever that imports at once, and their style sheets: none waits for another."""
        chunks = self.pages[page]
        waiting = [name for name, chunk in chunks.items() if chunk.get("isEntry")]
        known: list[str] = []
        while waiting:
            name = waiting.pop(0)
            if name not in known:
                known.append(name)
                waiting += chunks[name].get("imports", [])
        script, *imports = [_address(chunks[name]["file"]) for name in known]
        styles = [_address(style) for name in known for style in chunks[name].get("css", [])]
        return {"script": script, "imports": imports, "styles": styles, "words": self.words.get(page, {})}


def load_front_end(home: Path = HOME) -> FrontEnd:
    told = {path.stem: path.read_text() for path in sorted((home / "dist" / ".vite").glob("*.json"))}
    if not told:
        raise FrontEndMissing("The front end is not built. Run `make run`, which builds it.")
    build = hashlib.sha256("".join(told.values()).encode()).hexdigest()[:12]
    pages = {page: json.loads(text) for page, text in told.items()}
    return FrontEnd(home / "dist", pages, build, words_of_pages(home / "dist"))


def words_of_pages(dist: Path) -> dict[str, dict[str, str]]:
    """Each file is named after its page and language, and by a hash of what it says."""
    words: dict[str, dict[str, str]] = {}
    for path in sorted((dist / "words").glob("*.*.*.json")):
        page, language, *_ = path.name.split(".")
        words.setdefault(page, {})[language] = _address(f"words/{path.name}")
    return words


def _address(file: str) -> str:
    return f"/static/{file}"


def template_folder(home: Path = HOME) -> Path:
    return home / "templates"
