"""How often somebody may try to sign in. Names that nobody has are counted like any other."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
PER_NAME = 10
PER_ADDRESS = 50
MOST_KEPT = 20_000


@dataclass
class Tries:
    """Of this process. What is over is forgotten; where too many keys are kept, the oldest are."""

    _failed: dict[str, deque[datetime]] = field(default_factory=dict)

    def begin(self, name: str, address: str, now: datetime) -> bool:
        """False while this name or this address is paused. It counts as failed until it is known to be right. Whoever
        signs in without a name is counted by address alone.
        """
        keys = {f"at {address}": PER_ADDRESS} | ({f"name {name}": PER_NAME} if name else {})
        if any(self._count(key, now) >= most for key, most in keys.items()):
            return False
        for key in keys:
            self._failed.setdefault(key, deque()).append(now)
        while len(self._failed) > MOST_KEPT:
            del self._failed[next(iter(self._failed))]
        return True

    def succeeded(self, name: str, address: str) -> None:
        self._failed.pop(f"name {name}", None)
        if failed := self._failed.get(f"at {address}"):
            failed.pop()

    def _count(self, key: str, now: datetime) -> int:
        failed = self._failed.get(key)
        while failed and failed[0] <= now - WINDOW:
            failed.popleft()
        if not failed:
            self._failed.pop(key, None)
            return 0
        return len(failed)
