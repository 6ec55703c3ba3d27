"""Highlights: coloured boxes of words, blended with the page by multiplication."""

from documents.annotations.kinds.geometry import Boxes
from documents.annotations.kinds.kind import Drawing
from documents.annotations.kinds.text_marks import TextMark, boxes_look
from documents.annotations.pdf.appearance import AppearanceStream


class HighlightKind(TextMark):
    """A highlight."""

    subtype = "Highlight"

    def look(self, geometry: Boxes, drawing: Drawing) -> AppearanceStream:
        shown = [drawing.space.upright_box(box) for box in geometry.boxes]
        return boxes_look(shown, drawing.style, multiply=True)
