"""A child's drawing as a picture on paper. It is made here, of numbers; nothing that a browser sent is markup."""

from base64 import b64encode
from collections.abc import Iterable

from app.board.drawing import ACROSS, DOWN, Pencil, Thickness

from .parts import Stroke

COLOURS: dict[Pencil, str] = {
    "ink": "#17242b",
    "plum": "#6a2e52",
    "fern": "#2a5e47",
    "lake": "#19566f",
    "clay": "#8a4b12",
}
WIDTHS: dict[Thickness, int] = {"thin": 8, "thick": 22}


def picture_of(strokes: Iterable[Stroke]) -> str:
    """An address that holds the picture itself, which is all that a page of paper may show."""
    drawn = "".join(
        f'<path stroke="{COLOURS[stroke.pencil]}" stroke-width="{WIDTHS[stroke.thickness]}" d="{stroke.path}"/>'
        for stroke in strokes
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ACROSS} {DOWN}" width="{ACROSS}" height="{DOWN}" '
        f'fill="none" stroke-linecap="round" stroke-linejoin="round">{drawn}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
