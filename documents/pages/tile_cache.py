"""Bounded LRU cache of tile files.

A map with several levels has hundreds of tiles, which can be rendered again. Unlike page images
they are therefore not stored permanently. The worker adds and evicts tiles. Web processes read
them and record the use in the file's modification time.
"""

import os
import re
import time
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from core.storage import Storage
from documents.pages import codec

MOST_BYTES = 256 * 1024 * 1024
BLOCK = 4096
"""Block size of the file system in bytes; a file occupies whole blocks."""
_OF_ANY_RECIPE = re.compile(r"\d{5}-\d+-\d+-\d+\.r\d+")
USED_AGAIN_AFTER = 60.0
"""Seconds after which reading a tile counts as a new use."""


def tile_place(storage: Storage, sha256: str, page: int, width: int, tile: tuple[int, int]) -> Path:
    """The path of the tile at (column, row). The file may not exist."""
    name = f"{page:05d}-{width}-{tile[0]}-{tile[1]}.{codec.REVISION}"
    return storage.tiles / sha256[:2] / sha256 / name


def read_tile(place: Path) -> bytes | None:
    """The bytes of a tile, or None when it is not rendered. Raises: OSError."""
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        return None
    with suppress(OSError):  # the worker may evict it concurrently
        if time.time() - place.stat().st_mtime > USED_AGAIN_AFTER:
            os.utime(place)
    return data


class TileCache:
    """The writer of the cache, for one thread of the worker."""

    def __init__(self, storage: Storage, most_bytes: int = MOST_BYTES) -> None:
        self._root = storage.tiles
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Path, tuple[float, int]] = OrderedDict()
        """By path: (last known use, bytes on disk), least recently used first."""

    def take_stock(self) -> None:
        """Index the existing tiles after a restart and remove those of another `codec.REVISION`.

        Other files are not touched. Raises: OSError.
        """
        found = []
        for path in self._root.glob("*/*/*"):
            with suppress(OSError):
                if path.suffix == f".{codec.REVISION}":
                    facts = path.stat()
                    found.append((facts.st_mtime, path, _on_disk(facts.st_size)))
                elif _OF_ANY_RECIPE.fullmatch(path.name):
                    path.unlink()
        self._kept = OrderedDict((path, (used, size)) for used, path, size in sorted(found))
        self._bytes = sum(size for _, _, size in found)
        self._evict()

    def put(self, made: Path, place: Path) -> None:
        """Move a finished tile to its path, and evict others if the cache is full."""
        size = _on_disk(made.stat().st_size)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.replace(place)
        self._bytes += size - self._kept.pop(place, (0.0, 0))[1]
        self._kept[place] = time.time(), size
        self._evict()

    def _evict(self) -> None:
        while self._bytes > self._most_bytes:
            path, (used, size) = self._kept.popitem(last=False)
            last_used = _last_used(path)
            if last_used is not None and last_used > used:
                self._kept[path] = last_used, size
                continue
            self._bytes -= size
            path.unlink(missing_ok=True)
            with suppress(OSError):  # the folder may not be empty
                path.parent.rmdir()


def _on_disk(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _last_used(path: Path) -> float | None:
    """The time of the last use, or None when the tile was removed with its document."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None
