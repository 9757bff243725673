"""One file for one recipient: which there are, and how each is made."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.board.actor import CHAIR
from app.board.board import View, see
from app.board.people import Member
from app.board.state import Board
from app.board.terms import FAMILY, SERVICES, Id, Role
from app.languages.catalogue import language_named
from app.languages.languages import ENGLISH, Language
from app.languages.speaking import speaking

from .documents import make_document
from .docx import docx_file
from .html import page_of
from .pdf import pdf_of
from .plan_csv import plan_csv
from .recipient import DOCUMENTS_OF, DocumentCode, Happened, NotEntitled, Recipient, Version
from .record import build_record
from .record_json import record_json

Format = Literal["pdf", "docx", "html", "csv", "json"]

_PAPER: tuple[Format, ...] = ("pdf", "docx", "html")
FORMATS_OF: dict[DocumentCode, tuple[Format, ...]] = {
    "outcome_letter": _PAPER,
    "outline_plan": (*_PAPER, "csv"),
    "full_record": (*_PAPER, "json"),
    "family_copy": _PAPER,
    "child_letter": _PAPER,
}
NO_RECORD: frozenset[Role] = frozenset({"observer", "room_screen"})


@dataclass(frozen=True)
class Wanted:
    """`child_id` is the child whom a letter is for."""

    recipient: Recipient
    document: DocumentCode
    format: Format
    child_id: Id | None = None


def recipients_of(board: Board) -> list[tuple[Recipient, str]]:
    """Who is given a copy by the chair's list, and how it reaches them."""
    listed = see(board, frozenset(), CHAIR).get("recipients") or []
    return [(Recipient(one["person_id"], one["version"], tuple(one["children"])), one["how"]) for one in listed]


def recipient_named(board: Board, person_id: Id) -> Recipient:
    """As the chair listed this person; else with what suits their role. Raises NotEntitled."""
    for recipient, _ in recipients_of(board):
        if recipient.person_id == person_id:
            return recipient
    member = board.people.members.get(person_id)
    if member is None or not member.admitted or member.role in NO_RECORD:
        raise NotEntitled  # for somebody who was taken out, the chair says so on her list
    return Recipient(person_id, _version_for(member))


def _version_for(member: Member) -> Version:
    """Whoever is there for another person leaves with the plan."""
    if member.role == "chair":
        return "full"
    if member.role in {"scribe", *SERVICES}:
        return "professional"
    return "family" if member.role in {"advocate", *FAMILY} else "plan_only"


def fingerprint_in(board: Board) -> str:
    """Of the latest decision; empty before the first."""
    seen = see(board, frozenset(), CHAIR).get("fingerprint")
    return seen["text"] if seen else ""


def language_of(board: Board, person_id: Id) -> Language:
    """In which the interface's own words stand on their papers, as it was noted with what they need."""
    return language_named(language_in(see(board, frozenset(), CHAIR), person_id)) or ENGLISH


def language_in(seen: View, person_id: Id) -> str:
    noted = seen.get("needs") or []
    return next((str(each["language"]) for each in noted if each["person_id"] == person_id), "")


def make_file(board: Board, wanted: Wanted, happened: Happened, now: datetime) -> bytes:
    """This file. Raises NotEntitled. Takes a second or more: run it in a thread."""
    recipient, document = wanted.recipient, wanted.document
    if document not in DOCUMENTS_OF[recipient.version] or wanted.format not in FORMATS_OF[document]:
        raise NotEntitled
    fingerprint = fingerprint_in(board)
    if wanted.format == "json":  # for a machine, which is told the same in every language
        with speaking(ENGLISH):
            return record_json(build_record(board, recipient, now, fingerprint, happened))
    with speaking(language_of(board, recipient.person_id)):
        return _said(board, wanted, happened, now, fingerprint)


def _said(board: Board, wanted: Wanted, happened: Happened, now: datetime, fingerprint: str) -> bytes:
    recipient, document = wanted.recipient, wanted.document
    if wanted.format == "csv":
        return plan_csv(build_record(board, recipient, now, fingerprint, happened, plain=True))
    paper = make_document(document, board, recipient, now, fingerprint, happened, wanted.child_id)
    if wanted.format == "docx":
        return docx_file(paper)
    return pdf_of(paper) if wanted.format == "pdf" else page_of(paper).encode()
