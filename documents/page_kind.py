"""What kind of picture a page is, from counts of its pixels and from what lies on it. Pure.

A histogram is 256 counts, of the pixels with each value. Colours are (red, green, blue), 0 to 255.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

Histogram = Sequence[int]
Colour = tuple[int, int, int]

LEVELS = 16
"""Levels of grey, or of each channel, that pages of text and drawings are kept with."""

MOST_TINGED = 11
"""A page with more pixels of a colour than this is a page in colour: a tick in red is enough."""

PALETTE_SIZE = 256
_TINGE = 6  # chroma of a pixel that is not grey; noise of JPEG stays below
_BLACK, _WHITE = 40, 230
_PLAIN = 0.8
_PAPER = 0.5
_COVERED = 0.998
_MOST_LEFT_OUT = 400
_STEPS = [steps * 255 // (LEVELS - 1) for steps in (-2, -1, 0, 1, 2)]

NEAREST_LEVEL = [(value * (LEVELS - 1) + 127) // 255 for value in range(256)]
"""The level, 0 to 15, that is nearest to each value."""

ROUNDED = [level * 255 // (LEVELS - 1) for level in NEAREST_LEVEL]
"""The value, 0, 17, … 255, of the level nearest to each value."""


def is_grey(blue_chroma: Histogram, red_chroma: Histogram) -> bool:
    """Whether a picture has no colour, of the histograms of its Cb and Cr (grey is 128)."""
    return max(_tinged(blue_chroma), _tinged(red_chroma)) <= MOST_TINGED


def is_plain(luma: Histogram) -> bool:
    """Whether nearly all of a grey picture is black or white: text, tables, drawings."""
    return sum(luma[: _BLACK + 1]) + sum(luma[_WHITE:]) > _PLAIN * sum(luma)


def is_black_and_white(luma: Histogram) -> bool:
    """Whether a picture has, but for a stray pixel in a thousand, no greys between."""
    return sum(luma[32:224]) * 1000 <= sum(luma)


def palette_of(cells: Sequence[tuple[int, Colour]]) -> list[Colour] | None:
    """The colours that show a page on white paper well, most frequent first; None: it is no such
    page, or there are too many.

    cells: (pixels, colour) of every colour of the picture rounded to LEVELS. Those left out are
    few, and each but for a handful of pixels has a colour among the kept that is nearly the same.
    """
    ordered = sorted(cells, reverse=True)
    kept, left_out = ordered[:PALETTE_SIZE], ordered[PALETTE_SIZE:]
    pixels = sum(count for count, _ in ordered)
    white = sum(count for count, colour in ordered if min(colour) >= _WHITE)
    covered = sum(count for count, _ in kept)
    if white <= _PAPER * pixels or covered < _COVERED * pixels or len(left_out) > _MOST_LEFT_OUT:
        return None
    there = frozenset(colour for _, colour in kept)
    strangers = sum(count for count, colour in left_out if not _has_neighbour(colour, there))
    return [colour for _, colour in kept] if strangers <= MOST_TINGED else None


def exact_colours(kept: Sequence[Colour], colours: Iterable[tuple[int, Colour]]) -> list[Colour]:
    """For each kept, rounded colour the most frequent of the picture's own that rounds to it.

    So a tinted row of a table keeps its very tint. colours: (pixels, colour) of the picture.
    """
    own: dict[Colour, Colour] = {}
    for _, (red, green, blue) in sorted(colours, reverse=True):
        own.setdefault((ROUNDED[red], ROUNDED[green], ROUNDED[blue]), (red, green, blue))
    return [own.get(colour, colour) for colour in kept]


def _tinged(chroma: Histogram) -> int:
    return sum(chroma) - sum(chroma[128 - _TINGE : 128 + _TINGE + 1])


def _has_neighbour(colour: Colour, kept: frozenset[Colour]) -> bool:
    red, green, blue = colour
    return any(
        (red + r, green + g, blue + b) in kept for r, g, b in product(_STEPS, _STEPS, _STEPS)
    )


@dataclass(frozen=True, slots=True)
class Scan:
    """An image that covers a page.

    across, down: its pixels over the width and height of the page as displayed.
    alone: nothing else is to be seen. bilevel: it is black and white, and lies upright.
    """

    across: float
    down: float
    alone: bool
    bilevel: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """An image on a page: its size in pixels, bits of a channel, channels, and the matrix that
    puts a unit square where it lies, in points of the page as displayed."""

    width: int
    height: int
    bits: int
    channels: int
    matrix: tuple[float, float, float, float, float, float]


_COVERS = 0.9
_SNUG = 0.01
_STRAIGHT = 0.001


def covers(image: Placed, page: tuple[float, float]) -> bool:
    """Whether an image lies under nearly all of a page. page: (width, height) in points."""
    left, top, right, bottom = _box(image)
    width = min(right, page[0]) - max(left, 0.0)
    height = min(bottom, page[1]) - max(top, 0.0)
    return width > 0 and height > 0 and width * height >= _COVERS * page[0] * page[1]


def scan_of(image: Placed, page: tuple[float, float], *, alone: bool) -> Scan:
    """What an image that covers a page is to it. page: (width, height) in points."""
    a, b, c, d, _, _ = image.matrix
    left, top, right, bottom = _box(image)
    lying = abs(b) > abs(a)
    across, down = (image.height, image.width) if lying else (image.width, image.height)
    slant = max(abs(a), abs(d)) if lying else max(abs(b), abs(c))
    snug = all(
        abs(edge - wanted) <= _SNUG * side
        for edge, wanted, side in (
            (left, 0.0, page[0]),
            (top, 0.0, page[1]),
            (right, page[0], page[0]),
            (bottom, page[1], page[1]),
        )
    )
    return Scan(
        across=across / (right - left) * page[0],
        down=down / (bottom - top) * page[1],
        alone=alone,
        bilevel=image.bits == 1 and image.channels <= 1 and snug and slant < _STRAIGHT * page[0],
    )


def _box(image: Placed) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = image.matrix
    left, top = e + min(0.0, a) + min(0.0, c), f + min(0.0, b) + min(0.0, d)
    right, bottom = e + max(0.0, a) + max(0.0, c), f + max(0.0, b) + max(0.0, d)
    return left, top, right, bottom
