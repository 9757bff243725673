"""What was prepared before the meeting, and whether enough services were there: for the council's own record."""

from app.languages.speaking import _, word

from .parts import ChildFacts, ReportNote
from .reading import Reading

_IN_TIME = {True: word("in time"), False: word("late"), None: word("not known")}


def reports_of(reading: Reading) -> tuple[ReportNote, ...]:
    return tuple(
        ReportNote(
            what=seen["what"],
            by=reading.names.full(seen["from_person"]),
            shared=reading.times.stamp(seen["shared_at"]).words if seen["shared_at"] else _("not shared"),
            in_time=_(_IN_TIME[seen["in_time"]]),
            what_was_done=seen["what_was_done"],
        )
        for seen in reading.of("reports") or ()
    )


def child_facts_of(reading: Reading) -> tuple[ChildFacts, ...]:
    return tuple(
        ChildFacts(reading.names.first(child), seen["surname"], seen["lives_with"], seen["voice"])
        for child, seen in reading.all("child_facts")
    )


def went_on_of(reading: Reading) -> str:
    """Why the chair went on without every service that should have been there; "" where she did not."""
    return str((reading.part("quorum").get("went_on") or {}).get("reason") or "")
