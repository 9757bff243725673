"""Several processes on one port: started, started again if one dies, and stopped together.

Each has a listening socket of its own for the same port, among which the kernel shares out who comes. They are made
here and stay open here, so that whoever comes while a process is away waits for the next one.
"""

import os
import shutil
import signal
import socket
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import structlog

from app.pages.workers import Workers, socket_of

logger = structlog.get_logger()

SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)
STOPPED_WITHIN_SECONDS = 15.0
SOON_SECONDS = 5.0  # whatever dies sooner than this is not started again at once
PAUSE_SECONDS = 1.0

Serve = Callable[[list[socket.socket], Workers], None]


class Supervisor:
    def __init__(self, listening: list[socket.socket], serve: Serve) -> None:
        self._listening = listening
        self._serve = serve
        self._folder = Path(tempfile.mkdtemp(prefix="kinboard-workers-"))
        self._between = [listen_between(self._folder, number) for number in range(len(listening))]
        self._running: dict[int, tuple[int, float]] = {}  # by the ids of their processes
        self._due: dict[int, float] = dict.fromkeys(range(len(listening)), 0.0)
        self._stop_by: float | None = None
        self._alive, self._held = os.pipe()  # closed with us, also if we are killed

    def run(self) -> None:
        """Until it is told to stop and all have."""
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            while self._stop_by is None or self._running:
                self._start_due()
                told = signal.sigtimedwait(SIGNALS, 0.2)
                if told and told.si_signo != signal.SIGCHLD:
                    self._stop()
                self._take_leave()
                if self._stop_by is not None and time.monotonic() > self._stop_by:
                    self._tell(signal.SIGKILL)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start_due(self) -> None:
        now = time.monotonic()
        for number in [number for number, at in self._due.items() if at <= now]:
            del self._due[number]
            pid = os.fork()
            if pid == 0:
                self._live(number)
            self._running[pid] = number, now

    def _live(self, number: int) -> NoReturn:
        """One worker's whole life."""
        code = 1
        try:
            for each in SIGNALS:
                signal.signal(each, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
            os.close(self._held)
            threading.Thread(target=end_with, args=(self._alive,), daemon=True).start()
            for other, (listening, between) in enumerate(zip(self._listening, self._between, strict=True)):
                if other != number:
                    listening.close()
                    between.close()
            workers = Workers(number, len(self._listening), self._folder)
            self._serve([self._listening[number], self._between[number]], workers)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        except BaseException as broken:
            logger.error("worker broken", worker=number, cause=type(broken).__name__)
            traceback.clear_frames(broken.__traceback__)
        finally:
            os._exit(code)

    def _take_leave(self) -> None:
        """Of those that have ended; each is started again, unless all are to stop."""
        while self._running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            number, since = self._running.pop(pid)
            if self._stop_by is None:
                now = time.monotonic()
                logger.error("worker ended", worker=number, code=os.waitstatus_to_exitcode(status))
                self._due[number] = now + (PAUSE_SECONDS if now - since < SOON_SECONDS else 0.0)

    def _stop(self) -> None:
        if self._stop_by is None:
            self._stop_by = time.monotonic() + STOPPED_WITHIN_SECONDS
            self._due.clear()
        self._tell(signal.SIGTERM)

    def _tell(self, what: signal.Signals) -> None:
        for pid in self._running:
            os.kill(pid, what)


def end_with(alive: int) -> None:
    """Nobody would start or stop a worker whose supervisor is gone."""
    os.read(alive, 1)
    os.kill(os.getpid(), signal.SIGTERM)


def listen_between(folder: Path, number: int) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(socket_of(folder, number)))
    listening.listen(1024)
    return listening
