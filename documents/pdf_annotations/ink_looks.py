"""How ink looks: a pen's strokes as their outlines, a highlighter's as lines of one width."""

from collections.abc import Iterator, Sequence

from documents.annotation_rules import InkPoint
from documents.pdf_annotations.looks import Look, State, fill_of, grown, stroke_of
from documents.pdf_annotations.pen_outline import PAGE, outline_of, smooth, thinned
from documents.pdf_annotations.space import Box, PageSpace, Spot, around
from documents.pdf_annotations.spec import Style
from documents.pdf_annotations.syntax import numbers

WIDEST = 1.5
"""A pen pressed hard draws this much wider than its width says."""
MOST_OUTLINED = 2_500_000
"""Points of outlines in one paper: some ten seconds. What comes after is drawn in one width."""


class InkWell:
    """Draws ink, and keeps count of what that costs."""

    def __init__(self, points: int = MOST_OUTLINED) -> None:
        self._left = points

    def look(self, strokes: Sequence[Sequence[InkPoint]], style: Style, space: PageSpace) -> Look:
        """Of all strokes of one annotation; where they cross, paint does not add up."""
        pen = style.opacity >= 1
        spots = [[space.upright(x, y) for x, y, _ in stroke] for stroke in strokes]
        margin = space.thousandths(style.width) / 2 * (WIDEST if pen else 1)
        box: Box = grown(around(spot for stroke in spots for spot in stroke), margin)
        if pen and self._left > 0:
            paths = " ".join(self._outlines(strokes, style.width, space))
            return Look(box, f"{fill_of(style)} {paths} f", State(1.0))
        lines = " ".join(_smooth_line(stroke) for stroke in spots)
        content = f"{stroke_of(style, space)} {lines} S"
        return Look(box, content, State(style.opacity, multiply=not pen))

    def _outlines(
        self, strokes: Sequence[Sequence[InkPoint]], width: float, space: PageSpace
    ) -> Iterator[str]:
        aspect, scale = space.height / space.width, space.width / PAGE
        for stroke in strokes:
            outline = smooth(outline_of(stroke, width, aspect))
            self._left -= len(outline)
            (x, y), *more = thinned(outline)
            tall = space.height
            rest = [f"{x * scale:.2f} {tall - y * scale:.2f} l" for x, y in more]
            yield f"{x * scale:.2f} {tall - y * scale:.2f} m {' '.join(rest)} h"


def _smooth_line(spots: Sequence[Spot]) -> str:
    """Through the middles between the points, which pull the curve towards them."""
    x, y = spots[0]
    at = x, y
    path = [f"{numbers(at)} m"]
    for nx, ny in spots[1:]:
        end = (x + nx) / 2, (y + ny) / 2
        path.append(f"{numbers((*_third(at, (x, y)), *_third(end, (x, y)), *end))} c")
        at, (x, y) = end, (nx, ny)
    return " ".join((*path, f"{numbers((x, y))} l"))


def _third(end: Spot, pull: Spot) -> Spot:
    """A cubic curve's control point in place of a quadratic one's."""
    return end[0] + (pull[0] - end[0]) * 2 / 3, end[1] + (pull[1] - end[1]) * 2 / 3
