"""A day of meetings, second by second, and what it asks of servers, database and line. Needs Python and nothing else:

    python -m bench.scale --rooms 20 --servers 2
    python -m bench.scale --rooms 700 --servers 2 --busy 5

People do something every few seconds, all of them within ten seconds when a question is asked, and all of a server
return at once when it goes. What each of that costs was measured (docs/scale.md): put in what you measure.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

MEETING = 90 * 60  # seconds
STARTS = (9 * 3600 + 1800, 13 * 3600 + 1800)  # half past nine and half past one, as offices do
QUESTIONS = 3  # in a meeting, to which everybody answers
ANSWERING = 10  # seconds


@dataclass(frozen=True)
class Costs:
    """Microseconds of one core, bytes, and what one PostgreSQL does in a second."""

    delivery_us: float = 55  # of one of several servers, one act at a time
    proxy_us: float = 15  # of Caddy, for each delivery
    database_us: float = 210  # of PostgreSQL, for each act
    return_us: float = 1460  # of a server, for each person who comes back
    delivery_bytes: int = 450  # with what TLS and TCP add
    commits_a_second: int = 2000  # flushes of a server's disk, several of which wait together
    connections: int = 16  # to PostgreSQL, for each process
    database_connections: int = 100  # PostgreSQL's own default


@dataclass(frozen=True)
class Second:
    acts: int
    people: int


def day(rooms: int, people: int, seconds_between: float, seed: int) -> Iterator[Second]:
    """Of each second in which somebody sits in a meeting."""
    random = Random(seed)
    acts: dict[int, int] = {}
    present: dict[int, int] = {}
    for room in range(rooms):
        begins = STARTS[room % len(STARTS)] + int(random.gauss(0, 180))
        for second in range(begins, begins + MEETING):
            present[second] = present.get(second, 0) + people
        at = float(begins)
        while (at := at + random.expovariate(1 / seconds_between)) < begins + MEETING:
            acts[int(at)] = acts.get(int(at), 0) + 1
        for _ in range(QUESTIONS):
            asked = begins + random.randrange(MEETING - ANSWERING)
            for _ in range(people):
                second = asked + random.randrange(ANSWERING)
                acts[second] = acts.get(second, 0) + 1
    for second, here in present.items():
        yield Second(acts.get(second, 0), here)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--rooms", type=int, default=20, help="in a day, half of them in the morning")
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--servers", type=int, default=2, help="processes, each of which uses one core")
    asked.add_argument("--busy", type=float, default=1, help="times as much is done as people do")
    asked.add_argument("--seed", type=int, default=1)
    given, costs = asked.parse_args(), Costs()
    seconds = list(day(given.rooms, given.people, 5 / given.busy, given.seed))
    acts = sorted(second.acts for second in seconds)
    most, people = acts[-1], max(second.people for second in seconds)
    usual = acts[int(len(acts) * 0.5)]
    deliveries = most * given.people
    without_one = max(1, given.servers - 1)  # one may be away
    left = 1 - deliveries * costs.delivery_us / 1e6 / without_one
    walls = {
        "one core of a server, with one server away": deliveries * costs.delivery_us / 1e6 / without_one,
        "a core of the proxy": deliveries * costs.proxy_us / 1e6,
        "a core of PostgreSQL": most * costs.database_us / 1e6,
        "commits of one disk, if none were shared": most / costs.commits_a_second,
        "connections of PostgreSQL": (given.servers + 1) * costs.connections / costs.database_connections,
        "a line of 1 Gbit/s": deliveries * costs.delivery_bytes * 8 / 1e9,
    }
    print(f"{given.rooms} meetings of {given.people} people in a day, {people} people at once")
    print(f"acts a second: usually {usual}, at most {most}; deliveries a second: at most {deliveries}")
    for wall, used in sorted(walls.items(), key=lambda wall: -wall[1]):
        print(f"  {used:8.2%} of {wall}" + ("   <- too much" if used > 0.7 else ""))
    back = people / given.servers * costs.return_us / 1e6 / without_one / max(left, 0.05)
    print(f"when a server goes its people are back after {back:.1f} s of the others' work")


if __name__ == "__main__":
    main()
