"""A drawing as the browser sends it: strokes, made of numbers on a sheet of paper. Nothing but these is kept."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from typing_extensions import TypedDict

from .terms import Frozen

ACROSS, DOWN = 1000, 750  # the sheet; a point lies on 0–999 and 0–749
MOST_STROKES = 150
MOST_POINTS_IN_A_STROKE = 200
MOST_CHARACTERS = 10_000  # of all strokes together, so at most some 1,200 points

_X = "(?:0|[1-9][0-9]{0,2})"
_Y = "(?:0|[1-9][0-9]?|[1-6][0-9]{2}|7[0-4][0-9])"
PATH = rf"^M{_X} {_Y}(?:L{_X} {_Y}){{1,{MOST_POINTS_IN_A_STROKE - 1}}}$"

Pencil = Literal["ink", "plum", "fern", "lake", "clay"]
Thickness = Literal["thin", "thick"]


class Stroke(Frozen):
    """One movement of the pencil, as SVG writes paths: `M` to a point, then `L` to the next ones, and nothing more."""

    pencil: Pencil
    thickness: Thickness
    path: Annotated[str, StringConstraints(max_length=MOST_POINTS_IN_A_STROKE * 8, pattern=PATH)]


def _fits_on_the_sheet(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    if sum(len(stroke.path) for stroke in strokes) > MOST_CHARACTERS:
        raise ValueError("has too many points")
    return strokes


Drawing = Annotated[tuple[Stroke, ...], Field(max_length=MOST_STROKES), AfterValidator(_fits_on_the_sheet)]


class StrokeSeen(TypedDict):
    pencil: Pencil
    thickness: Thickness
    path: str


def see_drawing(strokes: tuple[Stroke, ...]) -> list[StrokeSeen]:
    return [{"pencil": stroke.pencil, "thickness": stroke.thickness, "path": stroke.path} for stroke in strokes]
