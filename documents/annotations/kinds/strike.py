"""Words struck through: a bar across each line."""

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import Drawing
from documents.annotations.kinds.text_marks import TextMark, bars_look
from documents.annotations.pdf.appearance import AppearanceStream

LINE_THROUGH = 0.56
"""Where the bar's middle lies, a share of the line's height."""


class StrikeKind(TextMark):
    """A strike through words."""

    subtype = "StrikeOut"

    def look(self, geometry: Boxes, drawing: Drawing) -> AppearanceStream:
        return bars_look(geometry, LINE_THROUGH, drawing)
