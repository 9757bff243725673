"""What one audience of one room has been shown: its view, its version, and what changed when."""

import secrets
from itertools import compress
from operator import is_not
from typing import NamedTuple

from app.board.board import View, merged

from .protocol import ViewFrame, encode, encode_changes, encode_whole, view_frame, view_text
from .wire import framed

Parts = tuple[View, ...]


class Step(NamedTuple):
    """From one view to the next. Made and encoded once for all audiences that take it."""

    between: tuple[Parts, Parts]  # held as long as it is known by their ids
    keys: tuple[str, ...]  # that are new, changed or gone
    encoded: bytes


Steps = dict[tuple[int, ...], Step]  # of one turn, by what they lead between: whole views, and the parts that changed


class Wholes:
    """Whole views, encoded once for all audiences of a room that see the same: a crowd may come at once."""

    def __init__(self) -> None:
        self._encoded: dict[int, tuple[Parts, bytes]] = {}

    def of(self, parts: Parts) -> bytes:
        found = self._encoded.get(id(parts))
        if found is None:
            found = self._encoded[id(parts)] = parts, encode_whole(_sorted(parts))
        return found[1]

    def forget(self, parts: Parts) -> None:
        self._encoded.pop(id(parts), None)


class Shown:
    """A version moves only when this audience's own view changes, so hidden activity leaves no gap."""

    def __init__(self, wholes: Wholes | None = None) -> None:
        self._wholes = wholes or Wholes()
        self.epoch = secrets.token_urlsafe(9)  # one audience of one room in one process
        self.version = 0
        self._parts: Parts = ()
        self._changed: dict[str, int] = {}  # the version at which each key last changed or was dropped
        self._frames: dict[int, bytes] = {}

    @property
    def view(self) -> View:
        return merged(self._parts)

    def show(self, parts: Parts, steps: Steps | None = None) -> None:
        """Take over this view; the version moves if anything in it is new."""
        if parts is self._parts:
            return
        step = self._step_to(parts, {} if steps is None else steps)
        if not step.keys and self.version:
            return
        self.version += 1
        for key in step.keys:
            self._changed[key] = self.version
        self._wholes.forget(self._parts)
        self._parts = parts
        self._frames.clear()
        self._frames[self.version - 1] = framed(view_text(self.epoch, self.version, step.encoded))

    def rest(self) -> None:
        """Nothing happens for a while: what is encoded can be encoded again."""
        self._frames.clear()
        self._wholes.forget(self._parts)

    def _step_to(self, parts: Parts, steps: Steps) -> Step:
        """A chair's view and a parent's are two, but what changed in them is mostly the very same part."""
        views = id(self._parts), id(parts)
        step = steps.get(views)
        if step is None:
            was, now = changed_parts(self._parts, parts)
            changed = (*map(id, was), *map(id, now))
            step = steps.get(changed)
            if step is None:
                put, drop = difference(was, now)
                step = steps[changed] = Step((was, now), (*put, *drop), encode_changes(put, drop))
            steps[views] = step._replace(between=(self._parts, parts))
        return step

    def frame_since(self, version: int | None) -> bytes:
        """The difference between that version and now, or the whole for None; encoded and framed once for all."""
        if version is None:
            return framed(view_text(self.epoch, self.version, self._wholes.of(self._parts)))
        frame = self._frames.get(version)
        if frame is None:
            frame = self._frames[version] = framed(self._encode_since(version))
        return frame

    def whole(self) -> ViewFrame:
        return view_frame(self.epoch, self.version, _sorted(self._parts), [], full=True)

    def _encode_since(self, version: int) -> bytes:
        view = self.view
        put = {key: view[key] for key in sorted(view) if self._changed[key] > version}
        drop = sorted(key for key, at in self._changed.items() if at > version and key not in view)
        return encode(view_frame(self.epoch, self.version, put, drop, full=False))

    def knows(self, epoch: str | None, version: int | None) -> bool:
        """Whether somebody who returns with these can be sent the difference."""
        return epoch == self.epoch and version is not None and 0 <= version <= self.version


def _sorted(parts: Parts) -> View:
    """Ids are random: the order of keys tells nothing of what came first or was hidden for a while."""
    return dict(sorted(merged(parts).items()))


def changed_parts(was: Parts, now: Parts) -> tuple[Parts, Parts]:
    """What is not the same object in both, where they are made of as many parts; else all of them."""
    if len(was) != len(now):
        return was, now
    changed = [*map(is_not, was, now)]
    return tuple(compress(was, changed)), tuple(compress(now, changed))


def difference(was: Parts, now: Parts) -> tuple[View, list[str]]:
    """What is new in one view and what is gone from it. What did not change is mostly the same object."""
    before, after = (was[0], now[0]) if len(was) == len(now) == 1 else (merged(was), merged(now))
    put = {
        key: value
        for key, value in after.items()
        if key not in before or (before[key] is not value and before[key] != value)
    }
    return dict(sorted(put.items())), sorted(before.keys() - after.keys())
