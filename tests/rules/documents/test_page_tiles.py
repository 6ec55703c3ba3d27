"""Tiles cover a page at each level, each pixel once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.pages.resolutions import RESOLUTIONS
from documents.pages.tile_plan import TILE, TILE_WIDTHS, level_height, sharpens, tile_area

A4 = (595.28, 841.89)

sizes = st.tuples(st.floats(20, 6000), st.floats(20, 6000))


@given(sizes, st.sampled_from(TILE_WIDTHS))
def test_tiles_cover_the_page_without_gaps_and_overlaps(
    size: tuple[float, float], width: int
) -> None:
    height = level_height(size, width)
    columns, rows = -(-width // TILE), -(-height // TILE)
    edges = [tile_area(size, width, column, 0) for column in range(columns)]
    sides = [tile_area(size, width, 0, row) for row in range(rows)]
    assert [edge and edge[0] for edge in (*edges, None)][:-1] == [*range(0, width, TILE)]
    assert sum(edge[2] - edge[0] for edge in edges if edge) == width
    assert sum(side[3] - side[1] for side in sides if side) == height
    assert tile_area(size, width, columns, 0) is None
    assert tile_area(size, width, 0, rows) is None


@pytest.mark.parametrize(
    ("width", "column", "row"),
    [(2400, 0, 0), (4801, 0, 0), (4800, -1, 0), (4800, 0, -1), (0, 0, 0)],
)
def test_there_are_no_others(width: int, column: int, row: int) -> None:
    assert tile_area(A4, width, column, row) is None


def test_tile_levels_continue_where_the_page_widths_end() -> None:
    assert [RESOLUTIONS[-1] * 2, RESOLUTIONS[-1] * 4] == list(TILE_WIDTHS)
    assert level_height(A4, 4800) == 6789
    assert level_height((6000, 0.01), 4800) == 1


@pytest.mark.parametrize(
    ("across", "levels"),
    [(1700, []), (2600, []), (2700, [4800]), (5200, [4800]), (5400, [4800, 9600])],
)
def test_a_scan_is_sharpened_as_far_as_it_goes(across: float, levels: list[int]) -> None:
    assert [width for width in TILE_WIDTHS if sharpens(across, width)] == levels
