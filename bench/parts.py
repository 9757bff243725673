"""What is measured, part by part. A ratio is of deliveries for each second of the server's CPU, ours over theirs, in
rounds in which one server runs right behind the other; of the rounds the median counts.
"""

from collections.abc import Iterable
from statistics import median

from .hints import hints
from .servers import Figures, Shape, measured
from .targets import Part, Target, at_least, at_most

ROUNDS = 3
WARM, SECONDS = 1, 3
IDLE_SECONDS = 4  # after which what was made for those who came has been let go of
BUSY = Shape(boards=50, people=20)
TABLE = Shape(boards=1, people=30)
COUNCIL = Shape(boards=250, people=20)


def one_at_a_time() -> tuple[list[Target], dict[str, object]]:
    """Each board has one act in hand: nothing can be joined, so this is the bare cost of an act."""
    rounds = _rounds(("kinboard", "limit", "socket.io", "ws"), BUSY, 1)
    return [
        at_least("one act at a time, 50 x 20: of the C limit", _worth(rounds, "limit"), 0.50),
        at_least("one act at a time, 50 x 20: of socket.io", _worth(rounds, "socket.io"), 1.2),
        at_least("one act at a time, 50 x 20: of ws", _worth(rounds, "ws"), 1.3),
    ], {"rounds": rounds}


def saturated() -> tuple[list[Target], dict[str, object]]:
    """Each board has four acts in hand, which can go to disk and out to people together."""
    names = ("kinboard", "limit", "kinboard-forgetful", "socket.io", "hocuspocus", "y-websocket")
    rounds = _rounds(names, BUSY, 4)
    return [
        at_least("saturated, 50 x 20: of the C limit, which joins nothing", _worth(rounds, "limit"), 1.0),
        at_least("saturated, 50 x 20: of socket.io", _worth(rounds, "socket.io"), 2.0),
        at_least("saturated, 50 x 20: of Hocuspocus", _worth(rounds, "hocuspocus"), 3.0),
        at_least("saturated, 50 x 20: durable of not durable", _worth(rounds, "kinboard-forgetful"), 0.95),
    ], {"rounds": rounds}


def latency() -> tuple[list[Target], dict[str, object]]:
    """From the moment an act is due to the last of 30 people having it; 50 acts a second, come what may."""
    names = ("kinboard", "limit", "socket.io", "y-websocket", "hocuspocus")
    rounds = [
        {name: _last(name, TABLE, f"rate:50:{WARM}", f"rate:50:{SECONDS}") for name in names} for _ in range(ROUNDS)
    ]
    p50 = {name: min(each[name]["p50_ms"] for each in rounds) for name in names}  # the rest is what neighbours did
    return [
        at_most("all 30 screens, p50: times the C limit", p50["kinboard"] / p50["limit"], 2.5),
        *(
            at_most(f"all 30 screens, p50: times {name}", p50["kinboard"] / p50[name], 1.0)
            for name in ("socket.io", "y-websocket", "hocuspocus")
        ),
    ], {"p50_ms": p50, "rounds": rounds}


def returning() -> tuple[list[Target], dict[str, object]]:
    """5,000 people come back to a server that has just been started; then nobody does anything."""
    rounds = [{name: _returned(name) for name in ("kinboard", "socket.io")} for _ in range(ROUNDS)]
    cost = median(each["kinboard"]["live_cpu_us"] / each["socket.io"]["live_cpu_us"] for each in rounds)
    return [
        at_most("5,000 people return: CPU of a connection, times socket.io", cost, 0.6),
        at_most(
            "5,000 people return: all of them live in", min(each["kinboard"]["seconds"] for each in rounds), 10, "s"
        ),
        at_most("memory of an idle person", median(each["kinboard"]["kb"] for each in rounds), 22, "kB"),
    ], {"rounds": rounds}


def stopped_reader() -> tuple[list[Target], dict[str, object]]:
    """One of 30 stops reading; the others lose nothing (or the crowd says so) and wait no longer."""
    a_while = f"rate:200:{2 * SECONDS}"
    played = measured("kinboard", TABLE, ["connect:30", a_while, a_while, "stop", a_while], acts=5000)
    _, begun, before, after = played
    usual = before["rss_kb"] - begun["rss_kb"]  # what the history itself takes
    grown = (after["rss_kb"] - before["rss_kb"] - usual) / 1024
    return [
        at_most("one of 30 stops reading: p99 of the others, times before", after["p99_ms"] / before["p99_ms"], 1.5),
        at_most("one of 30 stops reading: memory beside what acts take", grown, 0.5, "MB"),
    ], {"steps": played}


def opening() -> tuple[list[Target], dict[str, object]]:
    """The first person comes to a board that the server has not opened since its start."""
    times: dict[int, float] = {}
    for events in (100, 5000, 20000):
        shape = Shape(boards=1, people=6, events=events)
        times[events] = min(_first(shape)["seconds"] for _ in range(2)) * 1000
    return [
        at_most("opening a board with 5,000 events of history", times[5000], 150, "ms"),
        at_most("opening one with 20,000 events, times one with 100", times[20000] / times[100], 2.0),
    ], {"ms": times}


def growth() -> tuple[list[Target], dict[str, object]]:
    """How cost grows with boards, people and cards; and start-up and memory with history. No targets, only curves."""
    return [], {
        "boards": {n: _cost(Shape(boards=n, people=5)) for n in (1, 20, 100, 500)},
        "people": {n: _cost(Shape(boards=20, people=n)) for n in (2, 10, 30, 60)},
        "cards": {n: _cost(Shape(boards=20, people=20, cards=n)) for n in (10, 100, 500)},
        "history": {n: _first(Shape(boards=1, people=6, events=n)) for n in (100, 1000, 5000, 20000)},
    }


PARTS: dict[str, Part] = {
    "one": one_at_a_time,
    "saturated": saturated,
    "latency": latency,
    "return": returning,
    "stopped": stopped_reader,
    "opening": opening,
    "growth": growth,
    "hints": hints,
}


def _rounds(names: Iterable[str], shape: Shape, in_hand: int) -> list[dict[str, Figures]]:
    steps = (f"hand:{in_hand}:{WARM}", f"hand:{in_hand}:{SECONDS}")
    return [{name: _last(name, shape, *steps) for name in names} for _ in range(ROUNDS)]


def _last(name: str, shape: Shape, *steps: str) -> Figures:
    acts = min(4000, 400_000 // shape.boards)
    figures = measured(name, shape, ["connect:128", *steps], acts)[-1]
    cost, waited = f"{figures['us']:7.2f} us", f"p50 {figures['p50_ms']:7.2f} ms"
    print(f"  {name:<20} {cost}, {waited}, others took {figures['others']:.2f} CPU", flush=True)
    return figures


def _worth(rounds: list[dict[str, Figures]], other: str) -> float:
    return median(each[other]["us"] / each["kinboard"]["us"] for each in rounds)


def _returned(name: str) -> Figures:
    back, idle = measured(name, COUNCIL, ["connect:256", f"idle:{IDLE_SECONDS}"])
    return back | {"idle_share": idle["cpu_share"], "kb": (idle["rss_kb"] - back["rss_before_kb"]) / back["people"]}


def _cost(shape: Shape) -> Figures:
    return _last("kinboard", shape, f"hand:1:{WARM}", "hand:1:2")


def _first(shape: Shape) -> Figures:
    return measured("kinboard", shape, ["connect:1"], acts=1)[0]
