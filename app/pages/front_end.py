"""Where the built front end lies, and which files each page needs."""

import hashlib
import json
from dataclasses import dataclass
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
    manifest: dict[str, Any]
    build: str  # changes with every build: a tab that is older reloads itself

    def assets(self, entry: str) -> dict[str, Any]:
        """The script of this entry, and every style sheet that it or what it imports at once needs."""
        styles: list[str] = []
        waiting, known = [entry], set()
        while waiting:
            name = waiting.pop(0)
            if name in known:
                continue
            known.add(name)
            chunk = self.manifest[name]
            styles += [f"/static/{href}" for href in chunk.get("css", [])]
            waiting += chunk.get("imports", [])
        return {"script": f"/static/{self.manifest[entry]['file']}", "styles": styles}


def load_front_end(home: Path = HOME) -> FrontEnd:
    path = home / "dist" / ".vite" / "manifest.json"
    try:
        text = path.read_text()
    except OSError:
        raise FrontEndMissing("The front end is not built. Run `make run`, which builds it.") from None
    return FrontEnd(home / "dist", json.loads(text), hashlib.sha256(text.encode()).hexdigest()[:12])


def template_folder(home: Path = HOME) -> Path:
    return home / "templates"
