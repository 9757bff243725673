"""How fast one seat may send: a burst, then a steady pace."""

from dataclasses import dataclass, field
from time import monotonic

COMMANDS_PER_SECOND = 20.0
BURST = 200.0
MOST_ERRORS = 20
ERRORS_WITHIN_SECONDS = 60.0


@dataclass
class Allowance:
    """Belongs to the seat, not to the socket, so that many tabs are no way round it."""

    left: float = BURST
    at: float = field(default_factory=monotonic)

    def take(self) -> bool:
        now = monotonic()
        self.left = min(BURST, self.left + (now - self.at) * COMMANDS_PER_SECOND)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class Errors:
    """Errors of one socket within the last minute."""

    times: list[float] = field(default_factory=list)

    def too_many(self) -> bool:
        """Count one more; whether it is one too many."""
        now = monotonic()
        self.times = [at for at in self.times if now - at < ERRORS_WITHIN_SECONDS] + [now]
        return len(self.times) >= MOST_ERRORS
