"""A document as a Word file, for whoever must work on with it: headings, lists and tables that are really such.

Nothing in it runs, is fetched, or says on whose machine it was made.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from app.languages.directions import direction_of
from app.languages.speaking import _

from .paper import Beside, Block, Document, Earlier, Facts, Listing, Map, Points, Ruler, Section, Sketch, Table, Text
from .parts import Card, Wording

FONT = "Arial"  # every machine has it, or one cut to its measure
INK, QUIET = RGBColor(0x17, 0x24, 0x2B), RGBColor(0x45, 0x54, 0x5C)
HEADINGS = {"Heading 1": 22.0, "Heading 2": 15.0, "Heading 3": 12.5, "Heading 4": 11.0}
LEFT_TO_RIGHT = "\u200e"  # a mark that nobody sees
A4, MARGIN = (Mm(210), Mm(297)), Mm(20)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx_file(document: Document) -> bytes:
    """The whole document; recipient, conference and fingerprint stand at the foot of every page."""
    word = docx.Document()
    _set_page(word, document)
    _set_type(word, document)
    _say_what_it_is(word, document)
    word.add_heading(clean(document.title), 1)
    if document.subtitle:
        _write(word.add_paragraph(), document.subtitle, quiet=True)
    level = 2
    for section in document.sections:
        _add_section(word, section, 2 if section.part else level)
        level = 3 if section.part else level
    if document.direction == "rtl":
        _turn(word)
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def clean(text: str) -> str:
    """What XML cannot hold becomes the sign for a missing character; all else stays as it was said."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


# ---- the page


