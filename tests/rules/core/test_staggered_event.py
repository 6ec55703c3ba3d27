"""Those who wait for the same thing all go on, whoever of them gives up meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor

from core.realtime.staggered_event import StaggeredEvent


def test_nobody_waits_for_what_is_there() -> None:
    line = StaggeredEvent()
    line.set()
    assert line.wait(0)


def test_who_gives_up_is_told_so() -> None:
    line = StaggeredEvent()
    assert not line.wait(0.01)
    line.set()
    assert line.wait(0)


def come(line: StaggeredEvent, coming: threading.Barrier, timeout: float) -> bool:
    """Wait in the line, from the moment that all have come."""
    coming.wait(10)
    return line.wait(timeout)


def test_all_go_on() -> None:
    line, coming = StaggeredEvent(), threading.Barrier(31)
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(come, line, coming, 10.0) for _ in range(30)]
        coming.wait(10)
        line.set()
        assert all(one.result(10) for one in waiting)


def test_the_others_go_on_though_many_give_up_at_that_moment() -> None:
    for _ in range(20):
        line, coming = StaggeredEvent(), threading.Barrier(21)

        def come(
            timeout: float, line: StaggeredEvent = line, coming: threading.Barrier = coming
        ) -> bool:
            coming.wait(10)
            return line.wait(timeout)

        with ThreadPoolExecutor(20) as pool:
            waiting = [pool.submit(come, 0.002 if at % 2 else 10.0) for at in range(20)]
            coming.wait(10)
            line.set()
            assert all(one.result(10) for one in waiting[::2])
