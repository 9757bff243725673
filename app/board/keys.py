"""Every key of a view, and the shape of its value. The served schema and the browser's types are made from this."""

from typing import Any

from typing_extensions import TypedDict

from . import conference, danger, decision, items, me, people, restricted, running, scale, views


class TitleSeen(TypedDict):
    """All that a blanked screen, or an observer to whom nobody has agreed yet, is told of the conference."""

    title: str


# A key that ends in "/" is followed by an id, or by two.
VALUES: dict[str, Any] = {
    "conference": conference.ConferenceSeen,
    "phase": running.PhaseSeen,
    "floor": running.FloorSeen,
    "spotlight": running.SpotlightSeen,
    "blank": running.BlankSeen,
    "break": running.BreakSeen,
    "threshold": running.ThresholdSeen,
    "quorum": people.QuorumSeen,
    "views": views.ViewsSeen,
    "prepared": dict[str, Any],
    "child/": conference.ChildSeen,
    "person/": people.PersonSeen,
    "item/": items.ItemSeen,
    "offered/": items.ItemSeen,
    "held/": items.ItemSeen,
    "removed/": items.ItemSeen,
    "order/": list[str],
    "danger/": danger.DangerSeen,
    "goal/": danger.GoalSeen,
    "scale/": scale.ScaleSeen,
    "answer/": scale.AnswerSeen,
    "still_thinking/": scale.StillThinkingSeen,
    "view/": views.ViewSeen,
    "family_view/": views.FamilyViewSeen,
    "decision/": decision.DecisionSeen,
    "missing/": list[decision.Step],
    "correction/": conference.CorrectionSeen,
    "help/": dict[str, running.CallSeen],
}
OWN_VALUES: dict[str, Any] = {
    "me": me.MeSeen,
    "mine/item/": items.ItemSeen,
    "mine/restricted/": restricted.RestrictedSeen,
    "mine/answer/": list[scale.AnswerSeen],
    "mine/view/": views.ViewSeen,
    "mine/family_view": views.FamilyViewSeen,
    "mine/help": dict[str, running.CallSeen],
}


def value_type(key: str) -> Any:
    """The shape of the value under this key; KeyError for a key that no view may have."""
    known = {**VALUES, **OWN_VALUES}
    if key in known:
        return known[key]
    prefix = max((each for each in known if each.endswith("/") and key.startswith(each)), key=len, default=key)
    return known[prefix]
