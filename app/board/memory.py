"""What was seen last, so that what has not changed is neither built nor compared again.

It changes nothing of what is seen: a part of the board is frozen, so the same parts give the same value, and the same
value is the same object.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import compress
from operator import is_, is_not
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """One per room. Holds the last value for each name, and the very parts that it was made of."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[tuple[object, ...], Any]] = {}
        self._touched: dict[tuple[Hashable, frozenset[str]], tuple[int, ...]] = {}
        self._of: tuple[object, ...] = ()
        self._made: dict[Hashable, Any] = {}
        self._between: tuple[tuple[object, ...], tuple[object, ...]] = ((), ())
        self._changed: frozenset[str] = frozenset()

    def made_of(self, *these: object) -> dict[Hashable, Any]:
        """What was made of exactly these, for whoever asks again; empty as soon as one of them is another."""
        if len(these) != len(self._of) or not all(map(is_, these, self._of)):
            self._of, self._made = these, {}
        return self._made

    def recall(self, name: Hashable, parts: tuple[object, ...], make: Callable[[], T]) -> T:
        """The value made of exactly these parts last time, or a new one; the old object where the new one equals it."""
        known = self._known.get(name)
        if known is None:
            value = make()
        elif all(map(is_, known[0], parts)):
            return known[1]  # type: ignore[no-any-return]
        else:
            value = make()
            if value == known[1]:
                value = known[1]
        self._known[name] = (parts, value)
        return value

    def look_again(
        self,
        name: Hashable,
        names: Iterable[str],
        parts: tuple[object, ...],
        table: Sequence[tuple[frozenset[str], Callable[..., T]]],
        *about: object,
    ) -> tuple[T, ...]:
        """The value of each line of the table, made again only where a part that the line names is another one."""
        known = self._known.get(name)
        if known is None:
            values = tuple(make(*about) for _, make in table)
        else:
            changed = self._changed_between(known[0], parts, names)
            if not changed:
                return known[1]  # type: ignore[no-any-return]
            values = known[1]
            for line in self._lines_of(name, changed, table):
                was, now = values[line], table[line][1](*about)
                if was != now:
                    values = (*values[:line], now, *values[line + 1 :])
        self._known[name] = (parts, values)
        return values

    def _changed_between(
        self, was: tuple[object, ...], now: tuple[object, ...], names: Iterable[str]
    ) -> frozenset[str]:
        """Looked for once where several tables were last looked at together, and are again."""
        if self._between[0] is not was or self._between[1] is not now:
            self._between, self._changed = (was, now), frozenset(compress(names, map(is_not, was, now)))
        return self._changed

    def _lines_of(
        self, name: Hashable, changed: frozenset[str], table: Sequence[tuple[frozenset[str], Callable[..., T]]]
    ) -> tuple[int, ...]:
        """Those that name anything of this. There are few kinds of change, so each is looked for once."""
        lines = self._touched.get((name, changed))
        if lines is None:
            lines = tuple(n for n, (made_of, _) in enumerate(table) if not made_of.isdisjoint(changed))
            self._touched[name, changed] = lines
        return lines
