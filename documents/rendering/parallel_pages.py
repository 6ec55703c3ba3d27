"""Draws the pages of one paper with several children at once, each asked by a thread of its own.

Who calls gives out the pages and hears of them one by one, in its own thread: what is told, kept in
the database or given way to never happens in two places.
"""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue

from documents.rendering.children import DocumentRenderer, RenderRefused

_MOST = 2
_PAGES_FOR_TWO = 4

Outcome = RenderRefused | None
Draw = Callable[[DocumentRenderer, int], Outcome]
_Back = tuple[int, Outcome, Exception | None]


def worker_count(pages: int) -> int:
    """How many children draw a paper: two, where there are cores for them and enough pages that
    opening the paper twice is worth it."""
    cores = len(os.sched_getaffinity(0))
    return min(_MOST, cores) if pages >= _PAGES_FOR_TWO else 1


def draw_all(
    renderers: Sequence[DocumentRenderer],
    pages: Iterable[int],
    draw: Draw,
    step_aside: Callable[[], None],
    drawn: Callable[[int, Outcome], bool],
) -> bool:
    """Draw pages, given out in their order; done pages may come back in another.

    draw: called in a thread of the renderer. step_aside: called before a page is given out; the
    pages at hand are finished meanwhile. drawn: called with the page and what came of it; it
    answers whether to go on. Answers False when it did not. Raises what they raise, when the pages
    at hand are done.
    """
    given: SimpleQueue[int | None] = SimpleQueue()
    back: SimpleQueue[_Back] = SimpleQueue()
    # Daemons: a page that takes too long when the worker ends is not waited for.
    threads = [
        threading.Thread(target=_work, args=(one, draw, given, back), daemon=True)
        for one in renderers
    ]
    for thread in threads:
        thread.start()
    try:
        return _give_out(len(threads), pages, given, back, step_aside, drawn)
    finally:
        for _ in threads:
            given.put(None)
        for thread in threads:
            thread.join()


def _give_out(
    workers: int,
    pages: Iterable[int],
    given: SimpleQueue[int | None],
    back: SimpleQueue[_Back],
    step_aside: Callable[[], None],
    drawn: Callable[[int, Outcome], bool],
) -> bool:
    def settled() -> bool:
        page, outcome, error = back.get()
        if error is not None:
            raise error
        return drawn(page, outcome)

    waiting = 0
    for page in pages:
        if waiting == workers:
            waiting -= 1
            if not settled():
                return False
        step_aside()
        given.put(page)
        waiting += 1
    return all(settled() for _ in range(waiting))


def _work(
    renderer: DocumentRenderer,
    draw: Draw,
    given: SimpleQueue[int | None],
    back: SimpleQueue[_Back],
) -> None:
    while (page := given.get()) is not None:
        try:
            back.put((page, draw(renderer, page), None))
        except Exception as error:
            back.put((page, None, error))
