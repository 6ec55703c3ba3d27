"""A text box: words on the page, in the interface's letters."""

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
"""Of a line; of the first line's foot below the padding; between edge and words. All in heights of
letters, as in `static/js/ink/tools/text_box.js`."""


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
        """Words wrapped to the box's width; the box grows downwards when they need it."""
        style, space, letters = drawing.style, drawing.space, drawing.letters
        left, bottom, right, top = space.upright_box(geometry.box)
        size = space.thousandths(style.size)
        column = max(size, right - left - 2 * PADDING * size)
        plain = letters.settable(drawing.text)
        lines = lines_of(plain, column, lambda line: letters.width(line) * size)
        high = (len(lines) * LINE + 2 * PADDING) * size
        # Words that would run off the page's foot move up, as far as there is page.
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
        """What a program needs that sets the words anew after a change."""
        size, color = space.thousandths(style.size), style.color
        yield f"/DA({exact(rgb(color))} rg /{FIRST} {exact([size])} Tf)/Q 0/BS<</W 0>>"
        yield f"/DS(font: {exact([size])}pt 'Be Vietnam Pro', Arial, sans-serif; color: {color})"
        turned = _turned(space)
        if turned:
            yield f"/Rotate {turned}"


def _turned(space: PageSpace) -> int:
    """By how much the page is turned for its reader, degrees clockwise."""
    a, b, *_ = space.matrix
    if abs(a) > abs(b):
        return 0 if a > 0 else 180
    return 90 if b > 0 else 270
