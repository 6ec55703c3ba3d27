"""Reads page images with an LRU cache; concurrent requests for an image share one read.

Many clients that follow the presenter or prefetch the same document thus cost one read and one
buffer per page. Callers must check access.
"""

import threading
from pathlib import Path

from cachetools import LRUCache

from core.offload import run_native
from core.realtime.staggered_event import StaggeredEvent
from core.storage import Storage
from documents.pages.files import PageFiles

MOST_BYTES = 16 * 1024 * 1024
"""Size of the cache in memory: the base images of about two documents of 80 pages."""

Key = tuple[str, int, int]


class _Reading:
    """One read in progress. data: None when the file does not exist or the read failed."""

    def __init__(self) -> None:
        self.ended = StaggeredEvent()
        self.data: bytes | None = None


class PageReads:
    """The reads and the cache of one process. Thread-safe."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: LRUCache[Key, bytes] = LRUCache(most_bytes, getsizeof=len)
        self._in_progress: dict[Key, _Reading] = {}
        self._mutex = threading.Lock()

    def image(self, storage: Storage, sha256: str, page: int, width: int) -> bytes | None:
        """The image of a page at a resolution, or None when it is not rendered yet.

        Raises: OSError (the file cannot be read).
        """
        key = sha256, page, width
        with self._mutex:
            kept = self._kept.get(key)
            if kept is not None:
                return kept
            reading = self._in_progress.get(key)
            first = reading is None
            if reading is None:
                reading = self._in_progress[key] = _Reading()
        if first:
            self._read(storage, key, reading)
        else:
            reading.ended.wait()
        return reading.data

    def _read(self, storage: Storage, key: Key, reading: _Reading) -> None:
        sha256, page, width = key
        try:
            path = PageFiles(storage, sha256).image(page, width)
            reading.data = run_native(_bytes_of, path)
        finally:
            with self._mutex:
                del self._in_progress[key]
                if reading.data is not None and len(reading.data) <= self._kept.maxsize:
                    self._kept[key] = reading.data
            reading.ended.set()


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


reads = PageReads()
"""The instance of this process."""
