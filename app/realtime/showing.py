"""What each screen of a room shows: who sits in which audience, its view, and what is each person's own."""

import asyncio
from collections.abc import Callable, Collection
from operator import is_
from time import monotonic

from app.board.actor import Actor, Audience, audience_of
from app.board.board import View, own_made_of, see_own, see_parts
from app.board.memory import Memory
from app.board.people import People, actor_of
from app.board.refusals import Refused
from app.board.sharing import is_still_shared, own_on_a_tablet
from app.board.state import EMPTY, Board
from app.board.terms import Id

from .connection import CLOSED_NOT_ADMITTED, Connection
from .presence import Presence
from .protocol import OwnFrame, ViewFrame, encode, own_frame
from .shown import Shown, Steps, Wholes
from .wire import framed

GATHER_SECONDS = 0.1  # who comes or goes within it is shown to the others together: after a restart that is everybody
REST_SECONDS = 1.0  # without anything new, before ready frames are let go of


class Showing:
    def __init__(self, presence: Presence, ring: Callable[[], None]) -> None:
        self._presence = presence
        self._ring = ring
        self._board: Board = EMPTY  # as was shown last
        self._present: frozenset[Id] = frozenset()  # likewise
        self._gathered_at = 0.0
        self._gathering: asyncio.TimerHandle | None = None
        self._shown: dict[Audience, Shown] = {}
        self._shown_at = 0.0  # 0: and what was encoded for it was let go of since
        self._wholes = Wholes()
        self._seated: dict[Audience, tuple[Shown, list[Connection]]] = {}
        self._seated_at: People | None = None
        self._actors: list[Actor] = []
        self._own: dict[Id, View] = {}
        self._own_made_of: tuple[object, ...] | None = None
        self._own_at: list[Actor] | None = None
        self._memory = Memory()

    def gather(self) -> None:
        """Who is here, as everybody sees it: at once, or a moment after it was shown last. Whatever else happens has no
        say in when, or somebody could tell from it that something hidden did.
        """
        if self._present is self._presence.people:
            return
        now = monotonic()
        wait = self._gathered_at + GATHER_SECONDS - now
        if wait <= 0:
            self._present, self._gathered_at, self._gathering = self._presence.people, now, None
        elif self._gathering is None:
            self._gathering = asyncio.get_running_loop().call_later(wait, self._gathered)

    def _gathered(self) -> None:
        self._gathering = None
        self._ring()

    def show(self, board: Board) -> None:
        """One view for each audience present, and each person's own. All of one audience get the same bytes."""
        self._board = board
        if self._presence.moved or self._seated_at is not board.people:
            self._seat()
        self._look_at_own()
        now, steps = monotonic(), Steps()
        self._shown_at = now
        for audience, (shown, connections) in self._seated.items():
            before = shown.version
            shown.show(see_parts(board, self._present, audience, self._memory), steps)
            frame = shown.frame_since(before) if shown.version != before else None
            for connection in connections:
                if connection.has_news or connection.version != before:
                    connection.ring()
                elif frame:
                    connection.step(frame, shown.version, now)
                elif connection.has_answers:
                    connection.ring()

    def rest(self, now: float) -> None:
        """Where nothing was new for a while, what is encoded is let go of: it can be encoded again."""
        if self._shown_at and now - self._shown_at > REST_SECONDS:
            self._shown_at = 0.0
            for shown in self._shown.values():
                shown.rest()

    def _seat(self) -> None:
        """Who sits in which audience, as long as nobody comes, goes or changes places."""
        self._seated_at, self._presence.moved = self._board.people, False
        self._actors, self._seated = [], {}
        for person_id in self._presence.here:
            try:
                actor = actor_of(self._board, person_id)
            except Refused:
                for connection in self._presence.of(person_id):
                    connection.close(CLOSED_NOT_ADMITTED)
                continue
            self._actors.append(actor)
            audience = audience_of(actor)
            for connection in self._presence.of(person_id):
                if not is_still_shared(self._board, connection.session.seat.sharing):
                    connection.close(CLOSED_NOT_ADMITTED)
                    continue
                if audience not in self._seated:
                    self._seated[audience] = self.shown_to(audience), []
                self._seated[audience][1].append(connection)
                if connection.audience != audience:
                    connection.audience, connection.has_news = audience, True

    def _look_at_own(self) -> None:
        made_of = own_made_of(self._board, self._memory)
        same = self._own_made_of is not None and all(map(is_, made_of, self._own_made_of))
        if same and self._own_at is self._actors:
            return
        self._own_made_of, self._own_at = made_of, self._actors
        if not same:  # whoever is away meanwhile is looked at anew when they come back
            here = {actor.person_id for actor in self._actors}
            self._own = {id: own for id, own in self._own.items() if id in here}
        for actor in self._actors:
            if same and actor.person_id in self._own:
                continue
            own = see_own(self._board, actor, self._memory, made_of)
            if own is not self._own.get(actor.person_id):
                self._own[actor.person_id] = own
                for connection in self._presence.of(actor.person_id):
                    connection.has_news = True

    def glance(self, board: Board, person_id: Id, sharing: Collection[Id]) -> tuple[ViewFrame, OwnFrame]:
        """What this person's first two frames would be now, so that a page can be painted before its socket is open;
        with `sharing`, on a tablet that these people share.

        Raises Refused for one who is not admitted.
        """
        actor = actor_of(board, person_id)
        shown = self.shown_to(audience_of(actor))
        shown.show(see_parts(board, self._present, audience_of(actor), self._memory))
        own = see_own(board, actor, self._memory)
        if sharing:
            own = own_on_a_tablet(board, own, sharing)
        return shown.whole(), own_frame(dict(sorted(own.items())), [], full=True)

    def shown_to(self, audience: Audience) -> Shown:
        shown = self._shown.get(audience)
        if shown is None:
            shown = self._shown[audience] = Shown(self._wholes)
        return shown

    def frames_for(self, connection: Connection, audience: Audience) -> list[bytes]:
        """What lies between what this connection was last sent and now, and marks it as sent."""
        frames: list[bytes] = []
        shown = self.shown_to(audience)
        if not shown.knows(connection.epoch, connection.version):
            connection.version = None
        if connection.version != shown.version or connection.is_new:
            frames.append(shown.frame_since(connection.version))
            connection.epoch, connection.version = shown.epoch, shown.version
        own = self._own.get(connection.person_id, {})
        if connection.session.seat.sharing:
            narrowed = own_on_a_tablet(self._board, own, connection.session.seat.sharing)
            own = connection.own if connection.own == narrowed else narrowed
        if connection.own is not own:
            frames.append(own_difference(connection.own, own))
            connection.own = own
        connection.is_new = False
        return frames


def own_difference(sent: View | None, own: View) -> bytes:
    """What one person alone may see: whole on each connection, then what changed."""
    before = sent or {}
    put = {key: own[key] for key in sorted(own) if key not in before or before[key] != own[key]}
    drop = sorted(key for key in before if key not in own)
    return framed(encode(own_frame(put, drop, full=sent is None)))