def _set_page(word: Word, document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    _write(page.footer.paragraphs[0], document.foot, quiet=True)
    if document.practice:
        _write(page.header.paragraphs[0], _("PRACTICE. Everyone in it is made up."), bold=True)


def _set_type(word: Word, document: Document) -> None:
    defaults = word.styles.element.find(qn("w:docDefaults"))
    for each in defaults.iter(qn("w:lang")):
        each.set(qn("w:val"), document.language)
        if document.direction == "rtl":
            each.set(qn("w:bidi"), document.language)
    _set_font(word.styles["Normal"], 11)
    for name, size in HEADINGS.items():
        _set_font(word.styles[name], size)
        word.styles[name].font.italic = False


def _set_font(style: Any, size: float) -> None:
    """The template's own fonts and colours follow a theme, which goes before what is set, so they are taken out."""
    for each in style.element.iter(qn("w:rFonts"), qn("w:color")):
        each.attrib.clear()
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK


def _say_what_it_is(word: Word, document: Document) -> None:
    about = word.core_properties
    about.title, about.language = clean(document.title)[:255], document.language
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = datetime.fromisoformat(document.issued_at.iso).astimezone(UTC)
    package = word.part.package
    for key, one in list(package.rels.items()):
        if one.reltype.endswith("/thumbnail"):
            del package.rels[key]  # a picture of the template


def _turn(word: Word) -> None:
    """Every paragraph and table from right to left; what is written the other way in it keeps its own direction."""
    parts = [word.element.body, word.sections[0].footer._element, word.sections[0].header._element]
    for paragraph in [each for part in parts for each in part.iter(qn("w:p"))]:
        if direction_of(_text_of(paragraph), "rtl") == "ltr":
            Paragraph(paragraph, word).alignment = WD_ALIGN_PARAGRAPH.RIGHT
            continue
        before = ("w:pStyle", "w:keepNext", "w:pageBreakBefore", "w:numPr", "w:pBdr")
        _put_behind(paragraph.get_or_add_pPr(), OxmlElement("w:bidi"), before)
        for run in paragraph.iter(qn("w:r")):
            if direction_of(_text_of(run), "rtl") == "rtl":
                _set_joined(run.get_or_add_rPr())
                run.rPr.append(OxmlElement("w:rtl"))
            else:  # its full stop stays at its end
                run.text = run.text.rstrip() + LEFT_TO_RIGHT + " "
    for name in ("Normal", *HEADINGS):
        _set_joined(word.styles[name].element.rPr)
    for table in word.element.body.iter(qn("w:tbl")):
        _put_behind(table.tblPr, OxmlElement("w:bidiVisual"), ("w:tblStyle",))


def _text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def _set_joined(look: Any) -> None:
    """Letters that are joined, such as Arabic, have a font, a weight and a size of their own."""
    for plain, joined in (("w:b", "w:bCs"), ("w:sz", "w:szCs")):
        for each in look.findall(qn(plain)):
            twin = OxmlElement(joined)
            twin.attrib.update(each.attrib)
            each.addnext(twin)
    for fonts in look.findall(qn("w:rFonts")):
        fonts.set(qn("w:cs"), FONT)


def _put_behind(parent: Any, child: Any, others: tuple[str, ...]) -> None:
    """A word processor minds the order."""
    places = [place for place, each in enumerate(parent) if each.tag in {qn(other) for other in others}]
    parent.insert(places[-1] + 1 if places else 0, child)


# ---- sections and blocks


def _add_section(word: Word, section: Section, level: int) -> None:
    if section.heading:
        heading = word.add_heading(clean(section.heading), min(level, len(HEADINGS)))
        heading.paragraph_format.page_break_before = section.part or None
    for block in section.blocks:
        _add_block(word, block, level + 1)


def _add_block(word: Word, block: Block, level: int) -> None:
    """One kind of block after another, so that a kind that is added is noticed by the type checker."""
    match block:
        case Text():
            _add_text(word, block)
        case Facts():
            for what, says in block.pairs:
                _write(word.add_paragraph(), says, lead=f"{what}:")
        case Listing():
            _add_listing(word, block)
        case Table():
            _add_table(word, block)
        case Earlier():
            _add_wordings(word, block.wordings)
        case Points():
            _add_cards(word, block.cards, block.not_asked)
        case Map():
            _add_map(word, block, level)
        case Ruler():
            _write(word.add_paragraph(), block.low_end, lead="0:")
            _write(word.add_paragraph(), block.high_end, lead="10:")
        case Sketch():
            _write(word.add_paragraph(), block.described, lead=block.lead)
        case Beside():
            for section in block.sections:
                _add_section(word, section, level)


def _add_text(word: Word, text: Text) -> None:
    paragraph = word.add_paragraph()
    if text.look == "box":
        _draw_box(paragraph)
    _write(paragraph, text.text, lead=text.lead, bold=text.look == "big", quiet=text.look == "small")


def _add_listing(word: Word, listing: Listing) -> None:
    numbers = _new_numbers(word) if listing.look == "numbers" else None
    behind = "," if listing.look == "names" else ""
    for item in listing.items:
        paragraph = word.add_paragraph(style="List Bullet" if numbers is None else "List Number")
        lead = item.lead + behind if item.lead and item.text else item.lead
        _write(paragraph, item.text, lead=lead, quiet=item.look == "small")
        if numbers is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbers


def _new_numbers(word: Word) -> int:
    """Numbers that begin at 1 again: without them a second list goes on from the first."""
    numbering: Any = word.part.numbering_part.element
    of_style = word.styles["List Number"].element.pPr.numPr.numId.val
    fresh = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = fresh.numId
    return number


def _add_table(word: Word, block: Table) -> None:
    if block.caption:
        _write(word.add_paragraph(), block.caption, bold=True).paragraph_format.keep_with_next = True
    table = word.add_table(0, len(block.heads), "Table Grid")
    table.autofit = False  # else one long word pushes the other columns off the page
    line = A4[0] - 2 * MARGIN
    for column, width in zip(table.columns, block.widths, strict=True):
        column.width = Length(line * width // sum(block.widths))
    head = table.add_row()
    _mark(head, "w:tblHeader")
    for cell, words in zip(head.cells, block.heads, strict=True):
        _write_cell(cell, words, bold=True)
    for row in block.rows:
        added = table.add_row()
        _mark(added, "w:cantSplit")
        for column, (cell, words) in enumerate(zip(added.cells, row, strict=True)):
            _write_cell(cell, words, bold=column == block.heading)
    behind = word.add_paragraph().paragraph_format  # which a table needs; low, so that it begins no page of its own
    behind.space_before = behind.space_after = Pt(0)
    behind.line_spacing = Pt(8)


def _add_map(word: Word, block: Map, level: int) -> None:
    for column in block.columns:
        word.add_heading(clean(column.question), min(level, len(HEADINGS)))
        for group in column.groups:
            word.add_heading(clean(group.heading), min(level + 1, len(HEADINGS)))
            _add_cards(word, group.cards, block.not_asked)
        if not column.groups:
            _write(word.add_paragraph(), _("Nothing was put here."), quiet=True)


def _add_cards(word: Word, cards: Iterable[Card], not_asked: str) -> None:
    """Words, source, and the answer in the size of the words; a page ends behind all of it, never between."""
    for card in cards:
        lines = [_write(word.add_paragraph(style="List Bullet"), card.text)]
        lines.append(_write(_indented(word), " · ".join(filter(None, _source_of(card))), quiet=True))
        for same in card.translations:
            lines.append(_write(_indented(word), f"{same.text} ({_('put into words by {name}', name=same.by)})"))
        if card.remark:
            lines.append(_write(_indented(word), card.remark, quiet=True))
        for answer in card.answers:
            lead = f"{answer.name} {answer.agrees}{':' if answer.text else '.'}"
            lines.append(_write(_indented(word), answer.text, lead=lead))
        if card.not_asked:
            lines.append(_write(_indented(word), not_asked, bold=True))
        for line in lines[:-1]:
            line.paragraph_format.keep_with_next = True
        _add_wordings(word, card.wordings)


def _source_of(card: Card) -> Iterable[str]:
    yield from (card.said_by, card.kind_words, card.about, card.basis)
    yield card.happened_on.words if card.happened_on else ""
    yield _("moved here from “{group}”", group=card.came_from) if card.came_from else ""
    yield _("New to the family that day") if card.new_today else ""


def _add_wordings(word: Word, wordings: Iterable[Wording]) -> None:
    for was in wordings:
        lead = f"{was.label}, {was.at.words}, {was.by}."
        changed = _("Changed at {time}.", time=was.changed_at.words)
        if was.changed_by != was.by:
            changed = _("Changed at {time} by {name}.", time=was.changed_at.words, name=was.changed_by)
        _write(_indented(word), f"{was.text} {changed} {was.because}", lead=lead, quiet=True)


def _indented(word: Word) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.left_indent = Mm(8)
    return paragraph


# ---- words


def _write(paragraph: Paragraph, words: str, *, lead: str = "", bold: bool = False, quiet: bool = False) -> Paragraph:
    """`lead` stands in bold before the words."""
    paragraph.paragraph_format.space_after = Pt(4)
    for text, is_bold in ((lead and f"{lead} ", True), (words, bold)):
        if text:
            run = paragraph.add_run(clean(text))
            run.bold = is_bold
            if quiet:
                run.font.size, run.font.color.rgb = Pt(9.5), QUIET
    return paragraph


def _write_cell(cell: _Cell, words: str, *, bold: bool) -> None:
    _write(cell.paragraphs[0], words, bold=bold)


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _draw_box(paragraph: Paragraph) -> None:
    """Before anything else is set: a word processor minds the order."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "6"), ("color", "45545C")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
