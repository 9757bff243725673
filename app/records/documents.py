"""The five documents that a conference leads to, each for one recipient."""

from collections.abc import Iterable
from datetime import datetime

from app.board.state import Board
from app.board.terms import Id
from app.languages.lists import listed
from app.languages.speaking import _, many, spoken, word

from .headings import PLAIN, SERVICES
from .letter import Letter, build_letter
from .paper import Document, Facts, Listing, Section, Text
from .parts import Decision
from .recipient import DOCUMENTS_OF, DocumentCode, Happened, NotEntitled, Recipient
from .record import Record, build_record
from .sections import after, corrections, day_of, decided_facts, dissent, goals, nothing_decided, steps, told, whole
from .words import sentence

DOCUMENT_WORDS: dict[DocumentCode, str] = {
    "outcome_letter": word("Letter about what was decided"),
    "outline_plan": word("The plan"),
    "full_record": word("Full record"),
    "family_copy": word("Family copy"),
    "child_letter": word("Letter to the child"),
}


def make_document(
    code: DocumentCode,
    board: Board,
    recipient: Recipient,
    issued_at: datetime,
    fingerprint: str = "",
    happened: Happened = (),
    child_id: Id | None = None,
) -> Document:
    """This document for this recipient; `child_id` for a child's letter. Raises NotEntitled."""
    if code not in DOCUMENTS_OF[recipient.version]:
        raise NotEntitled
    if code == "child_letter":
        if child_id is None:
            raise NotEntitled
        return child_letter(build_letter(board, child_id, recipient, issued_at, fingerprint, happened))
    plain = None if code == "full_record" else True
    record = build_record(board, recipient, issued_at, fingerprint, happened, plain=plain)
    return _MAKE[code](record)


def outcome_letter(record: Record) -> Document:
    """What was decided for each child, why, what happens when, and whom to ask."""
    day, children = record.meeting.held_on.words, listed([child.name for child in record.children])
    opening = Text(
        _("On {day} we met to talk about {children}. This is what was decided.", day=day, children=children)
        if record.decisions
        else _("On {day} we met to talk about {children}.", day=day, children=children)
    )
    return _document(
        "outcome_letter",
        record,
        _("What was decided"),
        _("A letter to {name}", name=record.recipient_name),
        [
            Section("", (opening,)),
            *(_decision_in_letter(decision) for decision in record.decisions),
            *(Section("", (each,)) for each in (nothing_decided(record) if record.meeting.decides else ())),
            *corrections(record, PLAIN),
            *_dates(record),
            told(record, PLAIN),
            Section("", (Text(_("{chair}, who chaired the meeting", chair=record.meeting.chair)),)),
        ],
    )


def _decision_in_letter(decision: Decision) -> Section:
    facts = Facts(tuple(pair for pair in decided_facts(decision, PLAIN) if pair[0] != _(PLAIN.views_considered)))
    return Section(decision.child, (Text(sentence(decision.outcome), "big"), facts, *dissent(decision, PLAIN)))


def _dates(record: Record) -> list[Section]:
    dates = tuple(Text(day_of(date)) for date in record.dates if date.code != "letter_by")  # this is the letter
    return [Section(_(PLAIN.after), (Listing(dates),))] if dates else []


def outline_plan(record: Record) -> Document:
    """Who does what by when, for which goal; what to do if things go wrong; and the dates."""
    return _document(
        "outline_plan",
        record,
        _("The plan"),
        f"{record.meeting.title}, {record.meeting.held_on.words}.",
        [*goals(record, PLAIN), *steps(record, PLAIN), *after(record, PLAIN)],
    )


def full_record(record: Record) -> Document:
    """Everything that this recipient is entitled to."""
    return _document("full_record", record, record.meeting.title, _subtitle(record), whole(record, SERVICES))


def family_copy(record: Record) -> Document:
    """The same facts as the full record, in plain words."""
    return _document(
        "family_copy",
        record,
        record.meeting.title,
        _subtitle(record),
        whole(record, PLAIN),
    )


def child_letter(letter: Letter) -> Document:
    """For a child to keep: short, warm, and nothing in it that nobody wrote or said."""
    about = listed([_("you"), *letter.siblings])
    met = _("On {weekday} lots of grown-ups met to talk about {children}.", weekday=letter.met_on, children=about)
    here = many("{names} was there.", "{names} were there.", len(letter.family_here), names=listed(letter.family_here))
    opening = " ".join(part for part in (met, here if letter.family_here else "", letter.voice) if part)
    paragraphs = [Text(opening)]
    if letter.worried:
        paragraphs.append(Text(f"{letter.worried} {_('That is not your fault, and it is not your job to fix it.')}"))
    if letter.going_well:
        paragraphs.append(Text(letter.going_well))
    steps = Listing(tuple(Text(step) for step in letter.will_happen), "ticks")
    sections = [
        Section("", tuple(paragraphs)),
        *([Section(_("What will happen now"), (steps,))] if steps.items else []),
    ]
    ending = [Text(letter.if_worried, "box")] if letter.if_worried else []
    sections.append(Section("", (*ending, Text(_("{chair}, who ran the meeting", chair=letter.chair)))))
    return Document(
        code="child_letter",
        title=_("For {name}", name=letter.child),
        subtitle="",
        sections=tuple(sections),
        recipient=_("For {child}, given to {name}", child=letter.child, name=letter.recipient_name),
        conference=f"{letter.title}, {letter.held_on.words}",
        fingerprint=letter.fingerprint,
        issued_at=letter.issued_at,
        practice=letter.practice,
        language=spoken().tag,
        direction=spoken().direction,
        missing=tuple(_missing_in(letter)),
    )


def _missing_in(letter: Letter) -> Iterable[str]:
    if not letter.worried:
        yield _("What people are worried about is not written for {child} yet.", child=letter.child)
    if not letter.going_well:
        yield _("What is going well is not written for {child} yet.", child=letter.child)
    if not letter.will_happen:
        yield _("What will happen now is not written for {child} yet.", child=letter.child)
    if not letter.if_worried:
        yield _("Whom {child} can turn to is not written yet.", child=letter.child)


_MAKE = {
    "outcome_letter": outcome_letter,
    "outline_plan": outline_plan,
    "full_record": full_record,
    "family_copy": family_copy,
}


def _document(code: DocumentCode, record: Record, title: str, subtitle: str, sections: list[Section]) -> Document:
    return Document(
        code=code,
        title=title,
        subtitle=subtitle,
        sections=tuple(sections),
        recipient=_("For {name}", name=record.recipient_name),
        conference=f"{record.meeting.title}, {record.meeting.held_on.words}",
        fingerprint=record.fingerprint,
        issued_at=record.issued_at,
        practice=record.meeting.practice,
        language=spoken().tag,
        direction=spoken().direction,
    )


def _subtitle(record: Record) -> str:
    meeting = record.meeting
    hours = meeting.started_at.words if meeting.started_at else ""
    if hours and meeting.ended_at:
        hours = _("{start} to {end}", start=hours, end=meeting.ended_at.words)
    when = ", ".join(part for part in (meeting.held_on.words, hours, meeting.place) if part)
    places = {"meeting": meeting.type_words, "when": when, "chair": meeting.chair}
    if record.plain:
        return _("Your copy of what was said and decided at the {meeting}, {when}. Chair: {chair}.", **places)
    return _("Record of the {meeting}, {when}. Chair: {chair}.", **places)
