"""Views, decisions and what came after: who differed, what was put right, what happens when."""

from app.languages.lists import listed
from app.languages.speaking import _, word

from .mapped import Seen
from .parts import (
    AgencyView,
    Closing,
    Correction,
    DateToKnow,
    Decision,
    Dissent,
    FamilyView,
    Outcome,
    Restricted,
    Telling,
    Threshold,
)
from .reading import Reading
from .words import KEPT_BACK

# The day itself where it is settled, and else the last day for it.
_DATES = (
    ("core_group_on", word("The core group meets"), word("The small group working on the plan meets")),
    ("core_group_by", word("The core group meets by"), word("The small group working on the plan meets by")),
    ("review_on", word("Next conference"), word("We all meet again")),
    ("review_by", word("Next conference by"), word("We all meet again by")),
    ("letter_by", word("The letter is sent by"), word("The letter is sent by")),
    ("record_by", word("The record is sent by"), word("The full copy is sent by")),
)


def threshold_of(reading: Reading) -> Threshold | None:
    seen = reading.part("threshold")
    if not seen:
        return None
    words = reading.words
    outcomes = tuple(Outcome(words.outcome(code), words.means(code)) for code in seen["outcomes_named"])
    return Threshold(reading.times.clock(seen["at"]), _(str(words.area.get("threshold") or "")), outcomes)


def agency_views_of(reading: Reading) -> tuple[AgencyView, ...]:
    agencies = {person["agency_id"]: person["agency"] for person in reading.names.people.values()}
    return tuple(_agency_view(reading, agencies, seen) for __, seen in reading.all("view"))


def _agency_view(reading: Reading, agencies: dict[str, str], seen: Seen) -> AgencyView:
    giver = reading.names.people.get(seen["given_by"], {})
    return AgencyView(
        child_id=seen["child_id"],
        child=reading.names.first(seen["child_id"]),
        agency=agencies.get(seen["agency_id"], ""),
        view=reading.words.outcome(seen["view"]),
        short=reading.words.outcome_in_short(seen["view"]),
        why=seen["why"],
        in_writing=giver.get("agency_id") != seen["agency_id"],
    )


def family_views_of(reading: Reading) -> tuple[FamilyView, ...]:
    return tuple(
        FamilyView(reading.names.called(seen["person_id"]), reading.names.about(seen["children"]), seen["text"])
        for __, seen in reading.all("family_view")
    )


def decisions_of(reading: Reading) -> tuple[Decision, ...]:
    """In the order of the children, each by itself."""
    decided = (reading.of(f"decision/{child}") for child in reading.names.children)
    return tuple(_decision(reading, seen) for seen in decided if seen)


def _decision(reading: Reading, seen: Seen) -> Decision:
    words, times, child = reading.words, reading.times, seen["child_id"]
    age = reading.part(f"child/{child}").get("age")
    categories = [seen["category"], *(seen.get("also_categories") or ())]
    return Decision(
        child_id=child,
        child=reading.names.children[child],
        age="" if age is None else str(age),
        outcome=words.outcome(seen["outcome"]),
        means=words.means(seen["outcome"]),
        categories=tuple(words.category(code) for code in categories if code),
        in_plain_words=seen["plain_words"] or "",
        reasons=seen["reasons"],
        views_considered=seen["views_considered"] or "",
        went_without=seen["override"] or "",
        decided_how=seen.get("decided_how") or "chair_after_views",
        decided_by=reading.names.full(seen["decided_by"]),
        decided_at=times.clock(seen["decided_at"]),
        dissent=tuple(
            Dissent(reading.names.called(each["person_id"]) or each["name"], each["why"], times.clock(each["at"]))
            for each in seen["dissent"]
        ),
    )


def dates_of(reading: Reading) -> tuple[DateToKnow, ...]:
    settled = {**reading.part("dates"), **{k: v for k, v in reading.part("closing").items() if k.endswith("_on")}}
    dates = []
    for code, words, plain in _DATES:
        when = reading.times.day(settled.get(code))
        if when and not (code.endswith("_by") and settled.get(code.replace("_by", "_on"))):
            dates.append(DateToKnow(code, _(plain if reading.words.plain else words), when))
    return tuple(dates)


def closing_of(reading: Reading) -> Closing:
    seen, names = reading.part("closing"), reading.names
    told = seen.get("told_how_to") or ()
    return Closing(
        lead_social_worker=names.full(seen.get("lead_social_worker")),
        core_group=tuple(names.called(id) for id in seen.get("core_group") or ()),
        tellings=tuple(
            Telling(names.first(each["child_id"]), names.called(each["person_id"])) for each in seen.get("tells") or ()
        ),
        told_how_to=tuple(map(_, told)),
    )


def corrections_of(reading: Reading) -> tuple[Correction, ...]:
    return tuple(
        Correction(
            about=_called(reading, seen["about"]),
            text=seen["text"],
            why=seen["why"],
            by=reading.names.full(seen["by"]),
            at=reading.times.stamp(seen["at"]),
        )
        for __, seen in reading.all("correction")
    )


def _called(reading: Reading, key: str) -> str:
    """What a correction is about, as it is found in the record."""
    kind, __, rest = key.partition("/")
    id = rest.split("/")[0]
    match kind:
        case "decision":
            return _("The decision about {child}", child=reading.names.first(id))
        case "item":
            return _("The point “{text}”", text=reading.part(key).get("text", ""))
        case "danger" | "goal":
            words = _("Danger statement") if kind == "danger" else _("Safety goal")
            numbers = [each for each, __ in reading.all(kind)]
            return f"{words} {numbers.index(id) + 1}" if id in numbers else words
        case "view":
            return _("A view about {child}", child=reading.names.first(id))
        case "family_view":
            return _("What {name} said", name=reading.names.first(id))
        case "answer":
            return _("The number of {name}", name=reading.names.first(reading.part(key).get("person_id")))
        case "person":
            return reading.names.full(id)
        case "scale":
            return _("The scale")
    return _("This record")


def restricted_of(reading: Reading) -> tuple[Restricted, ...]:
    return tuple(
        Restricted(
            text=seen["text"],
            reason=_(KEPT_BACK.get(seen["reason"], seen["reason"])),
            said_by=reading.names.called(seen["source"]["person_id"]) or seen["source"]["name"],
            may_see=listed([reading.names.full(id) for id in seen["visible_to"]]),
        )
        for __, seen in reading.all("mine/restricted")
    )
