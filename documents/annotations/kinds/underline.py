"""Underlined words: a bar below each line."""

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import Drawing
from documents.annotations.kinds.text_marks import TextMark, bars_look
from documents.annotations.pdf.appearance import AppearanceStream

LINE_UNDER = 0.94
"""Where the bar's middle lies, a share of the line's height."""


class UnderlineKind(TextMark):
    """An underline."""

    subtype = "Underline"

    def look(self, geometry: Boxes, drawing: Drawing) -> AppearanceStream:
        return bars_look(geometry, LINE_UNDER, drawing)
