"""A file that occupies disk space until the disk is full: then votes and deletions can continue."""

import os
import shutil
from pathlib import Path

import structlog

from core.errors import is_disk_full

LOW_BYTES = 8 * 1024 * 1024
"""Free space below which the reserve is given up."""
AMPLE = 4
"""The reserve is made when this many times its size is free."""

log = structlog.get_logger()


class DiskReserve:
    """The reserve of one data folder, which web and worker share. size: in bytes; 0: there is none.

    Every instance may release it; the worker calls `adjust` regularly.
    """

    def __init__(self, path: Path, size: int) -> None:
        self._path = path
        self._size = size

    def adjust(self) -> None:
        """Release the reserve when the disk is nearly full; make it when there is ample space.

        Raises: OSError, also when the disk fills up meanwhile; then there is no reserve.
        """
        if self._size == 0:
            return
        free = shutil.disk_usage(self._path.parent).free
        if free < LOW_BYTES:
            self.release()
        elif free > AMPLE * self._size and not self._path.exists():
            self._make()

    def release_after(self, fault: BaseException) -> None:
        """Release the reserve if the fault, or its cause, is a full disk."""
        if is_disk_full(fault) or (fault.__cause__ is not None and is_disk_full(fault.__cause__)):
            self.release()

    def release(self) -> None:
        """Give the space to everybody who writes. Without a reserve nothing happens."""
        try:
            self._path.unlink()
        except FileNotFoundError:
            return
        log.warning("disk_reserve_released", bytes=self._size)

    def _make(self) -> None:
        part = self._path.with_name(f"{self._path.name}.part")
        try:
            with part.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, self._size)
            part.rename(self._path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
