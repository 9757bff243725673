"""Log lines as JSON on standard error: ids, types, counts and durations, never a payload, a name or a score."""

import logging
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

import structlog


def start_logs() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(Lines(sys.stderr)),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
    # uvicorn's own lines would name addresses; its warnings and errors are kept.
    lines = logging.StreamHandler(sys.stderr)
    lines.setFormatter(KindOnly("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[lines])


class Lines:
    """A full disk, or nobody reading, costs a line of the log; it must never cost the meeting."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._out.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._out.flush()


class KindOnly(logging.Formatter):
    """Of an error only its class and where it was raised: its text may quote what somebody wrote."""

    def formatException(  # noqa: N802
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        return f"{type(ei[1]).__name__} at {place_of(ei[1])}" if ei[1] else ""


def place_of(error: BaseException) -> str:
    """The line of code that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"


def kind_of(broken: Exception) -> str:
    """The class alone: an error's text may hold what somebody wrote."""
    cause = broken.__cause__
    return f"{type(broken).__name__} ({type(cause).__name__})" if cause else type(broken).__name__
