"""Classifies page images by their histograms and by the images on the page. Pure functions.

A histogram is 256 pixel counts, one for each value. Colours are (red, green, blue), 0 to 255.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

Histogram = Sequence[int]
Colour = tuple[int, int, int]

LEVELS = 16
"""Levels per channel for pages with few colours; also the maximum of greys for a grey page."""

MOST_TINGED = 11
"""A page with more coloured pixels than this is a colour page: one red tick is enough."""

PALETTE_SIZE = 256
_TINGE = 6  # chroma above which a pixel is coloured; JPEG noise stays below
_FAINT = 3  # chroma above which many pixels indicate a faint stamp or tinted paper
_MOST_FAINT = 1 / 5000  # of the pixels
_BLACK, _WHITE = 40, 230
_PLAIN = 0.8
_PAPER = 0.5
_COVERED = 0.998
_MOST_LEFT_OUT = 400
_STEPS = [steps * 255 // (LEVELS - 1) for steps in (-2, -1, 0, 1, 2)]

ROUNDED = [(value * (LEVELS - 1) + 127) // 255 * 255 // (LEVELS - 1) for value in range(256)]
"""The value, 0, 17, … 255, of the level nearest to each value."""

# Lower bounds of the grey levels. Found by experiment: for all kinds of pages they give the
# fidelity of WebP with the fewest bytes. Scans consist of edges and need all levels.
_STARTS = (0, 15, 39, 61, 73, 95, 115, 128, 149, 175, 202, 225, 243)
_STARTS_OF_SCANS = tuple(ROUNDED.index(value) for value in sorted(set(ROUNDED)))
_FLAT = 0.002  # of the pixels
_ALONE = 4  # times the pixels of the two adjacent values


def is_grey(blue_chroma: Histogram, red_chroma: Histogram) -> bool:
    """Whether an image has no colour, from the histograms of its Cb and Cr (grey is 128).

    Colour is either a few clearly coloured pixels or many faint ones (a stamp with little ink).
    """
    return all(
        _beyond(chroma, _TINGE) <= MOST_TINGED
        and _beyond(chroma, _FAINT) <= _MOST_FAINT * sum(chroma)
        for chroma in (blue_chroma, red_chroma)
    )


def is_plain(luma: Histogram) -> bool:
    """Whether nearly all pixels of a grey image are black or white: text, tables, drawings."""
    return sum(luma[: _BLACK + 1]) + sum(luma[_WHITE:]) > _PLAIN * sum(luma)


def is_black_and_white(luma: Histogram) -> bool:
    """Whether at most one pixel in a thousand is neither black nor white."""
    return sum(luma[32:224]) * 1000 <= sum(luma)


def greys_of(luma: Histogram, *, scan: bool = False) -> tuple[list[int], list[int]]:
    """(the level of each value 0 to 255, the grey of each level) for a plain page.

    At most 16 levels. 13 are common to all pages; the others are for flat tints of this page, which
    keep their exact value even if very light. Values above 242 that are no such tint become white.
    A scan uses 16 common levels. The grey of a level is the mean of its pixels, except that black
    stays 0 and white 255.
    """
    starts = _STARTS_OF_SCANS if scan else _STARTS
    level_of = [bisect(starts, value) - 1 for value in range(256)]
    tints = _flat_tints(luma)[: LEVELS - len(starts)]
    for place, tint in enumerate(tints):
        level_of[tint] = len(starts) + place
    pixels, sums = [0] * LEVELS, [0] * LEVELS
    for value, count in enumerate(luma):
        pixels[level_of[value]] += count
        sums[level_of[value]] += count * value
    middles = [(start + end) // 2 for start, end in zip(starts, (*starts[1:], 256), strict=True)]
    greys = [
        round(total / count) if count else middle
        for total, count, middle in zip(sums, pixels, middles + tints, strict=False)
    ]
    greys[0], greys[len(starts) - 1] = 0, 255
    return level_of, greys


def palette_of(cells: Sequence[tuple[int, Colour]]) -> list[Colour] | None:
    """The palette for a mostly white page, most frequent colour first; None when the page is not
    mostly white or has too many colours.

    cells: (pixels, colour) of every colour of the image, rounded to LEVELS. Few colours are left
    out, and all but MOST_TINGED of their pixels have a nearly equal colour in the palette.
    """
    ordered = sorted(cells, reverse=True)
    kept, left_out = ordered[:PALETTE_SIZE], ordered[PALETTE_SIZE:]
    pixels = sum(count for count, _ in ordered)
    white = sum(count for count, colour in ordered if min(colour) >= _WHITE)
    covered = sum(count for count, _ in kept)
    if white <= _PAPER * pixels or covered < _COVERED * pixels or len(left_out) > _MOST_LEFT_OUT:
        return None
    palette_colours = frozenset(colour for _, colour in kept)
    unmatched = sum(
        count for count, colour in left_out if not _has_neighbour(colour, palette_colours)
    )
    return [colour for _, colour in kept] if unmatched <= MOST_TINGED else None


def exact_colours(kept: Sequence[Colour], colours: Iterable[tuple[int, Colour]]) -> list[Colour]:
    """For each rounded colour of the palette, the image's most frequent colour that rounds to it.

    A tinted table row thus keeps its exact tint. colours: (pixels, colour) of the image.
    """
    own: dict[Colour, Colour] = {}
    for _, (red, green, blue) in sorted(colours, reverse=True):
        own.setdefault((ROUNDED[red], ROUNDED[green], ROUNDED[blue]), (red, green, blue))
    return [own.get(colour, colour) for colour in kept]


def _flat_tints(luma: Histogram) -> list[int]:
    """Values with many pixels whose adjacent values have few, most frequent first."""
    least = _FLAT * sum(luma)
    found = [
        value
        for value in range(2, 254)
        if luma[value] > least and luma[value] > _ALONE * (luma[value - 1] + luma[value + 1])
    ]
    return sorted(found, key=lambda value: luma[value], reverse=True)


def _beyond(chroma: Histogram, tinge: int) -> int:
    return sum(chroma) - sum(chroma[128 - tinge : 128 + tinge + 1])


def _has_neighbour(colour: Colour, kept: frozenset[Colour]) -> bool:
    red, green, blue = colour
    return any(
        (red + r, green + g, blue + b) in kept for r, g, b in product(_STEPS, _STEPS, _STEPS)
    )


@dataclass(frozen=True, slots=True)
class Scan:
    """An image that covers a page.

    across, down: its pixels over the width and height of the page as displayed.
    alone: nothing else is visible. bilevel: it is black and white, upright, and fits the page.
    """

    across: float
    down: float
    alone: bool
    bilevel: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """An image on a page: its size in pixels, bits per channel, channels, and the matrix that
    maps the unit square to its position, in points of the page as displayed."""

    width: int
    height: int
    bits: int
    channels: int
    matrix: tuple[float, float, float, float, float, float]


_COVERS = 0.9
_SNUG = 0.01
_STRAIGHT = 0.001


def covers(image: Placed, page: tuple[float, float]) -> bool:
    """Whether an image covers nearly all of a page. page: (width, height) in points."""
    left, top, right, bottom = _box(image)
    width = min(right, page[0]) - max(left, 0.0)
    height = min(bottom, page[1]) - max(top, 0.0)
    return width > 0 and height > 0 and width * height >= _COVERS * page[0] * page[1]


def scan_of(image: Placed, page: tuple[float, float], *, alone: bool) -> Scan:
    """The `Scan` of an image that covers a page. page: (width, height) in points."""
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
