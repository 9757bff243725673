"""What a child said and drew, on paper: as it was, with the drawing told in words, and only where it was shown."""

import json
import re
from io import BytesIO
from typing import Any
from xml.dom.minidom import parseString

import docx
import pytest
from pypdf import PdfReader

from app.records.docx import docx_file
from app.records.html import page_of
from app.records.paper import Document
from app.records.pdf import pdf_of
from app.records.recipient import DocumentCode, Recipient, Version
from app.records.record import build_record
from app.records.record_json import record_json
from tests.board import meeting as moments
from tests.board.meeting import Meeting
from tests.cast import ADVOCATE, CALLUM, CHAIR, DANA, NOON, ROBIN, SOCIAL_WORKER, TANSY
from tests.records.copies import every_copy, happened_in

WORDS = 'I wish <b>the door</b> & "the stairs" were quiet'
DESCRIBED = "A house with a door that shuts."
DRAWING = [{"pencil": "clay", "thickness": "thick", "path": "M10 20L300 40L999 749"}]


def with_a_house(*, shown: bool = True) -> Meeting:
    meeting = moments.views()
    house = meeting.fills(ADVOCATE, house="wishes", words=WORDS, drawing=DRAWING, described=DESCRIBED)
    meeting.agrees(ADVOCATE, house)
    if shown:
        meeting.shows(house)
    return meeting


def papers(meeting: Meeting, code: DocumentCode) -> dict[tuple[str, Version, tuple[str, ...]], Document]:
    copies = every_copy(meeting.board, happened_in(meeting.rows), ((), (TANSY,), (ROBIN,)))
    return {(to.person_id, to.version, to.children): made for to, made in copies if made.code == code}


def test_it_stands_in_the_record_and_the_familys_copy_exactly_as_it_was_said_and_drawn() -> None:
    meeting = with_a_house()
    for paper in (
        papers(meeting, "full_record")[SOCIAL_WORKER, "professional", ()],
        papers(meeting, "family_copy")[DANA, "family", ()],
    ):
        page = page_of(paper)
        assert "I wish &lt;b&gt;the door&lt;/b&gt; &amp; &#34;the stairs&#34; were quiet" in page
        assert "What Tansy wants us to know" in page
        (picture,) = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
        assert f"<title>{DESCRIBED}</title>" in picture
        (path,) = parseString(picture).getElementsByTagName("path")
        assert path.getAttribute("d") == "M10 20L300 40L999 749"
        assert {name for name, _ in path.attributes.items()} == {"d", "stroke", "stroke-width"}


def test_a_copy_about_the_other_child_and_the_plan_alone_have_nothing_of_it() -> None:
    meeting = with_a_house()
    assert DESCRIBED in page_of(papers(meeting, "full_record")[SOCIAL_WORKER, "professional", (TANSY,)])
    assert DESCRIBED not in page_of(papers(meeting, "full_record")[SOCIAL_WORKER, "professional", (ROBIN,)])
    for paper in papers(meeting, "outline_plan").values():
        assert DESCRIBED not in page_of(paper)


def test_what_the_chair_did_not_let_be_shown_is_on_no_paper_not_even_the_councils() -> None:
    meeting = with_a_house(shown=False)
    for code in ("full_record", "family_copy", "outcome_letter", "outline_plan"):
        assert not [to for to, paper in papers(meeting, code).items() if DESCRIBED in page_of(paper)]
    record = build_record(meeting.board, Recipient(CHAIR, "full"), NOON)
    assert DESCRIBED not in record_json(record).decode()


def test_a_parent_who_is_kept_apart_has_no_word_of_it() -> None:
    meeting = moments.apart()
    house = meeting.fills(ADVOCATE, described=DESCRIBED)
    meeting.agrees(ADVOCATE, house)
    meeting.shows(house)
    assert DESCRIBED not in page_of(papers(meeting, "family_copy")[CALLUM, "family", ()])
    meeting.lets_read(f"house/{house}", CALLUM)
    assert DESCRIBED in page_of(papers(meeting, "family_copy")[CALLUM, "family", ()])


@pytest.fixture(scope="module")
def record() -> Document:
    return papers(with_a_house(), "full_record")[SOCIAL_WORKER, "professional", ()]


def tags_of(reader: PdfReader) -> list[dict[str, Any]]:
    root: Any = reader.trailer["/Root"]
    waiting, found = [root["/StructTreeRoot"]], []
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, dict):
            found.append(node)
            below = node.get("/K", [])
            waiting += below if isinstance(below, list) else [below]
    return found


def test_a_word_processor_is_given_the_words_for_the_drawing(record: Document) -> None:
    said = [paragraph.text for paragraph in docx.Document(BytesIO(docx_file(record))).paragraphs]
    assert WORDS in said
    assert f"The drawing shows: {DESCRIBED}" in said


def test_a_pdf_has_the_drawing_as_a_figure_with_its_words(record: Document) -> None:
    made = PdfReader(BytesIO(pdf_of(record)))
    assert DESCRIBED in " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert DESCRIBED in [str(tag["/Alt"]) for tag in tags_of(made) if tag.get("/S") == "/Figure"]


def test_a_machine_is_given_the_strokes() -> None:
    record = build_record(with_a_house().board, Recipient(SOCIAL_WORKER, "professional"), NOON)
    (house,) = json.loads(record_json(record))["record"]["houses"]
    assert house["drawing"] == DRAWING
    assert (house["words"], house["described"], house["code"]) == (WORDS, DESCRIBED, "wishes")
