"""Markers of fixed size with a folded corner, for notes and for the numbers of texts."""

from collections.abc import Iterable

from documents.annotations.pdf.appearance import ROUND, AppearanceStream, State, Style, fill_of
from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.page_space import PageSpace, Spot, around
from documents.annotations.pdf.syntax import exact, numbers, rgb
from documents.annotations.rules import Point

TAG_SIZE = 20.0
"""Side of the number at a mark, in thousandths of the page width."""
DARKER = 0.4
"""Brightness of the marker's edge, as a fraction of its colour."""
GRID = 100
"""Side of the square of the marker paths below."""
LINES = "25 74 m 75 74 l S 25 52 m 75 52 l S 25 30 m 50 30 l S"
"""Drawn on a marker without a number."""
_SHEET = "5 5 m 5 95 l 95 95 l 95 33 l 67 5 l h"
_FOLD = "67 5 m 67 33 l 95 33 l"


def tag(
    points: Iterable[Point], style: Style, space: PageSpace, letters: FontSubset, number: str
) -> AppearanceStream:
    """Return a small marker with the number of the text, at the upper right corner of a mark."""
    _, _, right, top = around(space.upright(x, y) for x, y in points)
    side = space.thousandths(TAG_SIZE)
    return marker((right, top), side, style, space, centred(number, letters))


def marker(
    middle: Spot, side: float, style: Style, space: PageSpace, on_it: str
) -> AppearanceStream:
    """Return a marker in the style's colour, moved onto the page. `on_it`: operators drawn in the
    marker's square."""
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
    return AppearanceStream((x, y, x + side, y + side), content, State(1.0))


def centred(number: str, letters: FontSubset) -> str:
    """Return operators that draw a number in the centre of a marker."""
    size = min(0.55, 0.8 / letters.width(number)) * GRID
    left = (GRID - letters.width(number) * size) / 2
    return (
        f"BT 1 0 0 1 {numbers((left, GRID / 2 - size * 0.35))} Tm {letters.shown(number, size)} ET"
    )
