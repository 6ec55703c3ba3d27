"""Strikethrough: a bar across each line of words."""

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import Drawing
from documents.annotations.kinds.text_marks import TextMark, bars_look
from documents.annotations.pdf.appearance import AppearanceStream

LINE_THROUGH = 0.56
"""Vertical centre of the bar, as a fraction of the line height."""


class StrikeKind(TextMark):
    """A strikethrough of words."""

    subtype = "StrikeOut"

    def look(self, geometry: Boxes, drawing: Drawing) -> AppearanceStream:
        return bars_look(geometry, LINE_THROUGH, drawing)
