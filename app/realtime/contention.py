"""Several servers that write to one conference: whoever has written gives way, and whoever was too late comes soon."""

import asyncio
import random
from time import monotonic

LATER_SECONDS = 0.002
LONGEST_WAIT_SECONDS = 0.1
RECENT_SECONDS = 1.0


class Contention:
    """Of one room. A busy server has its next commands in hand as soon as it has committed, and would be first for
    ever: whoever waited for its lock finds that the log has moved, and must read on and decide again. So it waits a
    little longer than that takes, while others write or have people there too. It loses nothing: what comes meanwhile
    shares the next commit.
    """

    def __init__(self) -> None:
        self._others_at = -RECENT_SECONDS
        self._committed_at = 0.0
        self._commit_took = 0.0

    def others_wrote(self) -> None:
        self._others_at = monotonic()

    def committed(self, took: float) -> None:
        self._committed_at, self._commit_took = monotonic(), min(took, LONGEST_WAIT_SECONDS)

    async def give_way(self, *, to_people_elsewhere: bool) -> None:
        if to_people_elsewhere or monotonic() - self._others_at < RECENT_SECONDS:
            until = self._committed_at + self._commit_took * random.uniform(1.0, 2.0)  # noqa: S311
            if (wait := until - monotonic()) > 0:
                await asyncio.sleep(wait)

    async def wait_after(self, losses: int) -> None:
        """Once more at once, because whoever was first gives way just now; then later and later."""
        if losses > 1:
            longest = min(LONGEST_WAIT_SECONDS, LATER_SECONDS * losses)
            await asyncio.sleep(random.uniform(0.0, longest))  # noqa: S311
