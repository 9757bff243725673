"""Who is connected. Not history: it never enters the log, and reaches people only through `see`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from app.board.terms import Id

from .measures import CONNECTIONS

if TYPE_CHECKING:
    from .connection import Connection


class Presence:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.left_at: dict[Id, datetime] = {}  # when somebody's last screen went
        self._by_person: dict[Id, set[Connection]] = {}
        self.people: frozenset[Id] = frozenset()
        self.moved = False  # somebody came or went since the room looked

    def enter(self, connection: Connection) -> None:
        self._by_person.setdefault(connection.person_id, set()).add(connection)
        self._note()
        CONNECTIONS.inc()

    def leave(self, connection: Connection) -> None:
        theirs = self._by_person.get(connection.person_id, set())
        theirs.discard(connection)
        if not theirs:
            self._by_person.pop(connection.person_id, None)
            self.left_at[connection.person_id] = self.clock()
        self._note()
        CONNECTIONS.dec()

    def _note(self) -> None:
        self.moved = True
        if len(self.people) != len(self._by_person):
            self.people = frozenset(self._by_person)

    def of(self, person_id: Id) -> Iterable[Connection]:
        return tuple(self._by_person.get(person_id, ()))

    @property
    def everyone(self) -> Iterator[Connection]:
        return (connection for theirs in self._by_person.values() for connection in theirs)
