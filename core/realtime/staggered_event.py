"""An event that wakes its waiters one at a time.

Waking hundreds of green threads at once would delay all other due work of the event loop.
"""

import threading
from collections import deque


class StaggeredEvent:
    """As `threading.Event`, but each waiter wakes the next; other green threads run in between."""

    def __init__(self) -> None:
        self._line: deque[threading.Event] = deque()
        self._mutex = threading.Lock()
        self._there = False

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the event is set. Return False after `seconds` without it."""
        called = threading.Event()
        with self._mutex:
            if self._there:
                return True
            self._line.append(called)
        try:
            called.wait(seconds)
        finally:
            # A waiter that timed out leaves the queue; one that was just woken wakes the next.
            self._leave(called)
        return self._there

    def set(self) -> None:
        """Set the event and wake the first waiter; later calls of `wait` return at once."""
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
