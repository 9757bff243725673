"""`make bench`: two figures, each as a ratio to a bare broadcast measured in the same rounds; and, where there is a
browser, how long it takes until people see what was done. `make bench ARGS=screens` measures only that."""

import asyncio
import json
import os
import platform
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from app.pages.house import cookie_name

from .crowd import CpuClock, Door, deliveries, latency
from .screens import CHROMIUM, Figures, screens

ROUNDS = 3
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    results: dict[str, object] = {}
    if sys.argv[1:] != ["screens"]:
        results.update(against_a_bare_broadcast())
    if CHROMIUM:
        results["screens"] = on_screens()
    else:
        print("no chromium: what people see is not measured")
    write(results)


def against_a_bare_broadcast() -> dict[str, object]:
    latencies: list[dict[str, dict[str, float]]] = []
    costs: list[dict[str, dict[str, float]]] = []
    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", flush=True)
        with product(boards=1, people=30) as (doors, _):
            ours = asyncio.run(latency(doors[0], acts=150))
        with bare(boards=1, people=30, padding=round(ours["bytes"])) as (doors, _):
            latencies.append({"kinboard": ours, "bare": asyncio.run(latency(doors[0], acts=150))})
        with product(boards=50, people=20) as (doors, cpu):
            cost = asyncio.run(deliveries(doors, acts=60, cpu_seconds=cpu))
        with bare(boards=50, people=20, padding=round(ours["bytes"])) as (doors, cpu):
            costs.append({"kinboard": cost, "bare": asyncio.run(deliveries(doors, acts=60, cpu_seconds=cpu))})
    slower = [each["kinboard"]["p50_ms"] / each["bare"]["p50_ms"] for each in latencies]
    worth = [each["kinboard"]["per_cpu_second"] / each["bare"]["per_cpu_second"] for each in costs]
    figures = {
        "act to all 30 screens, p50, times a bare broadcast": {"median": median(slower), "rounds": slower},
        "deliveries per CPU-second at 50 x 20, of a bare broadcast": {"median": median(worth), "rounds": worth},
    }
    for name, figure in figures.items():
        print(f"{name}: {figure['median']:.2f}")
    return {"figures": figures, "latency": latencies, "cost": costs}


def on_screens() -> Figures:
    """Not as a ratio: these are what people wait, on this machine, with four browsers and the server on it."""
    with product(boards=1, people=30) as (doors, _):
        seen = asyncio.run(screens(doors[0]))
    for name, figure in seen.items():
        print(f"painted: {name}: p50 {figure['p50_ms']:.0f} ms, p95 {figure['p95_ms']:.0f} ms")
    return seen


def write(results: dict[str, object]) -> None:
    result = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cpus": os.cpu_count()},
        "versions": {name: version(name) for name in ("uvicorn", "websockets", "fastapi", "pydantic")},
        **results,
    }
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    path.write_text(json.dumps(result, indent=1) + "\n")
    print(f"written to {path.relative_to(Path.cwd())}" if path.is_relative_to(Path.cwd()) else f"written to {path}")


@contextmanager
def product(boards: int, people: int) -> Iterator[tuple[list[Door], CpuClock]]:
    with TemporaryDirectory() as folder, _server("product", folder, str(boards), str(people)) as (server, port):
        assert server.stdout is not None
        prepared = json.loads(server.stdout.readline())
        origin = f"http://127.0.0.1:{port}"
        doors = [
            Door(
                url=f"ws://127.0.0.1:{port}/api/conferences/{each['conference']}/live",
                origin=origin,
                cookies=tuple(f"{cookie_name(each['conference'])}={token}" for token in each["tokens"]),
                cards=tuple(each["cards"]),
            )
            for each in prepared
        ]
        yield doors, CpuClock(server.pid, os.sysconf("SC_CLK_TCK"))


@contextmanager
def bare(boards: int, people: int, padding: int) -> Iterator[tuple[list[Door], CpuClock]]:
    with _server("bare") as (server, port):
        url = f"ws://127.0.0.1:{port}/boards/"
        doors = [Door(url + str(n), origin="", cookies=("",) * people, padding=padding) for n in range(boards)]
        yield doors, CpuClock(server.pid, os.sysconf("SC_CLK_TCK"))


@contextmanager
def _server(module: str, *args: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """On the first core, so that the crowd has the other."""
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        command = [sys.executable, "-m", f"bench.{module}", str(listening.fileno()), *args]
        server = subprocess.Popen(command, pass_fds=[listening.fileno()], stdout=subprocess.PIPE, text=True)
        _pin(server.pid, 0)
        _pin(0, 1)
        try:
            yield server, listening.getsockname()[1]
        finally:
            server.terminate()
            server.wait()


def _pin(pid: int, cpu: int) -> None:
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(pid, {cpu})


if __name__ == "__main__":
    main()
