"""Ink: pen strokes are filled outlines, highlighter strokes are lines of constant width."""

from collections.abc import Iterator, Sequence
from typing import Self

from documents.annotations.codec import pack, unpack
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import (
    AppearanceStream,
    State,
    Style,
    border,
    fill_of,
    grown,
    places,
    stroke_of,
)
from documents.annotations.pdf.page_space import PageSpace, Spot, around
from documents.annotations.pdf.pen_outline import PAGE, OutlineBudget, outline_of, smooth, thinned
from documents.annotations.pdf.syntax import numbers
from documents.annotations.rules import (
    GRID,
    MOST_POINTS,
    PRESSURE_STEPS,
    GeometryDoesNotFit,
    Point,
    TooManyPoints,
    on_grid,
    pressure_on_grid,
)

WIDEST = 1.5
"""The largest width of a pen stroke at full pressure, relative to its nominal width."""
SCALES = (GRID, GRID, PRESSURE_STEPS)

InkPoint = tuple[float, float, float]
Stroke = Sequence[InkPoint]


class Ink(Geometry, frozen=True):
    """Strokes as lists of [x, y, pressure]."""

    strokes: list[list[InkPoint]]

    def on_grid(self) -> Self:
        if sum(map(len, self.strokes)) > MOST_POINTS:
            raise TooManyPoints(limit=MOST_POINTS)
        if not self.strokes or not all(self.strokes):
            raise GeometryDoesNotFit()
        return type(self)([list(_on_grid(stroke)) for stroke in self.strokes])

    def points(self) -> Iterator[Point]:
        return ((x, y) for stroke in self.strokes for x, y, _ in stroke)

    def packed(self) -> bytes:
        return pack(self.strokes, SCALES)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        return cls([list(zip(*columns, strict=True)) for columns in unpack(data, SCALES)])


class InkKind(AnnotationKind[Ink]):
    """Ink. An opacity below 1 denotes a highlighter."""

    geometry = Ink
    subtype = "Ink"
    counted = True

    def look(self, geometry: Ink, drawing: Drawing) -> AppearanceStream:
        """Draw all strokes in one path, so that opacity does not add up where they cross."""
        style, space = drawing.style, drawing.space
        pen = style.opacity >= 1
        spots = [[space.upright(x, y) for x, y, _ in stroke] for stroke in geometry.strokes]
        margin = space.thousandths(style.width) / 2 * (WIDEST if pen else 1)
        box = grown(around(spot for stroke in spots for spot in stroke), margin)
        if pen and drawing.outlines.left > 0:
            paths = " ".join(_outlines(geometry.strokes, style.width, space, drawing.outlines))
            return AppearanceStream(box, f"{fill_of(style)} {paths} f", State(1.0))
        lines = " ".join(_smooth_line(stroke) for stroke in spots)
        content = f"{stroke_of(style, space)} {lines} S"
        return AppearanceStream(box, content, State(style.opacity, multiply=not pen))

    def entries(self, geometry: Ink, style: Style, space: PageSpace) -> Iterator[str]:
        strokes = ((space.upright(x, y) for x, y, _ in stroke) for stroke in geometry.strokes)
        yield f"/InkList[{''.join(places(stroke, space) for stroke in strokes)}]"
        yield border(style, space)


def _on_grid(stroke: Stroke) -> Iterator[InkPoint]:
    for x, y, pressure in stroke:
        kept = pressure_on_grid(pressure)
        yield on_grid(x), on_grid(y), kept


def _outlines(
    strokes: Sequence[Stroke], width: float, space: PageSpace, budget: OutlineBudget
) -> Iterator[str]:
    aspect, scale = space.height / space.width, space.width / PAGE
    for stroke in strokes:
        outline = smooth(outline_of(stroke, width, aspect))
        budget.left -= len(outline)
        (x, y), *more = thinned(outline)
        tall = space.height
        rest = [f"{x * scale:.2f} {tall - y * scale:.2f} l" for x, y in more]
        yield f"{x * scale:.2f} {tall - y * scale:.2f} m {' '.join(rest)} h"


def _smooth_line(spots: Sequence[Spot]) -> str:
    """Return a curve through the midpoints of the points; the points are its control points."""
    x, y = spots[0]
    at = x, y
    path = [f"{numbers(at)} m"]
    for nx, ny in spots[1:]:
        end = (x + nx) / 2, (y + ny) / 2
        path.append(f"{numbers((*_third(at, (x, y)), *_third(end, (x, y)), *end))} c")
        at, (x, y) = end, (nx, ny)
    return " ".join((*path, f"{numbers((x, y))} l"))


def _third(end: Spot, pull: Spot) -> Spot:
    """Return the cubic control point that corresponds to a quadratic one."""
    return end[0] + (pull[0] - end[0]) * 2 / 3, end[1] + (pull[1] - end[1]) * 2 / 3
