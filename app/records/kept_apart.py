"""What stands in the council's own copy, or that of services, and in none of the family's."""

from app.languages.speaking import _

from .paper import Facts, Points, Section, Table, Text
from .parts import ChildFacts
from .record import Record
from .words import NOT_ASKED_YET


def kept_apart(record: Record) -> list[Section]:
    return [*_council(record), *_private(record), *_restricted(record)]


def _council(record: Record) -> list[Section]:
    """What never stood on the board, or stands there no longer: for the council alone."""
    kept = (
        (_("Offered, not yet placed on the board"), record.offered),
        (_("Held until the family has heard it"), record.held),
        (_("Taken off the board"), record.taken_off),
    )
    sections = [Section(heading, (Points(cards, _(NOT_ASKED_YET)),)) for heading, cards in kept if cards]
    sections += _prepared(record)
    return [Section(_("In the council’s own copy only"), part=True), *sections] if sections else []


def _prepared(record: Record) -> list[Section]:
    """Who had which report when, what was known of the children, and why the meeting went on without a service."""
    reports = tuple((each.what, each.by, each.shared, each.in_time, each.what_was_done) for each in record.reports)
    facts = tuple(
        (each.child, f"{each.surname}. {_lives_with(each)} {each.voice}".strip())
        for each in record.child_facts
        if each.surname or each.lives_with or each.voice
    )
    heads = (_("Report"), _("From"), _("Shared with the family"), _("In time"), _("What was done"))
    sections = [Section(_("Reports"), (Table("", heads, reports, (20, 18, 20, 12, 30)),))] if reports else []
    if facts:
        sections.append(Section(_("The children"), (Facts(facts),)))
    if record.went_on_without:
        sections.append(Section(_("Why the meeting went on without every service"), (Text(record.went_on_without),)))
    return sections


def _lives_with(child: ChildFacts) -> str:
    return _("Lives with {name}.", name=child.lives_with or _("somebody not named"))


def _private(record: Record) -> list[Section]:
    warning = Text(_("The family was not in the room for this. It is in no copy of theirs."), lead=_("Keep apart."))
    points = Points(record.private, _(NOT_ASKED_YET))
    return [Section(_("Said without the family"), (warning, points), part=True)] if record.private else []


def _restricted(record: Record) -> list[Section]:
    said = tuple(
        Text(
            f"{each.text} " + _("Reason: {reason}. May be seen by {names}.", reason=each.reason, names=each.may_see),
            "box",
            lead=f"{each.said_by}.",
        )
        for each in record.restricted
    )
    warning = Text(
        _("Some or all of the family must not see this page. It is in no copy of theirs."), lead=_("Keep apart.")
    )
    return [Section(_("Restricted"), (warning, *said), part=True)] if said else []
