"""Every file that can be made for anybody: which there are, and that no byte of one tells a secret."""

from collections.abc import Iterator
from io import BytesIO
from typing import get_args
from zipfile import ZipFile

import pytest

from app.board.actor import audience_of
from app.board.board import see
from app.records.calendar_file import calendar_file
from app.records.issue import FORMATS_OF, Format, Wanted, make_file, recipient_named
from app.records.recipient import DOCUMENTS_OF, DocumentCode, NotEntitled, Recipient, Version
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting
from tests.board.worlds import WORLDS
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    CONFERENCE,
    DANA,
    GP,
    INTERPRETER,
    NOON,
    OBSERVER,
    OUTSIDER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SUPPORTER,
    TEACHER,
)
from tests.records.test_two_worlds import played

BEGINS: dict[Format, bytes] = {
    "pdf": b"%PDF-",
    "docx": b"PK",
    "html": b"<!doctype html>",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
}
READER: dict[Version, str] = {"family": DANA, "plan_only": SUPPORTER, "professional": TEACHER, "full": CHAIR}
QUICK: tuple[Format, ...] = ("docx", "csv", "json", "html")  # a PDF is set from the very page that is looked at here


def every_file(meeting: Meeting, recipient: Recipient) -> Iterator[tuple[DocumentCode, Format, bytes]]:
    happened = [(event.at, event) for event in meeting.events()]
    for document in DOCUMENTS_OF[recipient.version]:
        for format in FORMATS_OF[document]:
            if format in QUICK:
                child = ROBIN if document == "child_letter" else None
                yield (
                    document,
                    format,
                    make_file(meeting.board, Wanted(recipient, document, format, child), happened, NOON),
                )


def unpacked(file: bytes) -> bytes:
    """All that is in a Word file, without the time at which it was packed."""
    if not file.startswith(b"PK"):
        return file
    with ZipFile(BytesIO(file)) as packed:
        return b"".join(name.encode() + packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize("document", get_args(DocumentCode))
@pytest.mark.parametrize("version", get_args(Version))
@pytest.mark.parametrize("format", get_args(Format))
def test_there_is_a_file_where_the_tables_say_so_and_nowhere_else(
    version: Version, document: DocumentCode, format: Format
) -> None:
    board = moments.decided().board
    wanted = Wanted(
        Recipient(READER[version], version), document, format, ROBIN if document == "child_letter" else None
    )
    if document in DOCUMENTS_OF[version] and format in FORMATS_OF[document]:
        assert make_file(board, wanted, (), NOON).startswith(BEGINS[format])
    else:
        with pytest.raises(NotEntitled):
            make_file(board, wanted, (), NOON)


@pytest.mark.parametrize(
    ("person", "version"),
    [
        (CHAIR, "full"),
        (SCRIBE, "professional"),
        (TEACHER, "professional"),
        (GP, "professional"),
        (DANA, "family"),
        (ADVOCATE, "family"),
        (SUPPORTER, "plan_only"),
        (INTERPRETER, "plan_only"),
    ],
)
def test_whom_nobody_has_listed_is_given_what_suits_them(person: str, version: Version) -> None:
    assert recipient_named(moments.decided().board, person) == Recipient(person, version)


@pytest.mark.parametrize("person", [OBSERVER, PROJECTOR, OUTSIDER])
def test_who_only_watches_is_given_nothing(person: str) -> None:
    with pytest.raises(NotEntitled):
        recipient_named(moments.decided().board, person)


@pytest.mark.parametrize("name", ["held", "restricted", "offered", "removed offer"])
@pytest.mark.parametrize("person", [SCRIBE, TEACHER, DANA, CALLUM, ADVOCATE, SUPPORTER])
def test_no_byte_of_a_file_tells_of_a_secret(name: str, person: str) -> None:
    """Also where somebody was listed for the council's version by mistake."""
    world = WORLDS[name]
    if person in world.entitled:
        return  # theirs to know
    suits = recipient_named(played(world, None).board, person)
    for recipient in (suits, Recipient(person, "full")) if suits.version == "professional" else (suits,):
        files = [list(every_file(played(world, secret), recipient)) for secret in world.secrets]
        for (document, format, first), *rest in zip(*files, strict=True):
            assert all(unpacked(other[2]) == unpacked(first) for other in rest), (document, format)


@pytest.mark.parametrize("name", WORLDS)
def test_no_calendar_tells_of_a_secret(name: str) -> None:
    world = WORLDS[name]
    for person in EVERYONE:
        files = []
        for secret in world.secrets:
            board = played(world, secret).board
            seen = see(board, frozenset(), audience_of(board.people.members[person].actor))
            files.append(calendar_file(seen, CONFERENCE, person, NOON))
        assert len(set(files)) == 1


@pytest.mark.parametrize("format", ["docx", "json", "html"])
def test_the_secret_is_in_the_file_of_whom_it_is_meant_for(format: Format) -> None:
    """Otherwise the tests above would prove nothing."""
    world = WORLDS["restricted"]
    secret = world.secrets[0]
    wanted = Wanted(Recipient(world.entitled[0], "full"), "full_record", format)
    meeting = played(world, secret)
    happened = [(event.at, event) for event in meeting.events()]
    assert str(secret).encode() in unpacked(make_file(meeting.board, wanted, happened, NOON))
