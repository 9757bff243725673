"""A view, read for one record: with its words, its names, and the times at which things happened."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.board.board import View
from app.board.offers import ItemPlaced, ItemReleased, PrivateReleased
from app.board.running import BreakEnded, BreakTaken, PhaseSet
from app.board.terms import Event
from app.languages.lists import listed

from .names import Names, names_of
from .parts import Wording
from .recipient import Happened, Recipient
from .times import Times, times_of
from .wordings import wordings_of
from .words import Words


@dataclass(frozen=True)
class Reading:
    """`happened` is asked for times only: what was said is in the view, or it is not in the record."""

    view: View
    recipient: Recipient
    words: Words
    names: Names
    times: Times
    happened: Happened

    def all(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Every value under `kind/`, by what follows."""
        for key, value in self.view.items():
            if key.startswith(f"{kind}/"):
                yield key.removeprefix(f"{kind}/"), value

    def of(self, key: str) -> Any:
        return self.view.get(key)

    def part(self, key: str) -> Mapping[str, Any]:
        """Empty where an older conference has no such part."""
        return self.view.get(key) or {}

    def written_at(self, id: str) -> datetime | None:
        """When this point was first seen by whoever is given this record: how long it waited before that, or was held,
        is for chair and scribe."""
        moments = [at for at, event in self.happened if event.id == id or _puts_on_board(event, id)]
        if not moments:
            return None
        return moments[0] if "recipients" in self.view else moments[-1]

    def wordings(
        self, earlier: Sequence[Mapping[str, Any]], first_at: datetime | None, first_by: str
    ) -> tuple[Wording, ...]:
        if not earlier:
            return ()
        first = first_at or datetime.fromisoformat(earlier[0]["at"])
        return wordings_of(earlier, first, first_by, self.turns, self.times)

    @property
    def turns(self) -> list[datetime]:
        """When the meeting went on to another part, or had a break: there a sitting of writing ends."""
        return [at for at, event in self.happened if isinstance(event, PhaseSet | BreakTaken | BreakEnded)]


def _puts_on_board(event: Event, id: str) -> bool:
    return isinstance(event, ItemPlaced | ItemReleased | PrivateReleased) and event.item_id == id


def reading_of(view: View, recipient: Recipient, happened: Happened, *, plain: bool) -> Reading:
    people = {key.removeprefix("person/"): value for key, value in view.items() if key.startswith("person/")}
    told = sorted(
        ((value["place"], key.removeprefix("child/"), value["name"]) for key, value in view.items() if _is_child(key))
    )
    children = {id: name for _, id, name in told}
    conference = view["conference"]
    return Reading(
        view=view,
        recipient=recipient,
        words=Words(view.get("area") or {}, plain, listed(list(children.values()))),
        names=names_of(people, children),
        times=times_of(conference["time_zone"], conference["held_on"], conference["started_at"]),
        happened=happened,
    )


def _is_child(key: str) -> bool:
    return key.startswith("child/")
