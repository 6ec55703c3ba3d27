"""Underline: a bar below each line of words."""

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import Drawing
from documents.annotations.kinds.text_marks import TextMark, bars_look
from documents.annotations.pdf.appearance import AppearanceStream

LINE_UNDER = 0.94
"""Vertical centre of the bar, as a fraction of the line height."""


class UnderlineKind(TextMark):
    """An underline."""

    subtype = "Underline"

    def look(self, geometry: Boxes, drawing: Drawing) -> AppearanceStream:
        return bars_look(geometry, LINE_UNDER, drawing)
