"""Draws the pages of one document with several children in parallel, each with its own thread.

The calling thread distributes the pages and receives the results one by one. Publishing progress,
database writes and more urgent jobs thus never run in two threads.
"""

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from queue import SimpleQueue

from documents.rendering.children import DocumentRenderer, RenderRefused

_MAX_CHILDREN = 2
_MIN_PAGES_FOR_TWO = 4

Outcome = RenderRefused | None
Draw = Callable[[DocumentRenderer, int], Outcome]
_Result = tuple[int, Outcome, Exception | None]


def worker_count(pages: int) -> int:
    """The number of children for a document: two if there are enough cores, and enough pages to
    justify opening the document twice; else one."""
    cores = len(os.sched_getaffinity(0))
    return min(_MAX_CHILDREN, cores) if pages >= _MIN_PAGES_FOR_TWO else 1


def draw_all(
    renderers: Sequence[DocumentRenderer],
    pages: Iterable[int],
    render_page: Draw,
    step_aside: Callable[[], None],
    drawn: Callable[[int, Outcome], bool],
) -> bool:
    """Draw pages, started in the given order; they may finish in another order.

    draw: called in the renderer's thread. step_aside: called before each page starts, while pages
    in progress continue. drawn: called with the page and its outcome; returns whether to continue.
    Returns False when `drawn` did. Exceptions of the callbacks are raised after the pages in
    progress are finished.
    """
    page_queue: SimpleQueue[int | None] = SimpleQueue()
    results: SimpleQueue[_Result] = SimpleQueue()
    # Daemon threads: the exit of the worker does not wait for a slow page.
    threads = [
        threading.Thread(
            target=_draw_pages, args=(one, render_page, page_queue, results), daemon=True
        )
        for one in renderers
    ]
    for thread in threads:
        thread.start()
    try:
        return _distribute(len(threads), pages, page_queue, results, step_aside, drawn)
    finally:
        for _ in threads:
            page_queue.put(None)
        for thread in threads:
            thread.join()


def _distribute(
    workers: int,
    pages: Iterable[int],
    page_queue: SimpleQueue[int | None],
    results: SimpleQueue[_Result],
    step_aside: Callable[[], None],
    drawn: Callable[[int, Outcome], bool],
) -> bool:
    def handle_result() -> bool:
        page, outcome, error = results.get()
        if error is not None:
            raise error
        return drawn(page, outcome)

    waiting = 0
    for page in pages:
        if waiting == workers:
            waiting -= 1
            if not handle_result():
                return False
        step_aside()
        page_queue.put(page)
        waiting += 1
    return all(handle_result() for _ in range(waiting))


def _draw_pages(
    renderer: DocumentRenderer,
    render_page: Draw,
    page_queue: SimpleQueue[int | None],
    results: SimpleQueue[_Result],
) -> None:
    while (page := page_queue.get()) is not None:
        try:
            results.put((page, render_page(renderer, page), None))
        except Exception as error:
            results.put((page, None, error))
