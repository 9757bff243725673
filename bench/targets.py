"""What is aimed at, beside what was measured."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """One line of the table. `value` is in `unit`: a ratio, milliseconds, kilobytes, seconds."""

    name: str
    value: float
    wanted: float
    at_least: bool
    unit: str = "x"

    @property
    def is_met(self) -> bool:
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted

    def __str__(self) -> str:
        words = "at least" if self.at_least else "at most"
        mark = "yes" if self.is_met else "NO"
        return f"{self.name:<72} {self.value:>8.2f} {self.unit:<3} {words:<8} {self.wanted:>7.2f}  {mark}"


def at_least(name: str, value: float, wanted: float, unit: str = "x") -> Target:
    return Target(name, value, wanted, True, unit)


def at_most(name: str, value: float, wanted: float, unit: str = "x") -> Target:
    return Target(name, value, wanted, False, unit)


def spelled(targets: list[Target]) -> list[dict[str, object]]:
    return [{**target.__dict__, "met": target.is_met} for target in targets]


Part = Callable[[], tuple[list[Target], dict[str, object]]]
