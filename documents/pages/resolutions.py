"""Which widths a page is drawn at, how large that makes it, and how page sizes are packed. Pure.

Widths are pixels. Page sizes are points (1/72 inch) of the page as displayed.
"""

import math
from collections.abc import Iterable, Sequence

RESOLUTIONS = (1200, 2400)
BASE_WIDTH = RESOLUTIONS[0]

# A page image never grows beyond these, whatever its box says: decoding has to fit a 2 GB tablet,
# drawing and encoding have to fit the render child's memory limit.
MAX_HEIGHT = 8_000
MAX_PIXELS = 16_000_000

# A scan is drawn no wider than it is; a stamp-sized one all the same so that it can be told apart.
SMALLEST_WIDTH = 300
WIDER_AT_MOST = 1.25

PageSize = tuple[float, float]
Run = tuple[int, float, float]


def resolution_for(asked: int) -> int:
    """The smallest ladder width that is at least `asked`; above the ladder the widest."""
    return next((width for width in RESOLUTIONS if width >= asked), RESOLUTIONS[-1])


def drawing_scale(size: PageSize, width: int) -> float:
    """Pixels per point that make a page `width` pixels wide, less when a limit above is in the way.

    size: (width, height) in points, both positive.
    """
    width_pt, height_pt = size
    scale = width / width_pt
    scale = min(scale, MAX_HEIGHT / height_pt)
    return min(scale, math.sqrt(MAX_PIXELS / (width_pt * height_pt)))


def scan_width(across: float, width: int) -> int:
    """How wide a page that is but a scan is drawn: as asked, and never wider than the scan itself.

    across: pixels of the scan over the width of the page.
    """
    return min(width, max(SMALLEST_WIDTH, math.ceil(across)))


def suits_as_it_is(across: float, down: float, width: int) -> bool:
    """Whether a scan of this many pixels is itself the image for a ladder width.

    It is where it is not wider than asked; for the widest, which people zoom into, a little more.
    """
    most = width * WIDER_AT_MOST if width == RESOLUTIONS[-1] else width
    small_enough = down <= MAX_HEIGHT and across * down <= MAX_PIXELS
    return SMALLEST_WIDTH <= across <= most and small_enough


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
