"""A short-lived cache of views, shared by the many clients of a room that read the same.

At one seq of its room, a meeting or a document has the same view for all people with the same
roles: every change publishes an event (a cached snapshot with the later events equals a fresh
snapshot).
"""

import math
import threading
from typing import Generic, TypeVar

from cachetools import TTLCache

KEPT_FOR = 0.9
"""Seconds; limits the staleness after a change that publishes no event, such as a new rule."""

V = TypeVar("V")
K = TypeVar("K")


class ViewCache(Generic[K, V]):
    """Views by key, each for one seq."""

    def __init__(self) -> None:
        self._views: TTLCache[K, tuple[int, V], float] = TTLCache(math.inf, KEPT_FOR)
        self._mutex = threading.Lock()

    def find(self, key: K, seq: int) -> V | None:
        """The view of exactly this seq; None if it is absent or expired."""
        with self._mutex:
            stored = self._views.get(key)
        return stored[1] if stored is not None and stored[0] == seq else None

    def keep(self, key: K, seq: int, view: V) -> None:
        """Store a view and replace the previous one."""
        with self._mutex:
            self._views[key] = seq, view
