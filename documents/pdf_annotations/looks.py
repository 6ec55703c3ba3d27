"""What the look of an annotation is made of, and how lines and frames look.

A look is a content stream on the page upright (`space`), the same as on the tablets: the shares and
constants of `static/js/ink/painted.js` and `shapes.js` stand here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, hypot, sin
from typing import NamedTuple

from documents.annotation_rules import Box as PageBox
from documents.annotation_rules import Span
from documents.pdf_annotations.space import Box, PageSpace, Spot, around
from documents.pdf_annotations.spec import Style
from documents.pdf_annotations.syntax import exact, numbers, rgb

HEAD_ANGLE, HEAD_WIDTHS, SMALLEST_HEAD = 0.5, 4.5, 12.0
"""Of an arrow: half its head's opening; its length in line widths, at least, in thousandths."""
LINE_UNDER, LINE_THROUGH, LINE_HIGH = 0.94, 0.56, 0.07
"""Shares of a line's height: where the bar of an underline and of a strike lies, and its own."""
ROUND = "1 J 1 j"
"""Round ends and corners of lines."""


class State(NamedTuple):
    """How paint meets the page. multiply: as a marker's ink does."""

    opacity: float
    multiply: bool = False

    @property
    def name(self) -> str:
        """Its name among the resources."""
        return f"O{self.opacity * 1000:.0f}{'M' if self.multiply else ''}"

    @property
    def dictionary(self) -> str:
        """Its graphics state parameters."""
        opacity = exact([self.opacity])
        return f"<</CA {opacity}/ca {opacity}/BM/{'Multiply' if self.multiply else 'Normal'}>>"


@dataclass(frozen=True, slots=True)
class Look:
    """box: all that is drawn, upright. content: operators without their state."""

    box: Box
    content: str
    state: State

    @property
    def drawn(self) -> str:
        """Operators that draw it, with its state."""
        return f"/{self.state.name} gs {self.content}"


def highlight(boxes: Sequence[PageBox], style: Style, space: PageSpace) -> Look:
    """Boxes of words, multiplied."""
    shown = [space.upright_box(box) for box in boxes]
    return Look(_around_all(shown), _filled(shown, style), State(style.opacity, multiply=True))


def bar(boxes: Sequence[PageBox], share: float, style: Style, space: PageSpace) -> Look:
    """A bar under or through words. share: of a line's height, where its middle lies."""
    bars = []
    for x0, y0, x1, y1 in boxes:
        middle, half = y0 + (y1 - y0) * share, (y1 - y0) * LINE_HIGH / 2
        bars.append(space.upright_box((x0, middle - half, x1, middle + half)))
    return Look(_around_all(bars), _filled(bars, style), State(style.opacity))


def rectangle(box: PageBox, style: Style, space: PageSpace) -> Look:
    """A frame; its line lies half outside."""
    shown = space.upright_box(box)
    content = f"{stroke_of(style, space)} {_rectangles([shown])} S"
    return Look(grown(shown, space.thousandths(style.width) / 2), content, State(style.opacity))


def arrow(span: Span, style: Style, space: PageSpace) -> Look:
    """A line with an open head at its end."""
    start, tip = space.upright(*span.start), space.upright(*span.to)
    one, other = head_of(start, tip, space.thousandths(1) * _head_length(style))
    content = f"{stroke_of(style, space)} {polyline((start, tip))} {polyline((one, tip, other))} S"
    box = grown(around((start, tip, one, other)), space.thousandths(style.width) / 2)
    return Look(box, content, State(style.opacity))


def head_of(start: Spot, tip: Spot, length: float) -> tuple[Spot, Spot]:
    """The two ends of an arrow's head."""
    dx, dy = start[0] - tip[0], start[1] - tip[1]
    whole = hypot(dx, dy)
    if whole == 0:
        return tip, tip
    share = min(whole, length) / whole
    ends = []
    for angle in (HEAD_ANGLE, -HEAD_ANGLE):
        c, s = cos(angle) * share, sin(angle) * share
        ends.append((tip[0] + dx * c - dy * s, tip[1] + dx * s + dy * c))
    return ends[0], ends[1]


def polyline(spots: Iterable[Spot]) -> str:
    """A path through these places."""
    first, *more = spots
    return f"{numbers(first)} m " + " ".join(f"{numbers(spot)} l" for spot in more)


def stroke_of(style: Style, space: PageSpace) -> str:
    """Colour and width of lines."""
    width = exact([space.thousandths(style.width)])
    return f"{ROUND} {width} w {exact(rgb(style.color))} RG"


def fill_of(style: Style) -> str:
    """Colour of areas."""
    return f"{exact(rgb(style.color))} rg"


def grown(box: Box, by: float) -> Box:
    """A box with a margin around it."""
    x0, y0, x1, y1 = box
    return x0 - by, y0 - by, x1 + by, y1 + by


def _head_length(style: Style) -> float:
    return max(SMALLEST_HEAD, HEAD_WIDTHS * style.width)


def _filled(boxes: Iterable[Box], style: Style) -> str:
    return f"{fill_of(style)} {_rectangles(boxes)} f"


def _rectangles(boxes: Iterable[Box]) -> str:
    return " ".join(f"{numbers((x0, y0, x1 - x0, y1 - y0))} re" for x0, y0, x1, y1 in boxes)


def _around_all(boxes: Iterable[Box]) -> Box:
    return around(corner for x0, y0, x1, y1 in boxes for corner in ((x0, y0), (x1, y1)))
