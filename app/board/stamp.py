"""Whose act, which command, when: what every event carries."""

from datetime import datetime
from typing import TypedDict

from .actor import Actor
from .terms import Command, Id


class Stamp(TypedDict):
    id: Id
    by: Id
    at: datetime


def stamp(command: Command, actor: Actor, now: datetime) -> Stamp:
    return {"id": command.id, "by": actor.person_id, "at": now}
