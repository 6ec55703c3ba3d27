"""Two hands draw a paper: each page once, told in the caller's own thread, stopped in order."""

import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.render_protocol import RenderFault
from documents.rendering.children import WAITED_FOR, DocumentRenderer, RenderRefused
from documents.rendering.parallel_pages import Outcome, draw_all, worker_count


def renderers(count: int) -> list[DocumentRenderer]:
    """Renderers that no test here asks for anything."""
    return [DocumentRenderer(Path("no-paper"), WAITED_FOR) for _ in range(count)]


def go_on(_page: int, _outcome: Outcome) -> bool:
    return True


def idle() -> None:
    pass


@settings(deadline=None)
@given(st.integers(1, 3), st.integers(0, 30), st.sets(st.integers(1, 30)))
def test_every_page_is_drawn_once_and_each_outcome_told(
    hands: int, count: int, broken: set[int]
) -> None:
    refusal = RenderRefused(RenderFault.PAGE_BROKEN, "")
    told: dict[int, Outcome] = {}

    def drawn(page: int, outcome: Outcome) -> bool:
        assert page not in told
        assert threading.current_thread() is threading.main_thread()
        told[page] = outcome
        return True

    def draw(_renderer: DocumentRenderer, page: int) -> Outcome:
        return refusal if page in broken else None

    assert draw_all(renderers(hands), range(1, count + 1), draw, idle, drawn)
    assert told == {page: refusal if page in broken else None for page in range(1, count + 1)}


def test_two_pages_are_in_progress_at_once_and_never_three() -> None:
    both = threading.Barrier(2, timeout=20)
    lock, in_progress, most = threading.Lock(), 0, 0

    def draw(_renderer: DocumentRenderer, _page: int) -> Outcome:
        nonlocal in_progress, most
        with lock:
            in_progress += 1
            most = max(most, in_progress)
        both.wait()
        with lock:
            in_progress -= 1
        return None

    assert draw_all(renderers(2), range(1, 9), draw, idle, go_on)
    assert most == 2


def test_a_renderer_draws_one_page_at_a_time() -> None:
    used: dict[DocumentRenderer, set[int]] = {}

    def draw(renderer: DocumentRenderer, _page: int) -> Outcome:
        used.setdefault(renderer, set()).add(threading.get_ident())
        return None

    assert draw_all(renderers(2), range(1, 50), draw, idle, go_on)
    assert all(len(threads) == 1 for threads in used.values())


class Halt(Exception):
    """What a test raises to end the work."""


@pytest.mark.parametrize("where", ["step_aside", "drawn", "draw"])
def test_an_error_ends_the_work_when_pages_in_progress_are_done(where: str) -> None:
    begun, ended = [], []

    def raised_at(place: str, page: int) -> None:
        if place == where and page >= 5:
            raise Halt

    def draw(_renderer: DocumentRenderer, page: int) -> Outcome:
        begun.append(page)
        try:
            raised_at("draw", page)
        finally:
            ended.append(page)
        return None

    def drawn(page: int, _outcome: Outcome) -> bool:
        raised_at("drawn", page)
        return True

    given_out = 0

    def step_aside() -> None:
        nonlocal given_out
        given_out += 1
        raised_at("step_aside", given_out)

    before = threading.active_count()
    with pytest.raises(Halt):
        draw_all(renderers(2), range(1, 100), draw, step_aside, drawn)
    assert sorted(begun) == sorted(ended)
    assert max(begun) <= 8
    assert threading.active_count() == before


def test_no_page_is_given_out_after_the_paper_is_gone() -> None:
    begun: list[int] = []

    def draw(_renderer: DocumentRenderer, page: int) -> Outcome:
        begun.append(page)
        return None

    assert not draw_all(renderers(2), range(1, 100), draw, idle, lambda page, _: page < 4)
    assert max(begun) <= 6


@pytest.mark.parametrize(
    ("cores", "pages", "hands"), [(1, 80, 1), (2, 80, 2), (16, 80, 2), (2, 3, 1), (2, 4, 2)]
)
def test_how_many_hands(
    cores: int, pages: int, hands: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))
    assert worker_count(pages) == hands
