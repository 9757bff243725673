"""Whose copy of which document, of the worked conferences; and what of a page can be read."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

from app.board.board import EVENTS
from app.board.state import Board
from app.records.documents import make_document
from app.records.paper import Document
from app.records.recipient import DOCUMENTS_OF, DocumentCode, Happened, NotEntitled, Recipient, Version
from app.store.commits import NewRow
from tests.script.worked import Worked

ISSUED = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
FINGERPRINT = "ABCD-EFGH-JKLM-NPQR"
VERSIONS: tuple[Version, ...] = ("family", "plan_only", "professional", "full")


def happened_in(rows: Iterable[NewRow]) -> Happened:
    """What a log of these rows tells of times."""
    return [(event.at, event) for row in rows for event in EVENTS.validate_json(row.body)]


def copy(
    of: Worked, code: DocumentCode, person: str, version: Version, children: tuple[str, ...] = (), child: str = ""
) -> Document:
    """As it would be issued today. Ids are those of the file."""
    recipient = Recipient(of.of(person), version, tuple(of.of(each) for each in children))
    child_id = of.of(child) if child else None
    return make_document(code, of.board, recipient, ISSUED, FINGERPRINT, happened_in(of.played.rows), child_id)


def every_copy(
    board: Board, happened: Happened, children: tuple[tuple[str, ...], ...] = ((),)
) -> Iterator[tuple[Recipient, Document]]:
    """Every document that anybody of the conference could be given, in every version."""
    for person in board.people.members:
        for version in VERSIONS:
            for narrowed in children:
                recipient = Recipient(person, version, narrowed)
                yield from ((recipient, document) for document in _copies(board, recipient, happened))


def _copies(board: Board, recipient: Recipient, happened: Happened) -> Iterator[Document]:
    for code in DOCUMENTS_OF[recipient.version]:
        for child in board.conference.children if code == "child_letter" else (None,):
            try:
                yield make_document(code, board, recipient, ISSUED, FINGERPRINT, happened, child)
            except NotEntitled:
                continue


class _Words(HTMLParser):
    BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "p", "li", "dt", "dd", "tr", "caption", "section"})

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "title")
        if tag in self.BLOCKS:
            self.lines.append(f"{'#' * int(tag[1])} " if tag in ("h1", "h2", "h3", "h4", "h5") else "")
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += " | "
        elif tag == "span":
            self.lines[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "title")
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.lines[-1] += data.replace("\n", " ") if data.strip() else " " * (data == " ")


def read_aloud(page: str) -> str:
    """What can be read on a page, one line for each paragraph, heading, point or row; in reading order."""
    words = _Words()
    words.feed(page)
    lines = (" ".join(line.split()) for line in words.lines)
    return "\n".join(line for line in lines if line.strip("# ")) + "\n"
