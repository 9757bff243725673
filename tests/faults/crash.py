"""What lies on a disk when the power goes, told from what was done to it before.

What was flushed is there. What was written since may be there or not, whole or in part, in any order; a name that was
made or removed may be, too, until its folder was flushed. What a flush failed on is gone for good, though whoever reads
it sees it, and the next flush says nothing of it: so Linux does.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.disk import CUT, FLUSHED, OPENED, REMOVED, RENAMED, WROTE, Done

SECTOR = 512

Image = dict[str, bytes]


@dataclass
class File:
    on_disk: bytearray = field(default_factory=bytearray)
    waiting: list[Done] = field(default_factory=list)  # since the last flush

    def with_all(self, waiting: list[Done]) -> bytes:
        content = bytearray(self.on_disk)
        for done in waiting:
            put(content, done)
        return bytes(content)


def put(content: bytearray, done: Done, size: int | None = None) -> None:
    """All of it, or its first bytes."""
    if done.what == CUT:
        if done.offset < len(content):
            del content[done.offset :]
        else:
            content.extend(bytes(done.offset - len(content)))
        return
    written = done.content[:size]
    if len(content) < done.offset:
        content.extend(bytes(done.offset - len(content)))
    content[done.offset : done.offset + len(written)] = written


class Medium:
    """One folder on the disk, from what it held when the server began."""

    def __init__(self, folder: Path) -> None:
        self.names = {path.name: File(bytearray(path.read_bytes())) for path in folder.iterdir() if path.is_file()}
        self.named = dict(self.names)  # as the folder was when it was last flushed
        self._open: dict[int, File] = {}
        self._folders: set[int] = set()

    def take(self, done: Done) -> None:
        name = done.content.decode() if done.what in (OPENED, REMOVED, RENAMED) else ""
        if done.what == OPENED and name == "":
            self._folders.add(done.handle)
        elif done.what == OPENED:
            file = self._open[done.handle] = self.names.setdefault(name, File())
            if done.offset:  # emptied as it was opened
                file.waiting.append(Done(CUT, done.handle, done.began, done.ended, 0, False, b""))
        elif done.what == FLUSHED:
            self._flush(done)
        elif done.what == REMOVED:
            del self.names[name]
        elif done.what == RENAMED:
            old, _, new = name.partition("/")
            self.names[new] = self.names.pop(old)
        elif done.what in (WROTE, CUT):
            self._open[done.handle].waiting.append(done)

    def _flush(self, done: Done) -> None:
        if done.handle in self._folders:
            if not done.failed:
                self.named = dict(self.names)
            return
        file = self._open[done.handle]
        if not done.failed:
            for each in file.waiting:
                put(file.on_disk, each)
        file.waiting.clear()

    def all_written(self) -> Image:
        return {name: file.with_all(file.waiting) for name, file in self.names.items()}

    def only_flushed(self) -> Image:
        return {name: bytes(file.on_disk) for name, file in self.named.items()}

    def some_of_it(self, chance: random.Random) -> Image:
        """Any of what waits, in any order, the last of it torn."""
        image: Image = {}
        for name, file in (self.names if chance.random() < 0.5 else self.named).items():
            waiting = [done for done in file.waiting if chance.random() < 0.5]
            chance.shuffle(waiting)
            content = bytearray(file.on_disk)
            for n, done in enumerate(waiting):
                torn = n == len(waiting) - 1 and done.what == WROTE
                put(content, done, chance.randrange(0, len(done.content) + 1, SECTOR) if torn else None)
            image[name] = bytes(content)
        return image


@dataclass(frozen=True)
class Crash:
    """The power went after `place` things were done; everybody had been told what they were told by `at`."""

    place: int
    at: int
    how: str
    image: Image


def crashes(before: Path, trace: list[Done], points: int, chance: random.Random) -> Iterator[Crash]:
    """So many of them, spread over all that was done, each kind in turn."""
    medium = Medium(before)
    at_each = max(1.0, len(trace) * 3 / points)
    due = 0.0
    for place, done in enumerate(trace):
        if place >= due:
            due += at_each
            yield Crash(place, done.began, "all written", medium.all_written())
            yield Crash(place, done.began, "only flushed", medium.only_flushed())
            yield Crash(place, done.began, "some of it", medium.some_of_it(chance))
        medium.take(done)
