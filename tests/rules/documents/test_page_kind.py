"""What kind of picture a page is taken for, and how colours are rounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.pages import kind
from documents.pages.kind import LEVELS, ROUNDED, Placed
from documents.pages.resolutions import RESOLUTIONS, scan_width, suits_as_it_is

A4 = (595.0, 842.0)
WHITE = (255, 255, 255)


def counted(**values: int) -> list[int]:
    """A histogram: v200=5 are five pixels of value 200."""
    return [values.get(f"v{value}", 0) for value in range(256)]


def test_channels_are_rounded_to_the_nearest_level() -> None:
    assert sorted(set(ROUNDED)) == list(range(0, 256, 17))
    for value in range(256):
        assert abs(ROUNDED[value] - value) == min(abs(level * 17 - value) for level in range(16))


@given(st.lists(st.integers(0, 10_000), min_size=256, max_size=256))
def test_greys_stay_near_what_they_were(luma: list[int]) -> None:
    level_of, greys = kind.greys_of(luma)
    assert len(greys) <= LEVELS
    assert set(level_of) == set(range(len(greys)))
    shown = [greys[level] for level in level_of]
    assert (shown[0], shown[255]) == (0, 255)
    assert max(abs(grey - value) for value, grey in enumerate(shown)) <= 26
    between = [value for value in range(256) if 0 < shown[value] < 255]
    for level in range(1, 12):
        values = [value for value in between if level_of[value] == level]
        pixels = sum(luma[value] for value in values)
        if pixels:
            mean = sum(luma[value] * value for value in values) / pixels
            assert abs(greys[level] - mean) <= 0.5


def test_flat_tints_and_lines_keep_their_very_grey() -> None:
    luma = counted(v0=30_000, v228=9_000, v240=8_000, v250=7_000, v231=30, v255=950_000)
    level_of, greys = kind.greys_of(luma)
    assert [greys[level_of[value]] for value in (228, 240, 250)] == [228, 240, 250]
    assert [greys[level_of[value]] for value in (0, 231, 255)] == [0, 231, 255]


def test_of_many_tints_the_most_frequent_keep_theirs() -> None:
    tints = {f"v{value}": 5_000 + value for value in range(40, 240, 10)}
    level_of, greys = kind.greys_of(counted(v255=900_000, **tints))
    assert len(greys) == LEVELS
    assert [greys[level_of[value]] for value in (230, 220, 210)] == [230, 220, 210]


def test_shades_are_no_flat_tints() -> None:
    noise = {f"v{value}": 9_000 for value in range(244, 254)}
    assert len(kind.greys_of(counted(v0=30_000, v255=800_000, **noise))[1]) == 13


@given(st.lists(st.integers(0, 10_000), min_size=256, max_size=256))
def test_a_scan_has_sixteen_equal_levels(luma: list[int]) -> None:
    level_of, greys = kind.greys_of(luma, scan=True)
    assert [level * 17 for level in level_of] == ROUNDED
    assert max(abs(grey - level * 17) for level, grey in enumerate(greys)) <= 8


def test_a_dozen_pixels_of_a_colour_make_a_page_coloured() -> None:
    none = counted(v128=1_000_000)
    noise = counted(v125=5_000, v128=1_000_000, v131=5_000)
    few, enough = counted(v128=1_000_000, v90=11), counted(v128=1_000_000, v90=12)
    for grey in (none, noise, few):
        assert kind.is_grey(grey, none)
        assert kind.is_grey(none, grey)
    assert not kind.is_grey(enough, none)
    assert not kind.is_grey(none, enough)


def test_many_pixels_of_a_faint_colour_make_a_page_coloured() -> None:
    none = counted(v128=1_000_000)
    dust, stamp = counted(v128=999_800, v132=200), counted(v128=999_799, v132=201)
    yellowed = counted(v123=900_000, v128=100_000)
    assert kind.is_grey(dust, none)
    assert kind.is_grey(none, dust)
    for tinted in (stamp, yellowed):
        assert not kind.is_grey(tinted, none)
        assert not kind.is_grey(none, tinted)


def test_text_is_plain_and_a_photograph_is_not() -> None:
    assert kind.is_plain(counted(v0=10, v255=71, v128=19))
    assert not kind.is_plain(counted(v0=10, v255=70, v128=20))


def test_a_stray_pixel_in_a_thousand_is_still_black_and_white() -> None:
    assert kind.is_black_and_white(counted(v0=1_000, v255=8_999, v100=9))
    assert not kind.is_black_and_white(counted(v0=1_000, v255=8_999, v100=11))


def shades(count: int, pixels: int, blue: int = 0) -> list[tuple[int, kind.Colour]]:
    """So many neighbouring colours of so many pixels each."""
    return [(pixels, (17 * (n % 16), 17 * (n // 16), blue)) for n in range(count)]


def test_few_colours_on_white_paper_make_a_palette() -> None:
    kept = kind.palette_of([*shades(100, 7), (10_000, WHITE)])
    assert kept is not None
    assert kept[0] == WHITE
    assert len(kept) == 101


def test_rare_shades_are_left_out_where_a_neighbour_is_kept() -> None:
    frequent, rare = shades(240, 7), shades(60, 1, blue=17)
    kept = kind.palette_of([*rare, *frequent, (100_000, WHITE)])
    assert kept is not None
    assert len(set(kept)) == len(kept) == kind.PALETTE_SIZE
    assert kept[0] == WHITE
    assert set(kept[1:241]) == {colour for _, colour in frequent}
    assert set(kept[241:]) < {colour for _, colour in rare}


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([*shades(100, 100), (9_000, WHITE)], "no white paper"),
        ([*shades(256, 7), *shades(250, 7, blue=17), (10_000, WHITE)], "too many colours"),
        ([*shades(256, 50), (12, (0, 0, 255)), (90_000, WHITE)], "a rare colour like no other"),
    ],
)
def test_pages_that_no_palette_shows(cells: list[tuple[int, kind.Colour]], why: str) -> None:
    assert kind.palette_of(cells) is None, why


def test_a_tint_is_shown_as_it_is() -> None:
    own = [(500, (222, 234, 246)), (3, (220, 236, 240)), (9_000, WHITE)]
    assert kind.exact_colours([WHITE, (221, 238, 238), (0, 0, 0)], own) == [
        WHITE,
        (222, 234, 246),
        (0, 0, 0),
    ]


def placed(width: int, height: int, matrix: tuple[float, ...], bits: int = 1) -> Placed:
    return Placed(width, height, bits, 1, matrix)  # type: ignore[arg-type]


UPRIGHT = (595.0, 0.0, 0.0, 842.0, 0.0, 0.0)
LYING = (0.0, 842.0, -595.0, 0.0, 595.0, 0.0)


@pytest.mark.parametrize(
    ("width", "height", "matrix"), [(2480, 3508, UPRIGHT), (3508, 2480, LYING)]
)
def test_a_scan_is_as_wide_as_its_pixels_turned_or_not(
    width: int, height: int, matrix: tuple[float, ...]
) -> None:
    image = placed(width, height, matrix)
    assert kind.covers(image, A4)
    scan = kind.scan_of(image, A4, alone=True)
    assert (round(scan.across), round(scan.down), scan.bilevel) == (2480, 3508, True)


@pytest.mark.parametrize(
    ("matrix", "bits"),
    [
        (UPRIGHT, 8),
        ((560.0, 0.0, 0.0, 800.0, 17.0, 20.0), 1),
        ((595.0, 20.0, -20.0, 842.0, 0.0, 0.0), 1),
    ],
)
def test_shades_margins_and_slants_are_not_kept_pixel_for_pixel(
    matrix: tuple[float, ...], bits: int
) -> None:
    assert not kind.scan_of(placed(2480, 3508, matrix, bits), A4, alone=True).bilevel


@pytest.mark.parametrize(
    "matrix", [(100.0, 0.0, 0.0, 100.0, 50.0, 50.0), (595.0, 0.0, 0.0, 842.0, 900.0, 0.0)]
)
def test_a_logo_is_no_scan(matrix: tuple[float, ...]) -> None:
    assert not kind.covers(placed(2480, 3508, matrix), A4)


@given(st.floats(0.1, 40_000), st.sampled_from(RESOLUTIONS))
def test_a_scan_is_never_drawn_wider_than_it_is(across: float, width: int) -> None:
    drawn = scan_width(across, width)
    assert min(across, width) <= drawn <= width
    assert drawn - 1 < max(across, 300)


def test_which_scans_are_shown_pixel_for_pixel() -> None:
    at_300_dpi, at_200_dpi, fax = (2480.0, 3508.0), (1654.0, 2339.0), (864.0, 1100.0)
    assert [suits_as_it_is(*at_300_dpi, width) for width in RESOLUTIONS] == [False, True]
    assert [suits_as_it_is(*at_200_dpi, width) for width in RESOLUTIONS] == [False, True]
    assert [suits_as_it_is(*fax, width) for width in RESOLUTIONS] == [True, True]
    assert not suits_as_it_is(4960.0, 7016.0, RESOLUTIONS[-1])
    assert not suits_as_it_is(2480.0, 9_000.0, RESOLUTIONS[-1])
