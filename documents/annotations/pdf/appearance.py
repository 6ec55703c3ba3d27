"""Parts of appearance streams: paths, colours and graphics states.

An appearance is a content stream on the upright page (`page_space`), identical to the drawing in
the browser. Each kind of annotation (`documents.annotations.kinds`) builds its own with these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import msgspec

from documents.annotations.pdf.page_space import Box, PageSpace, Spot
from documents.annotations.pdf.syntax import array, exact, numbers, rgb

ROUND = "1 J 1 j"
"""Round line caps and joins."""


class Style(msgspec.Struct, frozen=True):
    """color: #rrggbb. width, size (font size): thousandths of the page width."""

    color: str
    width: float
    opacity: float
    size: float


class State(NamedTuple):
    """Graphics state. multiply: blend mode of highlighters."""

    opacity: float
    multiply: bool = False

    @property
    def name(self) -> str:
        """Name in the resource dictionary."""
        return f"O{self.opacity * 1000:.0f}{'M' if self.multiply else ''}"

    @property
    def dictionary(self) -> str:
        """Graphics state parameter dictionary."""
        opacity = exact([self.opacity])
        return f"<</CA {opacity}/ca {opacity}/BM/{'Multiply' if self.multiply else 'Normal'}>>"


@dataclass(frozen=True, slots=True)
class AppearanceStream:
    """box: bounds of the drawing, upright. content: operators without the graphics state."""

    box: Box
    content: str
    state: State

    @property
    def drawn(self) -> str:
        """Operators including the graphics state."""
        return f"/{self.state.name} gs {self.content}"


def polyline(spots: Iterable[Spot]) -> str:
    """Return a path through these points."""
    first, *more = spots
    return f"{numbers(first)} m " + " ".join(f"{numbers(spot)} l" for spot in more)


def rectangles(boxes: Iterable[Box]) -> str:
    """Return a path around each box."""
    return " ".join(f"{numbers((x0, y0, x1 - x0, y1 - y0))} re" for x0, y0, x1, y1 in boxes)


def stroke_of(style: Style, space: PageSpace) -> str:
    """Return operators for line style, width and stroke colour."""
    width = exact([space.thousandths(style.width)])
    return f"{ROUND} {width} w {exact(rgb(style.color))} RG"


def fill_of(style: Style) -> str:
    """Return the operator for the fill colour."""
    return f"{exact(rgb(style.color))} rg"


def grown(box: Box, by: float) -> Box:
    """Return the box enlarged by a margin."""
    x0, y0, x1, y1 = box
    return x0 - by, y0 - by, x1 + by, y1 + by


def border(style: Style, space: PageSpace) -> str:
    """Return the dictionary entry of the border width."""
    return f"/BS<</W {exact([space.thousandths(style.width)])}/S/S>>"


def places(spots: Iterable[Spot], space: PageSpace) -> str:
    """Return upright points as an array of numbers in user space."""
    return array(chain.from_iterable(map(space.in_page, spots)))
