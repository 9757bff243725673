"""Whose place in the meeting has ended between two boards. What they hold of it ends with it (app/access/ending.py)."""

from .state import Board
from .terms import Id, Role

AFTER_IT: frozenset[Role] = frozenset({"chair", "scribe", "room_screen"})  # letters come after it


def places_ended(before: Board, after: Board) -> frozenset[Id]:
    """Whoever was taken out; and once the meeting is closed, everybody who has no work to do after it."""
    if before.people is after.people and before.conference is after.conference:
        return frozenset()
    was, now = before.people.members, after.people.members
    ended = {id for id, member in was.items() if member.admitted and not now[id].admitted}
    if after.conference.closed_at and not before.conference.closed_at:
        ended |= {id for id, member in now.items() if member.role not in AFTER_IT}
    return frozenset(ended)
