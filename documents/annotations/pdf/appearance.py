"""What appearances of annotations are made of: paths, colours, states.

An appearance is a content stream on the page upright (`space`), the same as on the tablets; each
kind of annotation (`documents.annotations.kinds`) draws its own with the pieces here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import msgspec

from documents.annotations.pdf.page_space import Box, PageSpace, Spot
from documents.annotations.pdf.syntax import array, exact, numbers, rgb

ROUND = "1 J 1 j"
"""Round ends and corners of lines."""


class Style(msgspec.Struct, frozen=True):
    """color: #rrggbb. width and size (of letters): thousandths of the page's width."""

    color: str
    width: float
    opacity: float
    size: float


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
class AppearanceStream:
    """box: all that is drawn, upright. content: operators without their state."""

    box: Box
    content: str
    state: State

    @property
    def drawn(self) -> str:
        """Operators that draw it, with its state."""
        return f"/{self.state.name} gs {self.content}"


def polyline(spots: Iterable[Spot]) -> str:
    """A path through these places."""
    first, *more = spots
    return f"{numbers(first)} m " + " ".join(f"{numbers(spot)} l" for spot in more)


def rectangles(boxes: Iterable[Box]) -> str:
    """A path around each box."""
    return " ".join(f"{numbers((x0, y0, x1 - x0, y1 - y0))} re" for x0, y0, x1, y1 in boxes)


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


def border(style: Style, space: PageSpace) -> str:
    """The entry of a dictionary that says how wide its lines are."""
    return f"/BS<</W {exact([space.thousandths(style.width)])}/S/S>>"


def places(spots: Iterable[Spot], space: PageSpace) -> str:
    """Upright places as an array of numbers in the page's user space."""
    return array(chain.from_iterable(map(space.in_page, spots)))
