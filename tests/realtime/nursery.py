"""A process that has imported everything and forks a server whenever one is asked for, so that a start is quick.

Forked servers share the seed of Python's hashes; where that matters a test asks for a process of its own.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Self


def main() -> None:
    line = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    from tests.realtime import launch

    while True:
        asked, outputs, *_ = socket.recv_fds(line, 65536, 2)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            line.close()
            os.dup2(outputs[0], 1)
            os.dup2(outputs[1], 2)
            order = json.loads(asked)
            os.chdir(order["folder"])
            launch.main(order["arguments"])
            os._exit(0)
        for output in outputs:
            os.close(output)
        line.send(str(pid).encode())


class Forked:
    """One server of the nursery, with what a test needs of a process."""

    def __init__(self, pid: int, said: asyncio.StreamReader) -> None:
        self.pid = pid
        self.said = said
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

    async def fork(self, folder: Path, arguments: list[str], log: int) -> Forked:
        assert self._line
        loop, reader = asyncio.get_running_loop(), asyncio.StreamReader()
        reading, writing = os.pipe()
        async with self._one_at_a_time, asyncio.timeout(30):
            order = json.dumps({"folder": str(folder), "arguments": arguments})
            socket.send_fds(self._line, [order.encode()], [writing, log])
            pid = int(await loop.sock_recv(self._line, 100))
        os.close(writing)
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb"))
        return Forked(pid, reader)

    async def close(self) -> None:
        if self._line and self._process:
            self._line.close()
            await self._process.wait()


if __name__ == "__main__":
    main()
