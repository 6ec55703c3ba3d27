"""What marks on words have in common; each kind is a module of its own."""

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
"""The height of a bar, a share of the line's height."""


class TextMark(AnnotationKind[Boxes]):
    """Base of marks on words."""

    geometry = Boxes

    def entries(self, geometry: Boxes, style: Style, space: PageSpace) -> Iterator[str]:
        corners = chain.from_iterable(_corners(box, space) for box in geometry.boxes)
        yield f"/QuadPoints{places(corners, space)}"


def boxes_look(boxes: Sequence[Box], style: Style, *, multiply: bool = False) -> AppearanceStream:
    """Filled boxes, upright. multiply: as a marker's ink."""
    box = around(corner for x0, y0, x1, y1 in boxes for corner in ((x0, y0), (x1, y1)))
    return AppearanceStream(
        box, f"{fill_of(style)} {rectangles(boxes)} f", State(style.opacity, multiply=multiply)
    )


def bars_look(geometry: Boxes, share: float, drawing: Drawing) -> AppearanceStream:
    """A bar under or through words. share: of a line's height, where its middle lies."""
    bars = []
    for x0, y0, x1, y1 in geometry.boxes:
        middle, half = y0 + (y1 - y0) * share, (y1 - y0) * LINE_HIGH / 2
        bars.append(drawing.space.upright_box((x0, middle - half, x1, middle + half)))
    return boxes_look(bars, drawing.style)


def _corners(box: PageBox, space: PageSpace) -> tuple[Spot, ...]:
    """Upper left, upper right, lower left, lower right, as every program has them."""
    left, bottom, right, top = space.upright_box(box)
    return (left, top), (right, top), (left, bottom), (right, bottom)
