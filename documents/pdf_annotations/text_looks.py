"""How words look: a text box in the interface's letters, and the marker of a note."""

from documents.annotation_rules import Box as PageBox
from documents.annotation_rules import Geometry, Point, points_of
from documents.pdf_annotations.embedded_font import Lettering
from documents.pdf_annotations.looks import ROUND, Look, State, fill_of
from documents.pdf_annotations.space import PageSpace, Spot, around
from documents.pdf_annotations.spec import Style
from documents.pdf_annotations.syntax import exact, numbers, rgb
from documents.pdf_annotations.text_lines import lines_of

LINE, ASCENT, PADDING = 1.35, 1.02, 0.25
"""Of a line; of the first line's foot below the padding; between edge and words. All in heights of
letters, as in `static/js/ink/text_box.js`."""
NOTE_SIZE, TAG_SIZE = 30.0, 20.0
"""The side of a note's marker, and of the number at another mark, in thousandths of the page's
width."""
DARKER = 0.4
"""The edge of a note's marker: this share of its colour."""
GRID = 100
"""The side of a sheet in the paths below."""
_SHEET = "5 5 m 5 95 l 95 95 l 95 33 l 67 5 l h"
_FOLD = "67 5 m 67 33 l 95 33 l"
_LINES = "25 74 m 75 74 l S 25 52 m 75 52 l S 25 30 m 50 30 l S"


def text_box(box: PageBox, text: str, style: Style, space: PageSpace, letters: Lettering) -> Look:
    """Words wrapped to the box's width; the box grows downwards when they need it."""
    left, bottom, right, top = space.upright_box(box)
    size = space.thousandths(style.size)
    column = max(size, right - left - 2 * PADDING * size)
    plain = letters.settable(text)
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
    return Look((left, bottom, right, top), content, State(style.opacity))


def note(at: Point, style: Style, space: PageSpace, letters: Lettering, number: str = "") -> Look:
    """A sheet with a folded corner around the note's point.

    number: written on it in place of lines, where the words stand in a list.
    """
    on_it = _centred(number, letters) if number else _LINES
    return _sheet(space.upright(*at), space.thousandths(NOTE_SIZE), style, space, on_it)


def tag(shape: Geometry, style: Style, space: PageSpace, letters: Lettering, number: str) -> Look:
    """A small sheet with the number of its words, at the upper right corner of a mark."""
    upright = [space.upright(x, y) for x, y in points_of(shape)]
    _, _, right, top = around(upright)
    return _sheet(
        (right, top), space.thousandths(TAG_SIZE), style, space, _centred(number, letters)
    )


def _sheet(middle: Spot, side: float, style: Style, space: PageSpace, on_it: str) -> Look:
    """A sheet of the style's colour, kept on the page; `on_it` is drawn in its own square."""
    side = min(side, space.width, space.height)
    x, y = (
        min(most - side / 2, max(side / 2, place)) - side / 2
        for place, most in zip(middle, (space.width, space.height), strict=True)
    )
    dark = exact(part * DARKER for part in rgb(style.color))
    content = (
        f"{side / GRID:.6f} 0 0 {side / GRID:.6f} {numbers((x, y))} cm"
        f" {ROUND} 6 w {dark} RG {fill_of(style)} {_SHEET} B {_FOLD} S {dark} rg {on_it}"
    )
    return Look((x, y, x + side, y + side), content, State(1.0))


def _centred(number: str, letters: Lettering) -> str:
    """A number in the middle of a sheet."""
    size = min(0.55, 0.8 / letters.width(number)) * GRID
    left = (GRID - letters.width(number) * size) / 2
    return (
        f"BT 1 0 0 1 {numbers((left, GRID / 2 - size * 0.35))} Tm {letters.shown(number, size)} ET"
    )
