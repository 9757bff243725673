"""No door tells by the time it takes why it stays shut. Long, and only on a quiet machine: part of `make soak`."""

import random
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import pytest

from app.access.links import issue_link, revoke_links
from tests import cast
from tests.cast import DANA, GRANDMOTHER, NURSE, POLICE_OFFICER, TEACHER
from tests.pages.at_the_door import the_door_of
from tests.pages.test_doors import knock, what_is_said
from tests.realtime.server import Server, Sitting, serving

TRIES = 1000
SEPARABLE = 0.06  # how far from a coin's toss a guess by time alone may be; noise of 1,000 tries is about 0.013


@pytest.mark.soak
async def test_a_thousand_tries_at_each_state_of_a_door_cannot_be_told_apart_by_time(sitting: Sitting) -> None:
    database, now = sitting.server.database, datetime.now(UTC)
    assert database
    used, expired, revoked = await sitting.link(TEACHER), await sitting.link(NURSE, hours=-1), await sitting.link(DANA)
    assert (await knock(sitting.server, used)).status_code == 200
    await revoke_links(database, sitting.id, DANA, now)
    day = timedelta(days=1)
    early = await issue_link(
        database, sitting.id, GRANDMOTHER, now, reusable=False, opens_at=now + day, expires_at=now + 2 * day
    )
    late = await issue_link(
        database, sitting.id, POLICE_OFFICER, now, reusable=False, expires_at=now + day, purpose="late"
    )
    states = {"used": used, "expired": expired, "revoked": revoked, "early": early, "late": late, "unknown": "x" * 43}
    await are_alike(sitting.server, {name: ("/api/join", {"secret": secret}) for name, secret in states.items()})


@pytest.mark.soak
async def test_a_thousand_tries_at_each_state_of_a_code_cannot_be_told_apart_by_time(tmp_path: Path) -> None:
    async with serving(tmp_path, "--set", "app.access.guessing:ALL_STRANGERS=1000000") as server:
        await tries_codes(server)


async def tries_codes(server: Server) -> None:
    tomorrow = cast.preparation().model_copy(
        update={"id": str(uuid4()), "starts_at": datetime.now(UTC) + timedelta(days=1)}
    )
    early, shut = await server.sitting_of(tomorrow), await server.sitting()
    async with the_door_of(early) as one, the_door_of(shut) as other:
        codes = {"early": await one.opens(), "shut": await other.opens(), "wrong": "BCDFGHJK"}
        await other.does("door/shut")
    asked = {"name": "Sam Doyle", "why": "work"}
    await are_alike(server, {name: ("/api/lobby", {"code": code, **asked}) for name, code in codes.items()})


async def are_alike(server: Server, doors: dict[str, tuple[str, dict[str, str]]]) -> None:
    took: dict[str, list[float]] = {name: [] for name in doors}
    said = set()
    order = [name for name in doors for _ in range(TRIES)]
    random.Random(1).shuffle(order)
    async with server.client(Origin=server.base_url) as browser:
        for n, name in enumerate(order):
            address, body = doors[name]
            # each from an address of its own, so that no try is paused
            somewhere = {"X-Forwarded-For": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"}
            began = perf_counter()
            answer = await browser.post(address, json=body, headers=somewhere)
            took[name].append(perf_counter() - began)
            said.add((what_is_said(answer)[0], answer.content))
    assert len(said) == 1, said
    for one, other in combinations(doors, 2):
        chance = of_telling_apart(took[one], took[other])
        print(f"{one} / {other}: {chance:.3f}")
        assert abs(chance - 0.5) < SEPARABLE, (one, other, chance)


def of_telling_apart(one: list[float], other: list[float]) -> float:
    """The chance that a try of the first took longer than one of the second: one half if they are alike."""
    ranked = sorted([(seconds, 0) for seconds in one] + [(seconds, 1) for seconds in other])
    longer, seen = 0, 0
    for _, which in ranked:
        if which:
            seen += 1
        else:
            longer += seen
    return longer / (len(one) * len(other))


def test_what_takes_longer_is_noticed() -> None:
    assert of_telling_apart([2.0, 3.0], [1.0, 1.5]) == 1
    assert of_telling_apart([1.0, 3.0], [0.5, 3.5]) == 0.5
