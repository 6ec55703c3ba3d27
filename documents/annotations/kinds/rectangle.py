"""Rectangles: a stroked box; half of the line width is outside the box."""

from collections.abc import Iterator

from documents.annotations.kinds.geometry import Frame
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import (
    AppearanceStream,
    State,
    Style,
    border,
    grown,
    rectangles,
    stroke_of,
)
from documents.annotations.pdf.page_space import PageSpace


class RectangleKind(AnnotationKind[Frame]):
    """A rectangle."""

    geometry = Frame
    subtype = "Square"
    counted = True

    def look(self, geometry: Frame, drawing: Drawing) -> AppearanceStream:
        style, space = drawing.style, drawing.space
        shown = space.upright_box(geometry.box)
        content = f"{stroke_of(style, space)} {rectangles([shown])} S"
        return AppearanceStream(
            grown(shown, space.thousandths(style.width) / 2), content, State(style.opacity)
        )

    def entries(self, geometry: Frame, style: Style, space: PageSpace) -> Iterator[str]:
        yield border(style, space)
