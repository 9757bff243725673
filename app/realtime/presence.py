"""Who is connected. Not history: it never enters the log, and reaches people only through `see`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from app.board.chair import GoneSince
from app.board.terms import Id

from .elsewhere import NOBODY
from .measures import CONNECTIONS, PEOPLE

if TYPE_CHECKING:
    from .connection import Connection
    from .elsewhere import Alone, Elsewhere


class Presence:
    """`people` are all who have a screen open, at whichever server; `here` those who have one at this server."""

    def __init__(self, conference_id: Id, clock: Callable[[], datetime], other_servers: Alone | Elsewhere) -> None:
        self.conference_id = conference_id
        self.clock = clock
        self._other_servers = other_servers
        self.opened_at = clock()
        self.left_at: dict[Id, datetime] = {}  # when somebody's last screen went
        self._by_person: dict[Id, tuple[Connection, ...]] = {}
        self.people: frozenset[Id] = frozenset()
        self._elsewhere = NOBODY
        self.moved = False  # somebody came or went since the room looked

    def enter(self, connection: Connection) -> None:
        theirs = self._by_person.get(connection.person_id, ())
        if not theirs:
            self._other_servers.came(self.conference_id, connection.person_id)
            PEOPLE.inc()
        self._by_person[connection.person_id] = (*theirs, connection)
        self._note()
        CONNECTIONS.inc()

    def leave(self, connection: Connection) -> None:
        theirs = tuple(one for one in self._by_person.get(connection.person_id, ()) if one is not connection)
        if theirs:
            self._by_person[connection.person_id] = theirs
        else:
            if self._by_person.pop(connection.person_id, None) is not None:
                PEOPLE.dec()
            self.left_at[connection.person_id] = self.clock()
            self._other_servers.left(self.conference_id, connection.person_id)
        self._note()
        CONNECTIONS.dec()

    def _note(self) -> None:
        self.moved = True
        if self._elsewhere or len(self.people) != len(self._by_person):
            self._join()

    def _join(self) -> None:
        people = self._elsewhere.union(self._by_person)
        if people != self.people:
            self.people = people

    def hear(self, elsewhere: frozenset[Id]) -> bool:
        """These are at other servers; whether anybody is here now who was not, or the other way round."""
        before, was = self.people, self._elsewhere
        if elsewhere == was:
            return False
        now = self.clock()
        self.left_at.update({id: now for id in was - elsewhere if id not in self._by_person})
        self._elsewhere = elsewhere
        self._join()
        return self.people is not before

    @property
    def is_split(self) -> bool:
        """Whether some are at other servers."""
        return bool(self._elsewhere)

    @property
    def here(self) -> Collection[Id]:
        return self._by_person.keys()

    def gone_since(self, acted_at: Mapping[Id, datetime]) -> GoneSince:
        """Since when nobody saw somebody: no screen of theirs, and no act of theirs, on this server or another."""

        def since(person_id: Id) -> datetime | None:
            if person_id in self.people:
                return None
            left = self.left_at.get(person_id, self.opened_at)
            return max(left, acted_at.get(person_id, left))

        return since

    def of(self, person_id: Id) -> Iterable[Connection]:
        return self._by_person.get(person_id, ())

    @property
    def everyone(self) -> Iterator[Connection]:
        return (connection for theirs in self._by_person.values() for connection in theirs)
