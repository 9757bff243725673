"""Every key of a view, and the shape of its value. The served schema and the browser's types are made from this."""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from . import (
    area,
    chair,
    closing,
    conference,
    danger,
    dates,
    decision,
    earlier,
    fingerprint,
    houses,
    issued,
    items,
    letters,
    me,
    people,
    plan,
    preparing,
    private,
    quorum,
    restricted,
    running,
    safety_prompt,
    scale,
    sight,
    views,
)


class TitleSeen(TypedDict):
    """All that a blanked screen, or an observer to whom nobody has agreed yet, is told of the conference."""

    title: str
    practice: NotRequired[bool]  # on every screen, where nobody in it is real


# A key that ends in "/" is followed by an id, or by two.
VALUES: dict[str, Any] = {
    "conference": conference.ConferenceSeen,
    "area": area.AreaSeen,
    "prompts": list[area.PromptSeen],
    "dates": dates.DatesSeen,
    "reports": list[dates.ReportSeen],
    "needs": list[preparing.NeedSeen],
    "cannot_share": list[preparing.CannotShareSeen],
    "chair": chair.ChairSeen,
    "without_family": private.WithoutFamilySeen,
    "unnamed": list[sight.UnnamedSeen],
    "kept_apart": sight.KeptApartSeen,
    "private/": items.ItemSeen,
    "private_order/": list[str],
    "phase": running.PhaseSeen,
    "floor": running.FloorSeen,
    "spotlight": running.SpotlightSeen,
    "blank": running.BlankSeen,
    "break": running.BreakSeen,
    "threshold": running.ThresholdSeen,
    "quorum": quorum.QuorumSeen,
    "not_heard": list[str],
    "gaps": list[plan.GapSeen],
    "views": views.ViewsSeen,
    "closing": closing.ClosingSeen,
    "recipients": list[closing.RecipientSeen],
    "house/": houses.HouseSeen,
    "house_to_look_at/": houses.HouseSeen,
    "letter/": letters.LetterSeen,
    "issued": list[issued.IssuedSeen],
    "prepared": dict[str, Any],
    "child/": conference.ChildSeen,
    "child_facts/": conference.ChildFactsSeen,
    "person/": people.PersonSeen,
    "times/": people.TimesSeen,
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
    "safety_prompt/": safety_prompt.SafetyPromptSeen,
    "earlier": earlier.EarlierConferenceSeen,
    "earlier_goal/": earlier.EarlierGoalSeen,
    "earlier_step/": earlier.EarlierStepSeen,
    "earlier_item/": earlier.EarlierItemSeen,
    "earlier_answers/": list[earlier.EarlierAnswerSeen],
    "view/": views.ViewSeen,
    "family_view/": views.FamilyViewSeen,
    "decision/": decision.DecisionSeen,
    "fingerprint": fingerprint.FingerprintSeen,
    "missing/": list[decision.Step],
    "correction/": conference.CorrectionSeen,
    "help/": dict[str, running.CallSeen],
}
OWN_VALUES: dict[str, Any] = {
    "me": me.MeSeen,
    "mine/item/": items.ItemSeen,
    "mine/restricted/": restricted.RestrictedSeen,
    "mine/house/": houses.OwnHouseSeen,
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
