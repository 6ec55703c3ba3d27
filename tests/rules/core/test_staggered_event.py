"""Those who wait for the same thing all go on, whoever of them gives up meanwhile."""

import threading
from concurrent.futures import ThreadPoolExecutor

from core.realtime.staggered_event import OneByOne


def test_nobody_waits_for_what_is_there() -> None:
    line = OneByOne()
    line.let_go()
    assert line.wait(0)


def test_who_gives_up_is_told_so() -> None:
    line = OneByOne()
    assert not line.wait(0.01)
    line.let_go()
    assert line.wait(0)


def come(line: OneByOne, coming: threading.Barrier, patience: float) -> bool:
    """Wait in the line, from the moment that all have come."""
    coming.wait(10)
    return line.wait(patience)


def test_all_go_on() -> None:
    line, coming = OneByOne(), threading.Barrier(31)
    with ThreadPoolExecutor(30) as pool:
        waiting = [pool.submit(come, line, coming, 10.0) for _ in range(30)]
        coming.wait(10)
        line.let_go()
        assert all(one.result(10) for one in waiting)


def test_the_others_go_on_though_many_give_up_at_that_moment() -> None:
    for _ in range(20):
        line, coming = OneByOne(), threading.Barrier(21)

        def come(
            patience: float, line: OneByOne = line, coming: threading.Barrier = coming
        ) -> bool:
            coming.wait(10)
            return line.wait(patience)

        with ThreadPoolExecutor(20) as pool:
            waiting = [pool.submit(come, 0.002 if at % 2 else 10.0) for at in range(20)]
            coming.wait(10)
            line.let_go()
            assert all(one.result(10) for one in waiting[::2])
