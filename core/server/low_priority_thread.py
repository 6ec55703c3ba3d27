"""A native thread with a higher nice value, for long CPU-bound work.

At the same priority, a hash of 20 ms would delay a concurrent page request.
"""

import os
from _queue import SimpleQueue  # The queue that waits natively whatever was patched.
from collections.abc import Callable
from typing import Any, TypeVar

from core.offload import native_thread

R = TypeVar("R")

NICER = 10


class LowPriorityThread:
    """Runs one work item at a time. Call `run` from native threads: it blocks."""

    def __init__(self, name: str) -> None:
        self._queue: SimpleQueue[tuple[Callable[[], Any], SimpleQueue[_Outcome]]] = SimpleQueue()
        native_thread(self._serve, name)

    def run(self, work: Callable[[], R]) -> R:
        """Run `work` and return its result or raise its exception."""
        answer: SimpleQueue[_Outcome] = SimpleQueue()
        self._queue.put((work, answer))
        outcome = answer.get()
        if outcome.error is not None:
            raise outcome.error
        result: R = outcome.result
        return result

    def _serve(self) -> None:
        os.nice(NICER)  # On Linux this applies to the calling thread only.
        while True:
            work, answer = self._queue.get()
            try:
                answer.put(_Outcome(work(), None))
            except BaseException as error:
                answer.put(_Outcome(None, error))


class _Outcome:
    """The result or the exception of a work item."""

    def __init__(self, result: Any, error: BaseException | None) -> None:
        self.result = result
        self.error = error
