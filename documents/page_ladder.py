"""Which widths a page is drawn at, how large that makes it, and how page sizes are packed. Pure.

Widths are pixels. Page sizes are points (1/72 inch) of the page as displayed.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

LADDER = (1200, 2400)
BASE_WIDTH = LADDER[0]

# A page image never grows beyond these, whatever its box says: decoding has to fit a 2 GB tablet,
# drawing and encoding have to fit the render child's memory limit.
MAX_HEIGHT = 8_000
MAX_PIXELS = 16_000_000

PageSize = tuple[float, float]
Run = tuple[int, float, float]


def ladder_width(asked: int) -> int:
    """The smallest ladder width that is at least `asked`; above the ladder the widest."""
    return next((width for width in LADDER if width >= asked), LADDER[-1])


def drawing_scale(size: PageSize, width: int) -> float:
    """Pixels per point that make a page `width` pixels wide, less when a limit above is in the way.

    size: (width, height) in points, both positive.
    """
    width_pt, height_pt = size
    scale = width / width_pt
    scale = min(scale, MAX_HEIGHT / height_pt)
    return min(scale, math.sqrt(MAX_PIXELS / (width_pt * height_pt)))


def image_size(size: PageSize, width: int) -> tuple[int, int]:
    """(width, height) in pixels of the image of a page, about; at least one pixel each way."""
    scale = drawing_scale(size, width)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def drawing_order(page_count: int) -> Iterator[tuple[int, int]]:
    """(page, width) in the order of ingest: every page at the base width, then the wider ones."""
    for width in LADDER:
        for page in range(1, page_count + 1):
            yield page, width


def run_lengths(sizes: Iterable[PageSize]) -> list[Run]:
    """[(count, width_pt, height_pt), …] of equal neighbours: a 300-page A4 paper is one entry."""
    runs: list[Run] = []
    for width, height in sizes:
        if runs and runs[-1][1:] == (width, height):
            runs[-1] = (runs[-1][0] + 1, width, height)
        else:
            runs.append((1, width, height))
    return runs


def spread_runs(runs: Sequence[Run]) -> list[PageSize]:
    """The inverse of `run_lengths`."""
    return [(width, height) for count, width, height in runs for _ in range(count)]
