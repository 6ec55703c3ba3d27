"""Pure decisions about papers: widths and sizes of page images, who reads what, when one fails."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.permissions import IN_THE_ROOM, STAFF, Role
from documents import reading_rules
from documents.http.uploads import LONGEST_TITLE, title_from
from documents.ingest.rules import MOST_HEAVY_PAGES, PAGE_FAULTS, Tally
from documents.pages.resolutions import (
    MAX_HEIGHT,
    MAX_PIXELS,
    RESOLUTIONS,
    WIDTHS,
    drawing_scale,
    resolution_for,
    run_lengths,
    spread_runs,
)
from documents.render_protocol import CPU_SECONDS, RenderFault
from documents.sandbox.confinement import SPARE_SECONDS, PageBudget

points = st.floats(0.01, 1e9, allow_nan=False)
sizes = st.sampled_from([(595.0, 842.0), (842.0, 595.0), (612.0, 792.0)])


@given(st.integers(1, 100_000))
def test_the_smallest_width_that_suffices(asked: int) -> None:
    given_width = resolution_for(asked)
    assert given_width in WIDTHS
    enough = [width for width in WIDTHS if width >= asked]
    assert given_width == (enough[0] if enough else WIDTHS[-1])


@given(points, points, st.sampled_from(RESOLUTIONS))
def test_no_page_is_drawn_beyond_the_limits(width_pt: float, height_pt: float, width: int) -> None:
    scale = drawing_scale((width_pt, height_pt), width)
    across, down = width_pt * scale, height_pt * scale
    assert across <= width * 1.000001
    assert down <= MAX_HEIGHT * 1.000001
    assert across * down <= MAX_PIXELS * 1.000001


@pytest.mark.parametrize("width", RESOLUTIONS)
def test_an_ordinary_page_has_the_full_width(width: int) -> None:
    assert 595 * drawing_scale((595, 842), width) == pytest.approx(width)


@given(st.lists(sizes, max_size=50))
def test_runs_of_sizes_come_back_as_they_were(pages: list[tuple[float, float]]) -> None:
    runs = run_lengths(pages)
    assert spread_runs(runs) == pages
    assert all(before[1:] != after[1:] for before, after in pairwise(runs))


@given(st.booleans())
def test_an_unpublished_paper_is_the_staffs(open_to_guests: bool) -> None:
    assert reading_rules.readers(published=False, open_to_guests=open_to_guests) == STAFF
    for role in Role:
        reads = reading_rules.may_read(
            frozenset({role}), published=False, open_to_guests=open_to_guests
        )
        assert reads == (role in STAFF | {Role.ADMIN})


def test_guests_read_what_is_opened_to_them() -> None:
    assert reading_rules.readers(published=True, open_to_guests=True) == IN_THE_ROOM
    assert Role.GUEST not in reading_rules.readers(published=True, open_to_guests=False)
    nobody = frozenset({Role.PERSON})
    assert not reading_rules.may_read(nobody, published=True, open_to_guests=True)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_readers_see_the_versions_that_were_ever_shown(wanted: int, first: int, more: int) -> None:
    member, chair = frozenset({Role.MEMBER}), frozenset({Role.CHAIR})
    current = first + more
    shown = reading_rules.version_shown(member, wanted=wanted, first=first, current=current)
    assert shown == (first <= wanted <= current)
    assert reading_rules.version_shown(chair, wanted=wanted, first=first, current=current)


@given(st.lists(st.sampled_from(sorted(PAGE_FAULTS)), max_size=8), st.integers(1, 8))
def test_a_paper_fails_only_as_a_whole(faults: list[RenderFault], pages: int) -> None:
    tally = Tally()
    for fault in faults[:pages]:
        tally.add_fault(fault)
    heavy = faults[:pages].count(RenderFault.PAGE_TOO_HEAVY)
    if heavy >= MOST_HEAVY_PAGES or (len(faults) >= pages and heavy):
        assert tally.verdict(pages) is RenderFault.TOO_HEAVY
    elif len(faults) >= pages:
        assert tally.verdict(pages) is RenderFault.BROKEN
    else:
        assert tally.verdict(pages) is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Tờ trình_số  41.pdf", "Tờ trình số 41"),
        ("BAO-CAO.PDF", "BAO-CAO"),
        (".pdf", "PDF"),
        ("", "PDF"),
        ("không đuôi", "không đuôi"),
        ("d" * 400 + ".pdf", "d" * LONGEST_TITLE),
    ],
)
def test_a_title_from_a_file_name(name: str, title: str) -> None:
    assert title_from(name) == title


def test_slow_pages_take_a_bounded_time_beyond_what_every_page_may():
    budget = PageBudget(CPU_SECONDS + 6)
    assert budget.allowed() == CPU_SECONDS + 6
    for _ in range(1_000):
        budget.spend(CPU_SECONDS)
    assert budget.allowed() == CPU_SECONDS + 6
    pages = 0
    while budget.allowed() == CPU_SECONDS + 6:
        budget.spend(CPU_SECONDS + 6)
        pages += 1
    assert pages == SPARE_SECONDS // 6
    assert budget.allowed() == CPU_SECONDS


def test_a_page_that_somebody_waits_for_takes_no_more():
    assert PageBudget().allowed() == CPU_SECONDS
    assert PageBudget(1).allowed() == 1
