"""A process that has imported everything and forks a program whenever one is asked for, so that a start is quick.

Forked programs share the seed of Python's hashes; where that matters a test asks for a process of its own.
"""

import asyncio
import importlib
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn, Self

PROGRAMS = {"kinboard": "app.cli", "launch": "tests.realtime.launch"}


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    importlib.import_module("app.cli")
    importlib.import_module("tests.realtime.launch")
    while True:
        asked, outputs, *_ = socket.recv_fds(line, 65536, 3)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            line.close()
            live(json.loads(asked), outputs)
        for output in outputs:
            os.close(output)
        line.send(str(pid).encode())


def live(order: dict[str, Any], outputs: list[int]) -> NoReturn:
    """What the forked process does from its first breath, and the exit code that it leaves."""
    said, complained, code_of = outputs
    os.dup2(said, 1)
    os.dup2(complained, 2)
    os.chdir(order["folder"])
    os.environ.update(order["settings"])
    sys.argv = [order["program"], *order["arguments"]]
    code: object = 1
    try:
        exec(order["first"])
        importlib.import_module(PROGRAMS[order["program"]]).main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(code_of, str(code).encode())
        os._exit(0)


class Forked:
    """One process of the nursery, with what a test needs of a process."""

    def __init__(self, pid: int, said: asyncio.StreamReader, code: asyncio.StreamReader) -> None:
        self.pid = pid
        self.said = said
        self.code = code
        self.ended = asyncio.Event()
        self._watch = os.pidfd_open(pid)
        asyncio.get_running_loop().add_reader(self._watch, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._watch)
        os.close(self._watch)
        self.ended.set()


class Nursery:
    def __init__(self) -> None:
        self._line: socket.socket | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._one_at_a_time = asyncio.Lock()

    async def open(self, environment: dict[str, str]) -> Self:
        self._line, theirs = socket.socketpair()
        self._line.setblocking(False)
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.realtime.nursery", str(theirs.fileno())),
            pass_fds=[theirs.fileno()],
            env=environment,
        )
        theirs.close()
        return self

    async def fork(
        self,
        program: str,
        arguments: list[str],
        *,
        folder: Path,
        complaints: int,
        settings: Mapping[str, str] | None = None,
        first: str = "",
    ) -> Forked:
        """`first` is code that runs before the program."""
        assert self._line
        order = json.dumps(
            {
                "program": program,
                "arguments": arguments,
                "folder": str(folder),
                "settings": dict(settings or {}),
                "first": first,
            }
        )
        (said, saying), (code, leaving) = os.pipe(), os.pipe()
        async with self._one_at_a_time, asyncio.timeout(90):  # the first one waits for the imports
            socket.send_fds(self._line, [order.encode()], [saying, complaints, leaving])
            pid = int(await asyncio.get_running_loop().sock_recv(self._line, 100))
        os.close(saying)
        os.close(leaving)
        return Forked(pid, await reader_of(said), await reader_of(code))

    async def close(self) -> None:
        if self._line and self._process:
            self._line.close()
            await self._process.wait()


async def reader_of(pipe: int) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(pipe, "rb")
    )
    return reader


if __name__ == "__main__":
    main()
