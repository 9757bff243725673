"""Machines of their own for servers: network namespaces, each with a cable to its people, one to the database and one
to the bell. A cable that is cut one way goes on carrying the other, and nobody is told: what is sent that way is
addressed to a card that nobody has.
"""

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import pytest

from tests.cluster.caddy import Behind

To = Literal["people", "database", "bell"]
CABLES: tuple[To, ...] = ("people", "database", "bell")
NETWORK = f"10.{64 + os.getpid() % 128}"  # of this process alone: a run that was killed leaves its addresses behind
DATABASE, BELL = f"{NETWORK}.255.1", f"{NETWORK}.255.2"
NOBODY = "02:00:00:00:00:01"
STANDS_FOR_IT = "the line to the database that is stalled (test_cut_off.py) stands for it."


def ip(command: str) -> None:
    subprocess.run(["ip", *command.split()], check=True, capture_output=True)


@dataclass
class Cable:
    machine: str
    number: int

    @property
    def near(self) -> str:
        return f"{NETWORK}.{self.number}.1"

    @property
    def far(self) -> str:
        return f"{NETWORK}.{self.number}.2"

    def lay(self) -> None:
        near, far = self._card("kn"), self._card("kf")
        ip(f"link add {near} type veth peer name {far} netns {self.machine}")
        ip(f"addr add {self.near}/30 dev {near}")
        ip(f"link set {near} up")
        ip(f"-n {self.machine} addr add {self.far}/30 dev {far}")
        ip(f"-n {self.machine} link set {far} up")

    def take_up(self) -> None:
        """The kernel would do it with the machine, some time later."""
        subprocess.run(["ip", "link", "del", self._card("kn")], check=False, capture_output=True)

    def cut(self, *, up: bool, down: bool) -> None:
        """What the machine sends, and what is sent to it."""
        if up:
            ip(f"-n {self.machine} neigh replace {self.near} lladdr {NOBODY} dev {self._card('kf')} nud permanent")
        if down:
            ip(f"neigh replace {self.far} lladdr {NOBODY} dev {self._card('kn')} nud permanent")

    def mend(self) -> None:
        ways = (
            f"-n {self.machine} neigh del {self.near} dev {self._card('kf')}",
            f"neigh del {self.far} dev {self._card('kn')}",
        )
        for way in ways:
            with suppress(subprocess.CalledProcessError):  # it was not cut this way
                ip(way)

    def _card(self, kind: str) -> str:
        return f"{kind}{os.getpid()}x{self.number}"


@dataclass
class Machine:
    number: int
    cables: dict[To, Cable] = field(init=False)

    def __post_init__(self) -> None:
        self.cables = {to: Cable(self.name, len(CABLES) * self.number + n) for n, to in enumerate(CABLES)}

    @property
    def name(self) -> str:
        return f"kin{os.getpid()}x{self.number}"

    def build(self) -> None:
        ip(f"netns add {self.name}")
        ip(f"-n {self.name} link set lo up")
        for cable in self.cables.values():
            cable.lay()
        ip(f"-n {self.name} route add {DATABASE} via {self.cables['database'].near}")
        ip(f"-n {self.name} route add {BELL} via {self.cables['bell'].near}")


@contextmanager
def machines(count: int) -> Iterator[Sequence[Machine]]:
    if os.geteuid() != 0 or not shutil.which("ip"):
        pytest.skip(f"Only root with iproute2 can make machines of their own; {STANDS_FOR_IT}")
    made = [Machine(number) for number in range(count)]
    try:
        try:
            ip(f"netns add {made[0].name}")
            ip(f"netns del {made[0].name}")
        except subprocess.CalledProcessError:
            pytest.skip(f"This machine may make no network of its own; {STANDS_FOR_IT}")
        for address in (DATABASE, BELL):
            ip(f"addr add {address}/32 dev lo")
        for machine in made:
            machine.build()
        yield made
    finally:
        for machine in made:
            for cable in machine.cables.values():
                cable.take_up()
            subprocess.run(["ip", "netns", "del", machine.name], check=False, capture_output=True)
        for address in (DATABASE, BELL):
            subprocess.run(["ip", "addr", "del", f"{address}/32", "dev", "lo"], check=False, capture_output=True)


class Apart(Behind):
    """A server on such a machine, behind a proxy that is on ours."""

    machine: Machine

    async def _begin(self, arguments: list[str], log: int) -> asyncio.StreamReader:
        assert self.nursery
        enter = f"import ctypes, os; ctypes.CDLL(None).setns(os.open('/run/netns/{self.machine.name}', 0), 0)"
        forked = await self.nursery.fork(
            "launch", arguments, folder=self.folder, complaints=log, settings=self.settings, first=enter
        )
        self.pid, self._ended = forked.pid, forked.ended.wait
        return forked.said
