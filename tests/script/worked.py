"""The worked conferences as files, as scripts and as boards; and boards that were worked on after that."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from app.board.actor import CHAIR, OBSERVER, ROOM, SCRIBE, SERVICES_AUDIENCE, Audience
from app.board.board import ANY_COMMAND, View, see, see_own
from app.board.people import actor_of
from app.board.refusals import Refused
from app.board.state import Board
from app.realtime.turn import Asked, take_turn
from app.script.demo import HOME, until
from app.script.export import file_of
from app.script.file import conference_file_from, read_conference_file, written
from app.script.ids import Ids, conference_id_of
from app.script.parts import ConferenceFile
from app.script.play import Played, play
from app.script.script import script_of
from app.script.step import Step
from app.store.commits import NewRow, SavedRow

FILES = ("example-conference", "example-review")


@dataclass(frozen=True)
class Worked:
    raw: Any
    file: ConferenceFile
    steps: list[Step]
    played: Played

    @property
    def board(self) -> Board:
        return self.played.board

    @property
    def id(self) -> str:
        return conference_id_of(self.file.conference.id)

    @property
    def rows(self) -> list[SavedRow]:
        return saved(self.played.rows)

    def of(self, file_id: str) -> str:
        return Ids(self.id).of(file_id)


@cache
def worked(name: str) -> Worked:
    path = HOME / f"{name}.json"
    file = read_conference_file(path)
    steps = script_of(file)
    return Worked(json.loads(path.read_bytes()), file, steps, play(steps))


def saved(rows: Iterable[NewRow]) -> list[SavedRow]:
    """As the log gives them back."""
    return [
        SavedRow(seq, row.id, row.person_id, row.at, row.body_hash, row.body, bytes(32))
        for seq, row in enumerate(rows, start=1)
    ]


def everything_seen(board: Board) -> dict[str, View]:
    """What every audience sees, and everyone alone."""
    kinds = (CHAIR, SCRIBE, SERVICES_AUDIENCE, OBSERVER, ROOM)
    audiences = [*kinds, *(Audience("family", each) for each in (*board.people.members, *board.conference.children))]
    shared = {f"{audience.kind} {audience.whose}": see(board, frozenset(), audience) for audience in audiences}
    admitted = [member.id for member in board.people.members.values() if member.admitted]
    return shared | {f"own {person}": see_own(board, actor_of(board, person)) for person in admitted}


def order_of(view: View) -> list[tuple[str, list[str]]]:
    return [(key, value) for key, value in view.items() if key.startswith("order/")]


def imported(file: ConferenceFile) -> Played:
    """Into an empty log, by way of the text of the file."""
    return play(script_of(conference_file_from(written(file).encode())))


@dataclass
class Live:
    """A worked conference that goes on: people send commands as they would from their screens."""

    worked: Worked
    board: Board
    rows: list[NewRow]
    now: datetime
    sent: list[str] = field(default_factory=list)

    def does(self, person: str, kind: str, /, **fields: Any) -> str:
        """Ids of the file may be used anywhere. The id of the command."""
        id = str(UUID(int=len(self.sent) + 1, version=4))
        self.now += timedelta(seconds=7, microseconds=123)
        words = self._with_ids({"id": id, "type": kind, **fields})
        command = ANY_COMMAND.validate_json(json.dumps(words))
        turned = take_turn(self.board, [Asked(command, self.worked.of(person))], {}, self.now)
        assert not isinstance(turned.answers[0], Refused), (kind, turned.answers[0].sentence)
        self.board, self.rows = turned.board, self.rows + list(turned.rows)
        self.sent.append(id)
        return id

    def version(self, item: str) -> str:
        return self.board.items.by_id[self.worked.of(item)].version

    def exported(self) -> ConferenceFile:
        return file_of(self.worked.id, saved(self.rows))

    def _with_ids(self, words: Any) -> Any:
        known = {part["id"] for name in NAMED for part in self.worked.raw[name]} | {"x01", "x02"}
        if isinstance(words, dict):
            return {key: self._with_ids(value) for key, value in words.items()}
        if isinstance(words, list):
            return [self._with_ids(each) for each in words]
        return self.worked.of(words) if words in known else words


NAMED = ("children", "agencies", "people", "board_items", "danger_statements", "safety_goals", "next_steps")


def live(name: str = "example-conference", moment: str = "end") -> Live:
    conference = worked(name)
    played = play(until(conference.steps, moment))
    return Live(conference, played.board, list(played.rows), played.rows[-1].at)
