"""How a child's drawing looks on paper. The picture is made here, of numbers; nothing that a browser sent is markup."""

from app.board.drawing import Pencil, Thickness

COLOURS: dict[Pencil, str] = {
    "ink": "#17242b",
    "plum": "#6a2e52",
    "fern": "#2a5e47",
    "lake": "#19566f",
    "clay": "#8a4b12",
}
WIDTHS: dict[Thickness, int] = {"thin": 8, "thick": 22}
