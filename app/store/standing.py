"""Whether what is asked of the store can be saved just now, and if not, why."""

import structlog

from app.store.measures import STOPPED, WRITE_FAILURES

logger = structlog.get_logger()


class Standing:
    """From a failed write until one succeeds there is a sentence for whoever watches, one line in the log, and a
    measure. The sentence names no file and no host: it is for anybody who asks.
    """

    def __init__(self) -> None:
        self.why: str | None = None

    def fails(self, cause: str, why: str) -> None:
        WRITE_FAILURES.labels(cause).inc()
        STOPPED.set(1)
        if self.why is None:
            logger.error("nothing can be saved", cause=cause)
        self.why = why

    def works(self) -> None:
        if self.why is not None:
            logger.warning("can be saved again")
            STOPPED.set(0)
        self.why = None
