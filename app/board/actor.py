"""Who acts, and which audience a person belongs to. Both follow from role and seat, never from who is connected."""

from dataclasses import dataclass
from typing import Literal

from .terms import FAMILY, SERVICES, Id, Role

AudienceKind = Literal["chair", "scribe", "services", "family", "observer", "room"]


@dataclass(frozen=True)
class Actor:
    """One person as the board knows them at this turn."""

    person_id: Id
    role: Role
    agency_id: Id | None = None
    children: frozenset[Id] = frozenset()  # for whom they bring words (advocate) or with whom they work
    sits_with: Id | None = None  # the person or child whose screen an advocate, supporter or interpreter shares

    @property
    def is_family(self) -> bool:
        return self.role in FAMILY

    def speaks_for(self, person_id: Id) -> bool:
        """Whether this is an advocate whose words these are to bring: their child's, or whom they sit with."""
        return self.role == "advocate" and (person_id in self.children or person_id == self.sits_with)

    @property
    def types_for_others(self) -> bool:
        """Chair and scribe write down what others say."""
        return self.role in ("chair", "scribe")


@dataclass(frozen=True)
class Audience:
    """People who are sent the same shared part. `whose` is the family member or child of a family audience."""

    kind: AudienceKind
    whose: Id | None = None


CHAIR = Audience("chair")
SCRIBE = Audience("scribe")
SERVICES_AUDIENCE = Audience("services")
OBSERVER = Audience("observer")
ROOM = Audience("room")


def audience_of(actor: Actor) -> Audience:
    """The one audience of this person. Two parents are two audiences."""
    if actor.role in SERVICES:
        return SERVICES_AUDIENCE
    if actor.is_family:
        return Audience("family", actor.person_id)
    if actor.role in ("advocate", "supporter", "interpreter"):
        return Audience("family", actor.sits_with or actor.person_id)
    return {"chair": CHAIR, "scribe": SCRIBE, "room_screen": ROOM}.get(actor.role, OBSERVER)
