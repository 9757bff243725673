"""One act of a script, and the room it happens in: who is there, what the clock shows, what ids are."""

from dataclasses import dataclass
from datetime import datetime

from app.board.earlier import Earlier
from app.board.terms import HERE, Command, Id

from .clock import RoomClock
from .ids import FileId, Ids
from .parts import ConferenceFile, PersonPart


@dataclass(frozen=True)
class Step:
    """`place` is where in the file it stands, for whoever has to put it right."""

    at: datetime
    person_id: Id
    command: Command
    place: str


@dataclass(frozen=True)
class Room:
    """What every part of a script asks: the conference file, read as a room full of people."""

    file: ConferenceFile
    ids: Ids
    clock: RoomClock
    earlier: Earlier | None

    @property
    def chair(self) -> Id:
        return self.ids.of(next(person.id for person in self.file.people if person.role == "chair"))

    def person(self, file_id: FileId) -> PersonPart | None:
        return next((person for person in self.file.people if person.id == file_id), None)

    def is_here(self, file_id: FileId) -> bool:
        person = self.person(file_id)
        return person is not None and person.attendance in HERE

    def typist(self, file_id: FileId) -> Id:
        """Whoever it is, with their own device; for somebody who is not here, the chair.

        For a child the adult who brings their words. Somebody whom the file does not know stays who they are, so that
        the rules can say so.
        """
        if self.is_here(file_id):
            return self.ids.of(file_id)
        if file_id in {child.id for child in self.file.children}:
            return self.ids.of(self.advocate_of(file_id) or self.chair)
        return self.chair if self.person(file_id) else self.ids.of(file_id)

    def advocate_of(self, child: FileId) -> FileId | None:
        advocates = (each for each in self.file.people if each.role == "advocate" and self.is_here(each.id))
        return next((each.id for each in advocates if child in (each.works_with or ())), None)
