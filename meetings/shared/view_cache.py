"""Views kept for a moment, so that a hall that comes in at once shares one.

At one seq of its room a meeting looks the same to everybody with the same roles: whatever changes
it publishes an event (a snapshot and the events after it are a fresh snapshot).
"""

import time
from typing import Generic, NamedTuple, TypeVar

KEPT_FOR = 2.0
"""Seconds; a bound on what an oversight in the events could cost."""

V = TypeVar("V")
K = TypeVar("K")


class _Kept(NamedTuple, Generic[V]):
    seq: int
    made_at: float
    view: V


class ViewCache(Generic[K, V]):
    """Views by key, each as of a seq."""

    def __init__(self) -> None:
        self._kept: dict[K, _Kept[V]] = {}

    def find(self, key: K, seq: int) -> V | None:
        """The view of exactly this seq, unless it is old."""
        kept = self._kept.get(key)
        fresh = kept is not None and time.monotonic() - kept.made_at < KEPT_FOR
        return kept.view if kept is not None and fresh and kept.seq == seq else None

    def keep(self, key: K, seq: int, view: V) -> None:
        """Keep a view, and let go of the old ones."""
        now = time.monotonic()
        for old in [old for old, one in self._kept.items() if now - one.made_at >= KEPT_FOR]:
            self._kept.pop(old, None)
        self._kept[key] = _Kept(seq, now, view)
