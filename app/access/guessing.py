"""How often a room code may be tried. What it comes to is worked out in docs/decisions/0018.

Only wrong codes count. While somebody is paused nothing is looked up for them, so that a right code and a wrong one are
answered alike, in bytes and in time.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
PER_BROWSER = 10
PER_ADDRESS = 30
ALL_STRANGERS = 600
PER_KNOWN_ADDRESS = 120
KNOWN_FOR = timedelta(hours=12)
MOST_KNOWN = 10_000
MOST_REMEMBERED = 2 * ALL_STRANGERS  # then what is past is forgotten


@dataclass(frozen=True)
class Guess:
    """One that is under way; it is counted as wrong until it is known to be right."""

    keys: tuple[tuple[str, str], ...]
    at: datetime


@dataclass
class Guessing:
    """Of this process. It remembers no more than the budgets let through, whoever tries how often."""

    _wrong: dict[tuple[str, str], deque[datetime]] = field(default_factory=dict)
    _known: dict[str, datetime] = field(default_factory=dict)

    def invitation_used(self, address: str, now: datetime) -> None:
        """Somebody with an invitation sits at this address: most likely a meeting does."""
        self._known.pop(address, None)
        if len(self._known) >= MOST_KNOWN:
            del self._known[next(iter(self._known))]
        self._known[address] = now + KNOWN_FOR

    def knows(self, address: str, now: datetime) -> bool:
        """Whether an invitation was used there today."""
        return self._known.get(address, now) > now

    def begin(self, browser: str, address: str, now: datetime) -> Guess | None:
        """None while this browser, this address or all strangers together are paused."""
        known = self.knows(address, now)
        budgets = [(("browser", browser), PER_BROWSER)] if browser else []
        if known:
            budgets.append((("known", address), PER_KNOWN_ADDRESS))
        else:
            budgets += [(("address", address), PER_ADDRESS), (("strangers", ""), ALL_STRANGERS)]
        if any(self._spent(key, now) >= most for key, most in budgets):
            return None
        if len(self._wrong) > MOST_REMEMBERED:
            self._tidy(now)
        for key, _ in budgets:
            self._wrong.setdefault(key, deque()).append(now)
        return Guess(tuple(key for key, _ in budgets), now)

    def was_right(self, guess: Guess) -> None:
        for key in guess.keys:
            wrong = self._wrong.get(key)
            if wrong and guess.at in wrong:
                wrong.remove(guess.at)

    def _spent(self, key: tuple[str, str], now: datetime) -> int:
        wrong = self._wrong.get(key)
        while wrong and wrong[0] <= now - WINDOW:
            wrong.popleft()
        if not wrong:
            self._wrong.pop(key, None)
            return 0
        return len(wrong)

    def _tidy(self, now: datetime) -> None:
        for key in list(self._wrong):
            self._spent(key, now)

    @property
    def remembered(self) -> int:
        return len(self._wrong)
