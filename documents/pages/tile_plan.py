"""Geometry of tiles, for maps and plans zoomed beyond the widest page image. Pure functions.

A level is a width of the whole page in pixels. The page is divided into squares, counted from 0 at
the upper left corner. The last column and the last row contain the remainder of the page.
"""

import math

from documents.pages.resolutions import RESOLUTIONS, PageSize

TILE_WIDTHS = (4800, 9600)
"""The levels, ascending: pixels across the page."""

TILE = 1024
"""Pixels along the edge of a tile."""

WORTH_IT = 1.1
"""A scan must be this many times wider than the level below: a tenth more is not visible."""

Area = tuple[int, int, int, int]


def level_height(size: PageSize, width: int) -> int:
    """Pixels down the page at a level. size: (width, height) in points."""
    return max(1, math.floor(width * size[1] / size[0] + 0.5))


def tile_area(size: PageSize, width: int, column: int, row: int) -> Area | None:
    """(left, top, right, bottom) of a tile in pixels of its level; None when there is no such tile.

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
    """Whether this level shows a page that is only a scan sharper than the level below it.

    across: pixels of the scan over the width of the page.
    """
    below = max(level for level in (RESOLUTIONS[-1], *TILE_WIDTHS) if level < width)
    return across > below * WORTH_IT
