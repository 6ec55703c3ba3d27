"""Draws the pages of one document with several children in parallel, each with its own thread.

The calling thread distributes the pages and receives the results one by one. Publishing progress,
database writes and more urgent jobs thus never run in two threads.
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
    """The number of children for a document: two if there are enough cores, and enough pages to
    justify opening the document twice; else one."""
    cores = len(os.sched_getaffinity(0))
    return min(_MOST, cores) if pages >= _PAGES_FOR_TWO else 1


def draw_all(
    renderers: Sequence[DocumentRenderer],
    pages: Iterable[int],
    draw: Draw,
    step_aside: Callable[[], None],
    drawn: Callable[[int, Outcome], bool],
) -> bool:
    """Draw pages, started in the given order; they may finish in another order.

    draw: called in the renderer's thread. step_aside: called before each page starts, while pages
    in progress continue. drawn: called with the page and its outcome; returns whether to continue.
    Returns False when `drawn` did. Exceptions of the callbacks are raised after the pages in
    progress are finished.
    """
    given: SimpleQueue[int | None] = SimpleQueue()
    back: SimpleQueue[_Back] = SimpleQueue()
    # Daemon threads: the exit of the worker does not wait for a slow page.
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
