"""What everybody sent, was told and saw, and whether one order explains all of it.

The order is that of the log. Each command that was answered `saved` stands in it once, no refused one does, and none
stands before another that was already answered when it was sent. A text was changed only by somebody who had read it
as it was. No screen went back, and none skipped a version unless it had stopped reading. In the end each screen shows
the fold of the log, as its audience may see it.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic_ns
from typing import Any

from pydantic_core import to_json

from app.board.actor import audience_of
from app.board.board import see, see_own
from app.board.people import actor_of
from app.board.state import EMPTY, Board
from app.realtime.turn import folded
from app.store.commits import SavedRow

Frame = dict[str, Any]


@dataclass
class Sent:
    person: str
    type: str
    fields: Frame
    first_at: int
    saved_at: int | None = None
    refused: bool = False


@dataclass
class Seen:
    """One connection of one screen: each version that it was shown, and whether it ever stopped reading."""

    person: str
    versions: list[tuple[str, int, bool]] = field(default_factory=list)  # epoch, version, whole
    may_skip: bool = False


class History:
    def __init__(self) -> None:
        self.sent: dict[str, Sent] = {}
        self.seen: list[Seen] = []
        self.saved = 0
        self.news = asyncio.Event()  # somebody was answered

    def sends(self, id: str, person: str, type: str, fields: Frame) -> None:
        self.sent[id] = Sent(person, type, fields, monotonic_ns())

    def hears(self, frame: Frame) -> None:
        sent = self.sent.get(frame.get("id") or "")
        if sent and frame["type"] == "saved":
            self.saved += sent.saved_at is None
            sent.saved_at = sent.saved_at or monotonic_ns()
            assert not sent.refused, "a saved id was refused before"
        elif sent and frame["type"] == "refused":
            assert sent.saved_at is None, "a saved id stays saved"
            sent.refused = True
        self.news.set()

    def saved_by(self, at: int) -> set[str]:
        return {id for id, sent in self.sent.items() if sent.saved_at is not None and sent.saved_at <= at}

    @property
    def unanswered(self) -> set[str]:
        return {id for id, sent in self.sent.items() if sent.saved_at is None and not sent.refused}


def check(history: History, rows: list[SavedRow]) -> Board:
    """Fails with what no order explains; else the board that the log comes to."""
    check_commands(history, rows)
    check_order(history, rows)
    check_versions(history.seen)
    return check_edits(history, rows)


def check_commands(history: History, rows: list[SavedRow]) -> None:
    by_id = {row.id: row for row in rows}
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert len(by_id) == len(rows), "nothing stands in the log twice"
    for id, sent in history.sent.items():
        if sent.saved_at is not None:
            assert id in by_id, f"{sent.type} was answered saved and is not there"
            assert by_id[id].person_id == sent.person
        if sent.refused:
            assert id not in by_id, f"{sent.type} was refused and is there"
    arrivals = {row.id for row in rows if b'"type":"person_arrived"' in row.body}  # noted by the door itself
    unheard = set(by_id) - set(history.sent) - arrivals
    first = [row.id for row in rows if row.id not in arrivals][: len(unheard)]
    assert unheard == set(first), "only what was there before"
    assert all(row.at <= after.at for row, after in pairwise(rows)), "times never run backwards"


def check_order(history: History, rows: list[SavedRow]) -> None:
    """Whoever was answered before another sent anything stands before them."""
    soonest_answer_behind: float = float("inf")
    for row in reversed(rows):
        sent = history.sent.get(row.id)
        if sent is None:
            continue
        assert soonest_answer_behind > sent.first_at, "an answered command stands behind one that was sent after it"
        soonest_answer_behind = min(soonest_answer_behind, sent.saved_at or float("inf"))


def check_versions(seen: Iterable[Seen]) -> None:
    for each in seen:
        for (epoch, version, _), (next_epoch, next_version, whole) in pairwise(each.versions):
            if next_epoch != epoch:
                assert whole, "only a whole view begins an epoch"
                continue
            assert next_version > version, "a version went back"
            assert each.may_skip or next_version == version + 1, "skipped, though nobody stopped reading"


BASED = {"edit_item": "item_id", "write_danger_statement": "danger_id", "write_safety_goal": "goal_id"}


def check_edits(history: History, rows: list[SavedRow]) -> Board:
    board = EMPTY
    for row in rows:
        sent = history.sent.get(row.id)
        about = sent.fields.get(BASED.get(sent.type, "")) if sent else None
        if sent and about:
            assert version_of(board, sent.type, about) == sent.fields["base_version"], "changed what nobody had read"
        board = folded(board, row)
    return board


def version_of(board: Board, type: str, id: str) -> str:
    if type == "edit_item":
        return board.items.by_id[id].version
    kept = board.danger.statements if type == "write_danger_statement" else board.danger.goals
    return kept[id].version


def check_screen(board: Board, present: frozenset[str], person: str, shared: Frame, own: Frame) -> None:
    """It shows what the log comes to for this person, and nothing else."""
    actor = actor_of(board, person)
    assert shared == as_sent(see(board, present, audience_of(actor))), f"the screen of the {actor.role}"
    assert own == as_sent(see_own(board, actor)), f"what is only the {actor.role}'s"


def as_sent(view: Any) -> Frame:
    seen: Frame = json.loads(to_json(view))
    return seen
