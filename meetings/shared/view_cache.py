"""Views kept for a moment, so that a hall that comes in at once shares one.

At one seq of its room a meeting looks the same to everybody with the same roles: whatever changes
it publishes an event (a snapshot and the events after it are a fresh snapshot).
"""

import math
import threading
from typing import Generic, TypeVar

from cachetools import TTLCache

KEPT_FOR = 2.0
"""Seconds; a bound on what an oversight in the events could cost."""

V = TypeVar("V")
K = TypeVar("K")


class ViewCache(Generic[K, V]):
    """Views by key, each as of a seq."""

    def __init__(self) -> None:
        self._views: TTLCache[K, tuple[int, V], float] = TTLCache(math.inf, KEPT_FOR)
        self._mutex = threading.Lock()

    def find(self, key: K, seq: int) -> V | None:
        """The view of exactly this seq, unless it is old."""
        with self._mutex:
            stored = self._views.get(key)
        return stored[1] if stored is not None and stored[0] == seq else None

    def keep(self, key: K, seq: int, view: V) -> None:
        """Store a view in place of the one before."""
        with self._mutex:
            self._views[key] = seq, view
