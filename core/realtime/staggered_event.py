"""An event that wakes its waiters one at a time.

Waking hundreds of green threads at once would delay all other due work of the event loop.
"""

import threading
from collections import deque


class StaggeredEvent:
    """As `threading.Event`, but each waiter wakes the next; other green threads run in between."""

    def __init__(self) -> None:
        self._waiters: deque[threading.Event] = deque()
        self._mutex = threading.Lock()
        self._is_set = False

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the event is set. Return False after `seconds` without it."""
        waiter = threading.Event()
        with self._mutex:
            if self._is_set:
                return True
            self._waiters.append(waiter)
        try:
            waiter.wait(seconds)
        finally:
            # A waiter that timed out leaves the queue; one that was just woken wakes the next.
            self._leave(waiter)
        return self._is_set

    def set(self) -> None:
        """Set the event and wake the first waiter; later calls of `wait` return at once."""
        with self._mutex:
            self._is_set = True
        self._wake_next()

    def _leave(self, waiter: threading.Event) -> None:
        with self._mutex:
            never_woken = waiter in self._waiters
            if never_woken:
                self._waiters.remove(waiter)
        if not never_woken:
            self._wake_next()

    def _wake_next(self) -> None:
        with self._mutex:
            first = self._waiters.popleft() if self._waiters else None
        if first is not None:
            first.set()
