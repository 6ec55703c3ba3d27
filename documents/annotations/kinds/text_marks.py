"""Base class and drawing functions of marks on text."""

from collections.abc import Iterator, Sequence
from itertools import chain

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import (
    AppearanceStream,
    State,
    Style,
    fill_of,
    places,
    rectangles,
)
from documents.annotations.pdf.page_space import Box, PageSpace, Spot, around
from documents.annotations.rules import Box as PageBox

LINE_HIGH = 0.07
"""Height of a bar, as a fraction of the line height."""


class TextMark(AnnotationKind[Boxes]):
    """Base of marks on text."""

    geometry = Boxes

    def entries(self, geometry: Boxes, style: Style, space: PageSpace) -> Iterator[str]:
        corners = chain.from_iterable(_corners(box, space) for box in geometry.boxes)
        yield f"/QuadPoints{places(corners, space)}"


def boxes_look(boxes: Sequence[Box], style: Style, *, multiply: bool = False) -> AppearanceStream:
    """Return filled upright boxes. multiply: blend mode of highlighters."""
    box = around(corner for x0, y0, x1, y1 in boxes for corner in ((x0, y0), (x1, y1)))
    return AppearanceStream(
        box, f"{fill_of(style)} {rectangles(boxes)} f", State(style.opacity, multiply=multiply)
    )


def bars_look(geometry: Boxes, share: float, drawing: Drawing) -> AppearanceStream:
    """Return a bar for each line. share: its vertical centre, as a fraction of the line height."""
    bars = []
    for x0, y0, x1, y1 in geometry.boxes:
        middle, half = y0 + (y1 - y0) * share, (y1 - y0) * LINE_HIGH / 2
        bars.append(drawing.space.upright_box((x0, middle - half, x1, middle + half)))
    return boxes_look(bars, drawing.style)


def _corners(box: PageBox, space: PageSpace) -> tuple[Spot, ...]:
    """Return upper left, upper right, lower left, lower right: the order that readers expect."""
    left, bottom, right, top = space.upright_box(box)
    return (left, top), (right, top), (left, bottom), (right, bottom)
