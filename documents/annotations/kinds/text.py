"""Text boxes: text on the page in the interface font."""

from collections.abc import Iterator

from core.errors import InvalidInput
from documents.annotations.kinds.geometry import Frame
from documents.annotations.kinds.kind import AnnotationKind, Drawing
from documents.annotations.pdf.appearance import AppearanceStream, State, Style, fill_of
from documents.annotations.pdf.embedded_font import FIRST
from documents.annotations.pdf.page_space import PageSpace
from documents.annotations.pdf.syntax import exact, numbers, rgb
from documents.annotations.pdf.text_lines import lines_of

LINE, ASCENT, PADDING = 1.35, 1.02, 0.25
"""Line height; baseline of the first line below the padding; padding between edge and text. In
multiples of the font size, as in `static/js/ink/tools/text_box.js`."""


class TextKind(AnnotationKind[Frame]):
    """A text box."""

    geometry = Frame
    subtype = "FreeText"
    draws_text = True

    def check_text(self, text: str | None) -> None:
        if not text:
            raise InvalidInput(("text", "a text has letters"))
        super().check_text(text)

    def look(self, geometry: Frame, drawing: Drawing) -> AppearanceStream:
        """Wrap the text to the width of the box. The box grows downwards if the text needs it."""
        style, space, letters = drawing.style, drawing.space, drawing.letters
        left, bottom, right, top = space.upright_box(geometry.box)
        size = space.thousandths(style.size)
        column = max(size, right - left - 2 * PADDING * size)
        plain = letters.settable(drawing.text)
        lines = lines_of(plain, column, lambda line: letters.width(line) * size)
        high = (len(lines) * LINE + 2 * PADDING) * size
        # A box that would end below the page moves up, as far as the page allows.
        top = max(top, min(high, space.height))
        bottom = min(bottom, top - high)
        foot = top - (PADDING + ASCENT) * size
        shown = [
            f"1 0 0 1 {numbers((left + PADDING * size, foot - number * LINE * size))} Tm"
            f" {letters.shown(line, size)}"
            for number, line in enumerate(lines)
            if line
        ]
        content = f"{fill_of(style)} BT {' '.join(shown)} ET"
        return AppearanceStream((left, bottom, right, top), content, State(style.opacity))

    def entries(self, geometry: Frame, style: Style, space: PageSpace) -> Iterator[str]:
        """Yield the entries with which other programs lay out the text again after an edit."""
        size, color = space.thousandths(style.size), style.color
        yield f"/DA({exact(rgb(color))} rg /{FIRST} {exact([size])} Tf)/Q 0/BS<</W 0>>"
        yield f"/DS(font: {exact([size])}pt 'Be Vietnam Pro', Arial, sans-serif; color: {color})"
        turned = _turned(space)
        if turned:
            yield f"/Rotate {turned}"


def _turned(space: PageSpace) -> int:
    """Return the rotation of the page as displayed, degrees clockwise."""
    a, b, *_ = space.matrix
    if abs(a) > abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270
