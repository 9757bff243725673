"""Several servers that write to one conference: whoever was too late waits a little, and whoever was not gives way."""

import asyncio
import random
from time import monotonic

FIRST_WAIT_SECONDS = 0.002
LONGEST_WAIT_SECONDS = 0.1
RECENT_SECONDS = 1.0


class Contention:
    """Of one room. A busy server has its next commands in hand as soon as it has committed, and would be first for
    ever: so it waits about as long as a commit takes while others write too, and loses nothing, because what comes
    meanwhile shares the next commit.
    """

    def __init__(self) -> None:
        self._others_at = -RECENT_SECONDS
        self._committed_at = 0.0
        self._commit_took = 0.0

    def others_wrote(self) -> None:
        self._others_at = monotonic()

    def committed(self, took: float) -> None:
        self._committed_at, self._commit_took = monotonic(), min(took, LONGEST_WAIT_SECONDS)

    async def give_way(self) -> None:
        if monotonic() - self._others_at < RECENT_SECONDS:
            until = self._committed_at + self._commit_took * random.uniform(0.5, 1.5)  # noqa: S311
            await asyncio.sleep(max(0.0, until - monotonic()))

    async def wait_after(self, losses: int) -> None:
        longest = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2**losses)
        await asyncio.sleep(random.uniform(0.0, longest))  # noqa: S311
