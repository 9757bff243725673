"""`make bench`: everything, against what is aimed at. `make bench ARGS="one saturated"` measures these parts only;
the parts are in `parts.py`, and `screens` is how long people wait to see something in a real browser; `hints` how long
a writer waits for one.
"""

import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from .parts import PARTS
from .plot import plot
from .servers import allow_many_sockets, build, versions_of_peers
from .targets import Target, spelled

RESULTS = Path(__file__).parent / "results"
VERSIONS = ("uvicorn", "uvloop", "websockets", "fastapi", "pydantic", "sqlalchemy")


def main() -> None:
    chosen = sys.argv[1:] or [*PARTS, "screens"]
    if unknown := {*chosen} - {*PARTS, "screens"}:
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join([*PARTS, 'screens'])}")
    if (os.cpu_count() or 1) < 2:
        raise SystemExit("the server and the crowd need a core each")
    with_peers = chosen != ["hints"]  # which need nobody else
    if with_peers:
        build()
    allow_many_sockets()
    targets: list[Target] = []
    results: dict[str, object] = {}
    for name in chosen:
        print(f"{name}:", flush=True)
        if name == "screens":
            results["screens"] = on_screens()
        else:
            new, results[name] = PARTS[name]()
            targets += new
    print()
    for target in targets:
        print(target)
    write(targets, results, versions_of_peers() if with_peers else {})


def on_screens() -> object:
    from .screens import CHROMIUM, on_screens

    if CHROMIUM is None:
        print("  no chromium: what people see is not measured")
        return None
    return on_screens()


def write(targets: list[Target], results: dict[str, object], peers: dict[str, str]) -> None:
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cpus": os.cpu_count()},
        "versions": {name: version(name) for name in VERSIONS} | peers,
        "seed": 1,
        "targets": spelled(targets),
        **results,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"\nwritten to {path}")
    if drawn := plot(result):
        print(f"drawn in {drawn}")


if __name__ == "__main__":
    main()
