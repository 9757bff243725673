"""A document as one page of HTML: whole in itself, without a script, and without a request to anywhere."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.board.drawing import ACROSS, DOWN
from app.languages.directions import direction_of, isolated
from app.languages.speaking import _, spoken

from .paper import Block, Document
from .sketch import COLOURS, WIDTHS

INSTALLED = Path(__file__).resolve().parent.parent / "_web"
CHECKOUT = Path(__file__).resolve().parent.parent.parent / "web"
TEMPLATES = (INSTALLED if INSTALLED.exists() else CHECKOUT) / "templates"
FONTS = (INSTALLED if INSTALLED.exists() else CHECKOUT) / "dist" / "assets"
TOKENS = INSTALLED / "style" / "tokens.css" if INSTALLED.exists() else CHECKOUT / "src" / "style" / "tokens.css"

FACE = "Atkinson Hyperlegible Next Variable"
# Each file under a name of its own: printed under one name, the letters of one were looked up in the other.
FACES = {"latin": FACE, "latin-ext": f"{FACE} Extended"}
RANGES = {  # as the face is cut into files
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,"
    "U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
IN_A_MARGIN = 110  # as much of a title as fits at the foot of every page


def page_of(document: Document) -> str:
    """The whole page. Everything that anybody wrote is escaped."""
    template = _templates().get_template("record/document.html")
    # Both styles stand there as they are: our own, and of what people wrote only what `in_css` has put in numbers.
    styles = {"house_style": house_style(), "page_style": page_style(document)}
    return template.render(document=document, policy=policy_of(*styles.values()), **styles)


def policy_of(*styles: str) -> str:
    """The content security policy that the file carries with it: a browser shows the page, and can do nothing else."""
    hashes = (hashlib.sha256(style.encode()).digest() for style in styles)
    allowed = " ".join(f"'sha256-{b64encode(each).decode()}'" for each in hashes)
    return (
        f"default-src 'none'; style-src {allowed}; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def house_style() -> str:
    """The product's tokens and faces, and how paper looks."""
    record = (TEMPLATES / "record" / "record.css").read_text("utf-8")
    widths = (f".w{hundredth} {{ width: {hundredth}%; }}" for hundredth in range(1, 100))  # of a table's columns
    tokens = TOKENS.read_text("utf-8").replace(f"'{FACE}'", ", ".join(f"'{face}'" for face in FACES.values()))
    return "\n".join([*_faces(), tokens, record, *widths])


def _faces() -> list[str]:
    """Where the front end is not built, the reader's own sans serif."""
    return [
        f"@font-face {{ font-family: '{FACES[name]}'; font-weight: 200 800; font-style: normal; "
        f"unicode-range: {codes}; "
        f"src: url(data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}) format('woff2'); }}"
        for name, codes in RANGES.items()
        for path in sorted(FONTS.glob(f"atkinson-hyperlegible-next-{name}-wght-normal-*.woff2"))
    ]


def page_style(document: Document) -> str:
    """What stands in the margins of every page: whose copy it is, of what, and which page."""
    left = in_css(document.foot_of(IN_A_MARGIN))
    before, between, behind = map(in_css, _("Page {n} of {pages}", n="\n", pages="\n").split("\n"))
    page = f"{before} counter(page) {between} counter(pages) {behind}"
    practice = (
        "@top-center { content: "
        + in_css(_("PRACTICE"))
        + "; font-family: var(--font); font-size: 14pt; font-weight: 700; }"
    )
    foot = (
        "font-family: var(--font); font-size: 8.5pt; color: #45545c; border-top: .5pt solid #6b7a82; "
        "vertical-align: top; padding-top: 2mm; overflow-wrap: anywhere;"
    )
    return f"""@page {{ size: A4; margin: 15mm 17mm 20mm;
  @bottom-left {{ content: {left}; width: 142mm; text-align: left; {foot} }}
  @bottom-right {{ content: {page}; width: 34mm; text-align: right; {foot} }}
  {practice if document.practice else ""} }}"""


def in_css(text: str) -> str:
    """A string that nothing can break out of: everything but letters and digits by its number."""
    return '"' + re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found.group()):06x}", text) + '"'


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    said = {"kind_of": _kind_of, "_": _, "way": _way, "set_in": _set_in, "own": _own}
    templates.globals |= said | {"colours": COLOURS, "widths": WIDTHS, "sheet": (ACROSS, DOWN)}
    return templates


def _way(text: str) -> Markup:
    """What people wrote has its own direction."""
    own, way = spoken().direction, direction_of(text, spoken().direction)
    return Markup(f' dir="{way}"') if way != own else Markup("")  # noqa: S704 (one of two words)


def _own(text: str) -> Markup:
    """Words of the other direction have lines of their own: a line that is broken would forget how it began."""
    return (
        Markup('<span class="own"{way}>{text}</span>').format(way=way, text=text)
        if (way := _way(text))
        else escape(text)
    )


def _set_in(text: str) -> str:
    return isolated(text, spoken().direction)


def _kind_of(block: Block) -> str:
    return type(block).__name__
