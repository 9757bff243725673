"""What is counted and timed. Numbers only: never a name, a text, a score or an id."""

from bisect import bisect_left
from collections.abc import Iterator

from prometheus_client import Counter, Gauge
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import REGISTRY, Collector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Count:
    """Counted with each command, on the event loop alone: a plain number, which costs nothing."""

    def __init__(self) -> None:
        self.number = 0

    def inc(self) -> None:
        self.number += 1

    def dec(self, by: int = 1) -> None:
        self.number -= by


class Times:
    """How long something took, likewise."""

    def __init__(self) -> None:
        self.counts = [0] * (len(SECONDS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        self.counts[bisect_left(SECONDS, seconds)] += 1
        self.sum += seconds

    @property
    def buckets(self) -> list[tuple[str, float]]:
        """Up to each bound."""
        so_far, buckets = 0, []
        for bound, count in zip((*map(str, SECONDS), "+Inf"), self.counts, strict=True):
            so_far += count
            buckets.append((bound, float(so_far)))
        return buckets


CONNECTIONS = Gauge("kinboard_connections", "Open board sockets")
PEOPLE = Gauge("kinboard_people", "People with a board open here, once for each conference")
ROOMS = Gauge("kinboard_rooms", "Conferences held in memory")
REFUSED = Gauge("kinboard_conferences_refused", "Conferences whose log on disk is not what was written")
PURGE_DUE = Gauge("kinboard_purge_due", "Conferences that were due for their purge when last looked, at night")
LAGGING = Counter("kinboard_lagging_seconds", "Seconds in which screens did not read, of all together")
SLOW_READERS = Counter("kinboard_slow_readers", "Sockets closed because they stopped reading")
WAITING = Count()
COMMANDS = {answer: Count() for answer in ("saved", "refused", "invalid", "too_fast", "not_saved")}
TURN_SECONDS = Times()
COMMIT_SECONDS = Times()
BEHIND_SECONDS = Times()


class OfCommands(Collector):
    """Those that change with each command, as whoever watches is told them."""

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("kinboard_commands_waiting", "Commands that wait for their turn", WAITING.number)
        answered = CounterMetricFamily("kinboard_commands", "Commands answered", labels=["answer"])
        for answer, count in COMMANDS.items():
            answered.add_metric([answer], count.number)
        yield answered
        for name, words, times in (
            ("kinboard_turn_seconds", "From taking the waiting commands to having shown them", TURN_SECONDS),
            ("kinboard_commit_seconds", "Waiting for the log to be on disk", COMMIT_SECONDS),
            ("kinboard_behind_seconds", "From a command on another server to its being read here", BEHIND_SECONDS),
        ):
            yield HistogramMetricFamily(name, words, buckets=times.buckets, sum_value=times.sum)


REGISTRY.register(OfCommands())
