"""The disk under a server, in a test's hands: what was done to it, what fails, how long it takes, and the clock."""

import ctypes
import errno
import mmap
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("shim.c")
RECORD = struct.Struct("<7q")
OPENED, WROTE, CUT, FLUSHED, REMOVED, RENAMED = range(1, 7)
EVERY = -1


class Control(ctypes.Structure):
    """As in `shim.c`."""

    _fields_ = [
        (name, ctypes.c_int64)
        for name in (
            *("fail_syncs", "sync_errno", "fail_writes", "write_errno"),
            *("sync_takes_us", "clock_ahead_ns", "failed"),
        )
    ]


@dataclass(frozen=True)
class Done:
    """One thing that was done to the disk. Times are of the monotonic clock, in nanoseconds."""

    what: int
    handle: int
    began: int
    ended: int
    offset: int
    failed: bool
    content: bytes


def compiled(folder: Path) -> Path:
    """The shim, ready to be loaded. `make test` brings a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("There is no C compiler here, so no disk can be made to fail: install gcc and libc6-dev.")
    shim = folder / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, SOURCE, "-ldl"], check=True)
    return shim


class Disk:
    def __init__(self, folder: Path, data: Path) -> None:
        folder.mkdir(parents=True)
        self.trace = folder / "trace"
        self.settings = {"DISK_SHIM": str(folder), "DISK_SHIM_OF": str(data)}
        size = ctypes.sizeof(Control)
        (folder / "control").write_bytes(bytes(size))
        with (folder / "control").open("r+b") as file:
            self._control = Control.from_buffer(mmap.mmap(file.fileno(), size))

    def fail_flushes(self, times: int = EVERY, error: int = errno.EIO) -> None:
        self._control.sync_errno, self._control.fail_syncs = error, times

    def fail_writes(self, times: int = EVERY, error: int = errno.ENOSPC) -> None:
        self._control.write_errno, self._control.fail_writes = error, times

    def mend(self) -> None:
        self._control.fail_syncs = self._control.fail_writes = 0

    def slow_down(self, seconds: float) -> None:
        self._control.sync_takes_us = int(seconds * 1e6)

    def move_clock(self, seconds: float) -> None:
        self._control.clock_ahead_ns = int(seconds * 1e9)

    @property
    def failed(self) -> int:
        """How often something failed because a test asked for it."""
        return int(self._control.failed)

    def done(self) -> Iterator[Done]:
        with self.trace.open("rb") as trace:
            while head := trace.read(RECORD.size):
                what, handle, began, ended, offset, size, result = RECORD.unpack(head)
                failed = what == FLUSHED and result != 0
                yield Done(
                    what, handle, began, ended, offset or (result if what == OPENED else 0), failed, trace.read(size)
                )
