"""Resolutions and scales of page images, and run-length encoding of page sizes. Pure functions.

Widths are in pixels. Page sizes are in points (1/72 inch) of the page as displayed.
"""

import math
from collections.abc import Iterable, Sequence

RESOLUTIONS = (1200, 2400)
BASE_WIDTH = RESOLUTIONS[0]
PREVIEW_WIDTH = 640
"""Shown of a page whose image is still being decoded: it can be read, and takes a quarter
of the time to decode."""
WIDTHS = (PREVIEW_WIDTH, *RESOLUTIONS)
"""Of all images of a page."""

# Limits for any page box: decoding must fit a tablet with 2 GB of memory, and drawing and encoding
# must fit the render child's memory limit.
MAX_HEIGHT = 8_000
MAX_PIXELS = 16_000_000

# A scan is rendered no wider than its own pixels, but at least this wide to be recognisable.
SMALLEST_WIDTH = 300
WIDER_AT_MOST = 1.25

PageSize = tuple[float, float]
Run = tuple[int, float, float]


def resolution_for(asked: int) -> int:
    """The smallest width of an image that is at least `asked` pixels, else the largest."""
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])


def drawing_scale(size: PageSize, width: int) -> float:
    """Pixels per point for a page `width` pixels wide, reduced to MAX_HEIGHT and MAX_PIXELS.

    size: (width, height) in points, both positive.
    """
    width_pt, height_pt = size
    scale = width / width_pt
    scale = min(scale, MAX_HEIGHT / height_pt)
    return min(scale, math.sqrt(MAX_PIXELS / (width_pt * height_pt)))


def scan_width(across: float, width: int) -> int:
    """The image width of a page that is only a scan: `width`, but at most the scan's own width.

    across: pixels of the scan over the width of the page. The minimum is SMALLEST_WIDTH.
    """
    return min(width, max(SMALLEST_WIDTH, math.ceil(across)))


def suits_as_it_is(across: float, down: float, width: int) -> bool:
    """Whether a scan of this many pixels can be used unscaled as the image for a resolution.

    It must not be wider than `width`; for the largest resolution, which is used for zooming, than
    WIDER_AT_MOST times `width`.
    """
    most = width * WIDER_AT_MOST if width == RESOLUTIONS[-1] else width
    small_enough = down <= MAX_HEIGHT and across * down <= MAX_PIXELS
    return SMALLEST_WIDTH <= across <= most and small_enough


def run_lengths(sizes: Iterable[PageSize]) -> list[Run]:
    """Run-length encoded sizes [(count, width_pt, height_pt), …]: 300 A4 pages are one entry."""
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
