"""The five documents that a conference leads to, each for one recipient."""

from collections.abc import Iterable
from datetime import datetime

from app.board.state import Board
from app.board.terms import Id

from .headings import PLAIN, SERVICES
from .letter import Letter, build_letter
from .paper import Document, Facts, Listing, Section, Text
from .parts import Decision
from .recipient import DOCUMENTS_OF, DocumentCode, Happened, NotEntitled, Recipient
from .record import Record, build_record
from .sections import after, corrections, day_of, decided_facts, dissent, goals, nothing_decided, steps, told, whole
from .words import listed, sentence

DOCUMENT_WORDS: dict[DocumentCode, str] = {
    "outcome_letter": "Letter about what was decided",
    "outline_plan": "The plan",
    "full_record": "Full record",
    "family_copy": "Family copy",
    "child_letter": "Letter to the child",
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
    children = listed([child.name for child in record.children])
    so = " This is what was decided." if record.decisions else ""
    opening = Text(f"On {record.meeting.held_on.words} we met to talk about {children}.{so}")
    return _document(
        "outcome_letter",
        record,
        "What was decided",
        f"A letter to {record.recipient_name}",
        [
            Section("", (opening,)),
            *(_decision_in_letter(decision) for decision in record.decisions),
            *(Section("", (each,)) for each in (nothing_decided(record) if record.meeting.decides else ())),
            *corrections(record, PLAIN),
            *_dates(record),
            told(record, PLAIN),
            Section("", (Text(f"{record.meeting.chair}, who chaired the meeting"),)),
        ],
    )


def _decision_in_letter(decision: Decision) -> Section:
    facts = Facts(tuple(pair for pair in decided_facts(decision, PLAIN) if pair[0] != PLAIN.views_considered))
    return Section(decision.child, (Text(sentence(decision.outcome), "big"), facts, *dissent(decision, PLAIN)))


def _dates(record: Record) -> list[Section]:
    dates = tuple(Text(day_of(date)) for date in record.dates if date.code != "letter_by")  # this is the letter
    return [Section(PLAIN.after, (Listing(dates),))] if dates else []


def outline_plan(record: Record) -> Document:
    """Who does what by when, for which goal; what to do if things go wrong; and the dates."""
    return _document(
        "outline_plan",
        record,
        "The plan",
        f"{record.meeting.title}, {record.meeting.held_on.words}.",
        [*goals(record, PLAIN), *steps(record, PLAIN), *after(record, PLAIN)],
    )


def full_record(record: Record) -> Document:
    """Everything that this recipient is entitled to."""
    return _document(
        "full_record", record, record.meeting.title, _subtitle(record, "Record of"), whole(record, SERVICES)
    )


def family_copy(record: Record) -> Document:
    """The same facts as the full record, in plain words."""
    return _document(
        "family_copy",
        record,
        record.meeting.title,
        _subtitle(record, "Your copy of what was said and decided at"),
        whole(record, PLAIN),
    )


def child_letter(letter: Letter) -> Document:
    """For a child to keep: short, warm, and nothing in it that nobody wrote or said."""
    about = listed(["you", *letter.siblings])
    met = f"On {letter.met_on} lots of grown-ups met to talk about {about}."
    here = f"{listed(letter.family_here)} {'was' if len(letter.family_here) == 1 else 'were'} there."
    opening = " ".join(part for part in (met, here if letter.family_here else "", letter.voice) if part)
    paragraphs = [Text(opening)]
    if letter.worried:
        paragraphs.append(Text(f"{letter.worried} That is not your fault, and it is not your job to fix it."))
    if letter.going_well:
        paragraphs.append(Text(letter.going_well))
    steps = Listing(tuple(Text(step) for step in letter.will_happen), "ticks")
    sections = [Section("", tuple(paragraphs)), *([Section("What will happen now", (steps,))] if steps.items else [])]
    ending = [Text(letter.if_worried, "box")] if letter.if_worried else []
    sections.append(Section("", (*ending, Text(f"{letter.chair}, who ran the meeting"))))
    return Document(
        code="child_letter",
        title=f"For {letter.child}",
        subtitle="",
        sections=tuple(sections),
        recipient=f"For {letter.child}, given to {letter.recipient_name}",
        conference=f"{letter.title}, {letter.held_on.words}",
        fingerprint=letter.fingerprint,
        issued_at=letter.issued_at,
        practice=letter.practice,
        missing=tuple(_missing_in(letter)),
    )


def _missing_in(letter: Letter) -> Iterable[str]:
    if not letter.worried:
        yield f"What people are worried about is not written for {letter.child} yet."
    if not letter.going_well:
        yield f"What is going well is not written for {letter.child} yet."
    if not letter.will_happen:
        yield f"What will happen now is not written for {letter.child} yet."
    if not letter.if_worried:
        yield f"Whom {letter.child} can turn to is not written yet."


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
        recipient=f"For {record.recipient_name}",
        conference=f"{record.meeting.title}, {record.meeting.held_on.words}",
        fingerprint=record.fingerprint,
        issued_at=record.issued_at,
        practice=record.meeting.practice,
    )


def _subtitle(record: Record, opening: str) -> str:
    meeting = record.meeting
    hours = ""
    if meeting.started_at:
        hours = f", {meeting.started_at.words}" + (f" to {meeting.ended_at.words}" if meeting.ended_at else "")
    place = f", {meeting.place}" if meeting.place else ""
    return f"{opening} the {meeting.type_words}, {meeting.held_on.words}{hours}{place}. Chair: {meeting.chair}."
