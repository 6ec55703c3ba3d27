"""Arrows: a line with an open head at its end."""

from collections.abc import Iterator
from math import cos, hypot, sin
from typing import Self

from documents.annotations.codec import pack, unpack
from documents.annotations.kinds.geometry import BOX_SCALES, Geometry
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import (
    AppearanceStream,
    State,
    Style,
    border,
    grown,
    places,
    polyline,
    stroke_of,
)
from documents.annotations.pdf.page_space import PageSpace, Spot, around
from documents.annotations.rules import Point, point_on_grid

HEAD_ANGLE, HEAD_WIDTHS, SMALLEST_HEAD = 0.5, 4.5, 12.0
"""Half the opening angle of the head (radians); its length in line widths; its minimum length in
thousandths of the page width."""


class Span(Geometry, frozen=True, rename={"start": "from"}):
    """Geometry of an arrow; `to` is the tip."""

    start: Point
    to: Point

    def on_grid(self) -> Self:
        return type(self)(point_on_grid(self.start), point_on_grid(self.to))

    def points(self) -> Iterator[Point]:
        yield from (self.start, self.to)

    def packed(self) -> bytes:
        return pack([[(*self.start, *self.to)]], BOX_SCALES)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        ((x0,), (y0,), (x1,), (y1,)) = next(unpack(data, BOX_SCALES))
        return cls((x0, y0), (x1, y1))


class ArrowKind(AnnotationKind[Span]):
    """An arrow."""

    geometry = Span
    subtype = "Line"
    counted = True

    def look(self, geometry: Span, drawing: Drawing) -> AppearanceStream:
        style, space = drawing.style, drawing.space
        start, tip = space.upright(*geometry.start), space.upright(*geometry.to)
        length = max(SMALLEST_HEAD, HEAD_WIDTHS * style.width)
        one, other = _head_of(start, tip, space.thousandths(1) * length)
        lines = f"{polyline((start, tip))} {polyline((one, tip, other))}"
        box = grown(around((start, tip, one, other)), space.thousandths(style.width) / 2)
        return AppearanceStream(box, f"{stroke_of(style, space)} {lines} S", State(style.opacity))

    def entries(self, geometry: Span, style: Style, space: PageSpace) -> Iterator[str]:
        ends = (space.upright(*geometry.start), space.upright(*geometry.to))
        yield f"/L{places(ends, space)}/LE[/None/OpenArrow]"
        yield border(style, space)


def _head_of(start: Spot, tip: Spot, length: float) -> tuple[Spot, Spot]:
    """Return the two outer ends of an arrow head."""
    dx, dy = start[0] - tip[0], start[1] - tip[1]
    whole = hypot(dx, dy)
    if whole == 0:
        return tip, tip
    share = min(whole, length) / whole
    ends = []
    for angle in (HEAD_ANGLE, -HEAD_ANGLE):
        c, s = cos(angle) * share, sin(angle) * share
        ends.append((tip[0] + dx * c - dy * s, tip[1] + dx * s + dy * c))
    return ends[0], ends[1]
