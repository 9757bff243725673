"""What was seen last, so that what has not changed is neither built nor compared again.

It changes nothing of what is seen: a part of the board is frozen, so the same parts give the same value, and the same
value is the same object.
"""

from collections.abc import Callable, Hashable
from operator import is_
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
