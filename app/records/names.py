"""How people are called in a record: by first names, with a letter more where two would be mistaken for each other."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.board.terms import FAMILY
from app.languages.lists import listed
from app.languages.speaking import _

from .words import ROLES

_TITLE = re.compile(r"(dr|pc|dc|ds|sgt|mr|mrs|ms|miss|mx|prof|rev)\.?", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    people: Mapping[str, Mapping[str, Any]]
    children: Mapping[str, str]
    short: Mapping[str, str]

    def first(self, id: str | None) -> str:
        return self.short.get(id or "", "")

    def full(self, id: str | None) -> str:
        return self.children.get(id or "") or str(self.people.get(id or "", {}).get("name", ""))

    def is_family(self, id: str) -> bool:
        return id in self.children or self.people.get(id, {}).get("role") in FAMILY

    def called(self, id: str | None) -> str:
        """ "Dana, Mum"; "Naomi, social worker"."""
        person = self.people.get(id or "")
        part = part_of(person) if person else ""
        return f"{self.first(id)}, {part}" if part and part != self.first(id) else self.first(id)

    def sharing(self, person_id: str, child: str | None) -> str:
        """ "Tansy, shared by Bea" where an adult brings a child's words or number."""
        if child is None:
            return self.called(person_id)
        return (
            self.first(child)
            if child == person_id
            else _("{child}, shared by {name}", child=self.first(child), name=self.first(person_id))
        )

    def doing(self, ids: list[str]) -> str:
        """Who does something: one with their part, several by their names."""
        return self.called(ids[0]) if len(ids) == 1 else listed([first for id in ids if (first := self.first(id))])

    def about(self, ids: list[str]) -> str:
        """Which children: by name, or "both" or "all" where it is every one of them."""
        if len(self.children) > 1 and set(ids) >= set(self.children):
            return _("both") if len(self.children) == 2 else _("all")
        return listed([self.children[child] for child in self.children if child in ids])


def names_of(people: Mapping[str, Mapping[str, Any]], children: Mapping[str, str]) -> Names:
    full = {**children, **{id: person["name"] for id, person in people.items()}}
    first = {id: first_name(name) for id, name in full.items()}
    often = Counter(first.values())
    short = {id: _told_apart(called, full[id]) if often[called] > 1 else called for id, called in first.items()}
    return Names(people, children, short)


def first_name(name: str) -> str:
    """ "Rowan" from "PC Rowan Achebe"; "Nana Mo" from "Maureen Wrenfield (Nana Mo)"."""
    called = re.search(r"\((.*?)\)", name)
    if called and called.group(1).strip():
        return called.group(1).strip()
    return next((word for word in name.split() if not _TITLE.fullmatch(word)), name)


def _told_apart(first: str, name: str) -> str:
    last = re.sub(r"\(.*?\)", "", name).split()[-1:] or [""]
    return f"{first} {last[0][0]}" if last[0] and last[0] != first else first


def part_of(person: Mapping[str, Any]) -> str:
    """ "Mum" from "Mum to Tansy and Robin"; "social worker" from "Social worker for Tansy"."""
    first_sentence = re.split(r"[.;,]", person.get("relationship", ""))[0]
    short = re.split(r" (?:to|for|and) ", first_sentence)[0].strip()
    if not short:
        return _(ROLES.get(person["role"], ""))
    return short if person["role"] in FAMILY else short[0].lower() + short[1:]
