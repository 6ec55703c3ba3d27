"""Notes: a marker on the page; its text opens in a popup."""

from collections.abc import Iterator
from typing import Self

from documents.annotations.codec import pack, unpack
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import AppearanceStream, Style
from documents.annotations.pdf.note_markers import LINES, centred, marker
from documents.annotations.pdf.page_space import PageSpace
from documents.annotations.rules import GRID, Point, point_on_grid

NOTE_SIZE = 30.0
"""Side of a note marker, in thousandths of the page width."""
SCALES = (GRID,) * 2


class At(Geometry, frozen=True):
    """The position of a note."""

    at: Point

    def on_grid(self) -> Self:
        return type(self)(point_on_grid(self.at))

    def points(self) -> Iterator[Point]:
        yield self.at

    def packed(self) -> bytes:
        return pack([[self.at]], SCALES)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        ((x,), (y,)) = next(unpack(data, SCALES))
        return cls((x, y))


class NoteKind(AnnotationKind[At]):
    """A note."""

    geometry = At
    subtype = "Text"
    is_marker = True

    def look(self, geometry: At, drawing: Drawing) -> AppearanceStream:
        """Draw a marker with a folded corner, centred on the note's point."""
        space, number = drawing.space, drawing.number
        on_it = centred(number, drawing.letters) if number else LINES
        middle = space.upright(*geometry.at)
        return marker(middle, space.thousandths(NOTE_SIZE), drawing.style, space, on_it)

    def entries(self, geometry: At, style: Style, space: PageSpace) -> Iterator[str]:
        yield "/Name/Note/Open false"
