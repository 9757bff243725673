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
            changed = frozenset(compress(names, map(is_not, known[0], parts)))
            if not changed:
                return known[1]  # type: ignore[no-any-return]
            values = tuple(
                was if made_of.isdisjoint(changed) else _settled(was, make(*about))
                for was, (made_of, make) in zip(known[1], table, strict=True)
            )
            if all(map(is_, known[1], values)):
                values = known[1]
        self._known[name] = (parts, values)
        return values


def _settled(was: T, now: T) -> T:
    return was if was == now else now
