"""Which tiles show a page sharper than its widest image does: maps and plans, far zoomed in. Pure.

At a level the whole page is so many pixels wide. It is cut into squares counted from 0, from its
upper left corner; the last column and the last row are as small as what is left of the page.
"""

import math

from documents.pages.resolutions import RESOLUTIONS, PageSize

TILE_WIDTHS = (4800, 9600)
"""The levels, ascending: pixels across the page."""

TILE = 1024
"""Pixels along the edge of a tile."""

WORTH_IT = 1.1
"""A tenth more pixels than a picture has cannot be seen."""

Area = tuple[int, int, int, int]


def level_height(size: PageSize, width: int) -> int:
    """Pixels down the page at a level. size: (width, height) in points."""
    return max(1, math.floor(width * size[1] / size[0] + 0.5))


def tile_area(size: PageSize, width: int, column: int, row: int) -> Area | None:
    """(left, top, right, bottom) of a tile in the pixels of its level; None: there is no such tile.

    size: (width, height) in points.
    """
    if width not in TILE_WIDTHS or column < 0 or row < 0:
        return None
    left, top = column * TILE, row * TILE
    height = level_height(size, width)
    if left >= width or top >= height:
        return None
    return left, top, min(left + TILE, width), min(top + TILE, height)


def sharpens(across: float, width: int) -> bool:
    """Whether this level shows more of a page that is but a scan than the level below it does.

    across: pixels of the scan over the width of the page.
    """
    below = max(level for level in (RESOLUTIONS[-1], *TILE_WIDTHS) if level < width)
    return across > below * WORTH_IT
