"""Work done behind everything else: its result, its exceptions, its priority."""

import os
import threading

import pytest

from core.offload import run_low_priority
from core.server.low_priority_thread import NICER, LowPriorityThread


def priority() -> tuple[int, int]:
    return threading.get_native_id(), os.getpriority(os.PRIO_PROCESS, 0)


def test_it_runs_in_one_other_thread_that_gives_way():
    ours, before = priority()
    behind = LowPriorityThread("test-behind")
    first, second = behind.run(priority), behind.run(priority)
    assert first == second
    assert first[0] != ours
    assert first[1] == min(19, before + NICER)
    assert priority() == (ours, before)


def test_an_exception_comes_back_and_the_thread_goes_on():
    behind = LowPriorityThread("test-behind")
    with pytest.raises(ZeroDivisionError):
        behind.run(lambda: 1 // 0)
    assert behind.run(lambda: 2) == 2


def test_without_a_hub_the_caller_does_it():
    assert run_low_priority(threading.get_native_id) == threading.get_native_id()
