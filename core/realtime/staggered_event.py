"""Many who wait for the same thing, and go on one after the other once it is there.

Let go all at once, the hub would serve hundreds of them in a row before anything else that is due.
"""

import threading
from collections import deque


class StaggeredEvent:
    """The line of those who wait. Whoever goes on calls the next; others have turns in between."""

    def __init__(self) -> None:
        self._line: deque[threading.Event] = deque()
        self._mutex = threading.Lock()
        self._there = False

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is there; False: it was not within so many seconds."""
        called = threading.Event()
        with self._mutex:
            if self._there:
                return True
            self._line.append(called)
        try:
            called.wait(seconds)
        finally:
            # Who gives up steps out of the line, or was called just now and calls the next.
            self._leave(called)
        return self._there

    def set(self) -> None:
        """It is there: nobody waits from now on."""
        with self._mutex:
            self._there = True
        self._call_next()

    def _leave(self, called: threading.Event) -> None:
        with self._mutex:
            waited_in_vain = called in self._line
            if waited_in_vain:
                self._line.remove(called)
        if not waited_in_vain:
            self._call_next()

    def _call_next(self) -> None:
        with self._mutex:
            first = self._line.popleft() if self._line else None
        if first is not None:
            first.set()
