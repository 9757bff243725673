"""A document before it has a format: sections of a few kinds of block. Who renders one needs no rule of the field."""

from dataclasses import dataclass
from typing import Literal

from app.languages.speaking import _

from .parts import Card, MapColumn, ScaleAnswer, Stroke, When, Wording
from .recipient import DocumentCode


@dataclass(frozen=True)
class Text:
    """One paragraph. `lead` stands in bold before it; a `box` has a line around it."""

    text: str
    look: Literal["plain", "big", "small", "box"] = "plain"
    lead: str = ""


@dataclass(frozen=True)
class Facts:
    """What it is, and what it says."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    items: tuple[Text, ...]
    look: Literal["dots", "numbers", "ticks", "names"] = "dots"


@dataclass(frozen=True)
class Table:
    """`widths` are hundredths of the line; `heading` is the column whose cells are their rows' headings."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    heading: int = 0


@dataclass(frozen=True)
class Earlier:
    """Wordings that stood and were changed."""

    wordings: tuple[Wording, ...]


@dataclass(frozen=True)
class Points:
    """Points of the board, one under the other."""

    cards: tuple[Card, ...]
    not_asked: str  # what stands in an answer's place where nobody was asked


@dataclass(frozen=True)
class Map:
    """The columns beside each other, in their groups."""

    columns: tuple[MapColumn, ...]
    not_asked: str


@dataclass(frozen=True)
class Ruler:
    """Both ends, and who stood at which number: eleven places. The table beside it is a block of its own."""

    low_end: str
    high_end: str
    places: tuple[tuple[ScaleAnswer, ...], ...]


@dataclass(frozen=True)
class Sketch:
    """A drawing, and the words that stand for it where it cannot be seen."""

    drawing: tuple[Stroke, ...]
    described: str
    lead: str  # "The drawing shows:"


@dataclass(frozen=True)
class Beside:
    """Sections beside each other, where there is room."""

    sections: tuple["Section", ...]


Block = Text | Facts | Listing | Table | Earlier | Points | Map | Ruler | Sketch | Beside


@dataclass(frozen=True)
class Section:
    """A `part` begins on a new page, and its heading is as large as the title."""

    heading: str  # "" for one that needs none
    blocks: tuple[Block, ...] = ()
    part: bool = False


@dataclass(frozen=True)
class Document:
    code: DocumentCode
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    recipient: str  # "For Dana Wrenfield"
    conference: str  # "First child protection conference …, 24 June 2025": on every page
    fingerprint: str
    issued_at: When
    practice: bool
    language: str = "en-GB"
    direction: str = "ltr"
    missing: tuple[str, ...] = ()  # for the chair: what is not in it because nobody has written it

    @property
    def foot(self) -> str:
        return self.foot_of(10_000)

    def foot_of(self, most: int) -> str:
        """What stands at the foot of every page, each part at most so long."""
        recipient, conference = shortened(self.recipient, most), shortened(self.conference, most)
        when = self.issued_at.words
        made = _("{recipient}. {conference}. Made {when}.", recipient=recipient, conference=conference, when=when)
        if not self.fingerprint:
            return made
        return f"{made} {_('Fingerprint {fingerprint}.', fingerprint=self.fingerprint)}"


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
