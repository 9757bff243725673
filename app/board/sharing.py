"""One tablet for several of the family: only for those who may see the same, and only what all of them may see."""

from collections.abc import Collection

from .board import View, see_own
from .people import actor_or_none
from .state import Board
from .terms import FAMILY, Id

MOST_SHARING = 8
_FOR_SOME = "mine/restricted/"  # what one was told in confidence; all else under `mine/` is one's own words


def may_share_a_tablet(board: Board, people: Collection[Id]) -> bool:
    """Family who are let in, and from whom the same is hidden: nobody's part from any of them, or the same for all."""
    if not 0 < len(people) == len(set(people)) <= MOST_SHARING:
        return False
    actors = [actor_or_none(board, id) for id in people]
    if not all(actor and actor.role in FAMILY for actor in actors):
        return False
    hidden = [{one.id for one in board.people.members.values() if id in one.hidden_from} for id in people]
    return all(each == hidden[0] and not each & set(people) for each in hidden)


def is_still_shared(board: Board, sharing: Collection[Id]) -> bool:
    """Not once one of them is kept from another's part while the tablet is out. One's own screen always is fine."""
    return not sharing or may_share_a_tablet(board, sharing)


def own_on_a_tablet(board: Board, own: View, sharing: Collection[Id]) -> View:
    """What one of them alone may see, without what another of them may not be told."""
    others = [actor for id in sharing if (actor := actor_or_none(board, id))]
    seen = [see_own(board, actor) for actor in others]
    return {
        key: value
        for key, value in own.items()
        if not key.startswith(_FOR_SOME) or all(key in theirs for theirs in seen)
    }
