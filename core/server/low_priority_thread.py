"""A native thread that gives way to every other: for work that keeps a core busy for long.

With the priority of the others, a hash of 20 ms makes a page turn that comes meanwhile wait.
"""

import os
from _queue import SimpleQueue  # The queue that waits natively whatever was patched.
from collections.abc import Callable
from typing import Any, TypeVar

from core.offload import native_thread

R = TypeVar("R")

NICER = 10


class LowPriorityThread:
    """Does one piece of work after the other. Call `run` from native threads: it blocks."""

    def __init__(self, name: str) -> None:
        self._asked: SimpleQueue[tuple[Callable[[], Any], SimpleQueue[_Outcome]]] = SimpleQueue()
        native_thread(self._serve, name)

    def run(self, work: Callable[[], R]) -> R:
        """Wait for the work to be done; its result or its exception."""
        answer: SimpleQueue[_Outcome] = SimpleQueue()
        self._asked.put((work, answer))
        outcome = answer.get()
        if outcome.error is not None:
            raise outcome.error
        result: R = outcome.result
        return result

    def _serve(self) -> None:
        os.nice(NICER)  # On Linux that is of this thread alone.
        while True:
            work, answer = self._asked.get()
            try:
                answer.put(_Outcome(work(), None))
            except BaseException as error:
                answer.put(_Outcome(None, error))


class _Outcome:
    """What came of a piece of work."""

    def __init__(self, result: Any, error: BaseException | None) -> None:
        self.result = result
        self.error = error
