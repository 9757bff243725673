"""A child's own letter: what the grown-ups wrote for them, and the few sentences that any such letter has."""

from dataclasses import dataclass
from datetime import date, datetime

from app.board.actor import CHAIR
from app.board.board import see
from app.board.state import Board
from app.board.terms import Id
from app.languages.dates import weekday
from app.languages.lists import listed
from app.languages.speaking import _

from .being_here import people_of
from .parts import Person, When
from .reading import Reading, reading_of
from .recipient import Happened, NotEntitled, Recipient, entitled_view


@dataclass(frozen=True)
class Letter:
    """Empty where nobody has written it: the plan's own steps are in words for grown-ups, and never stand in for it."""

    child: str
    siblings: tuple[str, ...]
    met_on: str  # "Tuesday"
    held_on: When
    title: str
    family_here: tuple[str, ...]
    voice: str  # how the child was heard, in one sentence, or ""
    worried: str
    going_well: str
    will_happen: tuple[str, ...]
    if_worried: str
    chair: str
    issued_at: When
    fingerprint: str
    recipient_name: str
    practice: bool


def build_letter(
    board: Board, child_id: Id, recipient: Recipient, issued_at: datetime, fingerprint: str, happened: Happened
) -> Letter:
    """Given to the child by this recipient, who sees everything in it but what was written for the child to read."""
    if child_id not in board.conference.children or (recipient.children and child_id not in recipient.children):
        raise NotEntitled
    of_child = Recipient(recipient.person_id, recipient.version, (child_id,))
    view = entitled_view(board, of_child, happened)
    reading = reading_of(view, of_child, happened, plain=True)
    written = see(board, frozenset(), CHAIR).get(f"letter/{child_id}") or {}
    people, names = people_of(reading), reading.names
    held_on = reading.times.long_day(view["conference"]["held_on"])
    return Letter(
        child=names.first(child_id),
        siblings=tuple(names.first(id) for id in names.children if id != child_id),
        met_on=weekday(date.fromisoformat(view["conference"]["held_on"])),
        held_on=held_on,
        title=view["conference"]["title"],
        family_here=tuple(person.first for person in people if person.is_family and person.was_here),
        voice=_voice(reading, people, child_id),
        worried=written.get("worried") or "",
        going_well=written.get("going_well") or "",
        will_happen=tuple(written.get("will_happen") or ()),
        if_worried=written.get("if_worried") or "",
        chair=next((names.first(id) for id, each in names.people.items() if each["role"] == "chair"), ""),
        issued_at=reading.times.stamp(issued_at),
        fingerprint=fingerprint or reading.part("fingerprint").get("text", ""),
        recipient_name=names.full(recipient.person_id),
        practice=bool(reading.part("area").get("practice")),
    )


def _voice(reading: Reading, people: tuple[Person, ...], child_id: Id) -> str:
    """Who told everyone what the child said: whoever brought words of theirs."""
    brought = {
        item["source"]["person_id"]
        for __, item in reading.all("item")
        if item["child_speaking"] == child_id and item["source"]["person_id"] != child_id
    }
    tellers = [person.first for person in people if person.id in brought]
    return _("{names} told everyone what you said.", names=listed(tellers)) if tellers else ""
