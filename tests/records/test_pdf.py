"""A PDF that a screen reader can read: it has a title and a language, its parts are tagged, in the order of reading."""

from io import BytesIO
from itertools import pairwise
from typing import Any
from urllib.request import OpenerDirector, Request

import pytest
from pypdf import PdfReader

from app.records.paper import Document
from app.records.pdf import pdf_of
from tests.records.copies import FINGERPRINT, copy
from tests.records.papers import paper
from tests.script.worked import Worked, worked


@pytest.fixture(scope="module")
def initial() -> Worked:
    return worked("example-conference")


@pytest.fixture(scope="module")
def full(initial: Worked) -> PdfReader:
    return PdfReader(BytesIO(pdf_of(copy(initial, "full_record", "p03", "full"))))


def tags(reader: PdfReader) -> list[str]:
    """The structure of the document, in its order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]).lstrip("/"))
            below = node.get("/K")
            for each in below if isinstance(below, list) else [below]:
                if each is not None:
                    walk(each)

    root: Any = reader.trailer["/Root"]
    walk(root["/StructTreeRoot"])
    return found


def test_it_says_what_it_is_and_in_which_language(full: PdfReader) -> None:
    root: Any = full.trailer["/Root"]
    assert full.metadata is not None
    assert full.metadata.title == "First child protection conference for Tansy and Robin. For Naomi Trask"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_lists_and_tables_are_tagged_as_such(full: PdfReader) -> None:
    found = tags(full)
    assert {"H1", "H2", "H3", "L", "LI", "Table", "TR", "TH", "TD", "P"} <= set(found)
    assert found.count("H1") == 1
    levels = [int(tag[1]) for tag in found if tag in ("H1", "H2", "H3", "H4", "H5")]
    assert all(later <= before + 1 for before, later in pairwise(levels))
    assert "Figure" not in found  # shapes only repeat what the words beside them say


def test_it_is_read_in_the_order_in_which_it_was_written(full: PdfReader) -> None:
    text = " ".join(" ".join(page.extract_text().split()) for page in full.pages)
    order = ["What was decided", "Danger statements", "Safety goals", "Who was here", "Next steps", "The map"]
    places = [text.index(heading) for heading in (*order, "What each agency thought", "What happens next")]
    assert places == sorted(places)
    assert text.index("What are we worried about?") < text.index("A neighbour told police") < text.index("Dana fitted")


def test_every_page_says_whose_it_is_of_what_and_which_page(full: PdfReader) -> None:
    pages = len(full.pages)
    for number, page in enumerate(full.pages, start=1):
        foot = " ".join(page.extract_text().split())
        assert "For Naomi Trask. First child protection conference for Tansy and Robin" in foot
        assert f"Page {number} of {pages}" in foot
        assert FINGERPRINT in foot


def test_every_page_of_a_practice_conference_says_so() -> None:
    pages = PdfReader(BytesIO(pdf_of(paper("Something was said. " * 15, practice=True)))).pages
    assert len(pages) > 1
    assert all("PRACTICE" in page.extract_text() for page in pages)


def test_no_page_of_any_other_conference_says_practice(full: PdfReader) -> None:
    assert not any("PRACTICE" in page.extract_text() for page in full.pages)


def opened(monkeypatch: pytest.MonkeyPatch, document: Document) -> set[str]:
    """The kinds of address that were opened while a PDF was made."""
    schemes: set[str] = set()
    opens = OpenerDirector.open

    def noted(self: OpenerDirector, request: Request, *more: Any, **named: Any) -> Any:
        schemes.add(request.full_url.split(":")[0])
        return opens(self, request, *more, **named)

    monkeypatch.setattr(OpenerDirector, "open", noted)
    pdf_of(document)
    return schemes


def test_a_pdf_is_made_without_asking_anybody_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(monkeypatch, paper("<img src='http://192.0.2.1/x.png'> <link href='file:///etc/passwd'>")) == {"data"}


def test_even_a_page_that_asked_for_something_would_not_be_given_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = (
        "<link rel=stylesheet href=http://192.0.2.1/a.css><img src=file:///etc/hostname><img src=//192.0.2.1/x.png>"
    )
    monkeypatch.setattr("app.records.pdf.page_of", lambda document: f"<title>x</title>{asking}<p>Words.")
    assert opened(monkeypatch, paper("x")) == set()


def test_the_letter_about_the_outcome_fits_on_one_page(initial: Worked) -> None:
    for conference in (initial, worked("example-review")):
        letter: Document = copy(conference, "outcome_letter", "p09", "family")
        assert len(PdfReader(BytesIO(pdf_of(letter))).pages) == 1
