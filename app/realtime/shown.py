"""What one audience of one room has been shown: its view, its version, and what changed when."""

import secrets

from app.board.board import View

from .protocol import ViewFrame, encode, view_frame
from .wire import framed


class Shown:
    """A version moves only when this audience's own view changes, so hidden activity leaves no gap."""

    def __init__(self) -> None:
        self.epoch = secrets.token_urlsafe(9)  # one audience of one room in one process
        self.version = 0
        self.view: View = {}
        self._changed: dict[str, int] = {}  # the version at which each key last changed or was dropped
        self._frames: dict[int | None, bytes] = {}

    def show(self, view: View) -> None:
        """Take over this view; the version moves if anything in it is new."""
        if view is self.view:
            return
        put = [key for key, value in view.items() if key not in self.view or not _same(self.view[key], value)]
        drop = [key for key in self.view if key not in view]
        if not put and not drop and self.version:
            return
        self.version += 1
        self._changed.update(dict.fromkeys([*put, *drop], self.version))
        self.view = view
        self._frames.clear()

    def frame_since(self, version: int | None) -> bytes:
        """The difference between that version and now, or the whole for None; encoded and framed once for all."""
        frame = self._frames.get(version)
        if frame is None:
            frame = self._frames[version] = framed(self._encode_since(version))
        return frame

    def whole(self) -> ViewFrame:
        """Sorted, and ids are random: the order of keys tells nothing of what came first or was hidden for a while."""
        put = {key: self.view[key] for key in sorted(self.view)}
        return view_frame(self.epoch, self.version, put, [], full=True)

    def _encode_since(self, version: int | None) -> bytes:
        if version is None:
            return encode(self.whole())
        put = {key: self.view[key] for key in sorted(self.view) if self._changed[key] > version}
        drop = sorted(key for key, at in self._changed.items() if at > version and key not in self.view)
        return encode(view_frame(self.epoch, self.version, put, drop, full=False))

    def knows(self, epoch: str | None, version: int | None) -> bool:
        """Whether somebody who returns with these can be sent the difference."""
        return epoch == self.epoch and version is not None and 0 <= version <= self.version


def _same(was: object, now: object) -> bool:
    """What did not change is mostly the same object, and then nothing need be compared."""
    return was is now or was == now
